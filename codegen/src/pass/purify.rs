//! What has no effects becomes expressions.
//!
//! A closure's statements, an `if` or `match` without effects, and loops without effects are evaluated here with symbols
//! for values: an `if` gives conditional values, a `for` a `$reduce`, a `loop` a function that calls itself in tail
//! position. A panic in a closure becomes a failing evaluation; one between effects stays a statement, because it becomes a
//! state.

mod evaluate;
mod loops;
mod mentions;

use std::collections::HashSet;

use crate::ir::{Arena, Block, Expr, ExprId, Stmt, StmtKind, Var, VarId, Workflow, visit};

use evaluate::{Env, Evaluator, Flow};
use mentions::mentions;

/// Purifies a workflow.
pub(super) fn purify(workflow: &mut Workflow) {
    let arena = &mut workflow.arena;
    closures(arena, &mut workflow.body);
    workflow.result = closure(arena, workflow.result);
    let mut after = HashSet::new();
    mentions::reads(arena, workflow.result, &mut after);
    block(arena, &mut workflow.body, &after);
}

/// Replaces the closures' statements in all expressions.
fn closures(arena: &mut Arena, block: &mut Block) {
    for stmt in &mut block.stmts {
        visit::values_mut(stmt, &mut |value| *value = closure(arena, *value));
        visit::results_mut(stmt, &mut |value| *value = closure(arena, *value));
        visit::blocks_mut(stmt, &mut |inner| closures(arena, inner));
    }
}

/// An expression without [`Expr::Block`].
fn closure(arena: &mut Arena, id: ExprId) -> ExprId {
    if !arena.any(id, &mut |expr| matches!(expr, Expr::Block(..))) {
        return id;
    }
    arena.rewrite(id, &mut |arena, expr| match expr {
        Expr::Block(stmts, value) => {
            let mut stmts = arena.block(*stmts).cloned().unwrap_or_default();
            super::tidy::tidy(&mut stmts);
            closures(arena, &mut stmts);
            let value = closure(arena, *value);
            Some(evaluate_closure(arena, &stmts, value))
        }
        _ => None,
    })
}

fn evaluate_closure(arena: &mut Arena, stmts: &Block, value: ExprId) -> ExprId {
    let mut read = HashSet::new();
    mentions::reads(arena, value, &mut read);
    let mut evaluator = Evaluator::new(arena, true);
    let flow = evaluator.block(&stmts.stmts, Env::default(), &read);
    let kept = std::mem::take(&mut evaluator.kept);
    let body = flow.map_or(value, |flow| flow.value(arena, &mut |arena, env, _| arena.substitute(value, &env.values)));
    kept.into_iter().rev().fold(body, |body, (var, value)| arena.push(Expr::Let { var, value, body }))
}

/// Purifies the statements between effects. `after` are the variables that are read behind the block.
fn block(arena: &mut Arena, block_: &mut Block, after: &HashSet<VarId>) {
    let mut behind = after.clone();
    let mut out: Vec<Vec<Stmt>> = Vec::new();
    for mut stmt in std::mem::take(&mut block_.stmts).into_iter().rev() {
        let mut mentioned = HashSet::new();
        mentions(arena, &stmt, &mut mentioned);
        let inner: HashSet<VarId> = behind.union(&mentioned).copied().collect();
        visit::blocks_mut(&mut stmt, &mut |nested| block(arena, nested, &inner));
        out.push(statement(arena, stmt, &behind));
        behind.extend(mentioned);
    }
    block_.stmts = out.into_iter().rev().flatten().collect();
}

fn statement(arena: &mut Arena, stmt: Stmt, behind: &HashSet<VarId>) -> Vec<Stmt> {
    if !is_pure(&stmt) {
        return vec![stmt];
    }
    let flow = Evaluator::new(arena, false).block(std::slice::from_ref(&stmt), Env::default(), behind);
    match flow {
        Some(Flow::Go(env)) => assignments(arena, env, behind, &stmt),
        _ => vec![stmt],
    }
}

/// An `if`, scope or loop that only computes.
fn is_pure(stmt: &Stmt) -> bool {
    let compound = matches!(
        stmt.kind,
        StmtKind::If { .. } | StmtKind::Scope { .. } | StmtKind::Loop { .. } | StmtKind::For { .. }
    );
    let block = Block { stmts: vec![stmt.clone()] };
    let mut pure = compound && visit::exits(&block).is_empty();
    visit::stmts(&block, &mut |stmt| {
        pure &= !matches!(stmt.kind, StmtKind::Effect { .. } | StmtKind::Panic { .. });
    });
    pure
}

/// The variables' new values, all taken from the old ones.
fn assignments(arena: &mut Arena, env: Env, behind: &HashSet<VarId>, from: &Stmt) -> Vec<Stmt> {
    let changed: Vec<(VarId, ExprId)> = env.values.into_iter().filter(|(var, _)| behind.contains(var)).collect();
    let mut changed = changed;
    changed.sort_by_key(|(var, _)| *var);
    let crossing = |arena: &Arena, (own, value): &(VarId, ExprId)| {
        let mut read = HashSet::new();
        mentions::reads(arena, *value, &mut read);
        changed.iter().any(|(var, _)| var != own && read.contains(var))
    };
    let at = from.at;
    let crosses = changed.iter().any(|change| crossing(arena, change));
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for (var, value) in &changed {
        let value = if crosses { snapshot(arena, *var, *value, at, &mut first) } else { *value };
        let kind = match arena.var(*var) {
            Some(Var { mutable: false, .. }) => StmtKind::Let { var: *var, value },
            _ => StmtKind::Assign { var: *var, value },
        };
        then.push(Stmt { kind, at });
    }
    first.extend(then);
    first
}

fn snapshot(arena: &mut Arena, of: VarId, value: ExprId, at: crate::position::Position, out: &mut Vec<Stmt>) -> ExprId {
    let (name, kind) = arena.var(of).map_or(("new".to_owned(), Default::default()), |var| (var.name.clone(), var.kind));
    let var = arena.new_var(Var { name, named: true, mutable: false, kind });
    out.push(Stmt { kind: StmtKind::Let { var, value }, at });
    arena.push(Expr::Var(var))
}
