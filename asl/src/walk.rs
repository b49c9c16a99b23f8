//! Going through a machine: its scopes, its states at all depths, their transitions.

use crate::{Branch, ChoiceRule, ItemProcessor, Pointer, QueryLanguage, State, StateMachine, States};

/// One `States` block with its start state: the whole machine, a branch, or an item processor.
///
/// Transitions stay within a scope, and variables belong to one.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// Where the object with `StartAt` and `States` is.
    pub pointer: Pointer,
    /// The name of the start state.
    pub start_at: &'a str,
    /// The states.
    pub states: &'a States,
}

/// A state and where it stands.
#[derive(Clone, Debug)]
pub struct PlacedState<'a> {
    /// Where the state is.
    pub pointer: Pointer,
    /// Its name.
    pub name: &'a str,
    /// The state.
    pub state: &'a State,
}

/// A way from a state to another of the same scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition<'a> {
    /// Where the target is named, from the state on: `/Next`, `/Catch/0/Next`, `/Default` …
    pub pointer: Pointer,
    /// The name of the target state.
    pub target: &'a str,
}

impl StateMachine {
    /// The outermost scope.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope { pointer: Pointer::default(), start_at: &self.start_at, states: &self.states }
    }

    /// All scopes, outer ones before those within their states.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope<'_>> {
        let mut scopes = vec![self.scope()];
        let mut done = 0;
        while let Some(scope) = scopes.get(done) {
            let inner: Vec<_> = scope.states().flat_map(|placed| placed.scopes()).collect();
            scopes.extend(inner);
            done += 1;
        }
        scopes
    }

    /// All states at all depths, those of outer scopes first.
    pub fn all_states(&self) -> impl Iterator<Item = PlacedState<'_>> {
        self.scopes().into_iter().flat_map(|scope| scope.states().collect::<Vec<_>>())
    }

    /// Changes each state, at all depths, those of inner scopes first.
    pub fn change_states(&mut self, change: &mut impl FnMut(&mut State)) {
        change_states(&mut self.states, change);
    }

    /// The query language in force in `state`: its own or the machine's, whatever the states around it say.
    #[must_use]
    pub fn language_of(&self, state: &State) -> QueryLanguage {
        state.query_language().or(self.query_language).unwrap_or(QueryLanguage::JsonPath)
    }
}

impl<'a> Scope<'a> {
    /// The states of this scope itself.
    pub fn states(&self) -> impl Iterator<Item = PlacedState<'a>> + use<'a> {
        let states = self.pointer.key("States");
        self.states.iter().map(move |(name, state)| PlacedState { pointer: states.key(name), name, state })
    }
}

impl<'a> PlacedState<'a> {
    /// The scopes inside this state: the branches of a Parallel, the processor of a Map.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope<'a>> {
        match self.state {
            State::Parallel(parallel) => {
                let branches = self.pointer.key("Branches");
                parallel
                    .branches
                    .iter()
                    .enumerate()
                    .map(|(index, branch)| branch.scope(branches.index(index)))
                    .collect()
            }
            State::Map(map) => [("ItemProcessor", &map.item_processor), ("Iterator", &map.iterator)]
                .into_iter()
                .filter_map(|(key, processor)| Some(processor.as_ref()?.scope(self.pointer.key(key))))
                .collect(),
            State::Task(_)
            | State::Pass(_)
            | State::Wait(_)
            | State::Choice(_)
            | State::Succeed(_)
            | State::Fail(_) => Vec::new(),
        }
    }
}

impl State {
    /// Where the machine can go from here, in the order of the fields: rules and default of a Choice, `Next`, then
    /// catchers. A target may be named more than once.
    #[must_use]
    pub fn transitions(&self) -> Vec<Transition<'_>> {
        let mut transitions = Vec::new();
        if let Self::Choice(choice) = self {
            transitions.extend(rule_transitions(&choice.choices));
            transitions.extend(transition(Pointer::default().key("Default"), choice.default.as_deref()));
        }
        transitions.extend(transition(Pointer::default().key("Next"), self.next()));
        let catch = Pointer::default().key("Catch");
        for (index, catcher) in self.catch().unwrap_or_default().iter().enumerate() {
            transitions.extend(transition(catch.index(index).key("Next"), Some(&catcher.next)));
        }
        transitions
    }
}

impl Branch {
    fn scope(&self, pointer: Pointer) -> Scope<'_> {
        Scope { pointer, start_at: &self.start_at, states: &self.states }
    }
}

impl ItemProcessor {
    fn scope(&self, pointer: Pointer) -> Scope<'_> {
        Scope { pointer, start_at: &self.start_at, states: &self.states }
    }
}

fn change_states(states: &mut States, change: &mut impl FnMut(&mut State)) {
    for state in states.values_mut() {
        let inner: Vec<&mut States> = match state {
            State::Parallel(parallel) => parallel.branches.iter_mut().map(|branch| &mut branch.states).collect(),
            State::Map(map) => {
                let processors = [map.item_processor.as_mut(), map.iterator.as_mut()];
                processors.into_iter().flatten().map(|processor| &mut processor.states).collect()
            }
            State::Task(_)
            | State::Pass(_)
            | State::Wait(_)
            | State::Choice(_)
            | State::Succeed(_)
            | State::Fail(_) => Vec::new(),
        };
        inner.into_iter().for_each(|states| change_states(states, change));
        change(state);
    }
}

fn rule_transitions(rules: &[ChoiceRule]) -> impl Iterator<Item = Transition<'_>> {
    let choices = Pointer::default().key("Choices");
    rules
        .iter()
        .enumerate()
        .filter_map(move |(index, rule)| transition(choices.index(index).key("Next"), rule.next.as_deref()))
}

fn transition(pointer: Pointer, target: Option<&str>) -> Option<Transition<'_>> {
    target.map(|target| Transition { pointer, target })
}
