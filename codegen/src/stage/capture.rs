//! What an `async` block or closure takes from around it: a body that is recorded where it is written may run later.

use std::collections::HashMap;

use super::{
    effects::bind_id,
    place,
    recorder::{self, FrameKind},
};
use crate::{
    ir::{Arena, Block, Expr, ExprId, Stmt, StmtKind, VarId, visit},
    position::Position,
};

/// A body that is recorded apart.
pub(super) struct Detached {
    pub(super) block: Block,
    pub(super) result: ExprId,
    /// The number of its frame: variables of lower ones are outside of it.
    frame: usize,
}

impl Detached {
    /// Records a body.
    pub(super) fn record(kind: FrameKind, body: impl FnOnce() -> ExprId) -> Self {
        let (block, (frame, result)) = recorder::detached(kind, || (recorder::frame(), body()));
        Detached { block, result, frame }
    }

    /// The value of a closure that was recorded in the frame of this number.
    pub(super) fn expression(result: ExprId, frame: usize) -> Self {
        Detached { block: Block::default(), result, frame }
    }

    /// The value of a body without statements, of the values that the variables around it have now.
    pub(super) fn held(mut self, at: Position) -> ExprId {
        self.hold(at);
        self.result
    }

    /// `async move`: the variables that it assigns are copies of those around it.
    pub(super) fn with_own_copies(mut self, at: Position) -> Self {
        let copies: HashMap<VarId, VarId> = self.changed().into_iter().map(|var| (var, self.copy_of(var))).collect();
        self.rename(&copies.iter().map(|(var, copy)| (*var, recorder::read(*copy))).collect());
        reassign(&mut self.block, &copies);
        let start = copies.iter().map(|(var, copy)| {
            let kind = StmtKind::Assign { var: *copy, value: recorder::read(*var) };
            Stmt { kind, at }
        });
        self.block.stmts.splice(..0, start.collect::<Vec<_>>());
        self
    }

    /// Takes the values that the variables around it have now; what it changes itself is its own until it has run.
    pub(super) fn hold(&mut self, at: Position) {
        let changed = self.changed();
        let mut held = HashMap::new();
        for var in self.reads().into_iter().filter(|var| !changed.contains(var)) {
            let name = recorder::with(|recorder| recorder.arena.var(var).map(|var| var.name.clone()));
            held.insert(var, bind_id(&name.unwrap_or_default(), recorder::read(var), at));
        }
        self.rename(&held);
    }

    /// Reports the assignments that a machine of its own could not make.
    pub(super) fn check_branch(&self) {
        visit::stmts(&self.block, &mut |stmt| {
            if let StmtKind::Assign { var, .. } = stmt.kind
                && self.is_outer(var)
            {
                place::outer_assignment(FrameKind::Machine, stmt.at);
            }
        });
    }

    fn is_outer(&self, var: VarId) -> bool {
        recorder::owner(var) < self.frame
    }

    /// The variables around it that it assigns.
    fn changed(&self) -> Vec<VarId> {
        visit::assigned(&self.block).into_iter().filter(|var| self.is_outer(*var)).collect()
    }

    /// The variables around it that it reads, and that may change.
    fn reads(&mut self) -> Vec<VarId> {
        let mut vars = Vec::new();
        self.each_read(&mut |arena, var| {
            if arena.var(var).is_some_and(|var| var.mutable) {
                vars.push(var);
            }
            None
        });
        vars.retain(|var| self.is_outer(*var));
        vars.sort();
        vars.dedup();
        vars
    }

    fn rename(&mut self, values: &HashMap<VarId, ExprId>) {
        if !values.is_empty() {
            self.each_read(&mut |_, var| values.get(&var).copied());
        }
    }

    fn each_read(&mut self, replace: &mut Replace<'_>) {
        recorder::with(|recorder| {
            in_block(&mut recorder.arena, &mut self.block, replace);
            self.result = in_value(&mut recorder.arena, self.result, replace);
        });
    }

    /// A variable of its own beside one around it.
    fn copy_of(&self, var: VarId) -> VarId {
        let known = recorder::with(|recorder| recorder.arena.var(var).cloned());
        let (name, kind) = known.map(|var| (var.name, var.kind)).unwrap_or_default();
        let copy = recorder::new_var(&name, true, kind);
        recorder::give(copy, self.frame);
        copy
    }
}

/// What stands in for a variable that is read.
type Replace<'a> = dyn FnMut(&mut Arena, VarId) -> Option<ExprId> + 'a;

fn in_block(arena: &mut Arena, block: &mut Block, replace: &mut Replace<'_>) {
    for stmt in &mut block.stmts {
        visit::values_mut(stmt, &mut |value| *value = in_value(arena, *value, replace));
        visit::results_mut(stmt, &mut |value| *value = in_value(arena, *value, replace));
        visit::blocks_mut(stmt, &mut |inner| in_block(arena, inner, replace));
    }
}

fn in_value(arena: &mut Arena, value: ExprId, replace: &mut Replace<'_>) -> ExprId {
    arena.rewrite(value, &mut |arena, expr| match expr {
        Expr::Var(var) => replace(arena, *var),
        Expr::Block(stmts, value) => {
            let mut stmts = arena.block(*stmts).cloned().unwrap_or_default();
            in_block(arena, &mut stmts, replace);
            let value = in_value(arena, *value, replace);
            let stmts = arena.push_block(stmts);
            Some(arena.push(Expr::Block(stmts, value)))
        }
        _ => None,
    })
}

/// Assigns the copies instead of the variables.
fn reassign(block: &mut Block, copies: &HashMap<VarId, VarId>) {
    for stmt in &mut block.stmts {
        if let StmtKind::Assign { var, .. } = &mut stmt.kind
            && let Some(copy) = copies.get(var)
        {
            *var = *copy;
        }
        visit::blocks_mut(stmt, &mut |inner| reassign(inner, copies));
    }
}
