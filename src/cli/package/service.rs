//! What a program says of itself within its own code: whether it serves tasks in Lambda.
//!
//! The program that packs another cannot run it, as it may be for another processor, so it looks for these bytes.

use std::hint::black_box;

/// What stands before the answer.
const QUESTION: &[u8] = b"stepwright: are tasks served in Lambda? ";

/// The bytes of a program that serves tasks.
pub(super) const SERVES: &[u8] = b"stepwright: are tasks served in Lambda? \x01\x01";

/// The bytes of a program that does not.
pub(super) const SERVES_NOT: &[u8] = b"stepwright: are tasks served in Lambda? \x02\x02";

/// The bytes of this program.
const OWN: &[u8] = if cfg!(feature = "lambda") { SERVES } else { SERVES_NOT };

/// Keeps the bytes in the code of this program.
pub(in crate::cli) fn declare_service() {
    black_box(OWN);
}

/// Whether a program serves tasks; `None` if it does not say.
pub(super) fn declared(code: &[u8]) -> Option<bool> {
    // The code that looks for the question has it, too, but no answer behind it.
    let asked = code.windows(QUESTION.len()).enumerate().filter(|(_, window)| *window == QUESTION);
    let mut answers = asked.filter_map(|(at, _)| match code.get(at + QUESTION.len()..)? {
        [1, 1, ..] => Some(true),
        [2, 2, ..] => Some(false),
        _ => None,
    });
    answers.next()
}
