//! Typed AWS integrations, generated from the models of AWS's services.
//!
//! An `Integration` is a service and some of its actions. Its module has a task without a body for each
//! action, the types that the tasks take and answer, and an error enum with the names that Step Functions gives the errors.
//! `aws_sdk!` makes such modules of the AWS SDK integrations where it is called. The optimized integrations are
//! committed Rust of the facade; a test of this crate writes them, from `integrations.json`, by the same generator.
//!
//! Where to start reading: `integration.rs` is what is generated for, `types.rs` decides what Rust a shape becomes, `emit/` writes it.

mod emit;
mod input;
mod integration;
mod names;
#[cfg(test)]
mod optimized;
mod spelling;
#[cfg(test)]
mod tests;
mod types;

use proc_macro::TokenStream;

/// Modules of AWS SDK integrations: `aws_sdk!(s3::{head_object, list_objects_v2}, dynamodb::query);`
#[proc_macro]
pub fn aws_sdk(input: TokenStream) -> TokenStream {
    input::expand(input.into()).unwrap_or_else(|error| error.into_compile_error()).into()
}
