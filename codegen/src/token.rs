//! Task tokens: a call that waits for one has to hand it on.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    info::TaskKind,
    ir::{Callee, Effect, StmtKind, Workflow, visit},
};

/// Reports the requests that do not hold the token they wait for: nobody could answer it.
pub(crate) fn check(workflow: &Workflow) -> Result<(), Diagnostics> {
    let arena = &workflow.arena;
    let mut diagnostics = Diagnostics::default();
    visit::stmts(&workflow.body, &mut |stmt| {
        if let StmtKind::Effect { effect, .. } = &stmt.kind
            && let Effect::Call(call) = &**effect
            && let Callee::Task(task) = call.callee
            && let info = (task.info)()
            && matches!(info.kind, TaskKind::Resource(_))
            && info.waits_for_token()
            && !call.arguments.iter().any(|argument| arena.any(*argument, &mut |expr| expr.is_task_token()))
        {
            let message = format!("the request of `{}` does not hold the token that it waits for", info.name);
            diagnostics.push(Diagnostic::new(Code::Token, stmt.at, message));
        }
    });
    diagnostics.into_result(())
}
