//! From the IR to a state machine.
//!
//! The IR becomes a graph of states whose edges carry assignments ([`build`]). As every edge but the entry leaves a state,
//! and a state can assign on its way out, no state is needed only to move data. Passes over the graph then thread edges
//! through choices whose outcome is known on them, move the entry's assignments behind the first state, and drop what
//! nothing reads. Names come last, then the states are written ([`emit`]).

mod build;
mod catchers;
mod child;
mod distributed;
mod edge;
mod emit;
mod entry;
mod errors;
mod finish;
mod graph;
mod guarded;
mod inner;
mod jsonata;
mod known;
mod live;
mod names;
mod presence;
mod raised;
mod scalars;
mod specialise;
mod tails;
mod task_failed;
mod template;
mod thread;
mod verify;
mod waits;

pub(crate) use edge::reads;
pub(crate) use jsonata::{evaluates, unique};

use stepwright_asl::StateMachine;

use self::graph::Graph;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    info::WorkflowInfo,
    ir::{Arena, Workflow},
    position::Position,
    source_map::SourceMap,
    task::TaskEntry,
};

/// A state machine, and what is known of its states.
pub(crate) struct Lowered {
    pub(crate) machine: StateMachine,
    pub(crate) source_map: SourceMap,
    /// The task that each Task state calls, by the name of the state.
    pub(crate) calls: Vec<(String, TaskEntry)>,
}

/// Lowers a workflow whose passes have run.
///
/// 1. `thread`: edges go where their assignments lead them; choices that follow choices become one.
/// 2. `specialise`: a state is made once for each kind of way to it, where that spares a choice behind it.
/// 3. `known`: what all ways to a state know decides what it asks.
/// 4. `waits`: what a choice behind a wait asks, the choice before it asks as well.
/// 5. `task_failed`: a catcher of `States.TaskFailed` takes this error only.
/// 6. `scalars`: variables of which only parts are read come to those parts.
/// 7. `live`: assignments that nothing reads go away; before and after `entry`, which would carry and does leave such.
/// 8. `entry`: what the entry assigns is read where it is needed, or assigned by the first state. If that is a choice, what
///    it decides is known of the values (`thread::inform`); if it is decided itself, the entry assigns again.
/// 9. `guarded`: what may panic is evaluated behind work whose catchers would take that for its failure.
/// 10. `finish`: ends and failures become states where the state before cannot be the last.
/// 11. `tails`: equal states become one, because the passes before make them equal; only `catchers` can be fewer then.
/// 12. `presence`: keys that are there on all ways to a state are read without defaults.
pub(crate) fn lower(workflow: &mut Workflow, info: &WorkflowInfo) -> Result<Lowered, Diagnostics> {
    let mut graph = build::build(workflow);
    let arena = &mut workflow.arena;
    thread::thread(arena, &mut graph);
    specialise::specialise(arena, &mut graph);
    decide(arena, &mut graph);
    if waits::ask_before(arena, &mut graph) {
        thread::thread(arena, &mut graph);
    }
    live::drop_dead(arena, &mut graph);
    catchers::merge_all(arena, &mut graph);
    if task_failed::tell_apart(arena, &mut graph) {
        thread::thread(arena, &mut graph);
        live::drop_dead(arena, &mut graph);
    }
    scalars::scalars(arena, &mut graph);
    live::drop_dead(arena, &mut graph);
    entry::settle(arena, &mut graph);
    thread::inform(arena, &mut graph);
    decide(arena, &mut graph);
    entry::settle(arena, &mut graph);
    live::drop_dead(arena, &mut graph);
    catchers::merge_all(arena, &mut graph);
    guarded::after(arena, &mut graph);
    finish::finish(arena, &mut graph, workflow.at);
    tails::share(arena, &mut graph);
    catchers::merge_all(arena, &mut graph);
    presence::tell(arena, &mut graph);
    report(verify::verify(arena, &graph), workflow.at)?;
    let names = names::name(arena, &mut graph);
    emit::emit(arena, &graph, names, info)
}

/// Simplifies choices by what is known, until that changes none: each time a condition gets shorter.
fn decide(arena: &mut Arena, graph: &mut Graph) {
    while known::decide(arena, graph) {
        thread::thread(arena, graph);
    }
}

/// Violations as diagnostics: they are the compiler's own mistakes.
pub(crate) fn report(violations: Vec<String>, at: Position) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    violations.into_iter().for_each(|violation| diagnostics.push(Diagnostic::new(Code::Internal, at, violation)));
    diagnostics.into_result(())
}
