//! What starts executions by itself, but for requests.

use super::resource::Resource;
use crate::{
    plan::{Event, Iot, Schedule},
    text::Text,
    tree::object,
};

pub(super) fn schedule(schedule: &Schedule) -> Resource {
    let properties = object! {
        "Name" => &schedule.name,
        "ScheduleExpression" => &schedule.expression,
        "ScheduleExpressionTimezone" => schedule.timezone.as_deref(),
        "FlexibleTimeWindow" => object! { "Mode" => "OFF" },
        "Target" => object! {
            "Arn" => schedule.target.clone(),
            "RoleArn" => Text::arn_of(&schedule.role.id),
            "Input" => schedule.input.to_string(),
        },
    };
    Resource::new(&schedule.id, "AWS::Scheduler::Schedule", properties)
}

pub(super) fn event(event: &Event) -> Resource {
    let properties = object! {
        "Name" => &event.name,
        "EventBusName" => event.bus.as_deref(),
        "EventPattern" => event.pattern.clone(),
        "Targets" => [object! {
            "Id" => "machine",
            "Arn" => event.target.clone(),
            "RoleArn" => Text::arn_of(&event.role.id),
            "InputPath" => event.input_path.as_deref(),
        }],
    };
    Resource::new(&event.id, "AWS::Events::Rule", properties)
}

pub(super) fn iot(iot: &Iot) -> Resource {
    let action = object! { "StateMachineName" => &iot.machine, "RoleArn" => Text::arn_of(&iot.role.id) };
    let properties = object! {
        "RuleName" => &iot.name,
        "TopicRulePayload" => object! {
            "AwsIotSqlVersion" => "2016-03-23",
            "Sql" => &iot.sql,
            "Actions" => [object! { "StepFunctions" => action }],
        },
    };
    Resource::new(&iot.id, "AWS::IoT::TopicRule", properties)
}
