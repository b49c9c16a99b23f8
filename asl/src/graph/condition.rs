//! Choice rules in words.

use crate::{ChoiceRule, Comparison, Dynamic, Operand, Relation, Test};

/// The condition of a rule, as short as it can be said.
pub(super) fn text(rule: &ChoiceRule) -> String {
    match &rule.test {
        Test::Condition(Dynamic::Literal(value)) => value.to_string(),
        Test::Condition(condition) => condition.body().unwrap_or_default().trim().to_owned(),
        Test::And(rules) => joined(rules, " and "),
        Test::Or(rules) => joined(rules, " or "),
        Test::Not(rule) => format!("not ({})", text(rule)),
        Test::Variable { path, comparison } => format!("{path} {}", compared(comparison)),
    }
}

fn joined(rules: &[ChoiceRule], word: &str) -> String {
    let part = |rule: &ChoiceRule| match &rule.test {
        Test::And(_) | Test::Or(_) => format!("({})", text(rule)),
        Test::Condition(_) | Test::Not(_) | Test::Variable { .. } => text(rule),
    };
    rules.iter().map(part).collect::<Vec<_>>().join(word)
}

fn compared(comparison: &Comparison) -> String {
    match comparison {
        Comparison::String(relation, right) | Comparison::Timestamp(relation, right) => {
            format!("{} {}", sign(*relation), operand(right, |text| format!("'{text}'")))
        }
        Comparison::Numeric(relation, right) => format!("{} {}", sign(*relation), operand(right, ToString::to_string)),
        Comparison::Boolean(right) => format!("= {}", operand(right, ToString::to_string)),
        Comparison::StringMatches(pattern) => format!("matches '{pattern}'"),
        Comparison::Is(test, true) => format!("is {}", test.to_string().to_lowercase()),
        Comparison::Is(test, false) => format!("is not {}", test.to_string().to_lowercase()),
    }
}

fn operand<T>(operand: &Operand<T>, literal: impl Fn(&T) -> String) -> String {
    match operand {
        Operand::Literal(value) => literal(value),
        Operand::Path(path) => path.clone(),
    }
}

fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Equals => "=",
        Relation::LessThan => "<",
        Relation::GreaterThan => ">",
        Relation::LessThanEquals => "<=",
        Relation::GreaterThanEquals => ">=",
    }
}
