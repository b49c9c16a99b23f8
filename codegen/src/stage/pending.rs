//! Calls and blocks that are not awaited yet.

use std::{marker::PhantomData, time::Duration};

use serde_json::Value;

use super::{
    Awaits, Bind, Builder, Effect, Expr, Parameters, Retry, RunTail,
    capture::Detached,
    child,
    effects::{bind_id, perform},
    node, operands,
    recorder::{self, FrameKind},
    time,
};
use crate::{
    data::Shaped,
    diagnostic::Code,
    inputs::Inputs,
    ir::{self, Block, Call, CallOptions, Callee, ExprId},
    outcome::Outcome,
    position::Position,
    started::Started,
    task::{Task, TaskEntry, Workflow},
};

/// A call that is not awaited yet.
pub struct Pending<R> {
    what: What,
    /// The number of the frame of the closure that made the only argument, if one did.
    request_frame: Option<usize>,
    of: PhantomData<fn() -> R>,
}

enum What {
    Call(Call),
    Block(Detached),
    Sleep(ExprId),
    SleepUntil(ExprId),
}

impl Pending<()> {
    /// A call of a task.
    pub fn task<T: Task>(parameters: impl Parameters) -> Pending<T::Output> {
        Pending::call(Callee::Task(TaskEntry::of::<T>()), &operands::ids(parameters), T::names_only_argument())
    }

    /// A call of a task that makes its request from the token that answers it.
    pub fn request<T: Task, K, Q>((_, request): (Builder, impl FnOnce(Expr<K>) -> Expr<Q>)) -> Pending<T::Output> {
        let mut frame = 0;
        let argument = node::closure(|| {
            frame = recorder::frame();
            request(Expr::from_id(node::build(ir::Expr::task_token()))).id()
        });
        let mut pending = Pending::call(Callee::Task(TaskEntry::of::<T>()), &[argument], false);
        pending.request_frame = Some(frame);
        pending
    }

    /// A call of another workflow. One that is `inline` is recorded in place, as a block of this one.
    pub fn workflow<W: Workflow>(parameters: W::Parameters) -> Pending<W::Output> {
        if <W as Workflow>::info().inline {
            return Pending::block(Detached::record(FrameKind::Async, || W::record(parameters)));
        }
        let input = match (operands::ids(parameters).as_slice(), W::Input::shapes().as_slice()) {
            ([only], [shape]) => vec![child::input(*only, &shape())],
            (arguments, _) => arguments.to_vec(),
        };
        Pending::call(Callee::Workflow(<W as Workflow>::info()), &input, false)
    }
}

impl<R: Outcome> Pending<R> {
    fn call(callee: Callee, arguments: &[ExprId], names_only_argument: bool) -> Self {
        let (arguments, options) = (arguments.to_vec(), CallOptions::default());
        let (returns, kind) = (R::returns(), R::Value::shape().kind());
        Self::new(What::Call(Call { callee, arguments, names_only_argument, returns, kind, options }))
    }
}

impl<R> Pending<R> {
    pub(super) fn block(body: Detached) -> Self {
        Self::new(What::Block(body))
    }

    fn new(what: What) -> Self {
        Pending { what, request_frame: None, of: PhantomData }
    }

    fn options(mut self, at: Position, set: impl FnOnce(&mut CallOptions)) -> Self {
        match &mut self.what {
            What::Call(call) => set(&mut call.options),
            What::Block(_) | What::Sleep(_) | What::SleepUntil(_) => {
                recorder::report(Code::Option, at, "only calls of tasks and workflows have options");
            }
        }
        self
    }

    /// `.start()`: the workflow is started, and not waited for.
    #[track_caller]
    #[must_use]
    pub fn start(self) -> Pending<Started> {
        let at = Position::caller();
        match self.what {
            What::Call(Call { callee: Callee::Workflow(info), arguments, options, .. }) => {
                let started = Pending::<Started>::call(Callee::Start(info), &arguments, false);
                started.options(at, |own| *own = options)
            }
            what => {
                let message = "only a workflow that runs as an execution of its own is started";
                recorder::report(Code::Start, at, message);
                Pending::new(what)
            }
        }
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

impl<R: Shaped> Effect for Pending<R> {
    type Output = R;

    fn run(self, at: Position) -> Expr<R> {
        let kind = R::shape().kind();
        let id = match self.what {
            What::Call(call) => {
                let (name, starts) = (call.callee.name(), matches!(call.callee, Callee::Start(_)));
                let result = perform(name, ir::Effect::Call(call), kind, at);
                if starts { child::started(result) } else { result }
            }
            What::Sleep(seconds) => perform("sleep", ir::Effect::Sleep(seconds), kind, at),
            What::SleepUntil(time) => perform("sleep", ir::Effect::SleepUntil(time), kind, at),
            What::Block(Detached { block, result, .. }) => {
                block.stmts.into_iter().for_each(|stmt| recorder::push(stmt.kind, stmt.at));
                result
            }
        };
        Expr::from_id(id)
    }

    fn branch(self, at: Position) -> (Block, Expr<R>) {
        if let What::Block(body) = &self.what {
            body.check_branch();
        }
        recorder::detached(FrameKind::Machine, || self.run(at))
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
    /// What the call or block reads is taken where it is made.
    fn bind(mut self, _: &str, at: Position) -> Self {
        let frame = self.request_frame;
        let take = |value: &mut ExprId| *value = bind_id("argument", *value, at);
        let take_argument = |value: &mut ExprId| match frame {
            // It holds a token that is only there when the call is made.
            Some(frame) => *value = Detached::expression(*value, frame).held(at),
            None => take(value),
        };
        match &mut self.what {
            What::Call(call) => {
                let CallOptions { timeout, heartbeat, .. } = &mut call.options;
                call.arguments.iter_mut().for_each(take_argument);
                timeout.iter_mut().chain(heartbeat).for_each(take);
            }
            What::Block(body) => body.hold(at),
            What::Sleep(value) | What::SleepUntil(value) => take(value),
        }
        self
    }
}
