//! `?` and the conversions it uses.

use std::collections::{BTreeMap, HashMap};

use super::{Expr, node, raised};
use crate::{
    data::Shaped,
    error::{ErrorEnum, Failure},
    ir::{self, ErrorTable, ExprId},
    position::Position,
};

/// A conversion that a workflow can follow: `impl From<E> for Self` marked `#[pure]`, or a `#[from]` variant.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot turn `{E}` into `{Self}` [SW213]",
    label = "no staged `From<{E}>` for `{Self}`",
    note = "derive `TaskError` with `#[from]` on a variant, or put `#[pure]` on the `impl From`"
)]
pub trait StagedFrom<E> {
    /// The converted value.
    fn staged_from(value: Expr<E>) -> Expr<Self>
    where
        Self: Sized;
}

impl<T> StagedFrom<T> for T {
    fn staged_from(value: Expr<T>) -> Expr<T> {
        value
    }
}

macro_rules! same_json {
    ($($to:ty: $($from:ty),+;)+) => {
        $($(impl StagedFrom<$from> for $to {
            fn staged_from(value: Expr<$from>) -> Expr<$to> {
                value.retype()
            }
        })+)+
    };
}

same_json! {
    u16: u8;
    u32: u8, u16;
    u64: u8, u16, u32;
    u128: u8, u16, u32, u64;
    usize: u8, u16;
    i16: u8, i8;
    i32: u8, u16, i8, i16;
    i64: u8, u16, u32, i8, i16, i32;
    f64: u8, u16, u32, i8, i16, i32;
    f32: u8, u16, i8, i16;
    String: char;
}

macro_rules! from_bool {
    ($($to:ty)+) => {
        $(impl StagedFrom<bool> for $to {
            fn staged_from(value: Expr<bool>) -> Expr<$to> {
                let (one, zero) = (node::constant(1), node::constant(0));
                Expr::from_id(node::if_(value.id(), one, zero))
            }
        })+
    };
}

from_bool!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

macro_rules! same_json_around {
    ($($to:ident)+) => {
        $(impl<T> StagedFrom<T> for $to<T> {
            fn staged_from(value: Expr<T>) -> Expr<$to<T>> {
                value.retype()
            }
        })+
    };
}

same_json_around!(Option Box);

macro_rules! maps {
    ($($to:ident)+) => {
        $(impl<T: Shaped> StagedFrom<Vec<(String, T)>> for $to<String, T> {
            fn staged_from(pairs: Expr<Vec<(String, T)>>) -> Expr<$to<String, T>> {
                pairs.into_iter().collect()
            }
        })+
    };
}

maps!(BTreeMap HashMap);

impl<E: ErrorEnum> StagedFrom<E> for Failure {
    fn staged_from(error: Expr<E>) -> Expr<Self> {
        let table = ErrorTable { shape: E::shape, variants: E::variants() };
        let (name, cause) = raised(table, error.id());
        Failure::stage_new(Expr::from_id(name), Expr::from_id(cause))
    }
}

/// What `value?` means: when it leaves, with what, and what it is otherwise.
pub struct QuestionParts {
    /// Whether `?` leaves the body.
    pub(super) leaves: ExprId,
    /// What the body then gives.
    pub(super) leave: Box<dyn FnOnce() -> ExprId>,
    /// The value of the expression otherwise.
    pub(super) value: ExprId,
}

/// A type that `?` takes in a body that gives `R`.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot use `?` on `{Self}` in a function or block that gives `{R}`"
)]
pub trait Question<R> {
    /// The type of the value.
    type Out;

    /// The parts of `value?`.
    fn question(value: ExprId, at: Position) -> QuestionParts;
}

impl<T: Shaped, E, R, F: StagedFrom<E>> Question<Result<R, F>> for Result<T, E> {
    type Out = T;

    fn question(value: ExprId, _: Position) -> QuestionParts {
        let (ok, err) = super::result::parts(value, T::shape().kind());
        QuestionParts {
            leaves: super::result::is_err(value),
            leave: Box::new(move || {
                let error = F::staged_from(Expr::from_id(err)).id();
                node::build(ir::Expr::Object(vec![("Err".to_owned(), error)]))
            }),
            value: ok,
        }
    }
}

impl<T, R> Question<Option<R>> for Option<T> {
    type Out = T;

    fn question(value: ExprId, _: Position) -> QuestionParts {
        let some = node::is_some(value);
        QuestionParts { leaves: node::not(some), leave: Box::new(node::null), value }
    }
}
