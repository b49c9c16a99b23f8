//! A machine beside the one that an expert wrote for the same workflow.

use std::cell::RefCell;

use stepwright::asl::{StateMachine, validate};

use super::{Case, runs::runs};

/// How many inputs both are run with: always the same, since the figures are kept.
const INPUTS: u32 = 250;

/// What the generated machine and the expert's come to.
pub(crate) struct Comparison {
    pub(crate) generated: Figures,
    pub(crate) expert: Figures,
    /// Whether the generated machine has more states, or takes more transitions with any of the inputs.
    pub(crate) is_worse: bool,
}

/// What a machine comes to.
pub(crate) struct Figures {
    pub(crate) states: usize,
    /// The fewest and the most transitions of the runs.
    pub(crate) transitions: (usize, usize),
}

/// Runs both machines with the same inputs and the same luck of the tasks.
///
/// # Panics
///
/// Where they do not do the same calls with the same result.
pub(crate) fn compare(case: &Case, expert: &StateMachine) -> Comparison {
    let findings = validate(expert);
    assert!(findings.is_empty(), "{}: {findings:#?}", case.name);
    let counts = RefCell::new(Vec::new());
    runs(case, INPUTS, |run| {
        let ((generated, few), (by_hand, most)) = (run.local(None), run.local(Some(expert.clone())));
        counts.borrow_mut().push((few, most));
        if generated == by_hand { Ok(()) } else { Err(format!("\n generated {generated:#?}\n expert {by_hand:#?}")) }
    });
    let counts = counts.into_inner();
    let figures = |machine: &StateMachine, transitions: Vec<usize>| Figures {
        states: machine.all_states().count(),
        transitions: (*transitions.iter().min().unwrap(), *transitions.iter().max().unwrap()),
    };
    let generated = figures((case.definition)().asl(), counts.iter().map(|(few, _)| *few).collect());
    let by_hand = figures(expert, counts.iter().map(|(_, most)| *most).collect());
    let is_worse = generated.states > by_hand.states || counts.iter().any(|(few, most)| few > most);
    Comparison { generated, expert: by_hand, is_worse }
}
