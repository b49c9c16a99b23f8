//! Which variables a statement reads or assigns.

use std::collections::HashSet;

use crate::ir::{Arena, Block, Expr, ExprId, Stmt, StmtKind, VarId, visit};

/// Adds the variables that an expression reads.
pub(super) fn reads(arena: &Arena, id: ExprId, out: &mut HashSet<VarId>) {
    let mut blocks = Vec::new();
    arena.visit(id, &mut |expr| match expr {
        Expr::Var(var) => {
            out.insert(*var);
        }
        Expr::Block(block, _) => blocks.push(*block),
        _ => {}
    });
    for block in blocks {
        if let Some(block) = arena.block(block) {
            block.stmts.iter().for_each(|stmt| mentions(arena, stmt, out));
        }
    }
}

/// Adds the variables that a statement, with all in it, reads or assigns.
pub(super) fn mentions(arena: &Arena, stmt: &Stmt, out: &mut HashSet<VarId>) {
    let mut values = Vec::new();
    visit::stmts(&Block { stmts: vec![stmt.clone()] }, &mut |stmt| {
        let mut copy = stmt.clone();
        visit::values_mut(&mut copy, &mut |value| values.push(*value));
        visit::results_mut(&mut copy, &mut |value| values.push(*value));
        match &stmt.kind {
            StmtKind::Let { var, .. } | StmtKind::Assign { var, .. } | StmtKind::Effect { var, .. } => {
                out.insert(*var);
            }
            StmtKind::For { item, .. } => {
                out.insert(*item);
            }
            _ => {}
        }
    });
    values.into_iter().for_each(|value| reads(arena, value, out));
}
