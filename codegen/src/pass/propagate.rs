//! Bindings that cost nothing, or are read once, go where they are read; bindings that nothing reads go away.
//!
//! A binding moves only if its value may be evaluated elsewhere ([`Arena::is_movable`]) and reads nothing that changes. One
//! that differs at each evaluation (`now`) moves into the binding behind it that alone reads it, once.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::{
    ir::{Arena, Block, Effect, Expr, ExprId, Stmt, StmtKind, VarId, Workflow, visit},
    lower::reads,
};

/// Propagates bindings through a workflow.
pub(super) fn propagate(workflow: &mut Workflow) {
    let arena = &mut workflow.arena;
    let mut values = HashMap::new();
    let uses = count_uses(arena, &workflow.body, workflow.result);
    block(arena, &mut workflow.body, &mut values, &uses);
    workflow.result = arena.substitute(workflow.result, &values);
    while drop_unread(arena, &mut workflow.body, workflow.result) {}
}

/// How often a variable is read; a read that is repeated, other than the binding itself, counts twice.
fn count_uses(arena: &Arena, block: &Block, result: ExprId) -> HashMap<VarId, usize> {
    let mut uses = Uses { arena, counts: HashMap::new(), bound: HashMap::new() };
    uses.block(block, 0);
    uses.value(result, 0);
    uses.counts
}

struct Uses<'a> {
    arena: &'a Arena,
    counts: HashMap<VarId, usize>,
    /// In how many loops and items of maps a variable is bound.
    bound: HashMap<VarId, usize>,
}

impl Uses<'_> {
    fn block(&mut self, block: &Block, repeated: usize) {
        for stmt in &block.stmts {
            visit::values_mut(&mut stmt.clone(), &mut |value| self.value(*value, repeated));
            let inner = match &stmt.kind {
                StmtKind::Let { var, .. } => {
                    self.bound.insert(*var, repeated);
                    repeated
                }
                StmtKind::Loop { .. } | StmtKind::For { .. } => repeated + 1,
                StmtKind::Effect { effect, .. } if matches!(**effect, Effect::Map(_)) => repeated + 1,
                _ => repeated,
            };
            let mut copy = stmt.clone();
            visit::blocks_mut(&mut copy, &mut |block| self.block(block, inner));
            visit::results_mut(&mut copy, &mut |value| self.value(*value, inner));
        }
    }

    /// An expression that is read twice is printed once, so each variable counts once for each statement, unless it stands
    /// where it is evaluated again and again.
    fn value(&mut self, id: ExprId, repeated: usize) {
        let mut parents: HashMap<VarId, usize> = HashMap::new();
        let mut in_lambda = Vec::new();
        self.arena.visit(id, &mut |expr| {
            visit::operands(expr, &mut |operand| {
                if let Expr::Var(var) = self.arena.get(operand) {
                    *parents.entry(*var).or_default() += 1;
                }
            });
            if let Expr::Map { body, .. }
            | Expr::Filter { body, .. }
            | Expr::Fold { body, .. }
            | Expr::Sort { body, .. } = expr
            {
                in_lambda.push(*body);
            }
        });
        if let Expr::Var(var) = self.arena.get(id) {
            *parents.entry(*var).or_default() += 1;
        }
        for body in in_lambda {
            self.arena.visit(body, &mut |expr| {
                if let Expr::Var(var) = expr {
                    *parents.entry(*var).or_default() += 1;
                }
            });
        }
        for (var, count) in parents {
            let weight = if self.bound.get(&var) == Some(&repeated) { 1 } else { 2 };
            *self.counts.entry(var).or_default() += count * weight;
        }
    }
}

fn block(arena: &mut Arena, block_: &mut Block, values: &mut HashMap<VarId, ExprId>, uses: &HashMap<VarId, usize>) {
    let joining = joining(arena, &block_.stmts, uses);
    block_.stmts.retain_mut(|stmt| {
        visit::values_mut(stmt, &mut |value| *value = arena.substitute(*value, values));
        if let StmtKind::Let { var, value } = stmt.kind
            && (moves(arena, var, value, uses) || joining.contains(&var))
        {
            take_name(arena, var, value);
            values.insert(var, value);
            return false;
        }
        visit::blocks_mut(stmt, &mut |inner| block(arena, inner, values, uses));
        visit::results_mut(stmt, &mut |value| *value = arena.substitute(*value, values));
        true
    });
}

