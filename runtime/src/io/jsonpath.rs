//! The fields of JSONPath states: payload templates, and the paths that data goes through.

use std::sync::Arc;

use serde_json::{Map as JsonMap, Value as Json};
use stepwright_asl::{Catcher, Nullable, State, error_name};

use super::{Assigned, Exit};
use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::query::View;
use crate::query::jsonpath::{ArgumentError, Intrinsic, NoResult, Path, ReferencePath};
use crate::scope::VariableId;
use crate::value::{Fields, Value};

/// How data goes through a state, and what a catcher or a choice rule does on the way out.
#[derive(Debug, Default)]
pub(crate) struct JsonPathIo {
    input_path: Selection,
    parameters: Option<Template>,
    /// What a Pass state gives instead of computing.
    result: Option<Value>,
    assign: Vec<(VariableId, Template)>,
    result_selector: Option<Template>,
    result_path: ResultPath,
    output_path: Selection,
}

/// Which part of data goes on.
#[derive(Clone, Debug, Default)]
enum Selection {
    #[default]
    All,
    /// `null` in the definition: an empty object.
    Nothing,
    Path(Path),
}

/// Where in the state's input the result goes.
#[derive(Debug, Default)]
enum ResultPath {
    #[default]
    Replace,
    /// `null` in the definition: the result goes nowhere.
    Discard,
    At(ReferencePath),
}

/// A value in which members whose names end in `.$` are computed.
#[derive(Debug)]
pub(crate) enum Template {
    Constant(Value),
    Path { field: Box<str>, path: Path },
    Intrinsic(Intrinsic),
    Array(Vec<Template>),
    Object(Vec<(Arc<str>, Template)>),
}

impl JsonPathIo {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, state: &State) -> JsonPathIo {
        let mut template = |name: &str, json: Option<&Json>| {
            json.map(|json| compiler.at(name, |compiler| Template::compile(compiler, json)))
        };
        // Of a Map, `Parameters` are the old name of the item selector.
        let parameters = if matches!(state, State::Map(_)) { None } else { state.parameters() };
        let (parameters, result_selector) =
            (template("Parameters", parameters), template("ResultSelector", state.result_selector()));
        let result = if let State::Pass(pass) = state { pass.result.as_ref() } else { None };
        JsonPathIo {
            input_path: Selection::compile(compiler, "InputPath", state.input_path()),
            parameters,
            result: result.map(Value::from),
            assign: assignments(compiler, state.assign()),
            result_selector,
            result_path: ResultPath::compile(compiler, state.result_path()),
            output_path: Selection::compile(compiler, "OutputPath", state.output_path()),
        }
    }

    /// The way of an error output into the next state.
    pub(crate) fn of_catcher(compiler: &mut Compiler<'_>, catcher: &Catcher) -> JsonPathIo {
        JsonPathIo {
            assign: assignments(compiler, catcher.assign.as_ref()),
            result_path: ResultPath::compile(compiler, catcher.result_path.as_ref()),
            ..JsonPathIo::default()
        }
    }

    /// The way through a choice rule: its own variables, and the state's output.
    pub(crate) fn of_rule(&self, compiler: &mut Compiler<'_>, assign: Option<&JsonMap<String, Json>>) -> JsonPathIo {
        JsonPathIo {
            assign: assignments(compiler, assign),
            output_path: self.output_path.clone(),
            ..JsonPathIo::default()
        }
    }

    /// The part of the input that the state sees.
    pub(crate) fn effective_input(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        let input = self.input_path.of(view.raw, view)?;
        view.show(|seen| seen.after_input_path = Some(input.to_json()));
        Ok(input)
    }

    /// What the state's work is given.
    pub(crate) fn payload(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        let parameters = self.parameters.as_ref();
        let payload = parameters.map_or_else(|| Ok(view.input.clone()), |template| template.eval(view.input, view))?;
        view.show(|seen| seen.after_parameters = Some(payload.to_json()));
        Ok(payload)
    }

    /// The result of a Pass state.
    pub(crate) fn pass_result(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        let Some(result) = &self.result else { return self.payload(view) };
        view.show(|seen| {
            seen.hide_filtered_input();
            seen.result = Some(result.to_json());
        });
        Ok(result.clone())
    }

    /// Output and variables, from the error output, the result or the input.
    pub(crate) fn exit(&self, view: &View<'_>) -> Result<Exit, EvaluationError> {
        let result = view.error_output.or(view.result);
        let node = result.unwrap_or(view.input);
        let assigned: Result<Assigned, EvaluationError> =
            self.assign.iter().map(|(id, template)| Ok((*id, template.eval(node, view)?))).collect();
        let assigned = assigned?;
        let combined = match result {
            Some(result) => {
                let selector = self.result_selector.as_ref();
                let selected = selector.map_or_else(|| Ok(result.clone()), |selector| selector.eval(result, view))?;
                let is_result = view.error_output.is_none();
                view.show(|seen| seen.after_result_selector = is_result.then(|| selected.to_json()));
                let combined = self.result_path.combine(view.raw, selected)?;
                view.show(|seen| seen.after_result_path = is_result.then(|| combined.to_json()));
                combined
            }
            None => view.input.clone(),
        };
        Ok(Exit { output: self.output_path.of(&combined, view)?, assigned })
    }
}

