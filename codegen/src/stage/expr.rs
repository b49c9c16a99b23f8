//! The handles of values.

use std::{fmt, marker::PhantomData, ops::Deref};

use crate::{
    data::{Data, Methods},
    ir::{ExprId, VarId},
};

/// A value of type `T` in a workflow: the number of an expression. It holds no data and is `Copy`; ownership mistakes are
/// found once, in the native function.
pub struct WorkflowValue<T: ?Sized> {
    id: ExprId,
    of: PhantomData<fn() -> T>,
}

/// A handle is `Copy`, whatever it is a handle of.
macro_rules! handle {
    ($handle:ident<$of:ident $(: ?$sized:ident)?>) => {
        impl<$of $(: ?$sized)?> Copy for $handle<$of> {}

        impl<$of $(: ?$sized)?> Clone for $handle<$of> {
            fn clone(&self) -> Self {
                *self
            }
        }
    };
}

pub(super) use handle;

handle!(WorkflowValue<T: ?Sized>);

impl<T: ?Sized> fmt::Debug for WorkflowValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorkflowValue({})", self.id.0)
    }
}

impl<T: ?Sized> WorkflowValue<T> {
    /// The handle of an expression.
    #[must_use]
    pub fn from_id(id: ExprId) -> Self {
        WorkflowValue { id, of: PhantomData }
    }

    /// The expression of this handle.
    #[must_use]
    pub fn id(self) -> ExprId {
        self.id
    }

    /// The same expression, as another type.
    pub(crate) fn retype<U: ?Sized>(self) -> WorkflowValue<U> {
        WorkflowValue::from_id(self.id)
    }
}

impl<T: Data> Deref for WorkflowValue<T> {
    type Target = T::Methods;

    fn deref(&self) -> &T::Methods {
        // `Deref` has to give a reference; the handle is a few bytes, once for each call of a method in the source.
        Box::leak(Box::new(T::Methods::of(self.id)))
    }
}

/// The short name for the compiler's own use; messages show the other.
pub(crate) use WorkflowValue as Expr;

/// A mutable variable. Reading it is explicit: [`Var::get`].
pub struct Var<T> {
    var: VarId,
    of: PhantomData<fn() -> T>,
}

impl<T> Var<T> {
    pub(crate) fn new(var: VarId) -> Self {
        Var { var, of: PhantomData }
    }

    /// Reads the variable.
    #[must_use]
    pub fn get(self) -> WorkflowValue<T> {
        super::node::read(self.var)
    }
}

handle!(Var<T>);

/// A place rooted in a mutable variable: methods that change it are here, those that read come from [`WorkflowValue`].
pub struct Place<T> {
    pub(crate) read: WorkflowValue<T>,
}

impl<T> Deref for Place<T> {
    type Target = WorkflowValue<T>;

    fn deref(&self) -> &WorkflowValue<T> {
        &self.read
    }
}

/// `*x`: a `Box` is opened; everything else was a reference.
pub struct Star<T>(pub(crate) WorkflowValue<T>);

impl<T> Star<Box<T>> {
    /// What the box holds.
    #[must_use]
    pub fn star(self) -> WorkflowValue<T> {
        self.0.retype()
    }
}

/// `*x` of a reference: the value.
pub trait StarRef {
    /// The type of the value.
    type Out;

    /// The value.
    fn star(self) -> WorkflowValue<Self::Out>;
}

impl<T> StarRef for Star<T> {
    type Out = T;

    fn star(self) -> WorkflowValue<T> {
        self.0
    }
}