/// `let receipt = charge(..).await?`: what the call gives is called `receipt`.
fn take_name(arena: &mut Arena, from: VarId, value: ExprId) {
    let named = match arena.get(value) {
        Expr::Field { base, keys, .. } if *keys == ["Ok"] => *base,
        _ => value,
    };
    let Expr::Var(of) = *arena.get(named) else { return };
    let Some(name) = arena.var(from).filter(|var| var.named).map(|var| var.name.clone()) else { return };
    if let Some(var) = arena.var_mut(of).filter(|var| !var.named) {
        (var.name, var.named) = (name, true);
    }
}

fn moves(arena: &Arena, var: VarId, value: ExprId, uses: &HashMap<VarId, usize>) -> bool {
    arena.is_movable(value)
        && is_fixed(arena, value)
        && (costs_nothing(arena, value) || uses.get(&var).copied().unwrap_or(0) <= 1)
}

/// Whether a value reads nothing that changes.
fn is_fixed(arena: &Arena, value: ExprId) -> bool {
    !arena.any(value, &mut |expr| match expr {
        Expr::Var(var) => arena.var(*var).is_none_or(|var| var.mutable),
        Expr::StateInput | Expr::Result | Expr::ErrorOutput => true,
        _ => false,
    })
}

/// Whether a value does nothing but differ at each evaluation.
fn only_differs(arena: &Arena, value: ExprId) -> bool {
    !arena.is_movable(value)
        && !arena.any(value, &mut |expr| matches!(expr, Expr::Panic(_) | Expr::Block(..) | Expr::Iterate { .. }))
}

/// The bindings in a block that differ at each evaluation, and that a binding behind them alone reads, once. It has to stay
/// itself, and nothing else that differs may come between: of two times the earlier is read first.
fn joining(arena: &Arena, stmts: &[Stmt], uses: &HashMap<VarId, usize>) -> HashSet<VarId> {
    let joins = |number: usize, stmt: &Stmt| {
        let StmtKind::Let { var, value } = stmt.kind else { return None };
        if uses.get(&var) != Some(&1) || !only_differs(arena, value) || !is_fixed(arena, value) {
            return None;
        }
        for behind in stmts.iter().skip(number + 1) {
            match behind.kind {
                StmtKind::Let { var: other, value } if reads(arena, value, var) == 1 => {
                    return (!moves(arena, other, value, uses)).then_some(var);
                }
                StmtKind::Let { value, .. } if arena.is_movable(value) && reads(arena, value, var) == 0 => {}
                _ => return None,
            }
        }
        None
    };
    stmts.iter().enumerate().filter_map(|(number, stmt)| joins(number, stmt)).collect()
}

/// Whether reading a value is as good as reading a variable.
fn costs_nothing(arena: &Arena, id: ExprId) -> bool {
    const FEW: usize = 4;
    match arena.get(id) {
        Expr::Literal(Value::Array(items)) => items.len() <= FEW,
        Expr::Literal(Value::Object(fields)) => fields.len() <= FEW,
        Expr::Literal(_) | Expr::Var(_) | Expr::ExecutionInput | Expr::Context(_) => true,
        Expr::Field { base, default: None, .. } => costs_nothing(arena, *base),
        Expr::Item { list, index, .. } => costs_nothing(arena, *list) && arena.literal(*index).is_some(),
        Expr::Object(fields) => fields.len() <= FEW && fields.iter().all(|(_, value)| costs_nothing(arena, *value)),
        Expr::Array(items) => items.len() <= FEW && items.iter().all(|item| costs_nothing(arena, *item)),
        _ => false,
    }
}

/// Drops bindings and assignments that nothing reads. Whether there were any.
fn drop_unread(arena: &Arena, body: &mut Block, result: ExprId) -> bool {
    let uses = count_uses(arena, body, result);
    drop_in(arena, body, &uses)
}

fn drop_in(arena: &Arena, block: &mut Block, uses: &HashMap<VarId, usize>) -> bool {
    let before = block.stmts.len();
    let mut dropped = false;
    block.stmts.retain_mut(|stmt| match stmt.kind {
        StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
            uses.get(&var).copied().unwrap_or(0) > 0 || !arena.is_movable(value)
        }
        _ => {
            visit::blocks_mut(stmt, &mut |inner| dropped |= drop_in(arena, inner, uses));
            true
        }
    });
    dropped || block.stmts.len() != before
}
