//! The builder: every helper that a twin calls is a method of this handle.

use serde::Serialize;

use super::{
    Expr, K, Literal, Parallel, Pending, Place, Star, TryParallel, Var,
    capture::Detached,
    constant::{Constant, constant_value},
    control::{Body, If, Loop, Match},
    effects::{Awaits, Bind, Effect, RunTail},
    format::{FormatSpec, Hole},
    iter::Iterable,
    list, node,
    operands::{self, Operands},
    pattern::{self, Binds, Choose, match_pattern},
    place,
    recorder::{self, FrameKind},
    shape,
};
use crate::{
    data::Shaped,
    ir::{self, StmtKind},
    position::Position,
};

/// The handle that staged code builds with. Its methods are named after the Rust they stand for.
#[derive(Clone, Copy, Debug)]
pub struct Builder;

/// Literals, constants and names.
impl Builder {
    /// `5`, `true`, `'c'`
    #[track_caller]
    pub fn lit<T: Literal>(self, value: T) -> Expr<T> {
        Expr::from_id(constant_value(&value, Position::caller()))
    }

    /// `"text"`
    pub fn text(self, text: &str) -> Expr<String> {
        Expr::from_id(node::constant(text))
    }

    /// `()`
    pub fn unit(self) -> Expr<()> {
        Expr::from_id(node::null())
    }

    /// `Default::default()`
    #[track_caller]
    pub fn default<T: Default + Serialize>(self) -> Expr<T> {
        Expr::from_id(constant_value(&T::default(), Position::caller()))
    }

    /// A path to a unit struct or variant: evaluated natively, written by serde.
    #[track_caller]
    pub fn variant<T: Constant>(self, value: T) -> Expr<T> {
        Expr::from_id(value.constant(Position::caller()))
    }

    /// A path to any value: evaluated natively, written by serde.
    pub fn k<T>(self, value: &T) -> K<'_, T> {
        K(value)
    }

    /// `let name = value;`
    #[track_caller]
    pub fn bind<B: Bind>(self, name: &str, value: B) -> B {
        value.bind(name, Position::caller())
    }

    /// An operand in front of one that waits or leaves.
    #[track_caller]
    pub fn early<B: Bind>(self, value: B) -> B {
        value.early(Position::caller())
    }

    /// `let _ = value;`, `value;`
    pub fn unread<T>(self, value: Expr<T>) -> Expr<T> {
        node::unread(value.id());
        value
    }

    /// `let mut name = value;`
    #[track_caller]
    pub fn var<T>(self, name: &str, value: Expr<T>) -> Var<T> {
        Var::new(place::declare(name, Some(value.id()), Position::caller()))
    }

    /// `let name;`
    #[track_caller]
    pub fn declare<T>(self, name: &str) -> Var<T> {
        Var::new(place::declare(name, None, Position::caller()))
    }

    /// A place that is about to be changed by a method.
    pub fn place<T>(self, read: Expr<T>) -> Place<T> {
        Place { read }
    }

    /// `place = value;`: Rust evaluates the value first.
    #[track_caller]
    pub fn assign<T>(self, value: Expr<T>, place: Expr<T>) -> Expr<()> {
        place::assign_whole(place.id(), value.id(), Position::caller());
        self.unit()
    }
}

/// Values that are not there.
impl Builder {
    /// The value of code that is never reached.
    pub fn never<T>(self) -> Expr<T> {
        Expr::from_id(node::never())
    }
}

/// Structs, enums, tuples, lists.
impl Builder {
    /// `value.name`
    #[track_caller]
    pub fn field<T: Shaped, U>(self, value: Expr<T>, _: fn(&T) -> &U, name: &str) -> Expr<U> {
        Expr::from_id(shape::read(&T::shape(), value.id(), name, Position::caller()))
    }

    /// `Name { field: value, ..base }`: the literal as a pattern of the numbers of its values, after which comes the base.
    #[track_caller]
    pub fn make<T: Shaped, O: Operands>(self, values: O, _: fn(O::Values) -> T, literal: &str) -> Expr<T> {
        let (name, fields) = pattern::fields(literal);
        let values = operands::ids(values);
        let base = values.get(fields.len()).copied();
        let fields: Vec<_> = fields.into_iter().zip(values).collect();
        Expr::from_id(shape::make(&T::shape(), name, &fields, base, Position::caller()))
    }

    /// `Name(value, …)`
    #[track_caller]
    pub fn wrap<T: Shaped, O: Operands>(self, values: O, _: fn(O::Values) -> T, name: &str) -> Expr<T> {
        Expr::from_id(shape::wrap(&T::shape(), name, &operands::ids(values), Position::caller()))
    }

    /// `vec![a, b]`, `[a, b]`
    pub fn list<T, const N: usize>(self, items: [Expr<T>; N]) -> Expr<Vec<T>> {
        Expr::from_id(node::build(ir::Expr::Array(items.map(Expr::id).to_vec())))
    }

    /// `vec![item; count]`, `[item; count]`
    pub fn repeat<T>(self, item: Expr<T>, count: Expr<usize>) -> Expr<Vec<T>> {
        Expr::from_id(list::filled(item.id(), count.id()))
    }

