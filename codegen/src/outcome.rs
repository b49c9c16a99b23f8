//! What tasks and workflows return, and how it crosses the border between Rust and a machine.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use crate::{
    data::{Data, Shaped},
    error::{ErrorVariant, TaskError, TaskFailure},
    ir::{ErrorTable, Returns},
};

/// The type that a task or workflow returns: a value, or a `Result` of a value and an error with a name.
#[diagnostic::on_unimplemented(
    message = "a task or workflow cannot return `{Self}` [SW204]",
    label = "no value of a workflow, nor a `Result` of one and a `TaskError`",
    note = "a value derives `Serialize`, `Deserialize`, `JsonSchema` and `Data`; the error of a `Result` also `TaskError`"
)]
pub trait Outcome: Shaped + Sized + Send {
    /// The value, where there is no error.
    type Value: Data;
    /// The error; [`Never`] where there is none.
    type Error;
    /// Whether there can be an error.
    const FALLIBLE: bool;

    /// The names of the errors; none where there are none.
    fn errors() -> &'static [ErrorVariant];

    /// The same for the compiler.
    fn returns() -> Returns;

    /// As JSON, or as an error name and a cause.
    ///
    /// # Errors
    ///
    /// The error, or [`TaskFailure::INVALID_RESULT`] for a value that is not JSON.
    fn into_wire(self) -> Result<Value, TaskFailure>;

    /// From JSON, or from an error name and a cause.
    ///
    /// # Errors
    ///
    /// The failure that this type cannot hold: its error name is none of [`errors`](Outcome::errors), or the value does not
    /// fit ([`TaskFailure::INVALID_RESULT`]).
    fn from_wire(wire: Result<Value, TaskFailure>) -> Result<Self, TaskFailure>;

    /// The error that a failure is, if this type can hold it.
    fn error_of(failure: &TaskFailure) -> Option<Self::Error>;

    /// The JSON Schema of the value.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// The error of what has no errors: there is no value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Never {}

#[diagnostic::do_not_recommend]
impl<T: Data + JsonSchema> Outcome for T {
    type Value = T;
    type Error = Never;
    const FALLIBLE: bool = false;

    fn errors() -> &'static [ErrorVariant] {
        &[]
    }

    fn returns() -> Returns {
        Returns::Value
    }

    fn into_wire(self) -> Result<Value, TaskFailure> {
        serde_json::to_value(self).map_err(invalid)
    }

    fn from_wire(wire: Result<Value, TaskFailure>) -> Result<Self, TaskFailure> {
        serde_json::from_value(wire?).map_err(invalid)
    }

    fn error_of(_: &TaskFailure) -> Option<Never> {
        None
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data + JsonSchema, E: TaskError> Outcome for Result<T, E> {
    type Value = T;
    type Error = E;
    const FALLIBLE: bool = true;

    fn errors() -> &'static [ErrorVariant] {
        E::variants()
    }

    fn returns() -> Returns {
        result::<E>()
    }

    fn into_wire(self) -> Result<Value, TaskFailure> {
        match self {
            Ok(value) => value.into_wire(),
            Err(error) => Err(TaskFailure::of(&error)),
        }
    }

    fn from_wire(wire: Result<Value, TaskFailure>) -> Result<Self, TaskFailure> {
        match wire {
            Ok(value) => T::from_wire(Ok(value)).map(Ok),
            Err(failure) => Self::error_of(&failure).map(Err).ok_or(failure),
        }
    }

    fn error_of(failure: &TaskFailure) -> Option<E> {
        failure.decode()
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

fn result<E: TaskError>() -> Returns {
    Returns::Result(ErrorTable { shape: E::shape, variants: E::variants() })
}

fn invalid(error: serde_json::Error) -> TaskFailure {
    TaskFailure::new(TaskFailure::INVALID_RESULT, error.to_string())
}

/// What the closure of `map` returns: values are collected in a list; the first error ends the whole.
#[diagnostic::on_unimplemented(
    message = "the closure of `map` cannot return `{Self}` [SW205]",
    note = "it returns a value that derives `Data`, or a `Result` whose error derives `TaskError`"
)]
pub trait Collected: Sized {
    /// What `map` gives.
    type Out;
    /// The same of something else than the list.
    type With<T>;

    /// What is given, or how it failed.
    ///
    /// # Errors
    ///
    /// The failure that the type cannot hold.
    fn with<T>(given: Result<T, TaskFailure>) -> Result<Self::With<T>, TaskFailure>;

