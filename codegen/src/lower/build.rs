//! From blocks to a graph, from the end backwards: each statement is given the edge that follows it.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    graph::{Edge, Failure, Graph, Origin, State, StateId, StateKind, Target, Work},
    guarded,
};
use crate::{
    error::ErrorVariant,
    info::TaskKind,
    ir::{
        self, Arena, Binary, Block, Call, Callee, Effect, Expr, ExprId, Function, Kind, Label, MapEffect, Returns,
        Stmt, StmtKind, Var, VarId, Workflow,
    },
    position::Position,
    stage,
};

/// The graph of a workflow.
pub(super) fn build(workflow: &mut Workflow) -> Graph {
    let arena = &mut workflow.arena;
    let at = workflow.at;
    machine(arena, &ir::Body { block: workflow.body.clone(), result: workflow.result, returns: workflow.returns }, at)
}

pub(super) fn machine(arena: &mut Arena, body: &ir::Body, at: Position) -> Graph {
    let errors = match body.returns {
        Returns::Value => &[][..],
        Returns::Result(table) => table.variants,
    };
    let mut builder = Builder { arena, states: Vec::new(), ways: HashMap::new(), errors };
    let end = builder.end(body, at);
    let entry = builder.block(&body.block, end);
    Graph { states: builder.states, entry, errors, exact: true }
}

/// Builds one machine.
pub(super) struct Builder<'a> {
    pub(super) arena: &'a mut Arena,
    states: Vec<State>,
    ways: HashMap<Label, Ways>,
    /// Those that the machine can fail with.
    errors: &'static [ErrorVariant],
}

/// What a `for` counts.
struct Count {
    /// The variable that counts up by one.
    counter: VarId,
    /// Its first value.
    from: ExprId,
    /// The first value that it no longer has.
    end: ExprId,
    /// What each round makes of it, if it is not the item itself.
    item: Option<(VarId, ExprId)>,
}

/// Where `Break` and `Continue` lead.
struct Ways {
    break_: Edge,
    continue_: Option<Edge>,
}

