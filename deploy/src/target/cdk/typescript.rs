//! Trees as expressions of TypeScript.

use serde_json::Value;

use super::field;
use crate::{
    id::{Id, Kind},
    target::cloudformation::{Reference, reference},
    text::{Attribute, Part, Text},
    tree::Tree,
};

/// The expression of a tree, over several lines.
pub(super) fn typescript(tree: &Tree) -> String {
    match tree {
        Tree::Scalar(value) => value.to_string(),
        Tree::Text(text) => expression(text),
        Tree::List(items) => {
            let items = items.iter().filter(|item| !item.is_absent()).map(typescript);
            enclosed('[', ']', items)
        }
        Tree::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_absent());
            enclosed('{', '}', members.map(|(key, value)| format!("{}: {}", self::key(key), typescript(value))))
        }
        Tree::Absent => "undefined".to_owned(),
    }
}

/// The variable of a resource.
pub(super) fn variable(id: &Id) -> String {
    id.lower_camel()
}

/// A text as it is.
pub(super) fn quoted(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    if text.contains('\'') { quoted } else { format!("'{}'", inner.replace("\\\"", "\"")) }
}

fn enclosed(open: char, close: char, items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.map(|item| format!("  {},\n", item.replace('\n', "\n  "))).collect();
    if items.is_empty() { format!("{open}{close}") } else { format!("{open}\n{}{close}", items.concat()) }
}

fn key(key: &str) -> String {
    let is_word =
        key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !key.starts_with(|c: char| c.is_ascii_digit());
    if is_word && !key.is_empty() { key.to_owned() } else { quoted(key) }
}

fn expression(text: &Text) -> String {
    match text.0.as_slice() {
        [one @ (Part::Partition | Part::Region | Part::Account | Part::Of(..) | Part::Own(_))] => value(one),
        parts => match text.literal() {
            Some(literal) => quoted(literal),
            None => format!("`{}`", parts.iter().map(within_template).collect::<String>()),
        },
    }
}

fn within_template(part: &Part) -> String {
    match part {
        Part::Literal(text) => text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${"),
        _ => format!("${{{}}}", value(part)),
    }
}

fn value(part: &Part) -> String {
    match part {
        Part::Literal(text) => quoted(text),
        Part::Partition => "partition".to_owned(),
        Part::Region => "region".to_owned(),
        Part::Account => "account".to_owned(),
        Part::Own(words) => words.clone(),
        Part::Of(id, attribute) => refer(id, *attribute),
    }
}

fn refer(id: &Id, attribute: Attribute) -> String {
    let this = if field(id.kind).is_some() { "this." } else { "" };
    let attribute = match (id.kind, attribute) {
        (Kind::Function, _) => "functionArn".to_owned(),
        (Kind::Activity, _) => "activityArn".to_owned(),
        (Kind::Machine, Attribute::Revision) => "stateMachineRevisionId".to_owned(),
        (Kind::Machine, _) => "stateMachineArn".to_owned(),
        (Kind::Role, _) => "roleArn".to_owned(),
        (Kind::Logs, _) => "logGroupArn".to_owned(),
        _ => match reference(id, attribute) {
            Reference::Ref => "ref".to_owned(),
            Reference::GetAtt(attribute) => format!("getAtt('{attribute}').toString()"),
        },
    };
    format!("{this}{}.{attribute}", variable(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_expressions() {
        let charge = Id::new(Kind::Function, "charge");
        assert_eq!(expression(&"say \"it's\"".into()), r#""say \"it's\"""#);
        assert_eq!(expression(&"say \"it\" \\".into()), r#"'say "it" \\'"#);
        assert_eq!(expression(&Text::arn_of(&charge)), "this.chargeFunction.functionArn");
        let text = Text::from("`${a}` \\ ").then(Text::arn_of(&charge));
        assert_eq!(expression(&text), r"`\`\${a}\` \\ ${this.chargeFunction.functionArn}`");
    }
}
