//! Which values mean the same, though a deployment put something else in their place.

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright_asl::expression_body;

use crate::{arn::Arn, constant};

/// Compares values, and keeps what placeholders turned out to stand for.
#[derive(Clone)]
pub(super) struct Equality<'a> {
    /// The name of the machine.
    machine: &'a str,
    /// What each placeholder that is a whole text stands for.
    placeholders: BTreeMap<String, String>,
}

impl<'a> Equality<'a> {
    pub(super) fn new(machine: &'a str) -> Self {
        Self { machine, placeholders: BTreeMap::new() }
    }

    /// What the placeholders turned out to stand for.
    pub(super) fn placeholders(self) -> BTreeMap<String, String> {
        self.placeholders
    }

    /// Whether the values mean the same. The order of members does not matter, nor how a number is written.
    pub(super) fn same(&mut self, ours: &Value, deployed: &Value) -> bool {
        match (ours, deployed) {
            (Value::String(ours), Value::String(deployed)) => self.same_text(ours, deployed),
            (Value::Number(ours), Value::Number(deployed)) => ours == deployed || ours.as_f64() == deployed.as_f64(),
            (Value::Array(ours), Value::Array(deployed)) => {
                ours.len() == deployed.len()
                    && ours.iter().zip(deployed).all(|(ours, deployed)| self.same(ours, deployed))
            }
            (Value::Object(ours), Value::Object(deployed)) => {
                let same = |name, value| deployed.get(name).is_some_and(|deployed| self.same(value, deployed));
                let mut same = same;
                ours.len() == deployed.len() && ours.iter().all(|(name, value)| same(name, value))
            }
            _ => ours == deployed,
        }
    }

    /// A placeholder means whatever stands in its place, a name the resource whose ARN has it, and an expression its value, if it
    /// is the same in all executions.
    fn same_text(&mut self, ours: &str, deployed: &str) -> bool {
        if ours == deployed {
            return true;
        }
        let (ours, deployed) = (self.value(ours), self.value(deployed));
        if let (Some(name), false) = (whole_placeholder(&ours), deployed.contains("${")) {
            let known = self.placeholders.entry(name.to_owned()).or_insert_with(|| deployed.clone());
            return *known == deployed;
        }
        fits(&ours, &deployed) || fits(&deployed, &ours) || names(&ours, &deployed) || names(&deployed, &ours)
    }

    fn value(&self, text: &str) -> String {
        let constant = expression_body(text).and_then(|body| constant::jsonata(body, self.machine));
        constant.unwrap_or_else(|| text.to_owned())
    }
}

/// The name of the placeholder that a text is.
fn whole_placeholder(text: &str) -> Option<&str> {
    let name = text.strip_prefix("${")?.strip_suffix('}')?;
    (!name.contains('}')).then_some(name)
}

/// Whether a text is a pattern's, with any text in place of each placeholder.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split("${");
    let (Some(first), mut rest) = (parts.next(), text) else { return false };
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    let mut last = None;
    for part in parts {
        let Some((_, literal)) = part.split_once('}') else { return false };
        if let Some(before) = last.replace(literal) {
            let Some((_, after)) = rest.split_once(before) else { return false };
            rest = after;
        }
    }
    last.map_or(rest.is_empty(), |literal| rest.ends_with(literal))
}

/// Whether an ARN is that of the resource that a template calls `name`. Templates make names of several parts, one of which is
/// the name, perhaps in another case and with the kind of the resource behind it: `orders-ChargeFunction-1A2B3C`.
fn names(name: &str, arn: &str) -> bool {
    let Ok(arn) = arn.parse::<Arn>() else { return false };
    if name.is_empty() || name.parse::<Arn>().is_ok() || expression_body(name).is_some() {
        return false;
    }
    let own = arn.resource.split_once([':', '/']).map_or(arn.resource.as_str(), |(_, name)| name);
    let plain = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let (wanted, unversioned) = (plain(name), own.split(':').next().unwrap_or(own));
    own == name
        || own.ends_with(&format!("-{name}"))
        || unversioned.split('-').any(|part| {
            let part = plain(part);
            ["", "function", "activity", "table", "queue", "topic"].iter().any(|kind| part == format!("{wanted}{kind}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIP: &str = "{% $join($split($states.context.StateMachine.Id, ':')[[0..5]], ':') & ':ship' %}";

    #[test]
    fn what_a_deployment_puts_in_place_is_the_same() {
        for (ours, deployed) in [
            ("${Charge}", "arn:aws:lambda:eu-west-1:123456789012:function:charge"),
            ("arn:${AWS::Partition}:sns:${AWS::Region}:1:t", "arn:aws:sns:eu-west-1:1:t"),
            ("charge", "arn:aws:lambda:eu-west-1:123456789012:function:charge"),
            ("print_label", "arn:aws:lambda:eu-west-1:123456789012:function:orders-PrintLabelFunction-1A2B3C"),
            ("charge", "${ChargeFunction.Arn}"),
            (SHIP, "arn:aws:states:eu-west-1:123456789012:stateMachine:ship"),
        ] {
            assert!(Equality::new("m").same(&ours.into(), &deployed.into()), "{ours} is {deployed}");
            assert!(Equality::new("m").same(&deployed.into(), &ours.into()), "{deployed} is {ours}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for (ours, deployed) in [
            ("charge", "refund"),
            ("charge", "arn:aws:lambda:eu-west-1:123456789012:function:surcharge"),
            ("{% $a %}", "{% $b %}"),
            ("{% $a %}", "arn:aws:lambda:eu-west-1:123456789012:function:a"),
            ("arn:${AWS::Partition}:sns:${AWS::Region}:1:t", "arn:aws:sns:eu-west-1:1:u"),
            (SHIP, "arn:aws:states:eu-west-1:123456789012:stateMachine:bill"),
        ] {
            assert!(!Equality::new("m").same(&ours.into(), &deployed.into()), "{ours} is not {deployed}");
        }
    }

    #[test]
    fn a_placeholder_stands_for_one_thing() {
        let mut equality = Equality::new("m");
        assert!(equality.same(&"${A}".into(), &"x".into()) && equality.same(&"${A}".into(), &"x".into()));
        assert!(!equality.same(&"${A}".into(), &"y".into()));
        assert_eq!(equality.placeholders()["A"], "x");
    }
}
