//! Effects: calls, waits, Parallel and Map.

use std::{marker::PhantomData, time::Duration};

use serde_json::Value;

use super::{
    Builder, Expr, Iterable, Retry, node,
    recorder::{self, FrameKind},
    time,
};
use crate::{
    data::Shaped,
    diagnostic::Code,
    ir::{self, Block, Body, Call, CallOptions, Callee, ExprId, Kind, MapEffect, Returns, StmtKind},
    outcome::{Collected, Outcome},
    position::Position,
    task::{Task, Workflow},
};

/// Something that can be awaited.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `.await` this",
    label = "not a call of a task, a workflow, `map`, `sleep`, …"
)]
pub trait Effect {
    /// What it gives.
    type Output;

    /// `effect.await`
    fn run(self, at: Position) -> Expr<Self::Output>;

    /// The effect as a machine of its own.
    fn branch(self, at: Position) -> (Block, Expr<Self::Output>)
    where
        Self: Sized,
    {
        recorder::detached(FrameKind::Machine, || self.run(at))
    }
}

/// Something that can be awaited where a `T` is expected.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `.await` this",
    label = "not a call of a task, a workflow, `map`, `sleep`, …"
)]
pub trait Awaits<T> {
    /// `effect.await`
    fn run_at(self, at: Position) -> Expr<T>;
}

/// Something that can be awaited as the last statement of a block of type `U`.
pub trait RunTail<U> {
    /// `effect.await;`
    fn run_tail(self, at: Position) -> Expr<U>;
}

/// A value that a `let` can hold: an expression, or an effect that is awaited later.
pub trait Bind: Sized {
    /// `let name = self;`
    fn bind(self, name: &str, at: Position) -> Self;
}

impl<T> Bind for Expr<T> {
    fn bind(self, name: &str, at: Position) -> Self {
        Expr::from_id(bind_id(name, self.id(), at))
    }
}

pub(super) fn bind_id(name: &str, value: ExprId, at: Position) -> ExprId {
    let var = match name {
        "_" | "match" | "argument" => recorder::new_unnamed("value", node::kind(value)),
        name => recorder::new_var(name, false, node::kind(value)),
    };
    recorder::push(StmtKind::Let { var, value }, at);
    recorder::read(var)
}

/// A call that is not awaited yet.
pub struct Pending<R> {
    what: What,
    of: PhantomData<fn() -> R>,
}

enum What {
    Call(Call),
    Block(Block, ExprId),
    Sleep(ExprId),
    SleepUntil(ExprId),
}

impl Pending<()> {
    /// A call of a task.
    pub fn task<T: Task>(_: Builder, arguments: &[ExprId]) -> Pending<T::Output> {
        let returns = T::Output::returns();
        Pending::call(Callee::Task(<T as Task>::info()), arguments, T::names_only_argument(), returns)
    }

    /// A call of another workflow. One that is `inline` is recorded in place, as a block of this one.
    pub fn workflow<W: Workflow>(builder: Builder, arguments: &[ExprId]) -> Pending<W::Output> {
        if <W as Workflow>::info().inline {
            let (block, value) = recorder::detached(FrameKind::Machine, || W::record(builder, arguments));
            return Pending::block(block, value);
        }
        let returns = W::Output::returns();
        Pending::call(Callee::Workflow(<W as Workflow>::info()), arguments, false, returns)
    }
}

impl<R> Pending<R> {
    fn call(callee: Callee, arguments: &[ExprId], names_only_argument: bool, returns: Returns) -> Self {
        let (arguments, options) = (arguments.to_vec(), CallOptions::default());
        Self::new(What::Call(Call { callee, arguments, names_only_argument, returns, options }))
    }

    pub(super) fn block(block: Block, value: ExprId) -> Self {
        Self::new(What::Block(block, value))
    }

    fn new(what: What) -> Self {
        Pending { what, of: PhantomData }
    }

    fn options(mut self, at: Position, set: impl FnOnce(&mut CallOptions)) -> Self {
        match &mut self.what {
            What::Call(call) => set(&mut call.options),
            What::Block(..) | What::Sleep(_) | What::SleepUntil(_) => {
                recorder::report(Code::Option, at, "only calls of tasks and workflows have options");
            }
        }
        self
    }

    /// `.retry(Retry::…)`: goes before the task's own retriers.
    #[track_caller]
    #[must_use]
    pub fn retry(self, retry: Expr<Retry>) -> Self {
        let at = Position::caller();
        let value = node::literal(retry.id()).unwrap_or(Value::Null);
        self.options(at, |options| super::retry::read(&value, options, at))
    }

