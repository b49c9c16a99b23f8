//! Operators: which types have them, and what they mean in the target's numbers.

use std::time::Duration;

use super::{Builder, Expr, control, node, number, shape, time};
use crate::{
    data::{EnumShape, Fields, Shape, Shaped, Variant},
    diagnostic::Code,
    ir::{Binary, ExprId},
    position::Position,
    stage::recorder,
};

/// What of a number type matters for arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeric {
    /// An unsigned integer of so many bits.
    Unsigned(u8),
    /// A signed integer of so many bits.
    Signed(u8),
    /// A float.
    Float,
}

/// A number type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number type that a workflow can compute with [SW220]",
    note = "JSON numbers are `f64`: the roundings of `f32` are lost"
)]
pub trait Num: Shaped {
    /// What of it matters for arithmetic.
    const NUMERIC: Numeric;
}

/// An integer type.
#[diagnostic::on_unimplemented(message = "`{Self}` is no integer type that a workflow can compute with [SW220]")]
pub trait Int: Num {}

/// A number type with negative values.
#[diagnostic::on_unimplemented(message = "a workflow cannot negate `{Self}` [SW220]")]
pub trait Signed: Num {}

macro_rules! numbers {
    ($($type:ty = $numeric:expr, $($class:ident)*;)+) => {
        $(impl Num for $type {
            const NUMERIC: Numeric = $numeric;
        }
        $(impl $class for $type {})*)+
    };
}

numbers! {
    u8 = Numeric::Unsigned(8), Int;
    u16 = Numeric::Unsigned(16), Int;
    u32 = Numeric::Unsigned(32), Int;
    u64 = Numeric::Unsigned(64), Int;
    u128 = Numeric::Unsigned(128), Int;
    usize = Numeric::Unsigned(64), Int;
    i8 = Numeric::Signed(8), Int Signed;
    i16 = Numeric::Signed(16), Int Signed;
    i32 = Numeric::Signed(32), Int Signed;
    i64 = Numeric::Signed(64), Int Signed;
    i128 = Numeric::Signed(128), Int Signed;
    isize = Numeric::Signed(64), Int Signed;
    f64 = Numeric::Float, Signed;
}