    /// A pattern: whether it matches, and what its names hold.
    #[track_caller]
    pub fn pat<T: Shaped, B: Binds>(
        self,
        subject: Expr<T>,
        _: fn(&'static T) -> B,
        pattern: &str,
    ) -> (Expr<bool>, B::Exprs) {
        let (condition, binds) = match_pattern(&T::shape(), subject.id(), pattern, Position::caller());
        (Expr::from_id(condition), B::exprs(&binds))
    }

    /// `a | b` in patterns.
    pub fn either<C: Choose>(self, a: (Expr<bool>, C), b: (Expr<bool>, C)) -> (Expr<bool>, C) {
        let condition = self.or(a.0, || b.0);
        (condition, C::choose(a.0, a.1, b.1))
    }

    /// `*value`
    pub fn star<T>(self, value: Expr<T>) -> Star<T> {
        Star(value)
    }
}

/// Control.
impl Builder {
    /// `if condition {`
    #[track_caller]
    pub fn if_(self, condition: Expr<bool>, asks: &'static str) -> If {
        If::open(condition.id(), asks, Position::caller())
    }

    /// `match value {`, with the value that the arms look at.
    #[track_caller]
    pub fn match_<B: Bind, T>(self, value: B, asks: &'static str) -> (B, Match<T>) {
        let at = Position::caller();
        (value.bind("match", at), Match::open(asks, at))
    }

    /// `loop {`, `'label: {`
    #[track_caller]
    pub fn loop_<T>(self) -> Loop<T> {
        Loop::open(Position::caller())
    }

    /// `'label: {`
    #[track_caller]
    pub fn block_<T>(self) -> Loop<T> {
        Loop::open_block(Position::caller())
    }

    /// `for item in list {`
    #[track_caller]
    pub fn for_<I: Iterable>(self, name: &str, list: Expr<I>) -> (Loop<()>, Expr<I::Item>) {
        let item = recorder::new_var(name, false, I::item_shape().kind());
        (Loop::open_for(item, I::items(list), Position::caller()), node::read(item))
    }

    /// The body of a function, closure or `async` block.
    #[track_caller]
    pub fn body<R>(self) -> Body<R> {
        Body::open(Position::caller())
    }

    /// `async { … }`
    pub fn async_<R>(self, record: impl FnOnce() -> Expr<R>) -> Pending<R> {
        Pending::block(Detached::record(FrameKind::Async, || record().id()))
    }

    /// `async move { … }`
    #[track_caller]
    pub fn async_move<R>(self, record: impl FnOnce() -> Expr<R>) -> Pending<R> {
        let body = Detached::record(FrameKind::Async, || record().id());
        Pending::block(body.with_own_copies(Position::caller()))
    }

    /// The body of a `#[pure]` function, which is inlined where it is called. One that gets to itself again would never end.
    #[track_caller]
    pub fn pure<R>(self, name: &'static str, body: impl FnOnce() -> Expr<R>) -> Expr<R> {
        let at = Position::caller();
        if !recorder::enter(name, at) {
            return self.never();
        }
        let value = body();
        recorder::exit();
        value
    }

    /// `assert!(condition, "…")`
    #[track_caller]
    pub fn assert(self, condition: Expr<bool>, message: Expr<String>) -> Expr<()> {
        recorder::assert(condition.id(), message.id(), Position::caller());
        self.unit()
    }

    /// `panic!("…")`
    #[track_caller]
    pub fn panic<T>(self, message: Expr<String>) -> Expr<T> {
        recorder::push(StmtKind::Panic { message: message.id() }, Position::caller());
        self.never()
    }
}

/// Effects.
impl Builder {
    /// What a call of a function stands for. It goes through the builder so that it is silent where the native function does
    /// not compile.
    pub fn called<C>(self, call: C) -> C {
        call
    }

    /// `effect.await`
    #[track_caller]
    pub fn wait<P: Awaits<T>, T>(self, effect: P) -> Expr<T> {
        effect.run_at(Position::caller())
    }

    /// `effect.await;`
    #[track_caller]
    pub fn run<P: Effect>(self, effect: P) {
        effect.run(Position::caller());
    }

    /// `effect.await;` at the end of a block.
    #[track_caller]
    pub fn run_tail<P: RunTail<U>, U>(self, effect: P) -> Expr<U> {
        effect.run_tail(Position::caller())
    }

    /// `join!(a, b)`
    #[track_caller]
    pub fn join<P: Parallel>(self, branches: P) -> Expr<P::Output> {
        Expr::from_id(branches.record(Position::caller()))
    }

    /// `try_join!(a, b)`
    #[track_caller]
    pub fn try_join<P: TryParallel<E>, E>(self, branches: P) -> Expr<Result<P::Output, E>> {
        Expr::from_id(branches.record(Position::caller()))
    }
}

/// Texts.
impl Builder {
    /// `format!("…")`: the holes, each with the text before it, and the text after the last.
    pub fn format<const N: usize>(self, holes: [Hole; N], end: &str) -> Expr<String> {
        Expr::from_id(super::format::filled(&holes, end))
    }

    /// `{}`
    #[track_caller]
    pub fn shown<T: super::Show>(self, before: &'static str, value: Expr<T>) -> Hole {
        self.part(before, value, FormatSpec::DISPLAY)
    }

    /// `{:…}`
    #[track_caller]
    pub fn part<T: super::Show>(self, before: &'static str, value: Expr<T>, spec: FormatSpec) -> Hole {
        Hole { before, part: super::format::part(value, spec, Position::caller()) }
    }

    /// `{:.…}`, with a precision.
    #[track_caller]
    pub fn precise_part<T: super::Precise>(self, before: &'static str, value: Expr<T>, spec: FormatSpec) -> Hole {
        Hole { before, part: T::part(value, spec, Position::caller()) }
    }
}
