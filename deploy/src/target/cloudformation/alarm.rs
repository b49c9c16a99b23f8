//! Alarms.

use super::resource::Resource;
use crate::{id::Id, plan::Alarm, text::Text, tree::object};

pub(super) fn alarm(alarm: &Alarm, machine: &Id) -> Resource {
    let properties = object! {
        "AlarmName" => &alarm.name,
        "Namespace" => "AWS/States",
        "MetricName" => alarm.metric,
        "Dimensions" => [object! { "Name" => "StateMachineArn", "Value" => Text::arn_of(machine) }],
        "Statistic" => "Sum",
        "Period" => alarm.period,
        "EvaluationPeriods" => 1,
        "Threshold" => 1,
        "ComparisonOperator" => "GreaterThanOrEqualToThreshold",
        "TreatMissingData" => "notBreaching",
        "AlarmActions" => (!alarm.actions.is_empty()).then(|| alarm.actions.clone()),
    };
    Resource::new(&alarm.id, "AWS::CloudWatch::Alarm", properties)
}
