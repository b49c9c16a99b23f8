//! Variables that change, and the places in them.

use super::{
    list, node, omitted,
    recorder::{self, FrameKind},
};
use crate::{
    diagnostic::Code,
    ir::{Binary, Expr, ExprId, Kind, StmtKind, VarId},
    position::Position,
};

/// `let mut name = value;`, `let name;`
pub(crate) fn declare(name: &str, value: Option<ExprId>, at: Position) -> VarId {
    // Its type may be an `Option`, and `None` come later.
    let kind = Kind { nullable: true, ..value.map_or(Kind::ANY, node::kind) };
    let var = recorder::new_var(name, true, kind);
    if let Some(value) = value {
        recorder::push(StmtKind::Assign { var, value }, at);
    }
    var
}

/// `place = value;`: the variable at the root of the place gets its old value with that part replaced.
pub(crate) fn assign(place: ExprId, value: ExprId, at: Position) {
    let expr = recorder::with(|recorder| recorder.arena.get(place).clone());
    match expr {
        Expr::Var(var) => assign_var(var, value, at),
        Expr::Field { base, keys, .. } => {
            let (part, replaced) = match recorder::with(|recorder| recorder.skipped.get(&place).cloned()) {
                Some(field) => (omitted::written(&field, value, at), keys.as_slice()),
                None => {
                    let (key, others) =
                        keys.split_first().map(|(key, others)| (key.clone(), others)).unwrap_or_default();
                    (node::build(Expr::Object(vec![(key, value)])), others)
                }
            };
            let whole = node::build(Expr::Merge(vec![without(base, replaced), part]));
            assign(base, whole, at);
        }
        Expr::Known { value: outer, .. } => assign(outer, value, at),
        Expr::Item { list, index, kind } => assign(list, with_item(list, index, value, kind), at),
        Expr::If { cond, then, otherwise } => match checked_item(then, otherwise) {
            Some((list, index, kind)) => {
                let changed = node::if_(cond, with_item(list, index, value, kind), otherwise);
                assign(list, changed, at);
            }
            None => no_place(at),
        },
        _ => no_place(at),
    }
}

/// An object without some keys.
pub(crate) fn without(base: ExprId, keys: &[impl AsRef<str>]) -> ExprId {
    node::build(Expr::Without { base, keys: keys.iter().map(|key| key.as_ref().to_owned()).collect() })
}

/// `place = value;` as the user wrote it. What is flattened cannot be told apart from the keys around it.
pub(crate) fn assign_whole(place: ExprId, value: ExprId, at: Position) {
    let flattened = recorder::with(|recorder| match recorder.arena.get(place) {
        Expr::Known { value, form } => value == form,
        _ => false,
    });
    if flattened {
        recorder::report(Code::Place, at, "a workflow cannot assign a flattened field as a whole, only its own fields");
        return;
    }
    assign(place, value, at);
}

fn no_place(at: Position) {
    recorder::report(Code::Place, at, "a workflow cannot assign to this: it is no variable, nor a part of one");
}

/// `list[i]` reads as `if in range { item } else { panic }`; assigning to it checks the same.
fn checked_item(then: ExprId, otherwise: ExprId) -> Option<(ExprId, ExprId, Kind)> {
    recorder::with(|recorder| match (recorder.arena.get(then), recorder.arena.get(otherwise)) {
        (Expr::Item { list, index, kind }, Expr::Panic(_)) => Some((*list, *index, *kind)),
        _ => None,
    })
}

fn assign_var(var: VarId, value: ExprId, at: Position) {
    if let Some(kind) = recorder::barrier(var) {
        outer_assignment(kind, at);
        return;
    }
    let kind = node::kind(value);
    let known = node::kind(recorder::read(var));
    recorder::set_kind(var, known.or(kind));
    recorder::push(StmtKind::Assign { var, value }, at);
}

/// Reports an assignment out of what cannot reach the variable.
pub(super) fn outer_assignment(from: FrameKind, at: Position) {
    let what = match from {
        FrameKind::Closure => "a closure",
        FrameKind::Machine | FrameKind::Async => "a parallel branch or an item of a map",
    };
    recorder::report(Code::OuterAssignment, at, format!("{what} cannot assign a variable outside of it"));
}

/// The list with one item replaced.
fn with_item(list: ExprId, index: ExprId, value: ExprId, items: Kind) -> ExprId {
    list::map(list, items, |old, at| node::if_(node::binary(Binary::Eq, at, index), value, old))
}
