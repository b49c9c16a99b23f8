//! Names and transitions.

use super::{Findings, Rule};
use crate::{Scope, StateMachine};
use std::collections::HashSet;

const LONGEST_NAME: usize = 80;

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    let mut names = HashSet::new();
    for scope in machine.scopes() {
        if scope.states.is_empty() {
            findings.add(Rule::NotEmpty, scope.pointer.key("States"), "Value cannot be empty");
            continue;
        }
        check_names(&scope, &mut names, findings);
        check_targets(&scope, findings);
        if scope.states.values().any(crate::State::is_end) {
            check_reachability(&scope, findings);
        } else {
            findings.add(Rule::EndState, scope.pointer, "Workflow has no terminal state");
        }
    }
}

fn check_names<'a>(scope: &Scope<'a>, names: &mut HashSet<&'a str>, findings: &mut Findings) {
    for placed in scope.states() {
        if placed.name.is_empty() || placed.name.chars().count() > LONGEST_NAME {
            let message = format!("A state name must have 1 to {LONGEST_NAME} characters");
            findings.add(Rule::StateName, placed.pointer.clone(), message);
        }
        if !names.insert(placed.name) {
            let message = format!("State name \"{}\" is used more than once in the state machine", placed.name);
            findings.add(Rule::UniqueStateName, placed.pointer, message);
        }
    }
}

fn check_targets(scope: &Scope<'_>, findings: &mut Findings) {
    let start = (scope.pointer.key("StartAt"), scope.start_at);
    let transitions = scope.states().flat_map(|placed| {
        let found = placed.state.transitions().into_iter();
        found.map(move |transition| (placed.pointer.join(&transition.pointer), transition.target))
    });
    for (pointer, target) in std::iter::once(start).chain(transitions) {
        if !scope.states.contains_key(target) {
            findings.add(Rule::TransitionTarget, pointer, format!("Missing 'Next' target: {target}"));
        }
    }
}

fn check_reachability(scope: &Scope<'_>, findings: &mut Findings) {
    let mut reached = HashSet::new();
    let mut pending = vec![scope.start_at];
    while let Some(name) = pending.pop() {
        let Some(state) = scope.states.get(name).filter(|_| reached.insert(name)) else { continue };
        pending.extend(state.transitions().iter().map(|transition| transition.target));
    }
    for placed in scope.states().filter(|placed| !reached.contains(placed.name)) {
        let message = format!("State \"{}\" is not reachable.", placed.name);
        findings.add(Rule::Reachable, placed.pointer, message);
    }
}
