//! The luck of tasks: drawn from the arguments of a call and the seed of the run, so that it is the same in both runs.

use std::{
    cell::RefCell,
    collections::HashMap,
    fmt::Debug,
    hash::{DefaultHasher, Hash, Hasher},
};

use proptest::{collection::vec, prelude::*};

thread_local! {
    static LUCK: RefCell<Luck> = RefCell::default();
}

#[derive(Default)]
struct Luck {
    seed: u64,
    /// How often each call was made.
    calls: HashMap<String, usize>,
}

/// What comes of one attempt at a call.
pub(crate) struct Dice(u64);

/// Begins a run.
pub(super) fn seed(seed: u64) {
    LUCK.set(Luck { seed, calls: HashMap::new() });
}

/// The luck of a call: another for other arguments and for each time that it is made.
pub(crate) fn dice(call: impl Debug) -> Dice {
    LUCK.with_borrow_mut(|luck| {
        let call = format!("{call:?}");
        let times = luck.calls.entry(call.clone()).or_default();
        *times += 1;
        let mut hasher = DefaultHasher::new();
        (luck.seed, call, *times).hash(&mut hasher);
        Dice(hasher.finish())
    })
}

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        self.0 = hasher.finish();
        self.0 % sides
    }

    /// Whether a thing happens that happens once in `times`.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }

    pub(crate) fn word(&mut self) -> String {
        ["ash", "birch", "cedar", "", "elm tree"][self.roll(5) as usize].to_owned()
    }
}

/// Short texts, with all that JSONata and ASL take for something else.
pub(crate) fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c]{0,3}",
        1 => "[ -~]{0,6}",
        1 => Just("{% $x %}".to_owned()),
        1 => Just("é\"ü\\n😀".to_owned()),
    ]
}

/// A few of them.
pub(crate) fn few<S: Strategy>(items: S) -> impl Strategy<Value = Vec<S::Value>>
where
    S::Value: Debug,
{
    vec(items, 0..5)
}
