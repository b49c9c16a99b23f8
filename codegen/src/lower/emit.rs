//! The state graph as a state machine.

mod call;
mod distributed;

use std::collections::HashMap;

use serde_json::{Map, Value};
use stepwright_asl as asl;
use stepwright_asl::Dynamic;

use super::{
    Lowered,
    graph::{Catch, Edge, Failure, Graph, State, StateKind, Target, Work},
    jsonata::Names,
    names::Named,
    template::{expression, output, template},
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    info::WorkflowInfo,
    ir::{Arena, Expr, ExprId, VarId},
    position::Position,
    source_map::SourceMap,
    task::TaskEntry,
};

/// Writes a named graph.
pub(super) fn emit(arena: &Arena, graph: &Graph, named: Named, info: &WorkflowInfo) -> Result<Lowered, Diagnostics> {
    let mut emitter = Emitter {
        arena,
        variables: &named.variables,
        source_map: SourceMap::default(),
        calls: Vec::new(),
        diagnostics: named.diagnostics,
    };
    let (start_at, states) = emitter.machine(graph, first(graph));
    let machine = asl::StateMachine {
        comment: (!info.docs.is_empty()).then(|| info.docs.trim().to_owned()),
        query_language: Some(asl::QueryLanguage::Jsonata),
        timeout_seconds: info.timeout,
        start_at,
        states,
        ..Default::default()
    };
    let Emitter { source_map, calls, diagnostics, .. } = emitter;
    diagnostics.into_result(Lowered { machine, source_map, calls })
}

/// The name of the state that the execution's input is the input of.
fn first(graph: &Graph) -> Option<&str> {
    match graph.entry.target {
        Target::State(id) if graph.incoming().get(&id).copied() == Some(1) => {
            graph.get(id).map(|state| state.name.as_str())
        }
        _ => None,
    }
}

struct Emitter<'a> {
    arena: &'a Arena,
    variables: &'a HashMap<VarId, String>,
    source_map: SourceMap,
    calls: Vec<(String, TaskEntry)>,
    diagnostics: Diagnostics,
}

/// What a state gives on an edge that has no output of its own.
#[derive(Clone, Copy, PartialEq)]
enum Gives {
    /// The state's input.
    Input,
    /// The result of its work.
    Result,
    /// The error output, through a catcher.
    ErrorOutput,
}

/// What an edge comes to in the fields of a state.
#[derive(Default)]
struct Way {
    assign: Option<Map<String, Value>>,
    output: Option<Value>,
    next: Option<String>,
}

impl Way {
    fn end(&self) -> Option<bool> {
        self.next.is_none().then_some(true)
    }
}

