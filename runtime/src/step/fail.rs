use super::Worked;
use crate::error::Failure;
use crate::execution::{Frame, Seen, Turn};
use crate::program::Fail;
use crate::test_state::InspectionData;

/// Ends the machine, branch or iteration with an error.
pub(super) fn work(turn: &Turn<'_>, frame: &Frame, fail: &Fail) -> Worked {
    // A Fail state filters no input.
    turn.show(InspectionData::hide_filtered_input);
    let (error, cause) = turn.eval(frame, Seen::default(), |view| {
        let error = fail.error.as_ref().map(|error| error.eval(view)).transpose()?;
        let cause = fail.cause.as_ref().map(|cause| cause.eval(view)).transpose()?;
        Ok((error, cause))
    })?;
    Err(Failure { error, cause, is_heartbeat: false, event: frame.last }.into())
}