macro_rules! operator {
    ($(#[$meta:meta])* $trait:ident, $stage:ident, $numbers:path) => {
        $(#[$meta])*
        pub trait $trait<R> {
            /// The type of the result.
            type Out;

            /// The result.
            fn $stage(left: ExprId, right: ExprId) -> ExprId;
        }

        #[diagnostic::do_not_recommend]
        impl<T: Num> $trait<T> for T {
            type Out = T;

            fn $stage(left: ExprId, right: ExprId) -> ExprId {
                $numbers(T::NUMERIC, left, right)
            }
        }
    };
}

operator! {
    #[diagnostic::on_unimplemented(message = "a workflow cannot add `{R}` to `{Self}` [SW220]", label = "no JSONata for this `+`")]
    /// `a + b`
    AddOp, stage_add, number::add
}
operator! {
    #[diagnostic::on_unimplemented(message = "a workflow cannot subtract `{R}` from `{Self}` [SW220]")]
    /// `a - b`
    SubOp, stage_sub, number::sub
}
operator! {
    #[diagnostic::on_unimplemented(message = "a workflow cannot multiply `{Self}` by `{R}` [SW220]")]
    /// `a * b`
    MulOp, stage_mul, number::mul
}
operator! {
    #[diagnostic::on_unimplemented(message = "a workflow cannot divide `{Self}` by `{R}` [SW220]")]
    /// `a / b`
    DivOp, stage_div, number::div
}
operator! {
    #[diagnostic::on_unimplemented(message = "a workflow cannot take the remainder of `{Self}` by `{R}` [SW220]")]
    /// `a % b`
    RemOp, stage_rem, number::rem
}

impl AddOp<String> for String {
    type Out = String;

    fn stage_add(left: ExprId, right: ExprId) -> ExprId {
        node::binary(Binary::Concat, left, right)
    }
}

impl AddOp<Duration> for Duration {
    type Out = Duration;

    fn stage_add(left: ExprId, right: ExprId) -> ExprId {
        time::add_durations(left, right)
    }
}

impl MulOp<u32> for Duration {
    type Out = Duration;

    fn stage_mul(left: ExprId, right: ExprId) -> ExprId {
        time::multiply_duration(left, right)
    }
}

/// `a as B`
#[diagnostic::on_unimplemented(message = "a workflow cannot cast `{Self}` as `{B}` [SW222]")]
pub trait CastTo<B> {
    /// The result.
    fn stage_cast(value: ExprId) -> ExprId;
}

#[diagnostic::do_not_recommend]
impl<A: Num, B: Num> CastTo<B> for A {
    fn stage_cast(value: ExprId) -> ExprId {
        number::cast(A::NUMERIC, B::NUMERIC, value)
    }
}

/// `a == b` and `a < b` of values of one type.
impl Builder {
    /// `a == b`
    #[track_caller]
    pub fn eq<T: Shaped>(self, a: Expr<T>, b: Expr<T>) -> Expr<bool> {
        Expr::from_id(equal(&T::shape(), a.id(), b.id(), Position::caller()))
    }

    /// `a != b`
    #[track_caller]
    pub fn ne<T: Shaped>(self, a: Expr<T>, b: Expr<T>) -> Expr<bool> {
        Expr::from_id(node::not(equal(&T::shape(), a.id(), b.id(), Position::caller())))
    }

    /// `a && b`
    #[track_caller]
    pub fn and(self, a: Expr<bool>, b: impl FnOnce() -> Expr<bool>) -> Expr<bool> {
        control::shortcut(Binary::And, a, b, Position::caller())
    }

    /// `a || b`
    #[track_caller]
    pub fn or(self, a: Expr<bool>, b: impl FnOnce() -> Expr<bool>) -> Expr<bool> {
        control::shortcut(Binary::Or, a, b, Position::caller())
    }

    /// A value that is only looked at where a condition holds. What computing it does is only reached there.
    #[track_caller]
    pub fn reached<T>(self, condition: Expr<bool>, value: impl FnOnce() -> Expr<T>) -> Expr<T> {
        control::reached(condition, value, Position::caller())
    }

    /// `a && b && …`
    pub fn all<const N: usize>(self, conditions: [Expr<bool>; N]) -> Expr<bool> {
        Expr::from_id(node::all(conditions.map(Expr::id)))
    }

    /// `a || b || …`
    pub fn any<const N: usize>(self, conditions: [Expr<bool>; N]) -> Expr<bool> {
        Expr::from_id(node::any(conditions.map(Expr::id)))
    }

    /// `!a`
    pub fn not(self, a: Expr<bool>) -> Expr<bool> {
        Expr::from_id(node::not(a.id()))
    }

    /// `-a`
    pub fn neg<T: Signed>(self, a: Expr<T>) -> Expr<T> {
        Expr::from_id(number::neg(T::NUMERIC, a.id()))
    }

    /// `a as B`
    pub fn cast<A: CastTo<B>, B>(self, value: Expr<A>) -> Expr<B> {
        Expr::from_id(A::stage_cast(value.id()))
    }

    /// `list[index]`
    #[track_caller]
    pub fn index<T: Index<I>, I>(self, value: Expr<T>, index: Expr<I>) -> Expr<T::Out> {
        Expr::from_id(T::stage_index(value.id(), index.id()))
    }
}

macro_rules! arithmetic {
    ($($name:ident $assign:ident $trait:ident $stage:ident $doc:literal $assign_doc:literal;)+) => {
        /// Arithmetic.
        impl Builder {
            $(#[doc = $doc]
            pub fn $name<A: $trait<B>, B>(self, a: Expr<A>, b: Expr<B>) -> Expr<A::Out> {
                Expr::from_id(A::$stage(a.id(), b.id()))
            }

            #[doc = $assign_doc]
            #[track_caller]
            pub fn $assign<A: $trait<B, Out = A>, B>(self, value: Expr<B>, place: Expr<A>) -> Expr<()> {
                self.assign(self.$name(place, value), place)
            })+
        }
    };
}

arithmetic! {
    add add_assign AddOp stage_add "`a + b`" "`place += value;`: for numbers, Rust evaluates the value first.";
    sub sub_assign SubOp stage_sub "`a - b`" "`place -= value;`";
    mul mul_assign MulOp stage_mul "`a * b`" "`place *= value;`";
    div div_assign DivOp stage_div "`a / b`" "`place /= value;`";
    rem rem_assign RemOp stage_rem "`a % b`" "`place %= value;`";
}

/// `value[index]`
#[diagnostic::on_unimplemented(message = "a workflow cannot index `{Self}` by `{I}` [SW224]")]
pub trait Index<I> {
    /// The type of the result.
    type Out;

    /// The result.
    fn stage_index(value: ExprId, index: ExprId) -> ExprId;
}

impl<T: Shaped> Index<usize> for Vec<T> {
    type Out = T;

    fn stage_index(value: ExprId, index: ExprId) -> ExprId {
        super::vec::checked_item(value, index, T::shape().kind())
    }
}

impl Index<usize> for serde_json::Value {
    type Out = serde_json::Value;

    fn stage_index(value: ExprId, index: ExprId) -> ExprId {
        super::value::index(value, index)
    }
}

impl Index<String> for serde_json::Value {
    type Out = serde_json::Value;

    fn stage_index(value: ExprId, index: ExprId) -> ExprId {
        super::value::key(value, index)
    }
}

impl<T: Shaped> Index<String> for std::collections::BTreeMap<String, T> {
    type Out = T;

    fn stage_index(value: ExprId, index: ExprId) -> ExprId {
        super::map::checked_entry(value, index, T::shape().kind())
    }
}

impl<T: Shaped> Index<String> for std::collections::HashMap<String, T> {
    type Out = T;

    fn stage_index(value: ExprId, index: ExprId) -> ExprId {
        super::map::checked_entry(value, index, T::shape().kind())
    }
}

/// `a == b` of values of one shape. JSON from outside may leave keys out and have more, so structs are compared field by
/// field.
pub(crate) fn equal(shape: &Shape, a: ExprId, b: ExprId, at: Position) -> ExprId {
    match shape {
        Shape::Option(inner) => return equal_options(&inner(), a, b, at),
        Shape::Time => return node::binary(Binary::Eq, time::millis(a), time::millis(b)),
        Shape::Enum(shape) => {
            if let Some(is) = is_plain_variant(shape, a, b).or_else(|| is_plain_variant(shape, b, a)) {
                return is;
            }
        }
        _ => {}
    }
    let (a, b) = (super::canonical::canonical(shape, a), super::canonical::canonical(shape, b));
    node::binary(Binary::Eq, a, b)
}

/// `known == value` of a constant without fields: whether the value is of its variant.
fn is_plain_variant(shape: &EnumShape, known: ExprId, value: ExprId) -> Option<ExprId> {
    node::literal(known)?;
    let always = node::constant(true);
    let is_known = |variant: &&Variant| shape::is_variant(shape, variant, known) == always;
    let variant = shape.variants.iter().find(is_known).filter(|variant| matches!(variant.fields, Fields::Unit))?;
    Some(shape::is_variant(shape, variant, value))
}

fn equal_options(inner: &Shape, a: ExprId, b: ExprId, at: Position) -> ExprId {
    let none = |id| node::literal(id).is_some_and(|value| value.is_null());
    if inner.is_nullable() && !matches!(inner, Shape::Option(_)) && (none(a) || none(b)) {
        recorder::report(Code::NestedOption, at, "`None` and a `Some` that holds `null` cannot be told apart");
    }
    match (none(a), none(b)) {
        (true, _) => node::not(node::is_some(b)),
        (_, true) => node::not(node::is_some(a)),
        (false, false) => {
            let both = node::all([node::is_some(a), node::is_some(b)]);
            let same = equal(inner, a, b, at);
            let neither = node::not(node::any([node::is_some(a), node::is_some(b)]));
            node::if_(both, same, neither)
        }
    }
}
