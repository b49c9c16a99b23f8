//! The error that has any name.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ErrorEnum, ErrorVariant, TaskError, TaskFailure};
use crate::{
    data::{Data, Field, Fields, Shape, Shaped, StructShape},
    ir,
    stage::{Expr, Show, node},
};

/// An error of any name, for errors that no enum of the program has. It catches every name, too.
///
/// Any error that derives `TaskError` becomes one by `?`, and keeps its name and cause.
///
/// ```
/// # use stepwright_codegen::error::Failure;
/// let failure = Failure::new("OutOfStock", "3 left of 5");
/// assert_eq!(failure.to_string(), "OutOfStock: 3 left of 5");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// The error name.
    pub name: String,
    /// The text that explains it.
    pub cause: Option<String>,
}

impl Failure {
    /// An error with a name and a cause.
    pub fn new(name: impl Into<String>, cause: impl Into<String>) -> Self {
        Failure { name: name.into(), cause: Some(cause.into()) }
    }
}

/// In a workflow.
impl Failure {
    /// `Failure::new(name, cause)`
    #[doc(hidden)]
    #[must_use]
    pub fn stage_new(name: Expr<String>, cause: Expr<String>) -> Expr<Self> {
        let fields = vec![("name".to_owned(), name.id()), ("cause".to_owned(), cause.id())];
        Expr::from_id(node::build(ir::Expr::Object(fields)))
    }
}

impl<E: ErrorEnum> From<E> for Failure {
    fn from(error: E) -> Self {
        let TaskFailure { name, cause } = TaskFailure::of(&error);
        Failure { name, cause }
    }
}

impl Show for Failure {
    fn show(value: Expr<Self>) -> Expr<String> {
        let name = node::key(value.id(), "name", String::shape().kind());
        let cause = node::key(value.id(), "cause", Option::<String>::shape().kind());
        let both = node::concat([name, node::constant(": "), cause]);
        Expr::from_id(node::if_(node::is_some(cause), both, name))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Some(cause) => write!(f, "{}: {cause}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl std::error::Error for Failure {}

impl Shaped for Failure {
    fn shape() -> Shape {
        let fields = vec![Field::plain("name", String::shape), Field::plain("cause", Option::<String>::shape)];
        Shape::Struct(StructShape { name: "Failure", fields: Fields::Named(fields) })
    }
}

impl Data for Failure {
    type Methods = ();
}

impl TaskError for Failure {
    fn variants() -> &'static [ErrorVariant] {
        &[ErrorVariant { ident: "Failure", name: "", other: true, foreign: false }]
    }

    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }
}
