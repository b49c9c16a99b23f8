//! What a construct of the source is made of.

use super::{Builder, Expr};
use crate::ir::ExprId;

/// An expression, or a tuple of operands. Many are tuples of tuples, so that there is no limit.
pub trait Operands {
    /// The values as they are natively.
    type Values;

    /// Appends the expressions in their order.
    fn append(self, ids: &mut Vec<ExprId>);
}

/// The expressions in their order.
pub(super) fn ids(operands: impl Operands) -> Vec<ExprId> {
    let mut ids = Vec::new();
    operands.append(&mut ids);
    ids
}

impl<T> Operands for Expr<T> {
    type Values = T;

    fn append(self, ids: &mut Vec<ExprId>) {
        ids.push(self.id());
    }
}

/// It stands before the parameters of a staged function, and is none.
impl Operands for Builder {
    type Values = ();

    fn append(self, _: &mut Vec<ExprId>) {}
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: Operands),*> Operands for ($($name,)*) {
            type Values = ($($name::Values,)*);

            fn append(self, ids: &mut Vec<ExprId>) {
                #[expect(non_snake_case, reason = "a variable for each type")]
                let ($($name,)*) = self;
                $($name.append(ids);)*
            }
        }
    };
}

tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);

impl Operands for () {
    type Values = ();

    fn append(self, _: &mut Vec<ExprId>) {}
}
