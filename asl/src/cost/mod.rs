//! What executions of a machine cost: state transitions, and events of the history.
//!
//! Nothing is evaluated: every way through the graph of states counts as possible. How often a loop turns and how many items
//! a Map has is not known, so a bound is a number for the way without them, and a number for each turn and item.

mod bounds;
mod weight;

use crate::{ExecutionType, PlacedState, Retrier, Scope, State, StateMachine};
use bounds::bounds;
use weight::{EVENTS, TRANSITIONS};

/// What the executions of a machine cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// State transitions, which the service charges for: one for each state that is entered, at all levels. Retries are
    /// one more each, and not among them.
    pub transitions: Bounds,
    /// Events of the history, with all retries. An error that goes through Parallel and Map states can add an event for each.
    pub events: Bounds,
    /// The branches of Parallel states and the item processors of Map states, at all levels.
    pub parts: Vec<Part>,
    /// The states that try again.
    pub retries: Vec<Retries>,
}

/// The fewest and the most of something that an execution can come to. Executions that an error ends in the middle, because
/// nothing catches it, can come to less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The fewest.
    pub least: u64,
    /// A way that comes to the fewest.
    pub shortest: Vec<Step>,
    /// The most, without what is repeated.
    pub most: u64,
    /// A way that comes to the most, without what is repeated.
    pub longest: Vec<Step>,
    /// What is repeated, and adds to the most each time.
    pub repeats: Vec<Repeat>,
}

/// A state on a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub state: String,
    /// What it comes to, with the states inside of it.
    pub adds: u64,
}

/// Something that an execution does any number of times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// What is repeated.
    pub kind: RepeatKind,
    /// The first state of the loop, or the Map state.
    pub state: String,
    /// The states of the loop; of a Map, only itself.
    pub states: Vec<String>,
    /// Whether the first time is not repetition, and counted already: of a loop that is left at its end, a turn is to go
    /// back to its head.
    pub further: bool,
    /// The most that one time adds.
    pub each: u64,
}

/// What is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// A turn of a loop, be it only begun.
    Turn,
    /// An item of a Map state.
    Item,
    /// A child execution of a Map Run: for an item or a batch of items.
    Child(ExecutionType),
}

/// A machine inside of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The state.
    pub state: String,
    /// Which branch of a Parallel state, from 0; `None` for the item processor of a Map state.
    pub branch: Option<usize>,
    /// The transitions of one run.
    pub transitions: Bounds,
}

/// A state that tries again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    /// Its name.
    pub state: String,
    /// How many retries there are at most, each time that it is entered.
    pub most: u64,
}

impl Cost {
    /// What the executions of a machine cost.
    #[must_use]
    pub fn of(machine: &StateMachine) -> Self {
        let parts = machine.all_states().flat_map(|placed| parts(&placed)).collect();
        let retries = machine.all_states().filter_map(|placed| {
            let most = retries(placed.state);
            (most > 0).then(|| Retries { state: placed.name.to_owned(), most })
        });
        let retries = retries.collect();
        let scope = machine.scope();
        let mut events = bounds(&scope, &EVENTS);
        // `ExecutionStarted`, and how it ended.
        events.least += 2;
        events.most += 2;
        Cost { transitions: bounds(&scope, &TRANSITIONS), events, parts, retries }
    }
}

impl Bounds {
    /// Whether there is a number that no execution exceeds.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        self.repeats.is_empty()
    }
}

fn parts(placed: &PlacedState<'_>) -> Vec<Part> {
    let part = |(index, scope): (usize, Scope<'_>)| Part {
        state: placed.name.to_owned(),
        branch: matches!(placed.state, State::Parallel(_)).then_some(index),
        transitions: bounds(&scope, &TRANSITIONS),
    };
    placed.scopes().into_iter().enumerate().map(part).collect()
}

/// How many retries a state makes at most: each retrier counts its own.
fn retries(state: &State) -> u64 {
    state.retry().unwrap_or_default().iter().map(Retrier::most_attempts).fold(0, u64::saturating_add)
}
