//! What the machines inside of a first state read of its input.
//!
//! No state comes before it that could put its input into a variable. A branch of a Parallel gets the same input, and an item of a
//! Map gets what is read of it beside the item, by an item selector; each puts it into a variable of its own.

use std::collections::HashMap;

use super::{
    entry::{reads_state_input, substitute},
    graph::{Graph, State, StateKind, Target, Work},
    live::machine_reads,
};
use crate::ir::{Arena, Expr, ExprId, Kind, VarId};

/// Hands what the entry of a machine assigns of its input to the machines inside of its first state.
pub(super) fn hand_in(arena: &mut Arena, graph: &mut Graph) {
    let Target::State(first) = graph.entry.target else { return };
    let local = graph.entry.assign.iter().copied().filter(|(_, value)| reads_state_input(arena, *value));
    let local: Vec<(VarId, ExprId)> = local.collect();
    let Some(State { kind: StateKind::Work { work, .. }, .. }) = graph.states.get_mut(first.0) else { return };
    match &mut **work {
        Work::Parallel(branches) => {
            for branch in branches {
                let read = read_of(arena, branch, &local);
                let own = rename(arena, branch, &read);
                branch.entry = branch.entry.after(arena, &own);
            }
        }
        Work::Map { selector: selector @ None, body, .. } => {
            let read = read_of(arena, body, &local);
            if !read.is_empty() {
                *selector = Some(select(arena, body, &read));
            }
        }
        Work::Map { .. } | Work::Distributed(_) | Work::Call(_) | Work::Wait(_) | Work::WaitUntil(_) => {}
    }
}

fn read_of(arena: &Arena, machine: &Graph, local: &[(VarId, ExprId)]) -> Vec<(VarId, ExprId)> {
    let read = machine_reads(arena, machine);
    local.iter().copied().filter(|(var, _)| read.contains(var)).collect()
}

/// Puts the item, and what is read beside it, into the input of the machine. The selector that does so.
fn select(arena: &mut Arena, body: &mut Graph, read: &[(VarId, ExprId)]) -> ExprId {
    let input = arena.push(Expr::StateInput);
    let part = |arena: &mut Arena, key: String, kind: Kind| {
        arena.build(Expr::Field { base: input, keys: vec![key], default: None, kind })
    };
    let item = part(arena, "item".to_owned(), Kind::ANY);
    body.entry = body.entry.map(&mut |value| arena.replace(value, input, item));
    let whole = arena.push(Expr::map_item());
    let mut fields = vec![("item".to_owned(), whole)];
    let mut own = rename(arena, body, read);
    for (var, value) in &mut own {
        let (name, kind) = arena.var(*var).map(|var| (var.name.clone(), var.kind)).unwrap_or_default();
        let outer = std::iter::successors(Some(name), |name| Some(format!("outer_{name}")));
        let key = outer.into_iter().find(|key| fields.iter().all(|(known, _)| known != key)).unwrap_or_default();
        let selected = std::mem::replace(value, part(arena, key.clone(), kind));
        fields.push((key, selected));
    }
    body.entry = body.entry.after(arena, &own);
    arena.build(Expr::Object(fields))
}

/// Lets a machine read variables of its own in place of those around it: its variables, with the values of the others.
fn rename(arena: &mut Arena, machine: &mut Graph, read: &[(VarId, ExprId)]) -> Vec<(VarId, ExprId)> {
    let mut values = HashMap::new();
    let mut own = Vec::new();
    for (var, value) in read {
        let Some(like) = arena.var(*var).cloned() else { continue };
        let new = arena.new_var(like);
        values.insert(*var, arena.push(Expr::Var(new)));
        own.push((new, *value));
    }
    substitute(arena, machine, &values);
    own
}
