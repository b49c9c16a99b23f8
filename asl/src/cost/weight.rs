//! What a single state adds, for each thing that is counted.

use super::{Bounds, Repeat, RepeatKind, bounds::bounds, retries};
use crate::{ExecutionType, Map, Pattern, PlacedState, ProcessorConfig, ProcessorMode, Resource, State};

/// Something that is counted.
pub(super) struct Measure {
    /// What a state adds itself, without the states inside of it.
    own: fn(&State) -> u64,
    /// What one more attempt adds.
    retry: fn(&State) -> u64,
    /// What an iteration of a Map adds beside its states.
    iteration: u64,
    /// Whether what child executions do counts.
    children: bool,
}

/// State transitions: "each time a state is executed" (<https://aws.amazon.com/step-functions/pricing/>).
pub(super) const TRANSITIONS: Measure = Measure { own: |_| 1, retry: |_| 0, iteration: 0, children: true };

/// Events of the history, which child executions have each of their own.
pub(super) const EVENTS: Measure = Measure { own: events, retry: attempt_events, iteration: 2, children: false };

/// What a state adds, with the states inside of it.
#[derive(Default)]
pub(super) struct Weight {
    pub(super) least: u64,
    /// The least where a catcher leads on.
    pub(super) caught: u64,
    pub(super) most: u64,
    pub(super) repeats: Vec<Repeat>,
}

/// Weighs a state.
pub(super) fn weigh(placed: &PlacedState<'_>, measure: &Measure) -> Weight {
    let own = (measure.own)(placed.state);
    let retries = retries(placed.state).saturating_mul((measure.retry)(placed.state));
    let mut weight = Weight { least: own, caught: own.min(2), most: own.saturating_add(retries), repeats: Vec::new() };
    for scope in placed.scopes() {
        let inner = bounds(&scope, measure);
        match placed.state {
            State::Map(map) => weight.iterate(placed.name, map, inner, measure),
            _ => weight.add(inner, 1),
        }
    }
    weight
}

impl Weight {
    fn add(&mut self, inner: Bounds, times: u64) {
        self.least = self.least.saturating_add(inner.least.saturating_mul(times));
        self.most = self.most.saturating_add(inner.most.saturating_mul(times));
        self.repeats.extend(inner.repeats);
    }

    fn iterate(&mut self, name: &str, map: &Map, inner: Bounds, measure: &Measure) {
        let kind = match distributed(map) {
            Some(config) => RepeatKind::Child(config.execution_type.unwrap_or(ExecutionType::Standard)),
            None => RepeatKind::Item,
        };
        let each = Bounds {
            least: inner.least.saturating_add(measure.iteration),
            most: inner.most.saturating_add(measure.iteration),
            ..inner
        };
        match (kind, constant_items(map)) {
            (RepeatKind::Child(_), _) if !measure.children => {}
            (RepeatKind::Item, Some(count)) => self.add(each, count),
            (kind, _) => {
                let repeat = Repeat {
                    kind,
                    state: name.to_owned(),
                    states: vec![name.to_owned()],
                    further: false,
                    each: each.most,
                };
                self.repeats.push(repeat);
                self.repeats.extend(each.repeats);
            }
        }
    }
}

/// The configuration of a distributed Map.
fn distributed(map: &Map) -> Option<&ProcessorConfig> {
    let config = map.processor().and_then(|processor| processor.processor_config.as_ref());
    config.filter(|config| config.mode == Some(ProcessorMode::Distributed))
}

/// How many items a Map has, where the definition lists them.
fn constant_items(map: &Map) -> Option<u64> {
    map.items.as_ref()?.as_array().map(|items| items.len() as u64)
}

/// Entered and exited, and what lies between (<https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html>).
fn events(state: &State) -> u64 {
    match state {
        State::Task(_) => 2 + attempt_events(state),
        // The start and the end of the Map Run.
        State::Map(map) if distributed(map).is_some() => 6,
        State::Parallel(_) | State::Map(_) => 4,
        State::Pass(_) | State::Wait(_) | State::Choice(_) | State::Succeed(_) => 2,
        State::Fail(_) => 1,
    }
}

/// Scheduled, started and ended; with a job or a token, submitted as well.
fn attempt_events(state: &State) -> u64 {
    let State::Task(task) = state else { return 0 };
    match Resource::parse(&task.resource).map(|resource| resource.pattern()) {
        Some(Pattern::RequestResponse) | None => 3,
        Some(_) => 4,
    }
}
