//! Evaluating statements with symbols for values.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::mentions::{mentions, reads};
use crate::ir::{Arena, Block, Expr, ExprId, Label, Stmt, StmtKind, VarId};

/// The values of the variables that were assigned, in terms of those at the start.
#[derive(Clone, Debug, Default)]
pub(super) struct Env {
    pub(super) values: HashMap<VarId, ExprId>,
}

/// Where control goes after statements, and with which values.
#[derive(Clone, Debug)]
pub(super) enum Flow {
    /// On to the next statement.
    Go(Env),
    /// Out of a scope or loop, or to its next round.
    Exit(Exit, Env),
    /// Nowhere: a panic with this message.
    Stop(ExprId),
    /// One way or another.
    Split(ExprId, Box<Flow>, Box<Flow>),
}

/// A way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Exit {
    pub(super) label: Label,
    pub(super) again: bool,
}

impl Flow {
    /// The flow with the ends that `replace` knows replaced.
    pub(super) fn map(self, arena: &mut Arena, replace: &mut dyn FnMut(&mut Arena, Flow) -> Flow) -> Flow {
        match self {
            Flow::Split(cond, then, otherwise) => {
                let (then, otherwise) = (then.map(arena, replace), otherwise.map(arena, replace));
                split(arena, cond, then, otherwise)
            }
            end => replace(arena, end),
        }
    }

    /// One value for the whole flow: that of `end` at each end, `None` standing for going on.
    pub(super) fn value(
        self,
        arena: &mut Arena,
        end: &mut dyn FnMut(&mut Arena, &Env, Option<Exit>) -> ExprId,
    ) -> ExprId {
        match self {
            Flow::Go(env) => end(arena, &env, None),
            Flow::Exit(exit, env) => end(arena, &env, Some(exit)),
            Flow::Stop(message) => arena.push(Expr::Panic(message)),
            Flow::Split(cond, then, otherwise) => {
                let then = then.value(arena, end);
                let otherwise = otherwise.value(arena, end);
                arena.if_(cond, then, otherwise)
            }
        }
    }

    /// The ways out that leave the flow.
    pub(super) fn exits(&self, out: &mut BTreeMap<Exit, ()>) {
        match self {
            Flow::Go(_) | Flow::Stop(_) => {}
            Flow::Exit(exit, _) => {
                out.insert(*exit, ());
            }
            Flow::Split(_, then, otherwise) => {
                then.exits(out);
                otherwise.exits(out);
            }
        }
    }
}

/// Two flows that both go on are one, with conditional values.
pub(super) fn split(arena: &mut Arena, cond: ExprId, then: Flow, otherwise: Flow) -> Flow {
    match (then, otherwise) {
        (Flow::Go(a), Flow::Go(b)) => Flow::Go(merge(arena, cond, &a, &b)),
        (then, otherwise) => Flow::Split(cond, Box::new(then), Box::new(otherwise)),
    }
}

/// A variable that one side did not assign keeps its value there.
fn merge(arena: &mut Arena, cond: ExprId, a: &Env, b: &Env) -> Env {
    let vars: HashSet<VarId> = a.values.keys().chain(b.values.keys()).copied().collect();
    let mut vars: Vec<VarId> = vars.into_iter().collect();
    vars.sort();
    let values = vars.into_iter().map(|var| {
        let old = arena.push(Expr::Var(var));
        let side = |env: &Env| env.values.get(&var).copied().unwrap_or(old);
        let (then, otherwise) = (side(a), side(b));
        (var, arena.if_(cond, then, otherwise))
    });
    Env { values: values.collect() }
}

