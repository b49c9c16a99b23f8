//! Folds that begin with the first item, which is what `$reduce` does by itself.

use crate::ir::{Arena, Binary, Expr, ExprId};

/// The list of which `init` is the first item and `rest` the others.
pub(super) fn reduced(arena: &Arena, rest: ExprId, init: ExprId) -> Option<ExprId> {
    let (Expr::Item { list, index, .. }, Expr::Filter { list: all, index: Some(number), body, .. }) =
        (arena.get(init), arena.get(rest))
    else {
        return None;
    };
    let Expr::Binary(Binary::Ge, left, one) = arena.get(*body) else { return None };
    let is = |id: &ExprId, constant: i64| arena.literal(*id) == Some(&constant.into());
    let skips_first = *arena.get(*left) == Expr::Var(*number) && is(one, 1);
    (list == all && is(index, 0) && skips_first).then_some(*list)
}
