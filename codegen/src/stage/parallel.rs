//! `join!` and `try_join!`.

use super::{
    Builder, Effect, Expr,
    effects::{perform, result_kind},
    node,
};
use crate::{
    ir::{self, Body, ExprId, Kind, Returns},
    outcome::Outcome,
    position::Position,
};

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
    perform("joined", ir::Effect::Parallel { branches, returns }, result_kind(returns, Kind::LIST), at)
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
