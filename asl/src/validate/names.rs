//! Sets of variables.

use super::fields::assignments;
use crate::StateMachine;
use std::collections::HashMap;

/// The variables of a machine, numbered.
pub(super) struct Numbers<'a>(HashMap<&'a str, usize>);

/// A set of variables, by their numbers.
#[derive(Clone, Default)]
pub(super) struct Names(Vec<u64>);

/// The name of the variable that a member of `Assign` sets.
pub(super) fn variable(key: &str) -> &str {
    key.strip_suffix(".$").unwrap_or(key)
}

impl<'a> Numbers<'a> {
    pub(super) fn of(machine: &'a StateMachine) -> Self {
        let mut numbers = HashMap::new();
        for (_, assign) in machine.all_states().flat_map(|placed| assignments(&placed)) {
            for key in assign.keys() {
                let next = numbers.len();
                numbers.entry(variable(key)).or_insert(next);
            }
        }
        Self(numbers)
    }

    pub(super) fn set<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Names {
        let mut set = Names::default();
        for number in names.into_iter().filter_map(|name| self.0.get(name)) {
            set.insert(*number);
        }
        set
    }

    pub(super) fn contains(&self, set: &Names, name: &str) -> bool {
        self.0.get(name).is_some_and(|number| set.contains(*number))
    }
}

const BITS: usize = u64::BITS as usize;

impl Names {
    fn insert(&mut self, number: usize) {
        let (word, bit) = (number / BITS, number % BITS);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0.get_mut(word).into_iter().for_each(|bits| *bits |= 1 << bit);
    }

    fn contains(&self, number: usize) -> bool {
        self.0.get(number / BITS).is_some_and(|bits| bits >> (number % BITS) & 1 == 1)
    }

    /// Adds all of `other`.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }
}
