//! The passes over the IR: each a function, each in its own file. [`run`] lists them in order.

mod fold;
mod propagate;
mod purify;
mod tidy;

pub(crate) use fold::{Folded, asked, asks_within, assume, decided, fold, path};
pub(crate) use purify::closure;

use crate::ir::Workflow;

/// Runs all passes.
///
/// 1. `tidy`: nothing stands behind a `Break`; scopes that nothing leaves are opened.
/// 2. `purify`: what has no effects becomes expressions, so that the rest sees effects and choices between them only.
/// 3. `propagate`: bindings that cost nothing, or are read once, go where they are read. After `purify`, because it makes
///    bindings of what were statements.
pub(crate) fn run(workflow: &mut Workflow) {
    tidy::tidy(&mut workflow.body);
    purify::purify(workflow);
    tidy::tidy(&mut workflow.body);
    propagate::propagate(workflow);
}
