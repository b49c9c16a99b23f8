//! Blocks of Terraform, and how their texts refer to each other.
//!
//! In the JSON syntax every text is a template: `${…}` is an expression, and `$${` the two characters.

use serde_json::Value;

use crate::{
    id::{Id, Kind},
    text::{Attribute, Part, Text},
    tree::Tree,
};

/// A block of type `resource`.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Such as `aws_lambda_function`.
    pub(super) kind: &'static str,
    /// What it is called.
    pub(super) name: String,
    /// What is in it.
    pub(super) body: Tree,
}

impl Block {
    /// The block of a resource of the stack.
    pub(super) fn new(id: &Id, body: Tree) -> Self {
        Block { kind: kind(id.kind), name: id.snake(), body }
    }
}

/// How a resource is named.
pub(super) fn address(id: &Id) -> String {
    format!("{}.{}", kind(id.kind), id.snake())
}

/// The type of a resource's block. A version is an attribute of its machine.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Function => "aws_lambda_function",
        Kind::Activity => "aws_sfn_activity",
        Kind::Machine | Kind::Version => "aws_sfn_state_machine",
        Kind::Alias => "aws_sfn_alias",
        Kind::Role => "aws_iam_role",
        Kind::Logs => "aws_cloudwatch_log_group",
        Kind::Alarm => "aws_cloudwatch_metric_alarm",
        Kind::Schedule => "aws_scheduler_schedule",
        Kind::Rule => "aws_cloudwatch_event_rule",
        Kind::TopicRule => "aws_iot_topic_rule",
        Kind::Api => "aws_api_gateway_rest_api",
        Kind::Path => "aws_api_gateway_resource",
        Kind::Method => "aws_api_gateway_method",
        Kind::Model => "aws_api_gateway_model",
        Kind::Validator => "aws_api_gateway_request_validator",
        Kind::Deployment => "aws_api_gateway_deployment",
        Kind::Stage => "aws_api_gateway_stage",
    }
}

/// An expression that refers to something of a resource.
fn reference(id: &Id, attribute: Attribute) -> String {
    let attribute = match (id.kind, attribute) {
        (Kind::Version, _) => "state_machine_version_arn",
        (Kind::Model | Kind::Rule, _) => "name",
        (Kind::Stage, _) => "stage_name",
        (Kind::Activity, _) | (_, Attribute::Id) => "id",
        (_, Attribute::Arn) => "arn",
        (_, Attribute::Revision) => "revision_id",
        (_, Attribute::Root) => "root_resource_id",
    };
    format!("{}.{attribute}", address(id))
}

/// A text that is the value of an expression.
pub(super) fn expression(expression: impl AsRef<str>) -> Text {
    Text::own(format!("${{{}}}", expression.as_ref()))
}

/// A text as the JSON syntax says it.
pub(super) fn write(text: &Text) -> Value {
    text.0.iter().map(part).collect::<String>().into()
}

/// A text as an expression. In `templatefile` nothing is escaped, so what is inserted into JSON texts is escaped here.
pub(super) fn inserted(text: &Text) -> String {
    let literal = |text: &str| within_json(&escaped(&within_json(text)));
    let parts: String = text
        .0
        .iter()
        .map(|each| match each {
            Part::Literal(text) => literal(text),
            _ => part(each),
        })
        .collect();
    match text.0.as_slice() {
        [Part::Of(id, attribute)] => reference(id, *attribute),
        _ => format!("\"{parts}\""),
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => escaped(text),
        Part::Partition => "${data.aws_partition.current.partition}".to_owned(),
        Part::Region => "${data.aws_region.current.region}".to_owned(),
        Part::Account => "${data.aws_caller_identity.current.account_id}".to_owned(),
        Part::Of(id, attribute) => format!("${{{}}}", reference(id, *attribute)),
        Part::Own(words) => words.clone(),
    }
}

/// A text in a template that stands for itself.
pub(super) fn escaped(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// What stands between the quotes of a text in JSON, and in Terraform's own syntax as well.
fn within_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_templates() {
        let charge = Id::new(Kind::Function, "charge");
        let text = Text::from("${a} %{b} ").then(Text::arn_of(&charge));
        assert_eq!(write(&text), "$${a} %%{b} ${aws_lambda_function.charge.arn}");
        assert_eq!(inserted(&Text::arn_of(&charge)), "aws_lambda_function.charge.arn");
        assert_eq!(inserted(&"say \"${x}\"".into()), r#""say \\\"$${x}\\\"""#);
    }
}