fn assignments(compiler: &mut Compiler<'_>, assign: Option<&JsonMap<String, Json>>) -> Vec<(VariableId, Template)> {
    compiler.at("Assign", |compiler| {
        let members = assign.into_iter().flatten();
        let templates: Vec<_> = members.map(|(key, json)| Template::member(compiler, key, json)).collect();
        templates.into_iter().map(|(name, template)| (compiler.variable(&name), template)).collect()
    })
}

impl Selection {
    fn compile(compiler: &mut Compiler<'_>, field: &str, path: Option<&Nullable<String>>) -> Selection {
        match path {
            None => Selection::All,
            Some(Nullable::Null) => Selection::Nothing,
            Some(Nullable::Value(path)) if path == "$" => Selection::All,
            Some(Nullable::Value(path)) => {
                compiler.at(field, |compiler| compiler.path(path)).map_or(Selection::All, Selection::Path)
            }
        }
    }

    fn of(&self, value: &Value, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Selection::All => Ok(value.clone()),
            Selection::Nothing => Ok(Value::empty_object()),
            Selection::Path(path) => path.find(value, view).map_err(|reason| invalid_path(path, &reason)),
        }
    }
}

impl ResultPath {
    fn compile(compiler: &mut Compiler<'_>, path: Option<&Nullable<String>>) -> ResultPath {
        match path {
            None => ResultPath::Replace,
            Some(Nullable::Null) => ResultPath::Discard,
            Some(Nullable::Value(path)) if path == "$" => ResultPath::Replace,
            Some(Nullable::Value(path)) => match ReferencePath::parse(path) {
                Some(path) => ResultPath::At(path),
                None => {
                    let message = format!("Value is not a Reference Path: {path}");
                    compiler.at("ResultPath", |compiler| compiler.problem(message));
                    ResultPath::Replace
                }
            },
        }
    }

    fn combine(&self, input: &Value, result: Value) -> Result<Value, EvaluationError> {
        match self {
            ResultPath::Replace => Ok(result),
            ResultPath::Discard => Ok(input.clone()),
            ResultPath::At(path) => path.set(input, result).ok_or_else(|| EvaluationError {
                error: error_name::RESULT_PATH_MATCH_FAILURE,
                ..EvaluationError::runtime(format!("Unable to apply ReferencePath to input '{input}'"))
            }),
        }
    }
}

