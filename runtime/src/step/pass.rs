use super::{Done, Worked};
use crate::execution::{Frame, Seen, Turn};

/// Reshapes data.
pub(super) fn work(turn: &Turn<'_>, frame: &Frame) -> Worked {
    let io = &turn.state.io;
    let result = turn.eval(frame, Seen::default(), |view| io.pass_result(view))?;
    let seen = Seen { result: result.as_ref(), ..Seen::default() };
    let exit = turn.eval(frame, seen, |view| io.exit(view))?;
    Ok(Done { exit, next: turn.state.next })
}
