//! The query languages: expressions and paths, parsed once and evaluated against what a state sees.

pub(crate) mod jsonata;
pub(crate) mod jsonpath;

use std::sync::Arc;

use crate::clock::Clock;
use crate::context_object::ContextObject;
use crate::limits::Limits;
use crate::random::Random;
use crate::scope::Scope;
use crate::test_state::InspectionData;
use crate::trial::Trial;
use crate::value::Value;

/// What the fields of a state see while they are evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    /// The state's input, and the part of it that the state sees; only JSONPath makes a difference between them.
    pub(crate) raw: &'a Value,
    pub(crate) input: &'a Value,
    /// The result of the state's work, once there is one.
    pub(crate) result: Option<&'a Value>,
    /// The error output, in the fields of a catcher.
    pub(crate) error_output: Option<&'a Value>,
    pub(crate) context: &'a ContextObject<'a>,
    pub(crate) scope: &'a Scope,
    pub(crate) random: &'a Arc<Random>,
    pub(crate) clock: &'a Clock,
    pub(crate) limits: &'a Limits,
    pub(crate) trial: Option<&'a Trial>,
}

impl View<'_> {
    /// Notes what a test of the state is to see.
    pub(crate) fn show(&self, what: impl FnOnce(&mut InspectionData)) {
        if let Some(trial) = self.trial {
            trial.show(what);
        }
    }

    /// A member of `$states`.
    pub(crate) fn states_member(&self, name: &str) -> Option<Value> {
        match name {
            "input" => Some(self.input.clone()),
            "result" => self.result.cloned(),
            "errorOutput" => self.error_output.cloned(),
            "context" => Some(self.context.to_value()),
            _ => None,
        }
    }

    /// What the first names of a path below `$states` lead to, and the names that are left.
    pub(crate) fn states_path<'n>(&self, names: &'n [Arc<str>]) -> Option<(Option<Value>, &'n [Arc<str>])> {
        let (member, rest) = names.split_first()?;
        match rest.split_first() {
            Some((part, rest)) if member.as_ref() == "context" => Some((self.context.member(part), rest)),
            _ => Some((self.states_member(member), rest)),
        }
    }
}
