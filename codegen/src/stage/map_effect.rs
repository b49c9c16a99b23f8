//! `map(items, async |item| …)`.

use std::marker::PhantomData;

use super::{
    Awaits, Bind, Builder, Effect, Expr, Iterable, RunTail,
    capture::Detached,
    effects::{bind_id, perform, result_kind},
    node,
    recorder::FrameKind,
};
use crate::{
    ir::{self, Body, ExprId, Kind, MapEffect},
    outcome::Collected,
    position::Position,
};

/// A `map` that is not awaited yet.
pub struct MapStage<R> {
    items: ExprId,
    item: ir::VarId,
    body: Detached,
    max_concurrency: Option<ExprId>,
    of: PhantomData<fn() -> R>,
}

impl<R: Collected> MapStage<R> {
    /// `map(items, async |item| …)`
    pub fn new<I: Iterable>(items: Expr<I>, each: impl FnOnce(Expr<I::Item>) -> Expr<R>) -> Self {
        let item = node::parameter("item", &I::item_shape());
        let body = Detached::record(FrameKind::Machine, || each(node::read(item)).id());
        MapStage { items: I::items(items), item, body, max_concurrency: None, of: PhantomData }
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
        let body = Body { block: self.body.block, result: self.body.result, returns };
        let (items, item, max_concurrency) = (self.items, self.item, self.max_concurrency);
        let effect = ir::Effect::Map(MapEffect { items, item, body, max_concurrency, returns, distributed: None });
        Expr::from_id(perform("mapped", effect, result_kind(returns, Kind::LIST), at))
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
    fn bind(mut self, _: &str, at: Position) -> Self {
        for value in std::iter::once(&mut self.items).chain(&mut self.max_concurrency) {
            *value = bind_id("argument", *value, at);
        }
        self.body.hold(at);
        self
    }
}
