//! What has no effects becomes expressions.
//!
//! A closure's statements, an `if` or `match` without effects, and loops without effects are evaluated here with symbols
//! for values: an `if` gives conditional values, a `for` a `$reduce`, a `loop` a function that calls itself in tail
//! position. A panic in a closure becomes a failing evaluation; one between effects stays a statement, because it becomes a
//! state.

mod evaluate;
mod live;
mod loops;

use std::collections::{HashMap, HashSet};

use crate::ir::{Arena, Block, Expr, ExprId, Stmt, StmtKind, Var, VarId, Workflow, visit};

use evaluate::{Env, Evaluator, Flow, read_anyway};
use live::{Live, Ways, before_one, reads};

/// Purifies a workflow.
pub(super) fn purify(workflow: &mut Workflow) {
    let arena = &mut workflow.arena;
    closures(arena, &mut workflow.body);
    workflow.result = closure(arena, workflow.result);
    let mut after = Live::new();
    reads(arena, workflow.result, &mut after);
    let mut assigned = HashMap::new();
    count_assignments(&workflow.body, &mut assigned);
    Purifier { arena, assigned }.block(&mut workflow.body, &after, &mut Ways::default());
}

fn count_assignments(block: &Block, assigned: &mut HashMap<VarId, usize>) {
    visit::stmts(block, &mut |stmt| match &stmt.kind {
        StmtKind::Let { var, .. } | StmtKind::Assign { var, .. } | StmtKind::Effect { var, .. } => {
            *assigned.entry(*var).or_default() += 1;
        }
        _ => {}
    });
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
pub(crate) fn closure(arena: &mut Arena, id: ExprId) -> ExprId {
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
    let mut read = Live::new();
    reads(arena, value, &mut read);
    let own = visit::assigned(stmts).into_iter().collect();
    let mut evaluator = Evaluator::new(arena, own, true);
    let flow = evaluator.block(&stmts.stmts, Env::default(), &read, &mut Ways::default());
    let body = flow.map_or(value, |flow| evaluator.result(flow, &mut |evaluator, env, _| evaluator.value(value, env)));
    let kept = std::mem::take(&mut evaluator.kept);
    kept.into_iter().rev().fold(body, |body, (var, value)| arena.push(Expr::Let { var, value, body }))
}

struct Purifier<'a> {
    arena: &'a mut Arena,
    /// How many statements of the workflow assign each variable.
    assigned: HashMap<VarId, usize>,
}

