use super::{Done, Worked};
use crate::execution::{Frame, Seen, Turn};

/// Ends the machine, branch or iteration well.
pub(super) fn work(turn: &Turn<'_>, frame: &Frame) -> Worked {
    let exit = turn.eval(frame, Seen::default(), |view| turn.state.io.exit(view))?;
    Ok(Done { exit, next: None })
}
