//! What states do with data: on the way in, to their work, and on the way out.
//!
//! The two query languages have different fields for it; steps see one interface.

mod field;
pub(crate) mod jsonata;
pub(crate) mod jsonpath;

pub(crate) use self::field::Field;
use self::jsonata::JsonataIo;
use self::jsonpath::JsonPathIo;
use crate::error::EvaluationError;
use crate::query::View;
use crate::scope::VariableId;
use crate::value::Value;

/// How a state, a choice rule or a catcher treats data, in its query language.
#[derive(Debug)]
pub(crate) enum Io {
    Jsonata(Box<JsonataIo>),
    JsonPath(Box<JsonPathIo>),
}

/// A value with computed parts, in the state's query language.
#[derive(Debug)]
pub(crate) enum Template {
    Jsonata(jsonata::Template),
    JsonPath(jsonpath::Template),
}

/// What a state leaves behind.
#[derive(Debug)]
pub(crate) struct Exit {
    pub(crate) output: Value,
    pub(crate) assigned: Assigned,
}

/// New values of variables, to be set together.
pub(crate) type Assigned = Vec<(VariableId, Value)>;

impl Io {
    pub(crate) fn jsonata(io: JsonataIo) -> Io {
        Io::Jsonata(Box::new(io))
    }

    pub(crate) fn json_path(io: JsonPathIo) -> Io {
        Io::JsonPath(Box::new(io))
    }

    /// The part of the input that the state sees.
    pub(crate) fn effective_input(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Io::Jsonata(_) => Ok(view.raw.clone()),
            Io::JsonPath(io) => io.effective_input(view),
        }
    }

    /// What the state's work is given.
    pub(crate) fn payload(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Io::Jsonata(io) => io.payload(view),
            Io::JsonPath(io) => io.payload(view),
        }
    }

    /// What the state's work is given, where it takes objects only: an expression must give one.
    pub(crate) fn object_payload(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Io::Jsonata(io) => io.object_payload(view),
            Io::JsonPath(io) => io.payload(view),
        }
    }

    /// The result of a Pass state, in the language in which such states have one.
    pub(crate) fn pass_result(&self, view: &View<'_>) -> Result<Option<Value>, EvaluationError> {
        match self {
            Io::Jsonata(_) => Ok(None),
            Io::JsonPath(io) => io.pass_result(view).map(Some),
        }
    }

    /// Output and variables: both from what was there before.
    pub(crate) fn exit(&self, view: &View<'_>) -> Result<Exit, EvaluationError> {
        match self {
            Io::Jsonata(io) => Ok(Exit { assigned: io.assigned(view)?, output: io.output(view)? }),
            Io::JsonPath(io) => io.exit(view),
        }
    }
}

impl Template {
    pub(crate) fn eval(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Template::Jsonata(template) => template.eval(view),
            Template::JsonPath(template) => template.eval(view.input, view),
        }
    }
}
