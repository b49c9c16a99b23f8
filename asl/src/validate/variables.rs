//! Variables: which are set where, as far as the ways through the states tell, and what reads them.
//!
//! A variable belongs to the `States` block that sets it, and is seen in the blocks within it but not in the child
//! executions of a distributed Map. What is read is checked against all ways that lead to a state: only what is set on
//! none of them is reported. An inner block must not set what may be set when it is entered; what the state around it
//! sets on its way out comes later, and the service has accepted that.

use super::finding::Findings;
use super::names::{Names, Numbers, variable};
use super::{Rule, jsonpath, place};
use crate::order::components;
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
///
/// States that lead to each other have all in common: what is set on the ways into them, and on those between them.
fn flow<'a>(block: &Block<'a>, numbers: &Numbers<'_>) -> HashMap<&'a str, Names> {
    let places: HashMap<&str, usize> =
        block.scope.states.keys().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let ways: Vec<Vec<(usize, Names)>> =
        block.scope.states.values().map(|state| placed(state, &places, numbers)).collect();
    let edges: Vec<Vec<usize>> = ways.iter().map(|ways| ways.iter().map(|(target, _)| *target).collect()).collect();
    let nodes: Vec<usize> = (0..edges.len()).collect();
    let start = places.get(block.scope.start_at).map(|start| (*start, block.outer.clone()));
    let mut before: HashMap<usize, Names> = start.into_iter().collect();
    let mut components = components(&edges, &nodes);
    while let Some(component) = components.pop() {
        let entries: Vec<Names> = component.iter().filter_map(|node| before.remove(node)).collect();
        if entries.is_empty() {
            continue;
        }
        let members: HashSet<usize> = component.iter().copied().collect();
        let ways = || component.iter().filter_map(|node| ways.get(*node)).flatten();
        let mut known = Names::default();
        entries.iter().for_each(|entry| known.add(entry));
        ways().filter(|(target, _)| members.contains(target)).for_each(|(_, assigned)| known.add(assigned));
        for (target, assigned) in ways().filter(|(target, _)| !members.contains(target)) {
            let next = before.entry(*target).or_default();
            next.add(&known);
            next.add(assigned);
        }
        before.extend(component.into_iter().map(|node| (node, known.clone())));
    }
    places.into_iter().filter_map(|(name, place)| Some((name, before.remove(&place)?))).collect()
}

/// The ways from a state to others of its block, with what is set on them.
fn placed(state: &State, places: &HashMap<&str, usize>, numbers: &Numbers<'_>) -> Vec<(usize, Names)> {
    let way = |(target, assign): (&str, Option<&Map<String, Value>>)| {
        let assigned = numbers.set(assign.into_iter().flat_map(Map::keys).map(|key| variable(key)));
        Some((*places.get(target)?, assigned))
    };
    ways(state).into_iter().filter_map(way).collect()
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