impl Builder<'_> {
    pub(super) fn state(&mut self, kind: StateKind, at: Position) -> StateId {
        self.states.push(State::new(kind, at));
        StateId(self.states.len() - 1)
    }

    pub(super) fn failure(&self, error: ExprId, cause: ExprId, origin: Origin) -> Failure {
        Failure { error, cause, errors: self.errors, origin }
    }

    /// The edge behind the last statement.
    fn end(&mut self, body: &ir::Body, at: Position) -> Edge {
        match body.returns {
            Returns::Value => Edge::to(Target::End(body.result)),
            Returns::Result(table) => {
                let is_ok = self.arena.build(Expr::Has { base: body.result, key: "Ok".to_owned() });
                let (ok, err) = (self.key(body.result, "Ok"), self.key(body.result, "Err"));
                let (error, cause) = stage::over(self.arena, || stage::raised(table, err));
                let rules = vec![(is_ok, Edge::to(Target::End(ok)))];
                let default = Edge::to(Target::Fail(self.failure(error, cause, Origin::default())));
                let id = self.state(StateKind::Choice { rules, default }, at);
                Edge::to(Target::State(id))
            }
        }
    }

    fn block(&mut self, block: &Block, after: Edge) -> Edge {
        block.stmts.iter().rev().fold(after, |after, stmt| self.statement(stmt, after))
    }

    /// A place that several ways lead to.
    fn join(&mut self, after: Edge, at: Position) -> Edge {
        let id = self.state(StateKind::Join(after), at);
        Edge::to(Target::State(id))
    }

    fn statement(&mut self, stmt: &Stmt, after: Edge) -> Edge {
        let at = stmt.at;
        match &stmt.kind {
            StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                let assign = [(*var, *value)];
                let after = if after.can_follow(self.arena, &assign) { after } else { self.join(after, at) };
                let origin = after.origin.or(self.origin(*value, at));
                Edge { origin, ..after.after(self.arena, &assign) }
            }
            StmtKind::If { cond, then, otherwise, asks } => {
                let after = self.join(after, at);
                let then = self.block(then, after.clone());
                let otherwise = self.block(otherwise, after);
                let id = self.state(StateKind::Choice { rules: vec![(*cond, then)], default: otherwise }, at);
                self.call_it(id, asks);
                Edge::to(Target::State(id))
            }
            StmtKind::Scope { label, body } => {
                let break_ = self.join(after, at);
                self.ways.insert(*label, Ways { break_: break_.clone(), continue_: None });
                self.block(body, break_)
            }
            StmtKind::Loop { label, body } => self.repeat(*label, body, after, at),
            StmtKind::For { label, item, list, body } => self.each(*label, *item, *list, body, after, at),
            StmtKind::Break(label) => self.ways.get(label).map_or(after, |ways| ways.break_.clone()),
            StmtKind::Continue(label) => self.ways.get(label).and_then(|ways| ways.continue_.clone()).unwrap_or(after),
            StmtKind::Panic { message } => {
                let error = self.arena.constant("Panic");
                Edge::to(Target::Fail(self.failure(error, *message, Origin(Some(at)))))
            }
            StmtKind::Effect { var, effect } => self.effect(*var, effect, after, at),
        }
    }

    /// Where a value is made; nowhere, if it only goes from one variable to another.
    fn origin(&self, value: ExprId, at: Position) -> Origin {
        Origin((!matches!(self.arena.get(value), Expr::Var(_))).then_some(at))
    }

    fn repeat(&mut self, label: Label, body: &Block, after: Edge, at: Position) -> Edge {
        let break_ = self.join(after, at);
        let head = self.state(StateKind::Join(Edge::to(Target::End(ExprId(0)))), at);
        let to_head = Edge::to(Target::State(head));
        self.ways.insert(label, Ways { break_, continue_: Some(to_head.clone()) });
        let round = self.block(body, to_head.clone());
        self.set_join(head, round);
        to_head
    }

    /// Gives a state a name from the source.
    pub(super) fn call_it(&mut self, id: StateId, name: &str) {
        if let Some(state) = self.states.get_mut(id.0) {
            name.clone_into(&mut state.name);
        }
    }

    fn set_join(&mut self, id: StateId, next: Edge) {
        if let Some(state) = self.states.get_mut(id.0) {
            state.kind = StateKind::Join(next);
        }
    }

    /// A `for` with effects. Over a range, the item itself counts; over a list, an index does.
    fn each(&mut self, label: Label, item: VarId, list: ExprId, body: &Block, after: Edge, at: Position) -> Edge {
        match *self.arena.get(list) {
            Expr::Binary(Binary::Range, from, last) => {
                let one = self.arena.constant(1);
                let end = self.arena.binary(Binary::Add, last, one);
                let (end, bind_end) = self.evaluated_once("end", Kind::SCALAR, end);
                let count = Count { counter: item, from, end, item: None };
                let start = self.count(label, &count, body, after, at);
                start.after(self.arena, &bind_end)
            }
            _ => {
                let (list, bind_list) = self.evaluated_once("list", Kind::LIST, list);
                let var = Var { name: "i".to_owned(), named: true, mutable: true, kind: Kind::SCALAR };
                let counter = self.arena.new_var(var);
                let kind = self.arena.var(item).map(|var| var.kind).unwrap_or_default();
                let index = self.arena.push(Expr::Var(counter));
                let value = self.arena.build(Expr::Item { list, index, kind });
                let function = Function { name: "count", kind: Kind::SCALAR, stable: true };
                let end = self.arena.call(function, vec![list]);
                let from = self.arena.constant(0);
                let count = Count { counter, from, end, item: Some((item, value)) };
                let start = self.count(label, &count, body, after, at);
                start.after(self.arena, &bind_list)
            }
        }
    }

    /// A loop that counts up in a variable of the machine.
    fn count(&mut self, label: Label, count: &Count, body: &Block, after: Edge, at: Position) -> Edge {
        let break_ = self.join(after, at);
        let head = self.state(StateKind::Join(Edge::to(Target::End(ExprId(0)))), at);
        let (counter, one) = (self.arena.push(Expr::Var(count.counter)), self.arena.constant(1));
        let next = self.arena.binary(Binary::Add, counter, one);
        let to_next = Edge { assign: vec![(count.counter, next)], ..Edge::to(Target::State(head)) };
        self.ways.insert(label, Ways { break_: break_.clone(), continue_: Some(to_next.clone()) });
        let round = self.block(body, to_next);
        let round = round.after(self.arena, count.item.as_slice());
        let item = count.item.map_or(count.counter, |(item, _)| item);
        let more = self.arena.binary(Binary::Lt, counter, count.end);
        let choice = self.state(StateKind::Choice { rules: vec![(more, round)], default: break_ }, at);
        let name = self.arena.var(item).map(|var| format!("for {}", var.name)).unwrap_or_default();
        self.call_it(choice, &name);
        self.set_join(head, Edge::to(Target::State(choice)));
        Edge { assign: vec![(count.counter, count.from)], ..Edge::to(Target::State(head)) }
    }

    /// What a loop runs over is evaluated once: a variable holds it, unless it never changes and costs nothing.
    fn evaluated_once(&mut self, name: &str, kind: Kind, value: ExprId) -> (ExprId, Vec<(VarId, ExprId)>) {
        if is_fixed(self.arena, value) {
            return (value, Vec::new());
        }
        let var = self.arena.new_var(Var { name: name.to_owned(), named: true, mutable: false, kind });
        (self.arena.push(Expr::Var(var)), vec![(var, value)])
    }

    fn effect(&mut self, var: VarId, effect: &Effect, after: Edge, at: Position) -> Edge {
        let (mut work, returns, source) = match effect {
            Effect::Call(call) => (Work::Call(call.clone()), call.returns, Source::of(call)),
            Effect::Sleep(seconds) => (Work::Wait(*seconds), Returns::Value, Source::Nothing),
            Effect::SleepUntil(time) => (Work::WaitUntil(*time), Returns::Value, Source::Nothing),
            Effect::Parallel { branches, returns } => {
                let machines = branches.iter().map(|branch| machine(self.arena, branch, at)).collect();
                (Work::Parallel(machines), *returns, Source::Machine)
            }
            Effect::Map(map) => match &map.distributed {
                None => (self.map(map, at), map.returns, Source::Machine),
                Some(options) => {
                    let source = if options.results.is_some() { Source::Written } else { Source::MapRun };
                    (self.distributed(map, options, at), map.returns, source)
                }
            },
        };
        let value = self.result(source);
        let (next, catch) = match returns {
            Returns::Value => (after.after(self.arena, &[(var, value)]), Vec::new()),
            Returns::Result(table) => {
                let after = self.join(after, at);
                let ok = self.arena.build(Expr::Object(vec![("Ok".to_owned(), value)]));
                let catch = match effect {
                    Effect::Call(Call { callee: Callee::Workflow(info), .. }) => {
                        self.child_failed(info.name, table, var, &after, at)
                    }
                    _ => self.failed(table, var, &after, source),
                };
                (after.after(self.arena, &[(var, ok)]), catch)
            }
        };
        let guarded = guarded::takes_evaluation_errors(&work, &catch);
        let before = if guarded { guarded::before(self.arena, &mut work) } else { Vec::new() };
        let id = self.state(StateKind::Work { work: Box::new(work), next, catch }, at);
        Edge { assign: before, ..Edge::to(Target::State(id)) }
    }

    fn map(&mut self, map: &MapEffect, at: Position) -> Work {
        let mut body = machine(self.arena, &map.body, at);
        let item = self.arena.push(Expr::StateInput);
        body.entry = body.entry.after(self.arena, &[(map.item, item)]);
        Work::Map { items: map.items, selector: None, max_concurrency: map.max_concurrency, body }
    }

    /// What the state's work gave, as the workflow sees it.
    fn result(&mut self, source: Source) -> ExprId {
        let result = self.arena.push(Expr::Result);
        match source {
            Source::Nothing => self.arena.constant(Value::Null),
            Source::Machine | Source::MapRun | Source::Service => result,
            Source::Written => {
                let details = self.key(result, "ResultWriterDetails");
                let fields = [
                    ("map_run_arn", self.key(result, "MapRunArn")),
                    ("bucket", self.key(details, "Bucket")),
                    ("key", self.key(details, "Key")),
                ];
                self.arena.build(Expr::Object(fields.map(|(name, value)| (name.to_owned(), value)).to_vec()))
            }
            Source::Lambda { gives: kind } => {
                self.arena.build(Expr::Field { base: result, keys: vec!["Payload".to_owned()], default: None, kind })
            }
            Source::Execution => self.key(result, "Output"),
        }
    }
}

