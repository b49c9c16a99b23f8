use super::{Done, Worked};
use crate::error::EvaluationError;
use crate::execution::{Frame, Seen, Turn};
use crate::program::Choice;
use crate::query::View;

/// Takes the first rule that is true, or the default.
pub(super) fn work(turn: &Turn<'_>, frame: &Frame, choice: &Choice) -> Worked {
    Ok(turn.eval(frame, Seen::default(), |view| decide(turn, choice, view))?)
}

/// The rule that is taken has output and variables of its own; those of the state are for the default.
fn decide(turn: &Turn<'_>, choice: &Choice, view: &View<'_>) -> Result<Done, EvaluationError> {
    for rule in &choice.rules {
        if rule.condition.is_true(view)? {
            return Ok(Done { exit: rule.io.exit(view)?, next: Some(rule.next) });
        }
    }
    if choice.default.is_none() {
        return Err(EvaluationError::runtime(
            "Failed to transition out of the state. The state does not point to a next state.",
        ));
    }
    Ok(Done { exit: turn.state.io.exit(view)?, next: choice.default })
}