/// Evaluates statements.
pub(super) struct Evaluator<'a> {
    pub(super) arena: &'a mut Arena,
    /// Values that must be evaluated once, where they stand: in order.
    pub(super) kept: Vec<(VarId, ExprId)>,
    /// Whether this is a closure, whose panics become failing evaluations.
    closure: bool,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(arena: &'a mut Arena, closure: bool) -> Self {
        Evaluator { arena, kept: Vec::new(), closure }
    }

    /// Where the statements lead. `behind` are the variables read after them. `None` where an expression cannot say it.
    pub(super) fn block(&mut self, stmts: &[Stmt], env: Env, behind: &HashSet<VarId>) -> Option<Flow> {
        let Some((first, rest)) = stmts.split_first() else { return Some(Flow::Go(env)) };
        let mut later = behind.clone();
        rest.iter().for_each(|stmt| mentions(self.arena, stmt, &mut later));
        let flow = self.statement(first, env, &later)?;
        self.then(flow, rest, behind)
    }

    fn then(&mut self, flow: Flow, rest: &[Stmt], behind: &HashSet<VarId>) -> Option<Flow> {
        match flow {
            Flow::Go(env) => self.block(rest, env, behind),
            Flow::Exit(..) | Flow::Stop(_) => Some(flow),
            Flow::Split(cond, then, otherwise) => {
                let then = self.then(*then, rest, behind)?;
                let otherwise = self.then(*otherwise, rest, behind)?;
                Some(split(self.arena, cond, then, otherwise))
            }
        }
    }

    /// The value of an expression, in terms of the values at the start.
    pub(super) fn value(&mut self, id: ExprId, env: &Env) -> ExprId {
        self.arena.substitute(id, &env.values)
    }

    fn statement(&mut self, stmt: &Stmt, mut env: Env, behind: &HashSet<VarId>) -> Option<Flow> {
        match &stmt.kind {
            StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                let value = self.value(*value, &env);
                let value = self.keep(*var, value)?;
                env.values.insert(*var, value);
                Some(Flow::Go(env))
            }
            StmtKind::If { cond, then, otherwise, .. } => {
                let cond = self.value(*cond, &env);
                let then = self.block(&then.stmts, env.clone(), behind)?;
                let otherwise = self.block(&otherwise.stmts, env, behind)?;
                Some(split(self.arena, cond, then, otherwise))
            }
            StmtKind::Scope { label, body } => {
                let flow = self.block(&body.stmts, env, behind)?;
                Some(land(self.arena, flow, Exit { label: *label, again: false }))
            }
            StmtKind::Loop { label, body } => self.repeat(*label, body, env, behind),
            StmtKind::For { label, item, list, body } => {
                let list = self.value(*list, &env);
                self.fold(*label, *item, list, body, env, behind)
            }
            StmtKind::Break(label) => Some(Flow::Exit(Exit { label: *label, again: false }, env)),
            StmtKind::Continue(label) => Some(Flow::Exit(Exit { label: *label, again: true }, env)),
            StmtKind::Panic { message } if self.closure => Some(Flow::Stop(self.value(*message, &env))),
            StmtKind::Panic { .. } | StmtKind::Effect { .. } => None,
        }
    }

    /// A value that differs at each evaluation is bound once, for the whole closure.
    fn keep(&mut self, var: VarId, value: ExprId) -> Option<ExprId> {
        let unstable = self.arena.any(value, &mut |expr| matches!(expr, Expr::Call(function, _) if !function.stable));
        if !unstable {
            return Some(value);
        }
        if !self.closure {
            return None;
        }
        self.kept.push((var, value));
        Some(self.arena.push(Expr::Var(var)))
    }

    /// The variables that a loop's body changes and that live on: into the next round, or behind the loop.
    pub(super) fn carried(&self, body: &Block, env: &Env, behind: &HashSet<VarId>) -> Vec<VarId> {
        let mut vars: Vec<VarId> = crate::ir::visit::assigned(body)
            .into_iter()
            .filter(|var| self.arena.var(*var).is_some_and(|var| var.mutable))
            .filter(|var| env.values.contains_key(var) || behind.contains(var) || self.reads_first(body, *var))
            .collect();
        vars.sort();
        vars
    }
}

impl Evaluator<'_> {
    /// Whether a round may read what the round before left in a variable.
    fn reads_first(&self, body: &Block, var: VarId) -> bool {
        let mentions_it = |stmt: &&Stmt| {
            let mut mentioned = HashSet::new();
            mentions(self.arena, stmt, &mut mentioned);
            mentioned.contains(&var)
        };
        match body.stmts.iter().find(mentions_it).map(|stmt| &stmt.kind) {
            Some(StmtKind::Assign { var: own, value }) if *own == var => {
                let mut read = HashSet::new();
                reads(self.arena, *value, &mut read);
                read.contains(&var)
            }
            _ => true,
        }
    }
}

/// The ends that leave by `exit` go on instead.
pub(super) fn land(arena: &mut Arena, flow: Flow, exit: Exit) -> Flow {
    flow.map(arena, &mut |_, end| match end {
        Flow::Exit(other, env) if other == exit => Flow::Go(env),
        other => other,
    })
}
