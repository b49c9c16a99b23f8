//! The attributes and derives of stepwright.
//!
//! A workflow is one `async fn`, and becomes two: the function as written, and a *twin*, the same body in which every value
//! is a handle to an expression. Running the twin once records the workflow. This crate writes twins and the items around
//! them; it knows tokens and never types, so wherever a type decides, it emits the user's own construct and lets rustc
//! judge.
//!
//! Every attribute goes the same way: *parse* (`function`, `signature`, `attr`), *check and stage* (the checks report
//! to `errors::Errors` and go on), *emit*, which cannot fail. When anything was reported, what others refer to is still
//! emitted (`fallback`), so that one mistake gives one message.
//!
//! The facade crate documents the attributes for users; `STEPWRIGHT_DUMP=name` prints the expansion of one item.

// In suggested reading order.
mod diagnostic;
mod errors;

mod attr;
mod function;
mod generics;
mod guard;
mod made;
mod signature;
mod types;

mod data;
mod fallback;
mod pure;
mod task;
mod task_error;
mod twin;
mod workflow;

mod dump;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// A workflow: an `async fn` that can be called, and a state machine that can be deployed.
#[proc_macro_attribute]
pub fn workflow(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(item, |item, errors| workflow::expand(options.into(), item, errors))
}

/// A task: an `async fn` that does work outside of the state machine.
#[proc_macro_attribute]
pub fn task(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(item, |item, errors| task::expand(options.into(), item, errors))
}

/// Synchronous Rust that workflows may call: a `fn`, an inherent `impl`, or an `impl From<A> for B`.
#[proc_macro_attribute]
pub fn pure(options: TokenStream, item: TokenStream) -> TokenStream {
    expand(item, |item, errors| pure::expand(options.into(), item, errors))
}

/// A serde type that a workflow may look into.
#[proc_macro_derive(Data, attributes(serde))]
pub fn data(item: TokenStream) -> TokenStream {
    expand(item, data::expand)
}

/// An error enum whose variants are error names of the state machine.
#[proc_macro_derive(TaskError, attributes(asl, error, from, serde))]
pub fn task_error(item: TokenStream) -> TokenStream {
    expand(item, task_error::expand)
}

/// The one way from tokens to tokens: expands an item, and adds what was reported on the way.
fn expand(
    item: TokenStream,
    expand: impl FnOnce(proc_macro2::TokenStream, &errors::Errors) -> proc_macro2::TokenStream,
) -> TokenStream {
    let item = proc_macro2::TokenStream::from(item);
    let name = dump::wanted(&item);
    let expansion = errors::Errors::collect(|errors| expand(item, errors));
    dump::print(name, &expansion);
    expansion.into()
}