    /// `.timeout(duration)`
    #[track_caller]
    #[must_use]
    pub fn timeout(self, duration: Expr<Duration>) -> Self {
        let seconds = time::seconds(duration.id());
        self.options(Position::caller(), |options| options.timeout = Some(seconds))
    }

    /// `.heartbeat(duration)`
    #[track_caller]
    #[must_use]
    pub fn heartbeat(self, duration: Expr<Duration>) -> Self {
        let seconds = time::seconds(duration.id());
        self.options(Position::caller(), |options| options.heartbeat = Some(seconds))
    }

    /// `.name("…")`: the name of the state.
    #[track_caller]
    #[must_use]
    pub fn name(self, name: Expr<String>) -> Self {
        let at = Position::caller();
        match node::literal(name.id()) {
            Some(Value::String(text)) => self.options(at, |options| options.name = Some(text)),
            _ => {
                recorder::report(Code::Option, at, "the name of a state is a constant");
                self
            }
        }
    }
}

impl Pending<()> {
    /// `sleep(duration)`
    #[track_caller]
    pub fn sleep(duration: Expr<Duration>) -> Self {
        Self::new(What::Sleep(time::seconds(duration.id())))
    }

    /// `sleep_until(time)`
    #[track_caller]
    pub fn sleep_until(time: Expr<chrono::DateTime<chrono::Utc>>) -> Self {
        Self::new(What::SleepUntil(time.id()))
    }
}

/// Records an effect, and gives the expression of what it gives.
fn perform(name: &str, effect: ir::Effect, kind: Kind, at: Position) -> ExprId {
    if recorder::in_closure() {
        recorder::report(Code::Internal, at, "an expression cannot await: this closure becomes part of one");
    }
    let var = recorder::new_unnamed(name, kind);
    recorder::push(StmtKind::Effect { var, effect: Box::new(effect) }, at);
    recorder::read(var)
}

fn result_kind(returns: Returns, value: Kind) -> Kind {
    match returns {
        Returns::Value => value,
        Returns::Result(_) => Kind::Scalar,
    }
}

impl<R: Shaped> Effect for Pending<R> {
    type Output = R;

    fn run(self, at: Position) -> Expr<R> {
        let kind = R::shape().kind();
        let id = match self.what {
            What::Call(call) => perform(call.callee.name(), ir::Effect::Call(call), kind, at),
            What::Sleep(seconds) => perform("sleep", ir::Effect::Sleep(seconds), Kind::Scalar, at),
            What::SleepUntil(time) => perform("sleep", ir::Effect::SleepUntil(time), Kind::Scalar, at),
            What::Block(block, value) => {
                block.stmts.into_iter().for_each(|stmt| recorder::push(stmt.kind, stmt.at));
                value
            }
        };
        Expr::from_id(id)
    }
}

impl<R: Shaped> Awaits<R> for Pending<R> {
    fn run_at(self, at: Position) -> Expr<R> {
        self.run(at)
    }
}

/// No value can be awaited, which rustc says of the function itself; here it would be said a second time.
impl<T> Effect for Expr<T> {
    type Output = T;

    fn run(self, _: Position) -> Expr<T> {
        self
    }
}

impl<T> Awaits<T> for Expr<T> {
    fn run_at(self, at: Position) -> Expr<T> {
        self.run(at)
    }
}

impl<R: Shaped> RunTail<()> for Pending<R> {
    fn run_tail(self, at: Position) -> Expr<()> {
        self.run(at);
        Builder.unit()
    }
}

impl<R> Bind for Pending<R> {
    /// The arguments are taken where the call is made.
    fn bind(mut self, _: &str, at: Position) -> Self {
        if let What::Call(call) = &mut self.what {
            for argument in &mut call.arguments {
                *argument = bind_id("argument", *argument, at);
            }
        }
        self
    }
}

/// A `map` that is not awaited yet.
pub struct MapStage<R> {
    items: ExprId,
    item: ir::VarId,
    block: Block,
    result: ExprId,
    max_concurrency: Option<ExprId>,
    of: PhantomData<fn() -> R>,
}

