//! Single values in the fields of a state.

use std::time::Duration;

use serde_json::Number;
use stepwright_asl::{Dynamic, QueryLanguage};

use super::jsonata::FieldExpression;
use super::jsonpath::{self, invalid_path};
use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::query::View;
use crate::query::jsonpath::Path;
use crate::value::Value;

/// A field that holds a literal, an expression for one, or, under another name, where to find one.
#[derive(Debug)]
pub(crate) enum Field<T> {
    Literal(T),
    Expression(FieldExpression),
    Found(jsonpath::Template),
}

/// What a field can hold.
pub(crate) trait Literal: Clone {
    /// The value that a text means where texts are no expressions: in JSONPath states.
    fn of_text(_text: &str) -> Option<Self> {
        None
    }
}

impl Literal for String {
    fn of_text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }
}

impl Literal for bool {}
impl Literal for u64 {}
impl Literal for Number {}

impl<T: Literal> Field<T> {
    /// Compiles the field of the given name; a broken expression is reported and left out.
    pub(crate) fn compile(compiler: &mut Compiler<'_>, name: &str, field: Option<&Dynamic<T>>) -> Option<Field<T>> {
        Field::compile_as(compiler, name, name, field)
    }

    /// The same for a field that messages give another name than its own.
    pub(crate) fn compile_as(
        compiler: &mut Compiler<'_>,
        key: &str,
        name: &str,
        field: Option<&Dynamic<T>>,
    ) -> Option<Field<T>> {
        match field? {
            Dynamic::Literal(value) => Some(Field::Literal(value.clone())),
            Dynamic::Expression(text) => compiler.at(key, |compiler| match compiler.language() {
                QueryLanguage::Jsonata => FieldExpression::compile(compiler, name, text).map(Field::Expression),
                QueryLanguage::JsonPath => {
                    let literal = T::of_text(text);
                    if literal.is_none() {
                        compiler.problem("Expressions are only supported for the 'JSONata' QueryLanguage");
                    }
                    literal.map(Field::Literal)
                }
            }),
        }
    }

    /// Compiles the field, or the one that says where in the input its value is.
    pub(crate) fn compile_or_path(
        compiler: &mut Compiler<'_>,
        name: &str,
        field: Option<&Dynamic<T>>,
        path: Option<&str>,
    ) -> Option<Field<T>> {
        let found = |compiler: &mut Compiler<'_>| {
            let name = format!("{name}Path");
            compiler.at(&name, |compiler| path.map(|path| jsonpath::Template::computed(compiler, &name, path)))
        };
        Field::compile(compiler, name, field).or_else(|| found(compiler).map(Field::Found))
    }
}

impl Field<bool> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<bool, EvaluationError> {
        match self {
            Field::Literal(flag) => Ok(*flag),
            Field::Expression(expression) => expression.eval_as(view, "boolean", as_bool),
            Field::Found(template) => Ok(as_bool(&template.eval(view.input, view)?).unwrap_or_default()),
        }
    }
}

impl Field<String> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<String, EvaluationError> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match self {
            Field::Literal(text) => Ok(text.clone()),
            Field::Expression(expression) => expression.eval_as(view, "string", text),
            Field::Found(template) => {
                let value = template.eval(view.input, view)?;
                Ok(text(&value).unwrap_or_else(|| value.to_string()))
            }
        }
    }
}

impl Field<u64> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<u64, EvaluationError> {
        match self {
            Field::Literal(number) => Ok(*number),
            Field::Expression(expression) => expression.eval_integer(view),
            Field::Found(template) => found_number(template, view, "integer", as_u64),
        }
    }

    /// The number even if it is less than it should be, for fields whose messages tell so.
    pub(crate) fn eval_signed(&self, view: &View<'_>) -> Result<i64, EvaluationError> {
        match self {
            Field::Literal(number) => Ok(i64::try_from(*number).unwrap_or(i64::MAX)),
            Field::Expression(expression) => expression.eval_integer(view),
            Field::Found(template) => found_number(template, view, "integer", as_i64),
        }
    }

    pub(crate) fn eval_seconds(&self, view: &View<'_>) -> Result<Duration, EvaluationError> {
        self.eval(view).map(Duration::from_secs)
    }
}

impl Field<Number> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<f64, EvaluationError> {
        match self {
            Field::Literal(number) => Ok(number.as_f64().unwrap_or(f64::NAN)),
            Field::Expression(expression) => expression.eval_as(view, "number", Value::as_f64),
            Field::Found(template) => found_number(template, view, "float", as_f64),
        }
    }
}

/// The number that a field's path leads to; a text will do if it is that of a number.
fn found_number<T>(
    template: &jsonpath::Template,
    view: &View<'_>,
    kind: &str,
    convert: impl FnOnce(&Value) -> Option<T>,
) -> Result<T, EvaluationError> {
    let (field, path, value) = found(template, view)?;
    convert(&value).ok_or_else(|| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let path = path.map_or("", Path::source);
        EvaluationError::runtime(format!(
            "The {field} field refers to value \"{text}\" which is not a valid {kind}: {path}"
        ))
    })
}

/// The field, the path in it and what that leads to.
fn found<'t>(
    template: &'t jsonpath::Template,
    view: &View<'_>,
) -> Result<(&'t str, Option<&'t Path>, Value), EvaluationError> {
    match template {
        jsonpath::Template::Path { field, path } => {
            let value = path.find(view.input, view).map_err(|reason| invalid_path(path, &reason))?;
            Ok((field, Some(path), value))
        }
        jsonpath::Template::Constant(_)
        | jsonpath::Template::Intrinsic(_)
        | jsonpath::Template::Array(_)
        | jsonpath::Template::Object(_) => Ok(("", None, template.eval(view.input, view)?)),
    }
}

fn as_bool(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn as_u64(value: &Value) -> Option<u64> {
    as_i64(value).and_then(|number| u64::try_from(number).ok())
}

fn as_i64(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn as_f64(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}
