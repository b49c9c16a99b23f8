//! Evaluating statements with symbols for values.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::live::{Live, Ways, before};
use crate::{
    ir::{Arena, Expr, ExprId, Label, Stmt, StmtKind, Var, VarId},
    lower::evaluates,
    pass::assume,
};

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
    /// On with a value that may panic: it is evaluated whether something reads the variable or not.
    Hold(VarId, ExprId, Box<Flow>),
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
    /// Whether the next statement follows in any case.
    fn goes_on(&self) -> bool {
        match self {
            Flow::Go(_) => true,
            Flow::Hold(_, _, then) => then.goes_on(),
            Flow::Exit(..) | Flow::Stop(_) | Flow::Split(..) => false,
        }
    }

    /// The ways out that leave the flow.
    pub(super) fn exits(&self, out: &mut BTreeMap<Exit, ()>) {
        match self {
            Flow::Go(_) | Flow::Stop(_) => {}
            Flow::Exit(exit, _) => {
                out.insert(*exit, ());
            }
            Flow::Hold(_, _, then) => then.exits(out),
            Flow::Split(_, then, otherwise) => {
                then.exits(out);
                otherwise.exits(out);
            }
        }
    }
}

/// Puts a value in place of a variable, if one of these expressions evaluates it in any case.
pub(super) fn read_anyway(arena: &mut Arena, var: VarId, value: ExprId, readers: &mut [&mut ExprId]) -> bool {
    if !readers.iter().any(|reader| evaluates_where_needed(arena, **reader, var, value)) {
        return false;
    }
    let values = HashMap::from([(var, value)]);
    readers.iter_mut().for_each(|reader| **reader = arena.substitute(**reader, &values));
    true
}

/// Whether a reader, with a value in place of a variable, evaluates it wherever it is more than `null`.
fn evaluates_where_needed(arena: &mut Arena, reader: ExprId, var: VarId, value: ExprId) -> bool {
    let is_null = |arena: &Arena, id| arena.own_literal(id).is_some_and(serde_json::Value::is_null);
    let replaced = arena.substitute(reader, &HashMap::from([(var, value)]));
    if arena.evaluated_checks(value).into_iter().all(|check| evaluates(arena, replaced, check)) {
        return true;
    }
    let Expr::If { cond, then, otherwise } = *arena.get(value) else { return false };
    let (holds, inner) = match (is_null(arena, then), is_null(arena, otherwise)) {
        (true, false) => (false, otherwise),
        (false, true) => (true, then),
        _ => return false,
    };
    let reader = assume(arena, reader, cond, holds);
    evaluates_where_needed(arena, reader, var, inner)
}

