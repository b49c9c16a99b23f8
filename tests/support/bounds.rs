//! What every run shows of the cost report: no run costs more than it says, and none that succeeds costs less.

use stepwright::{
    CostReport, ExecutionStatus, HistoryEvent,
    asl::cost::{Bounds, Repeat, RepeatKind},
};

/// Checks a run against the bounds of its workflow.
pub(crate) fn within(cost: &CostReport, status: ExecutionStatus, history: &[HistoryEvent]) {
    let entered = history.iter().filter(|event| event.event_type().as_str().ends_with("StateEntered")).count();
    // Those that tell of an error on its way through Map and Parallel states come to the events of a good run.
    let events = history.iter().filter(|event| !event.event_type().as_str().ends_with("Aborted")).count();
    for (bounds, found) in [(cost.transitions(), entered), (cost.events(), events)] {
        let found = found as u64;
        assert!(found <= most(bounds, history), "{found} with a history of {} events:\n{cost}", history.len());
        if status == ExecutionStatus::Succeeded {
            assert!(bounds.least <= found, "{found} with a history of {} events:\n{cost}", history.len());
        }
    }
}

/// The most that a run with this history may come to.
fn most(bounds: &Bounds, history: &[HistoryEvent]) -> u64 {
    let repeated = bounds.repeats.iter().map(|repeat| repeat.each * times(repeat, history));
    bounds.most + repeated.sum::<u64>()
}

/// How many items a Map had, or how many turns of a loop were begun.
fn times(repeat: &Repeat, history: &[HistoryEvent]) -> u64 {
    let is_one = |event: &&HistoryEvent| {
        let event_type = event.event_type().as_str();
        match repeat.kind {
            RepeatKind::Turn => event_type.ends_with("StateEntered"),
            RepeatKind::Item | RepeatKind::Child(_) => event_type == "MapIterationStarted",
        }
    };
    let of_state = |event: &&HistoryEvent| event.details().get("name").is_some_and(|name| *name == repeat.state);
    let count = history.iter().filter(is_one).filter(of_state).count() as u64;
    if repeat.further { count.saturating_sub(1) } else { count }
}
