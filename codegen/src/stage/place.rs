//! Variables that change, and the places in them.

use super::{node, recorder};
use crate::{
    diagnostic::Code,
    ir::{Expr, ExprId, Kind, StmtKind, VarId},
    position::Position,
};

/// `let mut name = value;`, `let name;`
pub(crate) fn declare(name: &str, value: Option<ExprId>, at: Position) -> VarId {
    let kind = value.map_or(Kind::Any, node::kind);
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
            let key = keys.into_iter().next().unwrap_or_default();
            let part = node::build(Expr::Object(vec![(key, value)]));
            let whole = node::build(Expr::Merge(vec![base, part]));
            assign(base, whole, at);
        }
        Expr::Item { list, index, .. } => assign(list, with_item(list, index, value), at),
        Expr::If { cond, then, otherwise } if is_panic(otherwise) => {
            let checked = node::if_(cond, value, otherwise);
            assign(then, checked, at);
        }
        _ => recorder::report(Code::Place, at, "a workflow cannot assign to this: it is no variable, nor a part of one"),
    }
}

/// `list[i]` reads as `if in range { item } else { panic }`; assigning to it checks the same.
fn is_panic(expr: ExprId) -> bool {
    recorder::with(|recorder| matches!(recorder.arena.get(expr), Expr::Panic(_)))
}

fn assign_var(var: VarId, value: ExprId, at: Position) {
    if let Some(kind) = recorder::barrier(var) {
        let what = match kind {
            recorder::FrameKind::Closure => "a closure",
            recorder::FrameKind::Machine => "a parallel branch or an item of a map",
        };
        recorder::report(Code::OuterAssignment, at, format!("{what} cannot assign a variable outside of it"));
        return;
    }
    let kind = node::kind(value);
    let known = node::kind(recorder::read(var));
    recorder::set_kind(var, known.or(kind));
    recorder::push(StmtKind::Assign { var, value }, at);
}

/// The list with one item replaced.
fn with_item(list: ExprId, index: ExprId, value: ExprId) -> ExprId {
    let (item, number) = (recorder::new_var("item", false, Kind::Any), recorder::new_var("i", false, Kind::Scalar));
    let (old, at) = (recorder::read(item), recorder::read(number));
    let here = node::binary(crate::ir::Binary::Eq, at, index);
    let body = node::if_(here, value, old);
    node::build(Expr::Map { list, item, index: Some(number), body })
}
