//! Which variables are read later: what a loop has to hand to its next round, and out of it.

use std::collections::{HashMap, HashSet};

use crate::ir::{Arena, Block, Effect, Expr, ExprId, Label, Stmt, StmtKind, VarId, visit};

/// Variables whose values are read later.
pub(super) type Live = HashSet<VarId>;

/// What is read behind the ways out of scopes and loops.
#[derive(Clone, Default)]
pub(super) struct Ways {
    breaks: HashMap<Label, Live>,
    continues: HashMap<Label, Live>,
}

impl Ways {
    /// Enters a scope or loop behind which `after` is read.
    pub(super) fn enter(&mut self, label: Label, after: &Live) {
        self.breaks.insert(label, after.clone());
    }

    /// What is read behind the ways out of a block.
    pub(super) fn behind_exits(&self, body: &Block) -> Live {
        let exits = visit::exits(body);
        let sets = exits.iter().flat_map(|label| [self.breaks.get(label), self.continues.get(label)]);
        sets.flatten().flatten().copied().collect()
    }

    /// What is read at the head of a loop's rounds, and behind it.
    pub(super) fn enter_loop(&mut self, arena: &Arena, label: Label, body: &Block, after: &Live, ends: bool) -> Live {
        self.enter(label, after);
        let mut head = if ends { after.clone() } else { Live::new() };
        loop {
            self.continues.insert(label, head.clone());
            let round = before(arena, &body.stmts, &head, self);
            if round.is_subset(&head) {
                return head;
            }
            head.extend(round);
        }
    }
}

/// Adds the variables that an expression reads.
pub(super) fn reads(arena: &Arena, id: ExprId, out: &mut Live) {
    let mut blocks = Vec::new();
    arena.visit(id, &mut |expr| match expr {
        Expr::Var(var) => {
            out.insert(*var);
        }
        Expr::Block(block, _) => blocks.push(*block),
        _ => {}
    });
    for block in blocks.into_iter().filter_map(|block| arena.block(block)) {
        out.extend(before(arena, &block.stmts, &Live::new(), &mut Ways::default()));
    }
}

/// What is read in or after statements, of what was assigned before them.
pub(super) fn before(arena: &Arena, stmts: &[Stmt], after: &Live, ways: &mut Ways) -> Live {
    stmts.iter().rev().fold(after.clone(), |after, stmt| before_one(arena, stmt, after, ways))
}

/// What is read in or after one statement.
pub(super) fn before_one(arena: &Arena, stmt: &Stmt, after: Live, ways: &mut Ways) -> Live {
    let mut live = match &stmt.kind {
        StmtKind::Let { var, .. } | StmtKind::Assign { var, .. } => without(after, *var),
        StmtKind::Effect { var, effect } => {
            let mut live = without(after, *var);
            inside(arena, effect, &mut live);
            live
        }
        StmtKind::If { then, otherwise, .. } => {
            let mut live = before(arena, &then.stmts, &after, ways);
            live.extend(before(arena, &otherwise.stmts, &after, ways));
            live
        }
        StmtKind::Scope { label, body } => {
            ways.enter(*label, &after);
            before(arena, &body.stmts, &after, ways)
        }
        StmtKind::Loop { label, body } => ways.enter_loop(arena, *label, body, &after, false),
        StmtKind::For { label, item, body, .. } => without(ways.enter_loop(arena, *label, body, &after, true), *item),
        StmtKind::Break(label) => ways.breaks.get(label).cloned().unwrap_or_default(),
        StmtKind::Continue(label) => ways.continues.get(label).cloned().unwrap_or_default(),
        StmtKind::Panic { .. } => Live::new(),
    };
    visit::values_mut(&mut stmt.clone(), &mut |value| reads(arena, *value, &mut live));
    live
}

fn without(mut live: Live, var: VarId) -> Live {
    live.remove(&var);
    live
}

/// What the machines inside an effect read.
fn inside(arena: &Arena, effect: &Effect, live: &mut Live) {
    let bodies = match effect {
        Effect::Parallel { branches, .. } => branches.iter().collect(),
        Effect::Map(map) => vec![&map.body],
        Effect::Call(_) | Effect::Sleep(_) | Effect::SleepUntil(_) => Vec::new(),
    };
    for body in bodies {
        let mut result = Live::new();
        reads(arena, body.result, &mut result);
        live.extend(before(arena, &body.block.stmts, &result, &mut Ways::default()));
    }
}
