//! Variables: which are set where, as far as the ways through the states tell, and what reads them.
//!
//! A variable belongs to the `States` block that sets it, and is seen in the blocks within it but not in the child
//! executions of a distributed Map. What is read is checked against all ways that lead to a state: only what is set on
//! none of them is reported. An inner block must not set what may be set when it is entered; what the state around it
//! sets on its way out comes later, and the service has accepted that.

use super::finding::Findings;
use super::names::{Names, Numbers, variable};
use super::{Rule, jsonpath, place};
use crate::{PlacedState, Pointer, ProcessorMode, Scope, State, StateMachine};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// A variable that is read, and where.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Read {
    pub(super) pointer: Pointer,
    pub(super) name: String,
}

/// A scope, with what it sees of the outer ones.
struct Block<'a> {
    scope: Scope<'a>,
    /// The variables of outer scopes that may be set when it is entered.
    outer: Names,
}

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    let numbers = Numbers::of(machine);
    let whole = machine.scopes().into_iter().take(1);
    let mut pending: Vec<_> = whole.map(|scope| Block { scope, outer: Names::default() }).collect();
    while let Some(block) = pending.pop() {
        let set = flow(&block, &numbers);
        for placed in block.scope.states() {
            check_names(&placed, &block.outer, &numbers, findings);
            let known = set.get(placed.name).unwrap_or(&block.outer);
            check_reads(machine, &placed, |name| numbers.contains(known, name), findings);
            let is_distributed = matches!(placed.state, State::Map(map) if is_distributed(map));
            for scope in placed.scopes() {
                let outer = if is_distributed { Names::default() } else { known.clone() };
                pending.push(Block { scope, outer });
            }
        }
    }
}

/// Whether the items of a Map state are handled by child executions.
pub(super) fn is_distributed(map: &crate::Map) -> bool {
    let config = map.processor().and_then(|processor| processor.processor_config.as_ref());
    config.is_some_and(|config| config.mode == Some(ProcessorMode::Distributed))
}

fn check_names(placed: &PlacedState<'_>, outer: &Names, numbers: &Numbers<'_>, findings: &mut Findings) {
    for (pointer, assign) in super::fields::assignments(placed) {
        for key in assign.keys().filter(|key| numbers.contains(outer, variable(key))) {
            let message = format!("The variable name '{}' was already defined in a parent scope.", variable(key));
            findings.add(Rule::VariableScope, pointer.key(key), message);
        }
    }
}

fn check_reads(
    machine: &StateMachine,
    placed: &PlacedState<'_>,
    is_set: impl Fn(&str) -> bool,
    findings: &mut Findings,
) {
    let mut reported = HashSet::new();
    for place in place::places(placed, machine.language_of(placed.state)) {
        for read in jsonpath::check(&place.pointer, &place.content, place.member, findings) {
            if !is_set(&read.name) && !reported.contains(&read) {
                let message = format!("The variable '{}' is not set on any way to this state.", read.name);
                findings.add(Rule::SetVariable, read.pointer.clone(), message);
                reported.insert(read);
            }
        }
    }
}

/// For each state that can be reached, what may be set when it is entered.
fn flow<'a>(block: &Block<'a>, numbers: &Numbers<'_>) -> HashMap<&'a str, Names> {
    let order = order(&block.scope);
    let mut set: HashMap<&str, Names> = HashMap::from([(block.scope.start_at, block.outer.clone())]);
    let mut changed: HashSet<_> = order.first().copied().into_iter().collect();
    while !changed.is_empty() {
        for name in &order {
            let Some(state) = block.scope.states.get(*name).filter(|_| changed.remove(name)) else { continue };
            let before = set.get(name).cloned().unwrap_or_default();
            for (target, assign) in
                ways(state).into_iter().filter(|(target, _)| block.scope.states.contains_key(*target))
            {
                let assigned = numbers.set(assign.into_iter().flat_map(Map::keys).map(|key| variable(key)));
                let is_new = !set.contains_key(target);
                let known = set.entry(target).or_default();
                let is_changed = known.add(&before) | known.add(&assigned);
                if is_new || is_changed {
                    changed.insert(target);
                }
            }
        }
    }
    set
}

/// The states that can be reached, each before those it leads to, as far as loops allow: so that what is set comes round in
/// few turns.
fn order<'a>(scope: &Scope<'a>) -> Vec<&'a str> {
    let (mut seen, mut order) = (HashSet::new(), Vec::new());
    let mut pending = vec![(scope.start_at, false)];
    while let Some((name, is_done)) = pending.pop() {
        if is_done {
            order.push(name);
        } else if let Some(state) = scope.states.get(name).filter(|_| seen.insert(name)) {
            pending.push((name, true));
            pending.extend(ways(state).into_iter().map(|(target, _)| (target, false)));
        }
    }
    order.reverse();
    order
}

/// Where a state leads, and what it sets on the way.
fn ways(state: &State) -> Vec<(&str, Option<&Map<String, Value>>)> {
    let mut ways: Vec<_> = state.next().map(|next| (next, state.assign())).into_iter().collect();
    if let State::Choice(choice) = state {
        ways.extend(choice.default.as_deref().map(|next| (next, choice.assign.as_ref())));
        ways.extend(choice.choices.iter().filter_map(|rule| Some((rule.next.as_deref()?, rule.assign.as_ref()))));
    }
    let catchers = state.catch().unwrap_or_default().iter();
    ways.extend(catchers.map(|catcher| (catcher.next.as_str(), catcher.assign.as_ref())));
    ways
}
