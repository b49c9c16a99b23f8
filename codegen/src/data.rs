//! What a workflow may know of a type: the JSON that serde makes of it.
//!
//! `#[derive(Data)]` writes the [`Shape`] of a type from its serde attributes. Staged code looks fields and variants up by
//! their Rust names; what they are called in JSON is decided here and nowhere else.

mod impls;
mod shape;
mod shape_of;

pub use shape::{EnumShape, Field, Fields, Shape, SkipIf, StructShape, Tagging, Variant};
pub use shape_of::{OpaqueShape, ShapeOf};

use serde::{Serialize, de::DeserializeOwned};

/// A type whose JSON form is known: every [`Data`] type, and `Result`, which is never JSON at a border but may be looked
/// into inside a workflow.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot look into `{Self}` [SW201]",
    label = "this type does not derive `Data`",
    note = "add `#[derive(Data)]` to `{Self}`"
)]
pub trait Shaped: 'static {
    /// The JSON form of this type.
    fn shape() -> Shape;
}

/// A type that travels through a workflow as JSON.
///
/// Derive it beside serde's `Serialize` and `Deserialize`. `Result` is not `Data`: a workflow handles it, and never
/// hands it to a task.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot use `{Self}` as a value [SW202]",
    label = "this type does not derive `Data`",
    note = "put `#[derive(Data)]` on types of your own; the keys of maps are `String`s"
)]
pub trait Data: Shaped + Serialize + DeserializeOwned + Send {
    /// The handle on which `#[pure] impl` puts its methods.
    type Methods: Methods;
}

/// The handle behind method calls of a `#[pure] impl`.
pub trait Methods: 'static {
    /// The handle for the expression of this number.
    fn of(id: crate::ir::ExprId) -> Self;
}

impl Methods for () {
    fn of(_: crate::ir::ExprId) -> Self {}
}
