//! The parameters of tasks and workflows, and the one JSON value that carries them.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::data::{Data, Shape};

/// The owned types of the parameters, as a tuple: `()`, `(A,)`, `(A, B)`, …
#[diagnostic::on_unimplemented(
    message = "these parameters cannot travel as JSON",
    note = "a task or workflow takes at most eight parameters, whose types derive `Serialize`, `Deserialize`, `JsonSchema` and `Data`"
)]
pub trait Inputs: Sized + Send + 'static {
    /// The same without the tuple around a single one: `()`, `A`, `(A, B)`, …
    type Bare;

    /// The JSON forms of the parameters.
    fn shapes() -> Vec<fn() -> Shape>;

    /// The JSON Schemas of the parameters, in order.
    fn schemas(generator: &mut SchemaGenerator) -> Vec<Schema>;

    /// The tuple of what [`Bare`](Inputs::Bare) is without it.
    fn from_bare(bare: Self::Bare) -> Self;

    /// The arguments as JSON, in order.
    ///
    /// # Errors
    ///
    /// What serde says of a value that is not JSON.
    fn to_values(&self) -> Result<Vec<Value>, serde_json::Error>;

    /// The arguments from JSON, in order; a missing one counts as `null`.
    ///
    /// # Errors
    ///
    /// Which value does not fit, and what serde says of it.
    fn from_values(values: impl Iterator<Item = Value>) -> Result<Self, InvalidArgument>;
}

/// The arguments of a call, as a tuple of references to them.
pub trait Lent {
    /// The arguments as JSON, in order, or what serde says of one that is not JSON.
    fn to_values(self) -> Vec<Result<Value, serde_json::Error>>;
}

impl Lent for () {
    fn to_values(self) -> Vec<Result<Value, serde_json::Error>> {
        Vec::new()
    }
}

/// The JSON of arguments: one is its own value, several are an object by the names of the parameters, none is `{}`.
#[must_use]
pub fn payload(params: &[&str], values: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(values) {
        Ok([value]) => value,
        Err(values) => Value::Object(params.iter().copied().map(str::to_owned).zip(values).collect::<Map<_, _>>()),
    }
}

/// The arguments in what [`payload`] made, in order; one that is missing is `null`.
pub fn arguments(params: &[&str], payload: Value) -> Vec<Value> {
    match params {
        [_] => vec![payload],
        params => named_arguments(params, payload),
    }
}

/// The arguments in an object by the names of the parameters, also of one; one that is missing is `null`.
pub fn named_arguments(params: &[&str], mut payload: Value) -> Vec<Value> {
    params.iter().map(|name| payload.get_mut(name).map(Value::take).unwrap_or_default()).collect()
}

/// An argument that does not fit its parameter.
#[derive(Debug)]
pub struct InvalidArgument {
    /// The number of the parameter, from 0.
    index: usize,
    error: serde_path_to_error::Error<serde_json::Error>,
}

impl InvalidArgument {
    /// The parameter by its name, the path in its value, and what serde says: ``` `order`: items[1].price: invalid type: … ```
    #[must_use]
    pub fn of(&self, params: &[&str]) -> String {
        format!("`{}`: {}", params.get(self.index).copied().unwrap_or_default(), self.error)
    }
}

fn argument<T: Data>(index: usize, value: Value) -> Result<T, InvalidArgument> {
    serde_path_to_error::deserialize(value).map_err(|error| InvalidArgument { index, error })
}

impl Inputs for () {
    type Bare = ();

    fn shapes() -> Vec<fn() -> Shape> {
        Vec::new()
    }

    fn schemas(_: &mut SchemaGenerator) -> Vec<Schema> {
        Vec::new()
    }

    fn from_bare((): ()) -> Self {}

    fn to_values(&self) -> Result<Vec<Value>, serde_json::Error> {
        Ok(Vec::new())
    }

    fn from_values(_: impl Iterator<Item = Value>) -> Result<Self, InvalidArgument> {
        Ok(())
    }
}

macro_rules! inputs {
    ($([$($param:ident $index:tt),+] $bare:ty, $value:ident => $tuple:expr;)+) => {
        $(
            impl<$($param: Data + JsonSchema),+> Inputs for ($($param,)+) {
                type Bare = $bare;

                fn shapes() -> Vec<fn() -> Shape> {
                    vec![$($param::shape),+]
                }

                fn schemas(generator: &mut SchemaGenerator) -> Vec<Schema> {
                    vec![$(generator.subschema_for::<$param>()),+]
                }

                fn from_bare($value: Self::Bare) -> Self {
                    $tuple
                }

                fn to_values(&self) -> Result<Vec<Value>, serde_json::Error> {
                    Lent::to_values(($(&self.$index,)+)).into_iter().collect()
                }

                fn from_values(mut values: impl Iterator<Item = Value>) -> Result<Self, InvalidArgument> {
                    Ok(($(argument::<$param>($index, values.next().unwrap_or_default())?,)+))
                }
            }

            impl<$($param: Serialize + ?Sized),+> Lent for ($(&$param,)+) {
                fn to_values(self) -> Vec<Result<Value, serde_json::Error>> {
                    vec![$(serde_json::to_value(self.$index)),+]
                }
            }
        )+
    };
}

inputs! {
    [A 0] A, bare => (bare,);
    [A 0, B 1] Self, bare => bare;
    [A 0, B 1, C 2] Self, bare => bare;
    [A 0, B 1, C 2, D 3] Self, bare => bare;
    [A 0, B 1, C 2, D 3, E 4] Self, bare => bare;
    [A 0, B 1, C 2, D 3, E 4, F 5] Self, bare => bare;
    [A 0, B 1, C 2, D 3, E 4, F 5, G 6] Self, bare => bare;
    [A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7] Self, bare => bare;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn around<I: Inputs>(params: &[&str], inputs: I) -> (Value, I) {
        let payload = payload(params, inputs.to_values().unwrap());
        let back = I::from_values(arguments(params, payload.clone()).into_iter()).unwrap();
        (payload, back)
    }

    #[test]
    fn the_payload_depends_on_the_number_of_parameters() {
        assert_eq!(around(&[], ()), (json!({}), ()));
        assert_eq!(around(&["list"], (vec![1, 2],)), (json!([1, 2]), (vec![1, 2],)));
        let two = ("x".to_owned(), Some(3_u8));
        assert_eq!(around(&["b", "a"], two.clone()), (json!({ "b": "x", "a": 3 }), two));
    }

    #[test]
    fn a_missing_argument_is_null() {
        let read = |payload| <(u8, Option<u8>)>::from_values(arguments(&["a", "b"], payload).into_iter());
        assert_eq!(read(json!({ "a": 1 })).unwrap(), (1, None));
        let missing = read(json!({ "b": 1 })).unwrap_err();
        assert_eq!(missing.of(&["a", "b"]), "`a`: invalid type: null, expected u8");
        assert!(read(json!(5)).is_err());
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_path() {
        let read = |payload| <(u8, Vec<(u8, String)>)>::from_values(arguments(&["a", "b"], payload).into_iter());
        let wrong = read(json!({ "a": 1, "b": [[1, "x"], [2, 3]] })).unwrap_err();
        assert_eq!(wrong.of(&["a", "b"]), "`b`: [1][1]: invalid type: integer `3`, expected a string");
    }
}
