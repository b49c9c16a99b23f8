//! What states do with data: on the way in, to their work, and on the way out.
//!
//! The two query languages have different fields for it; steps see one interface.

pub(crate) mod jsonata;

use std::time::Duration;

use stepwright_asl::Dynamic;

use self::jsonata::{FieldExpression, JsonataIo};
use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::query::View;
use crate::scope::VariableId;
use crate::value::Value;

/// How a state, a choice rule or a catcher treats data, in its query language.
#[derive(Debug)]
pub(crate) enum Io {
    Jsonata(JsonataIo),
}

/// What a state leaves behind.
#[derive(Debug)]
pub(crate) struct Exit {
    pub(crate) output: Value,
    pub(crate) assigned: Assigned,
}

impl Io {
    /// What the state's work is given.
    pub(crate) fn payload(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Io::Jsonata(io) => io.payload(view),
        }
    }

    /// Output and variables: both from what was there before.
    pub(crate) fn exit(&self, view: &View<'_>) -> Result<Exit, EvaluationError> {
        match self {
            Io::Jsonata(io) => Ok(Exit { assigned: io.assigned(view)?, output: io.output(view)? }),
        }
    }
}

/// New values of variables, to be set together.
pub(crate) type Assigned = Vec<(VariableId, Value)>;

/// A field that holds a literal, or an expression for one.
#[derive(Debug)]
pub(crate) enum Field<T> {
    Literal(T),
    Expression(FieldExpression),
}

impl<T: Clone> Field<T> {
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
            Dynamic::Expression(text) => {
                let compile = |compiler: &mut Compiler<'_>| FieldExpression::compile(compiler, name, text);
                compiler.at(key, compile).map(Field::Expression)
            }
        }
    }
}

impl Field<bool> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<bool, EvaluationError> {
        match self {
            Field::Literal(flag) => Ok(*flag),
            Field::Expression(expression) => expression.eval_as(view, "boolean", |value| match value {
                Value::Bool(flag) => Some(*flag),
                Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
            }),
        }
    }
}

impl Field<String> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<String, EvaluationError> {
        match self {
            Field::Literal(text) => Ok(text.clone()),
            Field::Expression(expression) => {
                expression.eval_as(view, "string", |value| value.as_str().map(str::to_owned))
            }
        }
    }
}

impl Field<u64> {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<u64, EvaluationError> {
        match self {
            Field::Literal(number) => Ok(*number),
            Field::Expression(expression) => expression.eval_as(view, "number", |value| match value {
                Value::Number(number) => number.as_u64(),
                Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
            }),
        }
    }

    pub(crate) fn eval_seconds(&self, view: &View<'_>) -> Result<Duration, EvaluationError> {
        self.eval(view).map(Duration::from_secs)
    }
}
