//! The invariants of the IR after its passes. A violation is a bug of the compiler, never the user's mistake.
//!
//! * `Break` names a scope or loop around it, `Continue` a loop, and neither leaves the machine that it stands in.
//! * A variable that is not mutable is assigned by at most one statement.
//! * Every variable that is read was assigned before on each way to it, in the same machine or around it.
//! * No [`Expr::Block`] is left: purifying replaced it.
//! * [`Expr::StateInput`], [`Expr::Result`] and [`Expr::ErrorOutput`] belong to the lowering: none is there yet.

use std::collections::{HashMap, HashSet};

use super::{Arena, Block, Effect, Expr, ExprId, Label, Stmt, StmtKind, VarId, Workflow, visit};

/// The violations, in words.
#[must_use]
pub fn verify(workflow: &Workflow) -> Vec<String> {
    let mut verifier = Verifier { arena: &workflow.arena, violations: Vec::new(), fixed: HashSet::new() };
    let mut scope = Scope::default();
    verifier.block(&workflow.body, &mut scope);
    verifier.value(workflow.result, &scope);
    verifier.violations
}

/// What is known at a point: `None` for the assigned variables where control never gets.
#[derive(Clone, Default)]
struct Scope {
    assigned: Assigned,
    labels: HashMap<Label, Way>,
}

/// The variables that are assigned for sure; `Never` where control does not get.
#[derive(Clone, PartialEq)]
enum Assigned {
    Never,
    Vars(HashSet<VarId>),
}

impl Default for Assigned {
    fn default() -> Self {
        Assigned::Vars(HashSet::new())
    }
}

impl Assigned {
    fn meet(&mut self, other: &Assigned) {
        match (&mut *self, other) {
            (_, Assigned::Never) => {}
            (Assigned::Never, other) => *self = other.clone(),
            (Assigned::Vars(a), Assigned::Vars(b)) => a.retain(|var| b.contains(var)),
        }
    }

    fn insert(&mut self, var: VarId) {
        if let Assigned::Vars(vars) = self {
            vars.insert(var);
        }
    }

    fn contains(&self, var: VarId) -> bool {
        match self {
            Assigned::Never => true,
            Assigned::Vars(vars) => vars.contains(&var),
        }
    }
}

/// A label: whether it is a loop, and what is assigned at every `Break` to it.
#[derive(Clone)]
struct Way {
    is_loop: bool,
    at_break: Assigned,
}

struct Verifier<'a> {
    arena: &'a Arena,
    violations: Vec<String>,
    fixed: HashSet<VarId>,
}

impl Verifier<'_> {
    fn block(&mut self, block: &Block, scope: &mut Scope) {
        block.stmts.iter().for_each(|stmt| self.statement(stmt, scope));
    }

    fn statement(&mut self, stmt: &Stmt, scope: &mut Scope) {
        visit::values_mut(&mut stmt.clone(), &mut |value| self.value(*value, scope));
        match &stmt.kind {
            StmtKind::Let { var, .. } => self.assign(*var, scope),
            StmtKind::Assign { var, .. } => scope.assigned.insert(*var),
            StmtKind::If { then, otherwise, .. } => {
                let mut other = scope.clone();
                self.block(then, scope);
                other.labels = scope.labels.clone();
                self.block(otherwise, &mut other);
                scope.labels = other.labels;
                scope.assigned.meet(&other.assigned);
            }
            StmtKind::Scope { label, body } => {
                let way = self.inside(*label, false, body, scope);
                scope.assigned.meet(&way);
            }
            StmtKind::Loop { label, body } => scope.assigned = self.inside(*label, true, body, scope),
            StmtKind::For { label, item, body, .. } => {
                let before = scope.assigned.clone();
                scope.assigned.insert(*item);
                self.inside(*label, true, body, scope);
                scope.assigned = before;
            }
            StmtKind::Break(label) => self.leave(*label, scope),
            StmtKind::Continue(label) => {
                if !scope.labels.get(label).is_some_and(|way| way.is_loop) {
                    self.violations.push(format!("`continue` names no loop: {label:?}"));
                }
                scope.assigned = Assigned::Never;
            }
            StmtKind::Panic { .. } => scope.assigned = Assigned::Never,
            StmtKind::Effect { var, effect } => {
                self.effect(effect, scope);
                self.assign(*var, scope);
            }
        }
    }

    /// What is assigned at the breaks out of a scope or loop.
    fn inside(&mut self, label: Label, is_loop: bool, body: &Block, scope: &mut Scope) -> Assigned {
        scope.labels.insert(label, Way { is_loop, at_break: Assigned::Never });
        self.block(body, scope);
        scope.labels.remove(&label).map_or(Assigned::Never, |way| way.at_break)
    }

    fn leave(&mut self, label: Label, scope: &mut Scope) {
        match scope.labels.get_mut(&label) {
            Some(way) => way.at_break.meet(&scope.assigned),
            None => self.violations.push(format!("`break` names no scope: {label:?}")),
        }
        scope.assigned = Assigned::Never;
    }

    fn effect(&mut self, effect: &Effect, scope: &Scope) {
        match effect {
            Effect::Call(_) | Effect::Sleep(_) | Effect::SleepUntil(_) => {}
            Effect::Parallel { branches, .. } => {
                branches.iter().for_each(|branch| self.machine(&branch.block, branch.result, &[], scope))
            }
            Effect::Map(map) => {
                let batch = map.distributed.as_ref().and_then(|options| options.batch.as_ref());
                let input = batch.and_then(|batch| batch.input).map(|(var, _)| var);
                let params: Vec<VarId> = std::iter::once(map.item).chain(input).collect();
                self.machine(&map.body.block, map.body.result, &params, scope);
            }
        }
    }

    fn machine(&mut self, block: &Block, result: ExprId, params: &[VarId], scope: &Scope) {
        let mut inner = Scope { assigned: scope.assigned.clone(), labels: HashMap::new() };
        params.iter().for_each(|param| inner.assigned.insert(*param));
        self.block(block, &mut inner);
        self.value(result, &inner);
    }

    fn assign(&mut self, var: VarId, scope: &mut Scope) {
        let mutable = self.arena.var(var).is_some_and(|var| var.mutable);
        if !mutable && !self.fixed.insert(var) {
            self.violations.push(format!("{} is assigned twice", self.name(var)));
        }
        scope.assigned.insert(var);
    }

    fn value(&mut self, id: ExprId, scope: &Scope) {
        let (mut read, mut own, mut odd) = (Vec::new(), HashSet::new(), None);
        self.arena.visit(id, &mut |expr| match expr {
            Expr::Var(var) => read.push(*var),
            Expr::Block(..) | Expr::StateInput | Expr::Result | Expr::ErrorOutput => odd = Some(format!("{expr:?}")),
            _ => own.extend(visit::binders(expr)),
        });
        self.violations.extend(odd.map(|odd| format!("an expression has no place here: {odd}")));
        for var in read.into_iter().filter(|var| !own.contains(var) && !scope.assigned.contains(*var)) {
            self.violations.push(format!("{} is read before it is assigned", self.name(var)));
        }
    }

    fn name(&self, var: VarId) -> String {
        self.arena.var(var).map_or_else(|| format!("{var:?}"), |known| format!("`{}` ({})", known.name, var.0))
    }
}