    /// What one item, or why it failed, as JSON: see [`Outcome::into_wire`].
    ///
    /// # Errors
    ///
    /// The error of the item.
    fn wire(self) -> Result<Value, TaskFailure>;

    /// The list of what the items gave, from JSON, or how it failed.
    ///
    /// # Errors
    ///
    /// The failure that the type cannot hold.
    fn list(given: Result<Value, TaskFailure>) -> Result<Self::Out, TaskFailure>;

    /// What one item gives, for the compiler.
    fn returns() -> Returns;

    /// Whether this ends the whole.
    fn is_error(&self) -> bool;

    /// What `map` gives, of what all items gave or of one error.
    fn collect(items: impl Iterator<Item = Self>) -> Self::Out;
}

impl<T: Data> Collected for T {
    type Out = Vec<T>;
    type With<U> = U;

    fn with<U>(given: Result<U, TaskFailure>) -> Result<U, TaskFailure> {
        given
    }

    fn wire(self) -> Result<Value, TaskFailure> {
        serde_json::to_value(self).map_err(invalid)
    }

    fn list(given: Result<Value, TaskFailure>) -> Result<Vec<T>, TaskFailure> {
        serde_json::from_value(given?).map_err(invalid)
    }

    fn returns() -> Returns {
        Returns::Value
    }

    fn is_error(&self) -> bool {
        false
    }

    fn collect(items: impl Iterator<Item = T>) -> Vec<T> {
        items.collect()
    }
}

impl<T: Data, E: TaskError> Collected for Result<T, E> {
    type Out = Result<Vec<T>, E>;
    type With<U> = Result<U, E>;

    fn with<U>(given: Result<U, TaskFailure>) -> Result<Result<U, E>, TaskFailure> {
        match given {
            Ok(value) => Ok(Ok(value)),
            Err(failure) => failure.decode().map(Err).ok_or(failure),
        }
    }

    fn wire(self) -> Result<Value, TaskFailure> {
        match self {
            Ok(value) => value.wire(),
            Err(error) => Err(TaskFailure::of(&error)),
        }
    }

    fn list(given: Result<Value, TaskFailure>) -> Result<Result<Vec<T>, E>, TaskFailure> {
        let list = given.and_then(|list| serde_json::from_value(list).map_err(invalid));
        Self::with(list)
    }

    fn returns() -> Returns {
        result::<E>()
    }

    fn is_error(&self) -> bool {
        self.is_err()
    }

    fn collect(items: impl Iterator<Item = Result<T, E>>) -> Result<Vec<T>, E> {
        items.collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::Failure;

    #[test]
    fn values_travel_as_json() {
        assert_eq!(vec![Some(1), None].into_wire(), Ok(json!([1, null])));
        assert_eq!(Vec::<Option<i32>>::from_wire(Ok(json!([1, null]))), Ok(vec![Some(1), None]));
        assert_eq!(<()>::from_wire(Ok(json!(null))), Ok(()));
    }

    #[test]
    fn results_travel_as_values_or_failures() {
        type Returned = Result<u8, Failure>;
        let failed = || TaskFailure::new("Any", "why");
        assert_eq!(Returned::Ok(1).into_wire(), Ok(json!(1)));
        assert_eq!(Returned::Err(Failure::new("Any", "why")).into_wire(), Err(failed()));
        assert_eq!(Returned::from_wire(Err(failed())), Ok(Err(Failure::new("Any", "why"))));
        assert_eq!(Returned::from_wire(Ok(json!(1))), Ok(Ok(1)));
    }

    #[test]
    fn what_does_not_fit_is_given_back() {
        let failure = TaskFailure::new("Any", "why");
        assert_eq!(u8::from_wire(Err(failure.clone())), Err(failure));
        assert_eq!(u8::from_wire(Ok(json!(300))).unwrap_err().name, TaskFailure::INVALID_RESULT);
        assert_eq!(f64::from_wire(f64::NAN.into_wire()).unwrap_err().name, TaskFailure::INVALID_RESULT);
    }

    #[test]
    fn map_collects_until_the_first_error() {
        assert_eq!(u8::collect([1, 2].into_iter()), [1, 2]);
        let items: [Result<u8, Failure>; 2] = [Ok(1), Err(Failure::new("Any", "why"))];
        assert!(items[1].is_error() && !items[0].is_error());
        assert_eq!(Collected::collect(items.into_iter()), Err(Failure::new("Any", "why")));
    }
}
