//! `distributed_map(source)`, its options, and what it does with each item or batch.

use std::marker::PhantomData;

use serde_json::Value;

use super::{
    Awaits, Bind, Builder, Effect, Expr, RunTail,
    capture::Detached,
    effects::{bind_id, perform, result_kind},
    node,
    recorder::{self, FrameKind},
    time,
};
use crate::{
    data::{Fields, Shape, Shaped},
    diagnostic::Code,
    distributed::{Reader, S3Prefix, Source, WrittenResults},
    ir::{self, Batch, Binary, Body, Distributed, ExprId, Kind, MapEffect, VarId},
    outcome::Collected,
    position::Position,
};

/// The results come back as a list.
#[derive(Clone, Copy, Debug)]
pub struct Listed;

/// The results are written to S3.
#[derive(Clone, Copy, Debug)]
pub struct Written;

/// A type that stands for three.
type Of<S, W, B> = fn() -> (S, W, B);

/// A distributed map that is being set up. `W` says where the results go, `B` is what batches have in common.
pub struct DistributedStage<S, W = Listed, B = ()> {
    items: ExprId,
    max_concurrency: Option<ExprId>,
    options: Distributed,
    input: Option<ExprId>,
    of: PhantomData<Of<S, W, B>>,
}

impl<S: Source> DistributedStage<S> {
    /// `distributed_map(source)`
    pub fn new(source: Expr<S>, at: Position) -> Self {
        if S::READER == Some(Reader::Csv) && !is_row(&<S::Item as Shaped>::shape()) {
            recorder::report(Code::Csv, at, "the cells of a CSV file are texts, and this type has other fields");
        }
        let options = Distributed { reader: S::READER, selected: selected(S::READER), ..Distributed::default() };
        DistributedStage { items: source.id(), max_concurrency: None, options, input: None, of: PhantomData }
    }
}

/// The item that the workflow sees, where it is not the one that the service reads.
fn selected(reader: Option<Reader>) -> Option<ExprId> {
    if reader != Some(Reader::Objects) {
        return None;
    }
    let raw = node::build(ir::Expr::map_item());
    let part = |name| node::key(raw, name, Kind::SCALAR);
    let millis = node::binary(Binary::Mul, part("LastModified"), node::constant(1000));
    let fields = [
        ("key", part("Key")),
        ("size", part("Size")),
        ("etag", part("Etag")),
        ("last_modified", time::from_millis(millis)),
    ];
    Some(node::build(ir::Expr::Object(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())))
}

/// Whether all fields of a struct are texts.
fn is_row(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(shape) => match &shape.fields {
            Fields::Named(fields) => fields.iter().all(|field| matches!((field.shape)(), Shape::Text)),
            Fields::Unit | Fields::Newtype(_) | Fields::Tuple(_) => false,
        },
        Shape::Map(value) => matches!(value(), Shape::Text),
        Shape::Any => true,
        _ => false,
    }
}

impl<S: Source, W, B> DistributedStage<S, W, B> {
    fn into<V, C>(self) -> DistributedStage<S, V, C> {
        let DistributedStage { items, max_concurrency, options, input, .. } = self;
        DistributedStage { items, max_concurrency, options, input, of: PhantomData }
    }

    /// `.max_concurrency(n)`
    #[must_use]
    pub fn max_concurrency(mut self, most: Expr<usize>) -> Self {
        self.max_concurrency = Some(most.id());
        self
    }

    /// `.tolerate_failures(n)`
    #[must_use]
    pub fn tolerate_failures(mut self, count: Expr<u64>) -> Self {
        self.options.tolerated_count = Some(count.id());
        self
    }

    /// `.tolerate_failure_percentage(p)`
    #[must_use]
    pub fn tolerate_failure_percentage(mut self, percentage: Expr<f64>) -> Self {
        self.options.tolerated_percentage = Some(percentage.id());
        self
    }

    /// `.label("…")`
    #[track_caller]
    #[must_use]
    pub fn label(mut self, label: Expr<String>) -> Self {
        match node::literal(label.id()) {
            Some(Value::String(text)) if is_label(&text) => self.options.label = Some(text),
            _ => {
                let message = "a label is a constant of 1 to 40 letters, digits, `-`, `_` and `.`";
                recorder::report(Code::Option, Position::caller(), message);
            }
        }
        self
    }

    /// `.express()`
    #[must_use]
    pub fn express(mut self) -> Self {
        self.options.express = true;
        self
    }

    /// `.write_results(S3Prefix::new(bucket, prefix))`
    #[must_use]
    pub fn write_results(mut self, to: Expr<S3Prefix>) -> DistributedStage<S, Written, B> {
        self.options.results = Some(to.id());
        self.into()
    }