impl Template {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, json: &Json) -> Template {
        match json {
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Template::Constant(json.into()),
            Json::Array(items) => {
                let items = items.iter().enumerate();
                let item = |(index, item): (usize, &Json)| {
                    compiler.at(&index.to_string(), |compiler| Template::compile(compiler, item))
                };
                let items: Vec<_> = items.map(item).collect();
                match items.iter().map(Template::as_constant).collect() {
                    Some(constants) => Template::Constant(Value::array(constants)),
                    None => Template::Array(items),
                }
            }
            Json::Object(members) => {
                let members: Vec<_> = members.iter().map(|(key, json)| Template::member(compiler, key, json)).collect();
                let constant = |(name, member): &(Arc<str>, Template)| Some((Arc::clone(name), member.as_constant()?));
                match members.iter().map(constant).collect() {
                    Some(constants) => Template::Constant(Value::object(constants)),
                    None => Template::Object(members),
                }
            }
        }
    }

    /// The name and the value of an object's member.
    fn member(compiler: &mut Compiler<'_>, key: &str, json: &Json) -> (Arc<str>, Template) {
        compiler.at(key, |compiler| match (key.strip_suffix(".$"), json) {
            (None, _) => (key.into(), Template::compile(compiler, json)),
            (Some(name), Json::String(source)) => (name.into(), Template::computed(compiler, key, source)),
            (Some(name), _) => {
                compiler.problem(invalid_value(key));
                (name.into(), Template::Constant(Value::Null))
            }
        })
    }

    /// A path or an intrinsic call, which messages know by the name of its field.
    pub(crate) fn computed(compiler: &mut Compiler<'_>, field: &str, source: &str) -> Template {
        if let Some(path) = Path::parse(source, &mut |name| compiler.variable(name)) {
            return Template::Path { field: field.into(), path };
        }
        match Intrinsic::parse(source, &mut |name| compiler.variable(name)) {
            Some(call) => Template::Intrinsic(call),
            None => {
                compiler.problem(invalid_value(field));
                Template::Constant(Value::Null)
            }
        }
    }

    /// The value, `input` standing for `$`.
    pub(crate) fn eval(&self, input: &Value, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Template::Constant(value) => Ok(value.clone()),
            Template::Path { field, path } => path.find(input, view).map_err(|reason| match reason {
                NoResult::Missing(_) => EvaluationError::runtime(format!(
                    "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{input}'",
                    path.source()
                )),
                NoResult::Excess => invalid_path(path, &reason),
            }),
            Template::Intrinsic(call) => call.eval(input, view).map_err(|error| intrinsic_error(error, input)),
            Template::Array(items) => {
                let items = items.iter().map(|item| item.eval(input, view));
                Ok(Value::array(items.collect::<Result<_, _>>()?))
            }
            Template::Object(members) => {
                let members = members.iter().map(|(name, member)| Ok((Arc::clone(name), member.eval(input, view)?)));
                Ok(Value::object(members.collect::<Result<Fields, EvaluationError>>()?))
            }
        }
    }

    fn as_constant(&self) -> Option<Value> {
        match self {
            Template::Constant(value) => Some(value.clone()),
            Template::Path { .. } | Template::Intrinsic(_) | Template::Array(_) | Template::Object(_) => None,
        }
    }
}

/// What a path that gives no value means in the fields that select data.
pub(crate) fn invalid_path(path: &Path, reason: &NoResult) -> EvaluationError {
    EvaluationError::runtime(format!("Invalid path '{}' : {reason}", path.source()))
}

fn invalid_value(field: &str) -> String {
    format!("The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call")
}

fn intrinsic_error(error: ArgumentError, input: &Value) -> EvaluationError {
    match error {
        ArgumentError::Missing { path } => EvaluationError::runtime(format!(
            "The JsonPath argument for the field '{path}' could not be found in the input '{input}'"
        )),
        ArgumentError::Failed { call, message } => EvaluationError {
            error: error_name::INTRINSIC_FAILURE,
            ..EvaluationError::runtime(format!("The function '{call}' had the following error: {message}"))
        },
    }
}
