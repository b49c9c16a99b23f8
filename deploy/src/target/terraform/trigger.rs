//! What starts executions by itself, but for requests.

use super::{
    block::Block,
    role::{self, tags},
};
use crate::{
    plan::{Event, Iot, Schedule},
    text::{Attribute, Text},
    tree::object,
};

pub(super) fn schedule(schedule: &Schedule) -> Vec<Block> {
    let target = object! {
        "arn" => schedule.target.clone(),
        "role_arn" => Text::arn_of(&schedule.role.id),
        "input" => schedule.input.to_string(),
    };
    let body = object! {
        "name" => &schedule.name,
        "schedule_expression" => &schedule.expression,
        "schedule_expression_timezone" => schedule.timezone.as_deref(),
        "flexible_time_window" => [object! { "mode" => "OFF" }],
        "target" => [target],
    };
    with_role(&schedule.role, [Block::new(&schedule.id, body)])
}

pub(super) fn event(event: &Event) -> Vec<Block> {
    let rule = object! {
        "name" => &event.name,
        "event_bus_name" => event.bus.as_deref(),
        "event_pattern" => event.pattern.to_string(),
        "tags" => tags(),
    };
    let target = object! {
        "rule" => Text::of(&event.id, Attribute::Id),
        "event_bus_name" => event.bus.as_deref(),
        "arn" => event.target.clone(),
        "role_arn" => Text::arn_of(&event.role.id),
        "input_path" => event.input_path.as_deref(),
    };
    let target = Block { kind: "aws_cloudwatch_event_target", name: event.id.snake(), body: target };
    with_role(&event.role, [Block::new(&event.id, rule), target])
}

pub(super) fn iot(iot: &Iot) -> Vec<Block> {
    let action = object! { "state_machine_name" => &iot.machine, "role_arn" => Text::arn_of(&iot.role.id) };
    let body = object! {
        "name" => &iot.name,
        "enabled" => true,
        "sql" => &iot.sql,
        "sql_version" => "2016-03-23",
        "step_functions" => [action],
        "tags" => tags(),
    };
    with_role(&iot.role, [Block::new(&iot.id, body)])
}

fn with_role<const N: usize>(role: &crate::plan::Role, blocks: [Block; N]) -> Vec<Block> {
    role::role(role).into_iter().chain(blocks).collect()
}