impl Emitter<'_> {
    /// The states of a graph. `first` is the name of a state that the execution's input is the input of.
    fn machine(&mut self, graph: &Graph, first: Option<&str>) -> (String, asl::States) {
        let start = match graph.entry.target {
            Target::State(id) => graph.get(id).map(|state| state.name.clone()).unwrap_or_default(),
            Target::End(_) | Target::Fail(_) => String::new(),
        };
        let mut states = asl::States::new();
        for id in graph.reachable() {
            let Some(state) = graph.get(id) else { continue };
            self.source_map.push(state.name.clone(), state.at);
            self.shared_failures(graph, state);
            self.calls.extend(state.task().map(|task| (state.name.clone(), task)));
            let is_first = first == Some(state.name.as_str());
            let emitted = self.state(graph, state, is_first);
            states.insert(state.name.clone(), emitted);
        }
        (start, states)
    }

    /// Notes of the Fail states behind a state where they come from, if that is not where the first way to them does.
    fn shared_failures(&mut self, graph: &Graph, before: &State) {
        let mut seen: Vec<&Target> = Vec::new();
        for edge in before.kind.edges() {
            if let (Target::State(id), Some(at)) = (&edge.target, edge.origin.0)
                && let Some(state @ State { kind: StateKind::Fail(_), .. }) = graph.get(*id)
                && !seen.contains(&&edge.target)
            {
                seen.push(&edge.target);
                if state.at != at {
                    self.source_map.push_failure(&before.name, &state.name, at);
                }
            }
        }
    }

    fn names(&self, is_first: bool) -> Names<'_> {
        Names { arena: self.arena, machine: self.variables, input_is_state_input: is_first }
    }

    fn state(&mut self, graph: &Graph, state: &State, is_first: bool) -> asl::State {
        match &state.kind {
            StateKind::Work { work, next, catch } => self.work(graph, state, work, next, catch, is_first),
            StateKind::Choice { rules, default } => self.choice(graph, rules, default, is_first).into(),
            StateKind::Pass(next) | StateKind::Join(next) => {
                let way = self.way(graph, next, is_first, Gives::Input);
                asl::Pass {
                    end: way.end(),
                    assign: way.assign,
                    output: way.output,
                    next: way.next,
                    ..Default::default()
                }
                .into()
            }
            StateKind::Succeed(output) => {
                let output = output.filter(|output| !self.is_input(*output, is_first));
                asl::Succeed {
                    output: output.map(|value| super::template::output(&self.names(is_first), value)),
                    ..Default::default()
                }
                .into()
            }
            StateKind::Fail(Failure { error, cause, .. }) => asl::Fail {
                error: Some(self.text(*error, is_first)),
                cause: (!self.is_empty_text(*cause)).then(|| self.text(*cause, is_first)),
                ..Default::default()
            }
            .into(),
        }
    }

    fn is_input(&self, value: ExprId, is_first: bool) -> bool {
        match self.arena.get(value) {
            Expr::StateInput => true,
            Expr::ExecutionInput => is_first,
            _ => false,
        }
    }

    fn is_empty_text(&self, value: ExprId) -> bool {
        self.arena.literal(value).and_then(Value::as_str) == Some("")
    }

    /// A field that takes a text.
    fn text(&self, value: ExprId, is_first: bool) -> Dynamic<String> {
        match self.arena.literal(value).and_then(Value::as_str) {
            Some(text) if !text.starts_with("{%") => Dynamic::Literal(text.to_owned()),
            _ => Dynamic::Expression(expression(&self.names(is_first), value)),
        }
    }

    /// A field that takes a number.
    fn number(
        &mut self,
        value: ExprId,
        range: std::ops::RangeInclusive<u64>,
        at: Position,
        is_first: bool,
    ) -> Dynamic<u64> {
        match self.arena.literal(value).map(Value::as_u64) {
            Some(Some(number)) if range.contains(&number) => Dynamic::Literal(number),
            Some(_) => {
                let given = self.arena.literal(value).map(ToString::to_string).unwrap_or_default();
                let message = format!("`{given}` is not between {} and {}", range.start(), range.end());
                self.diagnostics.push(Diagnostic::new(Code::Limit, at, message));
                Dynamic::Literal(*range.start())
            }
            None => Dynamic::Expression(expression(&self.names(is_first), value)),
        }
    }

    /// The fields of an edge. What the state gives on it anyway needs no output.
    fn way(&self, graph: &Graph, edge: &Edge, is_first: bool, gives: Gives) -> Way {
        let names = self.names(is_first);
        let assign: Map<String, Value> = edge
            .assign
            .iter()
            .map(|(var, value)| (self.variables.get(var).cloned().unwrap_or_default(), template(&names, *value)))
            .collect();
        let (next, end) = match &edge.target {
            Target::State(id) => (graph.get(*id).map(|state| state.name.clone()), None),
            Target::End(value) => (None, Some(*value)),
            Target::Fail(_) => (None, None),
        };
        let is_default = |value: ExprId| match self.arena.get(value) {
            Expr::Result => gives == Gives::Result,
            Expr::ErrorOutput => gives == Gives::ErrorOutput,
            Expr::StateInput => gives == Gives::Input,
            Expr::ExecutionInput => gives == Gives::Input && is_first,
            _ => false,
        };
        let output = end.or(edge.output).filter(|value| !is_default(*value)).map(|value| output(&names, value));
        Way { assign: (!assign.is_empty()).then_some(assign), output, next }
    }

    fn choice(&self, graph: &Graph, rules: &[(ExprId, Edge)], default: &Edge, is_first: bool) -> asl::Choice {
        let choices = rules.iter().map(|(cond, edge)| {
            let way = self.way(graph, edge, is_first, Gives::Input);
            asl::ChoiceRule {
                test: asl::Test::Condition(Dynamic::Expression(expression(&self.names(is_first), *cond))),
                assign: way.assign,
                output: way.output,
                next: way.next,
                ..Default::default()
            }
        });
        let choices = choices.collect();
        let way = self.way(graph, default, is_first, Gives::Input);
        asl::Choice { choices, assign: way.assign, output: way.output, default: way.next, ..Default::default() }
    }

    fn catchers(&self, graph: &Graph, catch: &[Catch], is_first: bool) -> Option<Vec<asl::Catcher>> {
        let catchers = catch.iter().map(|catch| {
            let way = self.way(graph, &catch.edge, is_first, Gives::ErrorOutput);
            asl::Catcher {
                error_equals: catch.errors.clone(),
                assign: way.assign,
                output: way.output,
                next: way.next.unwrap_or_default(),
                ..Default::default()
            }
        });
        (!catch.is_empty()).then(|| catchers.collect())
    }

    fn work(
        &mut self,
        graph: &Graph,
        state: &State,
        work: &Work,
        next: &Edge,
        catch: &[Catch],
        is_first: bool,
    ) -> asl::State {
        let catch = self.catchers(graph, catch, is_first);
        let gives = match work {
            Work::Wait(_) | Work::WaitUntil(_) => Gives::Input,
            Work::Call(_) | Work::Parallel(_) | Work::Map { .. } | Work::Distributed(_) => Gives::Result,
        };
        let way = self.way(graph, next, is_first, gives);
        let end = way.end();
        match work {
            Work::Call(call) => {
                let task = self.call(call, state.at, is_first);
                asl::Task { catch, assign: way.assign, output: way.output, next: way.next, end, ..task }.into()
            }
            Work::Wait(seconds) => {
                const LONGEST: u64 = 99_999_999;
                let seconds = Some(self.number(*seconds, 0..=LONGEST, state.at, is_first));
                asl::Wait { seconds, assign: way.assign, output: way.output, next: way.next, end, ..Default::default() }
                    .into()
            }
            Work::WaitUntil(time) => {
                let timestamp = Some(self.text(*time, is_first));
                asl::Wait {
                    timestamp,
                    assign: way.assign,
                    output: way.output,
                    next: way.next,
                    end,
                    ..Default::default()
                }
                .into()
            }
            Work::Parallel(machines) => {
                let branches = machines.iter().map(|machine| {
                    let (start_at, states) = self.machine(machine, None);
                    asl::Branch { start_at, states, ..Default::default() }
                });
                let branches = branches.collect();
                asl::Parallel {
                    branches,
                    catch,
                    assign: way.assign,
                    output: way.output,
                    next: way.next,
                    end,
                    ..Default::default()
                }
                .into()
            }
            Work::Distributed(map) => {
                let map = self.distributed(map, state.at, is_first);
                asl::Map { catch, assign: way.assign, output: way.output, next: way.next, end, ..map }.into()
            }
            Work::Map { items, selector, max_concurrency, body } => {
                let items = (!self.is_input(*items, is_first)).then(|| template(&self.names(is_first), *items));
                let item_selector = selector.map(|selector| template(&self.names(is_first), selector));
                let max_concurrency = max_concurrency.map(|most| self.number(most, 0..=u64::MAX, state.at, is_first));
                let (start_at, states) = self.machine(body, None);
                let config = asl::ProcessorConfig { mode: Some(asl::ProcessorMode::Inline), ..Default::default() };
                let processor =
                    asl::ItemProcessor { processor_config: Some(config), start_at, states, ..Default::default() };
                asl::Map {
                    items,
                    item_selector,
                    max_concurrency,
                    item_processor: Some(processor),
                    catch,
                    assign: way.assign,
                    output: way.output,
                    next: way.next,
                    end,
                    ..Default::default()
                }
                .into()
            }
        }
    }
}
