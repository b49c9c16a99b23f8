//! What a call falls through to when the function is neither a task, nor a workflow, nor pure.

/// Stands for a function that a workflow cannot call.
#[expect(non_camel_case_types, reason = "stands where a function's name would")]
pub struct __c {}

/// A function that a workflow can call; nothing implements it.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot call this function [SW208]",
    label = "neither a task, a workflow nor `#[pure]`",
    note = "put `#[pure]` on the function, or make it a `#[task]`"
)]
pub trait Callable<A> {
    /// The type of the result.
    type Out;
}

/// No type at all is callable.
pub struct Function;

impl __c {
    /// The call, which never type-checks.
    pub fn stage<A>(_: A) -> super::Expr<<Function as Callable<A>>::Out>
    where
        Function: Callable<A>,
    {
        super::Expr::from_id(super::node::null())
    }
}
