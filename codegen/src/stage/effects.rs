//! Effects: what can be awaited.

use super::{
    Expr, node,
    recorder::{self, FrameKind},
};
use crate::{
    diagnostic::Code,
    ir::{self, Block, ExprId, Kind, Returns, StmtKind},
    position::Position,
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

    /// The same, if it may panic: then it does before what comes next.
    fn early(self, _: Position) -> Self {
        self
    }
}

impl<T> Bind for Expr<T> {
    fn bind(self, name: &str, at: Position) -> Self {
        Expr::from_id(bind_id(name, self.id(), at))
    }

    fn early(self, at: Position) -> Self {
        if node::may_panic(self.id()) { self.bind("_", at) } else { self }
    }
}

pub(super) fn bind_id(name: &str, value: ExprId, at: Position) -> ExprId {
    let var = match name {
        "_" | "match" | "argument" => recorder::new_unnamed("value", false, node::kind(value)),
        name => recorder::new_var(name, false, node::kind(value)),
    };
    recorder::hold(var, value);
    recorder::push(StmtKind::Let { var, value }, at);
    recorder::read(var)
}

/// Records an effect, and gives the expression of what it gives.
pub(super) fn perform(name: &str, effect: ir::Effect, kind: Kind, at: Position) -> ExprId {
    if recorder::in_closure() {
        recorder::report(Code::Internal, at, "an expression cannot await: this closure becomes part of one");
    }
    let var = recorder::new_unnamed(name, false, kind);
    recorder::push(StmtKind::Effect { var, effect: Box::new(effect) }, at);
    recorder::read(var)
}

pub(super) fn result_kind(returns: Returns, value: Kind) -> Kind {
    match returns {
        Returns::Value => value,
        Returns::Result(_) => Kind::SCALAR,
    }
}
