//! Work whose retriers or catchers take every error.
//!
//! They take those of the state's own expressions, too: a panic before the call would be retried, and one after it caught, as
//! if the task had failed. What may panic is therefore evaluated in the states around such work.

use stepwright_asl::error_name;

use super::graph::{Catch, Edge, Graph, State, StateId, StateKind, Target, Work};
use crate::ir::{Arena, Callee, Expr, ExprId, Kind, Var, VarId};

/// Names that evaluation errors go by, in `ErrorEquals`.
const TAKES_EVALUATION: [&str; 3] = [error_name::ALL, error_name::TASK_FAILED, error_name::QUERY_EVALUATION_ERROR];

/// Whether an error of the state's own expressions would be retried or caught.
pub(super) fn takes_evaluation_errors(work: &Work, catch: &[Catch]) -> bool {
    retries(work) || catch.iter().any(|catch| names_evaluation(&catch.errors))
}

fn retries(work: &Work) -> bool {
    let Work::Call(call) = work else { return false };
    let own = call.options.retry.iter().map(|retrier| retrier.on.clone());
    let of_task = match call.callee {
        Callee::Task(task) if !call.options.no_task_retry => (task.info)().retry,
        Callee::Task(_) | Callee::Workflow(_) | Callee::Start(_) => &[],
    };
    own.chain(of_task.iter().map(|retry| (retry.on)())).any(|on| on.is_empty() || names_evaluation(&on))
}

fn names_evaluation(errors: &[String]) -> bool {
    errors.iter().any(|error| TAKES_EVALUATION.contains(&error.as_str()))
}

/// Takes what may panic out of the work's own expressions: the variables to assign before it. What holds the state's token
/// stays, and is evaluated before with an empty one: if that does not panic, neither does it.
pub(super) fn before(arena: &mut Arena, work: &mut Work) -> Vec<(VarId, ExprId)> {
    let mut assign = Vec::new();
    let (token, empty) = (arena.push(Expr::task_token()), arena.constant(""));
    for value in work.values_mut() {
        if arena.may_panic(*value) {
            let kind = arena.kind(*value);
            let var = arena.new_var(Var { name: "argument".to_owned(), named: true, mutable: false, kind });
            let early = arena.replace(*value, token, empty);
            if early == *value {
                *value = arena.push(Expr::Var(var));
            }
            assign.push((var, early));
        }
    }
    assign
}

/// Puts a Pass behind work whose way out may panic, in a graph and the machines inside it.
pub(super) fn after(arena: &mut Arena, graph: &mut Graph) {
    let mut added = Vec::new();
    let first = graph.states.len();
    for state in &mut graph.states {
        let StateKind::Work { work, next, catch } = &mut state.kind else { continue };
        work.machines_mut().into_iter().for_each(|machine| after(arena, machine));
        if takes_evaluation_errors(work, catch) && edge_may_panic(arena, next) {
            let pass = Target::State(StateId(first + added.len()));
            let way = hand_on(arena, next, pass);
            added.push(State { name: result_of(work), ..State::new(StateKind::Pass(way), state.at) });
        }
    }
    graph.states.extend(added);
}

fn result_of(work: &Work) -> String {
    match work {
        Work::Call(call) => format!("{} result", call.callee.name()),
        Work::Wait(_) | Work::WaitUntil(_) => "Waited".to_owned(),
        Work::Parallel(_) => "Parallel result".to_owned(),
        Work::Map { .. } | Work::Distributed(_) => "Map result".to_owned(),
    }
}

fn edge_may_panic(arena: &Arena, edge: &Edge) -> bool {
    edge.values().into_iter().any(|value| arena.may_panic(value))
}

/// Leads an edge to a Pass, which gets the result as its input. The way out of the Pass.
fn hand_on(arena: &mut Arena, next: &mut Edge, pass: Target) -> Edge {
    let result = arena.push(Expr::Result);
    let payload = Expr::Field { base: result, keys: vec!["Payload".to_owned()], default: None, kind: Kind::ANY };
    let payload = arena.push(payload);
    let input = arena.push(Expr::StateInput);
    let mut only_payload = true;
    let inner = next.map(&mut |value| {
        let value = arena.rewrite(value, &mut |arena, expr| match expr {
            Expr::Field { base, keys, default: None, .. } if *base == result && *keys == ["Payload"] => {
                Some(arena.push(Expr::StateInput))
            }
            _ => None,
        });
        only_payload &= !arena.any(value, &mut |expr| matches!(expr, Expr::Result));
        value
    });
    let (output, way) = match only_payload {
        true => (inner.reads_input(arena).then_some(payload), inner),
        false => (None, next.map(&mut |value| arena.replace(value, result, input))),
    };
    *next = Edge { output, ..Edge::to(pass) };
    way
}