impl<R: Collected> MapStage<R> {
    /// `map(items, async |item| …)`
    pub fn new<I: Iterable>(items: Expr<I>, each: impl FnOnce(Expr<I::Item>) -> Expr<R>) -> Self {
        let shape = I::item_shape();
        let (block, (item, result)) = recorder::detached(FrameKind::Machine, || {
            let item = node::parameter("item", &shape);
            (item, each(node::read(item)).id())
        });
        MapStage { items: I::items(items), item, block, result, max_concurrency: None, of: PhantomData }
    }

    /// `.max_concurrency(n)`: how many items at most are worked on at once.
    #[must_use]
    pub fn max_concurrency(mut self, most: Expr<usize>) -> Self {
        self.max_concurrency = Some(most.id());
        self
    }
}

impl<R: Collected> Effect for MapStage<R> {
    type Output = R::Out;

    fn run(self, at: Position) -> Expr<R::Out> {
        let returns = R::returns();
        let body = Body { block: self.block, result: self.result, returns };
        let (items, item, max_concurrency) = (self.items, self.item, self.max_concurrency);
        let effect = ir::Effect::Map(MapEffect { items, item, body, max_concurrency, returns });
        Expr::from_id(perform("mapped", effect, result_kind(returns, Kind::List), at))
    }
}

impl<R: Collected<Out = T>, T> Awaits<T> for MapStage<R> {
    fn run_at(self, at: Position) -> Expr<T> {
        self.run(at)
    }
}

impl<R: Collected> RunTail<()> for MapStage<R> {
    fn run_tail(self, at: Position) -> Expr<()> {
        self.run(at);
        Builder.unit()
    }
}

impl<R> Bind for MapStage<R> {
    fn bind(self, _: &str, _: Position) -> Self {
        self
    }
}

/// The operands of `join!`.
#[diagnostic::on_unimplemented(message = "`join!` takes two to eight calls or `async` blocks")]
pub trait Parallel {
    /// What they give together.
    type Output;

    /// Records a Parallel.
    fn record(self, at: Position) -> ExprId;
}

/// The operands of `try_join!`: `Result`s with one error type.
#[diagnostic::on_unimplemented(
    message = "`try_join!` takes two to eight calls or `async` blocks that give a `Result` with one error type"
)]
pub trait TryParallel<E> {
    /// What they give together.
    type Output;

    /// Records a Parallel.
    fn record(self, at: Position) -> ExprId;
}

fn branch_body<E: Effect>(effect: E, returns: Returns, at: Position) -> Body {
    let (block, value) = effect.branch(at);
    Body { block, result: value.id(), returns }
}

fn parallel(branches: Vec<Body>, returns: Returns, at: Position) -> ExprId {
    perform("joined", ir::Effect::Parallel { branches, returns }, result_kind(returns, Kind::List), at)
}

macro_rules! tuples {
    ($($effect:ident $value:ident $index:tt),+) => {
        impl<$($effect: Effect),+> Parallel for ($($effect,)+) {
            type Output = ($($effect::Output,)+);

            fn record(self, at: Position) -> ExprId {
                parallel(vec![$(branch_body(self.$index, Returns::Value, at)),+], Returns::Value, at)
            }
        }

        impl<ERR, $($value,)+ $($effect,)+> TryParallel<ERR> for ($($effect,)+)
        where
            $($effect: Effect<Output = Result<$value, ERR>>, Result<$value, ERR>: Outcome,)+
        {
            type Output = ($($value,)+);

            fn record(self, at: Position) -> ExprId {
                let [returns, ..] = [$(<Result<$value, ERR> as Outcome>::returns()),+];
                parallel(vec![$(branch_body(self.$index, returns, at)),+], returns, at)
            }
        }

        impl<$($value),+> Tuple for ($(Expr<$value>,)+) {
            type Values = ($($value,)+);

            fn ids(self) -> Vec<ExprId> {
                vec![$(self.$index.id()),+]
            }
        }
    };
}

/// The parts of a tuple.
pub trait Tuple {
    /// The type of the tuple.
    type Values;

    /// The expressions of the parts.
    fn ids(self) -> Vec<ExprId>;
}

impl Builder {
    /// `(a, b)`
    pub fn tuple<T: Tuple>(self, parts: T) -> Expr<T::Values> {
        Expr::from_id(node::build(ir::Expr::Array(parts.ids())))
    }
}

tuples!(A TA 0, B TB 1);
tuples!(A TA 0, B TB 1, C TC 2);
tuples!(A TA 0, B TB 1, C TC 2, D TD 3);
tuples!(A TA 0, B TB 1, C TC 2, D TD 3, E TE 4);
tuples!(A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5);
tuples!(A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6);
tuples!(A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6, H TH 7);
