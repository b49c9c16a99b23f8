//! What does not fit the States Language at all, in the service's words.

use super::finding::Finding;
use super::{Rule, syntax};
use crate::{Misfit, ParseError, ParseErrors, Pointer};

/// The findings of reading `text`.
pub(super) fn findings(text: &str, errors: ParseErrors) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut errors = errors.0.into_iter().peekable();
    while let Some(error) = errors.next() {
        let ParseError { pointer, reason, misfit } = error;
        findings.push(match misfit {
            Misfit::Syntax { .. } if text.trim().is_empty() => not_an_object(),
            Misfit::Syntax { line, column } => syntax::finding(text, &reason, line, column),
            Misfit::Type(_) if pointer.as_str().is_empty() => not_an_object(),
            Misfit::Missing(field) => {
                let mut fields = vec![field];
                while let Some(next) = errors.next_if(|next| next.pointer == pointer && is_missing(next)) {
                    fields.extend(missing_field(&next));
                }
                fields.reverse();
                Finding::new(
                    Rule::RequiredField,
                    pointer,
                    format!("These fields are required: [{}]", fields.join(", ")),
                )
            }
            Misfit::Unknown(field) => {
                Finding::new(Rule::UnknownField, parent(&pointer), format!("Field '{field}' is not supported"))
            }
            Misfit::Word(words) => word(pointer, words),
            Misfit::Duplicate => {
                let name = pointer.location();
                let name = name.rsplit('/').next().unwrap_or_default();
                Finding::new(Rule::Json, pointer.clone(), format!("Duplicate field '{name}'"))
            }
            Misfit::Type(name) => Finding::new(Rule::ValueType, pointer, format!("Expected value of type [{name}]")),
            Misfit::Negative => Finding::new(Rule::Range, pointer, "Minimum value is 0"),
            Misfit::Combination => Finding::new(Rule::ChoiceRule, pointer, reason),
        });
    }
    findings
}

fn not_an_object() -> Finding {
    Finding::new(Rule::JsonObject, Pointer::default(), "Definition must be a valid JSON object")
}

fn is_missing(error: &ParseError) -> bool {
    missing_field(error).is_some()
}

fn missing_field(error: &ParseError) -> Option<&'static str> {
    match error.misfit {
        Misfit::Missing(field) => Some(field),
        _ => None,
    }
}

/// The object that has the member.
fn parent(pointer: &Pointer) -> Pointer {
    let mut parent = pointer.clone();
    parent.truncate(pointer.as_str().rfind('/').unwrap_or_default());
    parent
}

fn word(pointer: Pointer, words: &[&str]) -> Finding {
    if pointer.as_str().ends_with("/Type") {
        let message = "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]";
        return Finding::new(Rule::KnownWord, pointer, message);
    }
    Finding::new(Rule::KnownWord, pointer, format!("Value should be one of the following: [{}]", words.join(", ")))
}