/// Whether a value is the same whenever a loop reads it, and costs nothing.
fn is_fixed(arena: &Arena, value: ExprId) -> bool {
    match arena.get(value) {
        Expr::Literal(_) | Expr::ExecutionInput => true,
        Expr::Var(var) => arena.var(*var).is_some_and(|var| !var.mutable),
        Expr::Field { base, default: None, .. } => is_fixed(arena, *base),
        _ => false,
    }
}

/// What a state's work is, as far as its result and its errors depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A Wait.
    Nothing,
    /// `lambda:invoke`, whose result has the payload in an envelope, and whose errors are reports.
    Lambda { gives: Kind },
    /// Any other resource.
    Service,
    /// A nested execution.
    Execution,
    /// A Parallel or Map.
    Machine,
    /// A distributed Map.
    MapRun,
    /// A distributed Map that writes its results.
    Written,
}

impl Source {
    fn of(call: &Call) -> Self {
        match call.callee {
            Callee::Workflow(_) => Source::Execution,
            Callee::Start(_) => Source::Service,
            Callee::Task(task) => match (task.info)().kind {
                TaskKind::Lambda => Source::Lambda { gives: call.kind },
                TaskKind::Activity | TaskKind::WaitForTaskToken | TaskKind::Resource(_) => Source::Service,
            },
        }
    }
}