/// Evaluates statements.
pub(super) struct Evaluator<'a> {
    pub(super) arena: &'a mut Arena,
    /// Values that must be evaluated once, where they stand: in order.
    pub(super) kept: Vec<(VarId, ExprId)>,
    /// The variables that nothing else assigns: before, they have no value.
    own: HashSet<VarId>,
    /// Whether this is a closure, whose panics become failing evaluations.
    pub(super) closure: bool,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(arena: &'a mut Arena, own: HashSet<VarId>, closure: bool) -> Self {
        Evaluator { arena, kept: Vec::new(), own, closure }
    }

    /// Where the statements lead. `behind` are the variables read after them. `None` where an expression cannot say it.
    pub(super) fn block(&mut self, stmts: &[Stmt], env: Env, behind: &Live, ways: &mut Ways) -> Option<Flow> {
        let Some((first, rest)) = stmts.split_first() else { return Some(Flow::Go(env)) };
        let later = before(self.arena, rest, behind, ways);
        let flow = self.statement(first, env, &later, ways)?;
        self.then(flow, rest, behind, ways)
    }

    fn then(&mut self, flow: Flow, rest: &[Stmt], behind: &Live, ways: &mut Ways) -> Option<Flow> {
        match flow {
            Flow::Go(env) => self.block(rest, env, behind, ways),
            Flow::Exit(..) | Flow::Stop(_) => Some(flow),
            Flow::Hold(var, value, flow) => {
                Some(Flow::Hold(var, value, Box::new(self.then(*flow, rest, behind, ways)?)))
            }
            Flow::Split(cond, then, otherwise) => {
                let then = self.then(*then, rest, behind, ways)?;
                let otherwise = self.then(*otherwise, rest, behind, ways)?;
                Some(self.split(cond, then, otherwise))
            }
        }
    }

    /// Two flows that both go on are one, with conditional values.
    pub(super) fn split(&mut self, cond: ExprId, then: Flow, otherwise: Flow) -> Flow {
        match (then, otherwise) {
            (Flow::Go(a), Flow::Go(b)) => Flow::Go(self.merge(cond, &a, &b)),
            (Flow::Hold(var, value, then), otherwise) if then.goes_on() && otherwise.goes_on() => {
                let nothing = self.arena.constant(serde_json::Value::Null);
                let value = self.arena.if_(cond, value, nothing);
                Flow::Hold(var, value, Box::new(self.split(cond, *then, otherwise)))
            }
            (then, Flow::Hold(var, value, otherwise)) if then.goes_on() && otherwise.goes_on() => {
                let nothing = self.arena.constant(serde_json::Value::Null);
                let value = self.arena.if_(cond, nothing, value);
                Flow::Hold(var, value, Box::new(self.split(cond, then, *otherwise)))
            }
            (then, otherwise) => Flow::Split(cond, Box::new(then), Box::new(otherwise)),
        }
    }

    /// A variable that one side did not assign keeps its value there.
    fn merge(&mut self, cond: ExprId, a: &Env, b: &Env) -> Env {
        let vars: HashSet<VarId> = a.values.keys().chain(b.values.keys()).copied().collect();
        let mut vars: Vec<VarId> = vars.into_iter().collect();
        vars.sort();
        let values = vars.into_iter().map(|var| {
            let (then, otherwise) = (self.current(a, var), self.current(b, var));
            (var, self.arena.if_(cond, then, otherwise))
        });
        Env { values: values.collect() }
    }

    /// The value of a variable; one that has none yet is never read before it has.
    pub(super) fn current(&mut self, env: &Env, var: VarId) -> ExprId {
        match env.values.get(&var) {
            Some(value) => *value,
            None if self.own.contains(&var) => self.arena.constant(serde_json::Value::Null),
            None => self.arena.push(Expr::Var(var)),
        }
    }

    /// The ends that leave by `exit` go on instead.
    pub(super) fn land(&mut self, flow: Flow, exit: Exit) -> Flow {
        match flow {
            Flow::Exit(other, env) if other == exit => Flow::Go(env),
            Flow::Hold(var, value, flow) => Flow::Hold(var, value, Box::new(self.land(*flow, exit))),
            Flow::Split(cond, then, otherwise) => {
                let (then, otherwise) = (self.land(*then, exit), self.land(*otherwise, exit));
                self.split(cond, then, otherwise)
            }
            end => end,
        }
    }

    /// The value of an expression, in terms of the values at the start.
    pub(super) fn value(&mut self, id: ExprId, env: &Env) -> ExprId {
        self.arena.substitute(id, &env.values)
    }

    fn statement(&mut self, stmt: &Stmt, mut env: Env, behind: &Live, ways: &mut Ways) -> Option<Flow> {
        match &stmt.kind {
            StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                let value = self.value(*value, &env);
                let value = self.keep(*var, value)?;
                let like = self.arena.var(*var).cloned();
                self.hold(like, value, |_, value| {
                    env.values.insert(*var, value);
                    Some(Flow::Go(env))
                })
            }
            StmtKind::If { cond, then, otherwise, .. } => {
                let cond = self.value(*cond, &env);
                self.hold(None, cond, |evaluator, cond| {
                    let then = evaluator.block(&then.stmts, env.clone(), behind, ways)?;
                    let otherwise = evaluator.block(&otherwise.stmts, env, behind, ways)?;
                    Some(evaluator.split(cond, then, otherwise))
                })
            }
            StmtKind::Scope { label, body } => {
                ways.enter(*label, behind);
                let flow = self.block(&body.stmts, env, behind, ways)?;
                Some(self.land(flow, Exit { label: *label, again: false }))
            }
            StmtKind::Loop { label, body } => self.repeat(*label, body, env, behind, ways),
            StmtKind::For { label, item, list, body } => {
                let list = self.value(*list, &env);
                self.hold(None, list, |evaluator, list| evaluator.fold(*label, *item, list, body, env, behind, ways))
            }
            StmtKind::Break(label) => Some(Flow::Exit(Exit { label: *label, again: false }, env)),
            StmtKind::Continue(label) => Some(Flow::Exit(Exit { label: *label, again: true }, env)),
            StmtKind::Panic { message } if self.closure => Some(Flow::Stop(self.value(*message, &env))),
            StmtKind::Panic { .. } | StmtKind::Effect { .. } => None,
        }
    }

    /// Goes on with a value: one that may panic in a variable of its own, which is like another.
    pub(super) fn hold(
        &mut self,
        like: Option<Var>,
        value: ExprId,
        then: impl FnOnce(&mut Self, ExprId) -> Option<Flow>,
    ) -> Option<Flow> {
        if !self.arena.may_panic(value) {
            return then(self, value);
        }
        let kind = self.arena.kind(value);
        let like = like.unwrap_or_else(|| Var { name: "value".to_owned(), named: false, mutable: false, kind });
        let var = self.arena.new_var(Var { mutable: false, kind, ..like });
        let read = self.arena.push(Expr::Var(var));
        Some(Flow::Hold(var, value, Box::new(then(self, read)?)))
    }

    /// A value that differs at each evaluation is bound once, for the whole closure.
    fn keep(&mut self, var: VarId, value: ExprId) -> Option<ExprId> {
        if self.arena.is_stable(value) {
            return Some(value);
        }
        if !self.closure {
            return None;
        }
        self.kept.push((var, value));
        Some(self.arena.push(Expr::Var(var)))
    }

    /// One value for a whole flow: that of `end` at each end, `None` standing for going on.
    pub(super) fn result(
        &mut self,
        flow: Flow,
        end: &mut dyn FnMut(&mut Self, &Env, Option<Exit>) -> ExprId,
    ) -> ExprId {
        match flow {
            Flow::Go(env) => end(self, &env, None),
            Flow::Exit(exit, env) => end(self, &env, Some(exit)),
            Flow::Stop(message) => self.arena.push(Expr::Panic(message)),
            Flow::Hold(var, value, flow) => {
                let mut body = self.result(*flow, end);
                if read_anyway(self.arena, var, value, &mut [&mut body]) {
                    return body;
                }
                self.arena.push(Expr::Let { var, value, body })
            }
            Flow::Split(cond, then, otherwise) => {
                let then = self.result(*then, end);
                let otherwise = self.result(*otherwise, end);
                self.arena.if_(cond, then, otherwise)
            }
        }
    }
}