    /// `.batch_input(value)`
    #[must_use]
    pub fn batch_input<C>(mut self, value: Expr<C>) -> DistributedStage<S, W, (C,)> {
        self.input = Some(value.id());
        self.into()
    }

    /// `.each(async |item| …)`
    #[must_use]
    pub fn each<R: Collected>(self, each: impl FnOnce(Expr<S::Item>) -> Expr<R>) -> DistributedEffect<R, W> {
        let item = node::parameter("item", &<S::Item as Shaped>::shape());
        let body = Detached::record(FrameKind::Machine, || each(node::read(item)).id());
        self.effect(item, body)
    }

    fn effect<R>(self, item: VarId, body: Detached) -> DistributedEffect<R, W> {
        let DistributedStage { items, max_concurrency, options, .. } = self;
        DistributedEffect { items, item, body, max_concurrency, options, of: PhantomData }
    }

    fn batch<R>(mut self, size: ExprId, input: Option<VarId>, item: VarId, body: Detached) -> DistributedEffect<R, W> {
        self.options.batch = Some(Batch { size, input: input.zip(self.input) });
        self.effect(item, body)
    }
}

impl<S: Source, W> DistributedStage<S, W> {
    /// `.batches(n, async |items| …)`
    #[must_use]
    pub fn batches<R: Collected>(
        self,
        size: Expr<usize>,
        each: impl FnOnce(Expr<Vec<S::Item>>) -> Expr<R>,
    ) -> DistributedEffect<R, W> {
        let items = node::parameter("items", &Vec::<S::Item>::shape());
        let body = Detached::record(FrameKind::Machine, || each(node::read(items)).id());
        self.batch(size.id(), None, items, body)
    }
}

impl<S: Source, W, B: Shaped> DistributedStage<S, W, (B,)> {
    /// `.batches(n, async |items, input| …)`
    #[must_use]
    pub fn batches<R: Collected>(
        self,
        size: Expr<usize>,
        each: impl FnOnce(Expr<Vec<S::Item>>, Expr<B>) -> Expr<R>,
    ) -> DistributedEffect<R, W> {
        let items = node::parameter("items", &Vec::<S::Item>::shape());
        let input = node::parameter("input", &B::shape());
        let body = Detached::record(FrameKind::Machine, || each(node::read(items), node::read(input)).id());
        self.batch(size.id(), Some(input), items, body)
    }
}

fn is_label(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (1..=40).contains(&text.len()) && text.chars().all(allowed)
}

/// A distributed map that is not awaited yet.
pub struct DistributedEffect<R, W> {
    items: ExprId,
    item: VarId,
    body: Detached,
    max_concurrency: Option<ExprId>,
    options: Distributed,
    of: PhantomData<fn() -> (R, W)>,
}

/// What a distributed map gives.
pub trait Results<R: Collected> {
    /// The list of the results, or where they were written; a `Result` where the closure gives one.
    type Out;
}

impl<R: Collected> Results<R> for Listed {
    type Out = R::Out;
}

impl<R: Collected> Results<R> for Written {
    type Out = R::With<WrittenResults>;
}

impl<R: Collected, W: Results<R>> Effect for DistributedEffect<R, W> {
    type Output = W::Out;

    fn run(self, at: Position) -> Expr<W::Out> {
        let returns = R::returns();
        let kind = if self.options.results.is_some() { Kind::SCALAR } else { Kind::LIST };
        let body = Body { block: self.body.block, result: self.body.result, returns };
        let (items, item, max_concurrency) = (self.items, self.item, self.max_concurrency);
        let distributed = Some(Box::new(self.options));
        let effect = ir::Effect::Map(MapEffect { items, item, body, max_concurrency, returns, distributed });
        Expr::from_id(perform("mapped", effect, result_kind(returns, kind), at))
    }
}

impl<R: Collected, W: Results<R, Out = T>, T> Awaits<T> for DistributedEffect<R, W> {
    fn run_at(self, at: Position) -> Expr<T> {
        self.run(at)
    }
}

impl<R: Collected, W: Results<R>> RunTail<()> for DistributedEffect<R, W> {
    fn run_tail(self, at: Position) -> Expr<()> {
        self.run(at);
        Builder.unit()
    }
}

impl<R, W> Bind for DistributedEffect<R, W> {
    fn bind(mut self, _: &str, at: Position) -> Self {
        let own = std::iter::once(&mut self.items).chain(&mut self.max_concurrency);
        for value in own.chain(self.options.values_mut()) {
            *value = bind_id("argument", *value, at);
        }
        self.body.hold(at);
        self
    }
}
