//! Catchers of `States.TaskFailed`.
//!
//! In a catcher, this name stands for every error but a time-out, while a variant of this name holds this error only. So a
//! choice behind the catcher looks at the name, unless both ways turn out to be one.

use stepwright_asl::error_name;

use super::graph::{Catch, Edge, Failure, Graph, Origin, State, StateId, StateKind, Target, Work};
use crate::{
    ir::{Arena, Binary, Call, Callee, Expr, Kind, Var},
    position::Position,
};

/// Puts a choice behind each catcher of `States.TaskFailed`, and tells whether there was one. Of the execution of another
/// workflow, this error is all that there is.
pub(super) fn tell_apart(arena: &mut Arena, graph: &mut Graph) -> bool {
    let mut found = false;
    graph.exact = false;
    for index in 0..graph.states.len() {
        let Some(state) = graph.states.get_mut(index) else { continue };
        let at = state.at;
        let StateKind::Work { work, catch, .. } = &mut state.kind else { continue };
        for machine in work.machines_mut() {
            found |= tell_apart(arena, machine);
        }
        if matches!(&**work, Work::Call(Call { callee: Callee::Workflow(_), .. })) {
            continue;
        }
        let callee = match &**work {
            Work::Call(call) => call.callee.name(),
            Work::Parallel(_) => "parallel",
            Work::Map { .. } | Work::Distributed(_) => "map",
            Work::Wait(_) | Work::WaitUntil(_) => continue,
        };
        let name = format!("Why {callee} failed");
        let mut catchers = std::mem::take(catch);
        let exact = catchers.iter().position(|catcher| catcher.errors == [error_name::TASK_FAILED]);
        if let Some(exact) = exact.map(|index| catchers.remove(index)) {
            let all = catchers.pop_if(|last| last.errors == [error_name::ALL]);
            found = true;
            catchers.push(told_apart(arena, graph, exact, all, (at, name)));
        }
        if let Some(StateKind::Work { catch, .. }) = graph.states.get_mut(index).map(|state| &mut state.kind) {
            *catch = catchers;
        }
    }
    found
}

/// One catcher for two, and the choice that it leads to. An error that neither catches fails the machine as it is.
fn told_apart(
    arena: &mut Arena,
    graph: &mut Graph,
    exact: Catch,
    all: Option<Catch>,
    (at, name): (Position, String),
) -> Catch {
    let failed = Var { name: "failed".to_owned(), named: true, mutable: false, kind: Kind::ANY };
    let failed = arena.new_var(failed);
    let (output, read) = (arena.push(Expr::ErrorOutput), arena.push(Expr::Var(failed)));
    let (error, cause) = (arena.key(read, "Error"), arena.key(read, "Cause"));
    let again = Failure { error, cause, errors: graph.errors, origin: Origin(Some(at)) };
    let (errors, default) = match all {
        Some(all) => (all.errors, all.edge),
        None => (exact.errors, Edge::to(Target::Fail(again))),
    };
    let input = arena.push(Expr::StateInput);
    let reads_input = exact.edge.reads_input(arena) || default.reads_input(arena);
    let mut behind = |edge: &Edge| {
        edge.map(&mut |value| arena.rewrite(value, &mut |_, expr| matches!(expr, Expr::ErrorOutput).then_some(read)))
    };
    let (told, default) = (behind(&exact.edge), behind(&default));
    let task_failed = arena.constant(error_name::TASK_FAILED);
    let is = arena.binary(Binary::Eq, error, task_failed);
    let id = StateId(graph.states.len());
    graph.states.push(State { kind: StateKind::Choice { rules: vec![(is, told)], default }, at, name });
    let edge =
        Edge { assign: vec![(failed, output)], output: reads_input.then_some(input), ..Edge::to(Target::State(id)) };
    Catch { errors, edge }
}