impl Purifier<'_> {
    /// Purifies the statements between effects, behind which `after` is read.
    fn block(&mut self, block: &mut Block, after: &Live, ways: &mut Ways) {
        let mut live = after.clone();
        let mut out: Vec<Vec<Stmt>> = Vec::new();
        for mut stmt in std::mem::take(&mut block.stmts).into_iter().rev() {
            let earlier = before_one(self.arena, &stmt, live.clone(), ways);
            self.inside(&mut stmt, &live, ways);
            out.push(self.statement(stmt, &live));
            live = earlier;
        }
        block.stmts = out.into_iter().rev().flatten().collect();
    }

    fn inside(&mut self, stmt: &mut Stmt, after: &Live, ways: &mut Ways) {
        match &mut stmt.kind {
            StmtKind::If { then, otherwise, .. } => {
                self.block(then, after, ways);
                self.block(otherwise, after, ways);
            }
            StmtKind::Scope { label, body } => {
                ways.enter(*label, after);
                self.block(body, after, ways);
            }
            StmtKind::Loop { label, body } => {
                let head = ways.enter_loop(self.arena, *label, body, after, false);
                self.block(body, &head, ways);
            }
            StmtKind::For { label, body, .. } => {
                let head = ways.enter_loop(self.arena, *label, body, after, true);
                self.block(body, &head, ways);
            }
            StmtKind::Effect { effect, .. } => {
                for machine in visit::machines_mut(effect) {
                    let mut result = Live::new();
                    reads(self.arena, machine.result, &mut result);
                    self.block(&mut machine.block, &result, &mut Ways::default());
                }
            }
            StmtKind::Let { .. }
            | StmtKind::Assign { .. }
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Panic { .. } => {}
        }
    }

    fn statement(&mut self, stmt: Stmt, behind: &Live) -> Vec<Stmt> {
        if let StmtKind::Assign { var, value } = stmt.kind
            && self.assigned.get(&var) == Some(&1)
        {
            return vec![Stmt { kind: bind(self.arena, var, value), at: stmt.at }];
        }
        if !is_pure(&stmt) {
            return vec![stmt];
        }
        let own = self.own(&stmt);
        let mut evaluator = Evaluator::new(self.arena, own.clone(), false);
        match evaluator.block(std::slice::from_ref(&stmt), Env::default(), behind, &mut Ways::default()) {
            Some(flow) => statements(self.arena, flow, behind, &own, &stmt).unwrap_or_else(|| vec![stmt]),
            None => vec![stmt],
        }
    }

    /// The variables that no statement but this one assigns.
    fn own(&self, stmt: &Stmt) -> HashSet<VarId> {
        let mut inside = HashMap::new();
        count_assignments(&Block { stmts: vec![stmt.clone()] }, &mut inside);
        inside.into_iter().filter(|(var, count)| self.assigned.get(var) == Some(count)).map(|(var, _)| var).collect()
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

/// The statements that do the same; none where the flow does not always go on.
fn statements(arena: &mut Arena, flow: Flow, behind: &Live, own: &HashSet<VarId>, from: &Stmt) -> Option<Vec<Stmt>> {
    let (mut flow, mut held) = (flow, Vec::new());
    let mut env = loop {
        match flow {
            Flow::Go(env) => break env,
            Flow::Hold(var, value, then) => {
                held.push((var, value));
                flow = *then;
            }
            Flow::Exit(..) | Flow::Stop(_) | Flow::Split(..) => return None,
        }
    };
    env.values.retain(|var, _| behind.contains(var));
    let mut kept: Vec<(VarId, ExprId)> = Vec::new();
    for (var, value) in held.into_iter().rev() {
        let later = kept.iter_mut().map(|(_, value)| value);
        let mut readers: Vec<&mut ExprId> = env.values.values_mut().chain(later).collect();
        if !read_anyway(arena, var, value, &mut readers) {
            kept.push((var, value));
        }
    }
    let held = kept.into_iter().rev().map(|(var, value)| Stmt { kind: StmtKind::Let { var, value }, at: from.at });
    Some(held.chain(assignments(arena, env, own, from)).collect())
}

/// The variables' new values, all taken from the old ones. One that only this statement assigns, whatever it held before, is
/// bound once from now on.
fn assignments(arena: &mut Arena, env: Env, own: &HashSet<VarId>, from: &Stmt) -> Vec<Stmt> {
    let mut changed: Vec<(VarId, ExprId)> = env.values.into_iter().collect();
    changed.sort_by_key(|(var, _)| *var);
    let crossing = |arena: &Arena, (own, value): &(VarId, ExprId)| {
        let mut read = Live::new();
        reads(arena, *value, &mut read);
        changed.iter().any(|(var, _)| var != own && read.contains(var))
    };
    let at = from.at;
    let crosses = changed.iter().any(|change| crossing(arena, change));
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for (var, value) in &changed {
        let value = if crosses { snapshot(arena, *var, *value, at, &mut first) } else { *value };
        let mut read = Live::new();
        reads(arena, value, &mut read);
        let kind = match arena.var(*var) {
            Some(Var { mutable: true, .. }) if !own.contains(var) || read.contains(var) => {
                StmtKind::Assign { var: *var, value }
            }
            _ => bind(arena, *var, value),
        };
        then.push(Stmt { kind, at });
    }
    first.extend(then);
    first
}

/// The only statement that gives a variable its value.
fn bind(arena: &mut Arena, var: VarId, value: ExprId) -> StmtKind {
    if let Some(var) = arena.var_mut(var) {
        var.mutable = false;
    }
    StmtKind::Let { var, value }
}

fn snapshot(arena: &mut Arena, of: VarId, value: ExprId, at: crate::position::Position, out: &mut Vec<Stmt>) -> ExprId {
    let (name, kind) = arena.var(of).map_or(("new".to_owned(), Default::default()), |var| (var.name.clone(), var.kind));
    let var = arena.new_var(Var { name, named: true, mutable: false, kind });
    out.push(Stmt { kind: StmtKind::Let { var, value }, at });
    arena.push(Expr::Var(var))
}
