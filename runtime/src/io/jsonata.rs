//! The fields of JSONata states: templates whose strings may be expressions, and typed single values.

use std::sync::Arc;

use serde_json::Value as Json;

use super::Assigned;
use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::query::View;
use crate::query::jsonata::{Evaluated, Expression};
use crate::scope::VariableId;
use crate::value::{Fields, Value};

/// What a state, a choice rule or a catcher does with data on the way out, and on the way in.
#[derive(Debug, Default)]
pub(crate) struct JsonataIo {
    pub(crate) arguments: Option<Template>,
    pub(crate) assign: Vec<(VariableId, Template)>,
    pub(crate) output: Option<Template>,
}

/// A value in which strings, at any depth, may be expressions.
#[derive(Debug)]
pub(crate) enum Template {
    Constant(Value),
    Expression(FieldExpression),
    Array(Vec<Template>),
    Object(Vec<(Arc<str>, Template)>),
}

/// An expression and the field it stands in, by the name that messages give it.
#[derive(Debug)]
pub(crate) struct FieldExpression {
    field: Box<str>,
    expression: Box<Expression>,
}

impl JsonataIo {
    pub(crate) fn compile(
        compiler: &mut Compiler<'_>,
        prefix: &str,
        [arguments, output]: [Option<&Json>; 2],
        assign: Option<&serde_json::Map<String, Json>>,
    ) -> JsonataIo {
        let mut template = |name: &str, json: Option<&Json>| {
            json.map(|json| compiler.at(name, |compiler| Template::compile(compiler, &format!("{prefix}{name}"), json)))
        };
        let (arguments, output) = (template("Arguments", arguments), template("Output", output));
        let assign = compiler.at("Assign", |compiler| {
            let variable = |(name, json): (&String, &Json)| {
                let field = format!("{prefix}Assign/{name}");
                (compiler.variable(name), compiler.at(name, |compiler| Template::compile(compiler, &field, json)))
            };
            assign.into_iter().flatten().map(variable).collect()
        });
        JsonataIo { arguments, assign, output }
    }

    /// What the state's work is given.
    pub(crate) fn payload(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        self.payload_by(view, |arguments| arguments.eval(view))
    }

    /// The same where the work takes objects only.
    pub(crate) fn object_payload(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        let object = |value: &Value| value.as_fields().is_some().then(|| value.clone());
        self.payload_by(view, |arguments| match arguments {
            Template::Expression(expression) => expression.eval_as(view, "object", object),
            Template::Constant(_) | Template::Array(_) | Template::Object(_) => arguments.eval(view),
        })
    }

    fn payload_by(
        &self,
        view: &View<'_>,
        eval: impl FnOnce(&Template) -> Result<Value, EvaluationError>,
    ) -> Result<Value, EvaluationError> {
        let payload = self.arguments.as_ref().map_or_else(|| Ok(view.input.clone()), eval)?;
        view.show(|seen| seen.after_arguments = Some(payload.to_json()));
        Ok(payload)
    }

    /// The new values of variables: all from the values before.
    pub(crate) fn assigned(&self, view: &View<'_>) -> Result<Assigned, EvaluationError> {
        self.assign.iter().map(|(id, template)| Ok((*id, template.eval(view)?))).collect()
    }

    /// The output; without a field for it, the error output, the result or the input.
    pub(crate) fn output(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        let default = || view.error_output.or(view.result).unwrap_or(view.input).clone();
        self.output.as_ref().map_or_else(|| Ok(default()), |output| output.eval(view))
    }
}

impl Template {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, field: &str, json: &Json) -> Template {
        match json {
            Json::Null | Json::Bool(_) | Json::Number(_) => Template::Constant(json.into()),
            Json::String(text) => match FieldExpression::compile(compiler, field, text) {
                Some(expression) => Template::Expression(expression),
                None => Template::Constant(json.into()),
            },
            Json::Array(items) => {
                let item = |(index, item): (usize, &Json)| {
                    let field = format!("{field}[{index}]");
                    compiler.at(&index.to_string(), |compiler| Template::compile(compiler, &field, item))
                };
                Template::array(items.iter().enumerate().map(item).collect())
            }
            Json::Object(members) => {
                let member = |(name, member): (&String, &Json)| {
                    let field = format!("{field}/{name}");
                    let template = compiler.at(name, |compiler| Template::compile(compiler, &field, member));
                    (Arc::from(name.as_str()), template)
                };
                Template::object(members.iter().map(member).collect())
            }
        }
    }

    pub(crate) fn eval(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self {
            Template::Constant(value) => Ok(value.clone()),
            Template::Expression(expression) => expression.eval(view),
            Template::Array(items) => {
                let items = items.iter().map(|item| item.eval(view));
                Ok(Value::array(items.collect::<Result<_, _>>()?))
            }
            Template::Object(members) => {
                let members = members.iter().map(|(name, member)| Ok((Arc::clone(name), member.eval(view)?)));
                Ok(Value::object(members.collect::<Result<Fields, EvaluationError>>()?))
            }
        }
    }

    fn array(items: Vec<Template>) -> Template {
        match items.iter().map(Template::as_constant).collect() {
            Some(constants) => Template::Constant(Value::array(constants)),
            None => Template::Array(items),
        }
    }

    fn object(members: Vec<(Arc<str>, Template)>) -> Template {
        let constant = |(name, member): &(Arc<str>, Template)| Some((Arc::clone(name), member.as_constant()?));
        match members.iter().map(constant).collect() {
            Some(constants) => Template::Constant(Value::object(constants)),
            None => Template::Object(members),
        }
    }

    fn as_constant(&self) -> Option<Value> {
        match self {
            Template::Constant(value) => Some(value.clone()),
            Template::Expression(_) | Template::Array(_) | Template::Object(_) => None,
        }
    }
}

impl FieldExpression {
    /// Parses an expression with its delimiters; `None` if the text is no expression, or one that does not parse.
    pub(crate) fn compile(compiler: &mut Compiler<'_>, field: &str, text: &str) -> Option<FieldExpression> {
        let body = stepwright_asl::expression_body(text)?;
        match Expression::parse(body, &mut |name| compiler.variable(name)) {
            Ok(expression) => Some(FieldExpression { field: field.into(), expression: Box::new(expression) }),
            Err(message) => {
                compiler.problem(message);
                None
            }
        }
    }

    pub(crate) fn eval(&self, view: &View<'_>) -> Result<Value, EvaluationError> {
        match self.expression.eval(view) {
            Ok(Evaluated::Value(value)) => Ok(value),
            Ok(Evaluated::Undefined) => Err(self.error(" returned nothing (undefined).")),
            Ok(Evaluated::Unsupported) => Err(self.error(" returned an unsupported result type.")),
            Err(failed) => Err(self.error(&format!(" threw an error during evaluation{}", failed.as_sentence_end()))),
        }
    }

    /// The value as what the field must be; `expected` is the service's word for it.
    pub(crate) fn eval_as<T>(
        &self,
        view: &View<'_>,
        expected: &str,
        convert: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, EvaluationError> {
        let value = self.eval(view)?;
        convert(&value).ok_or_else(|| self.unexpected(expected, &value))
    }

    /// The value as a whole number of the given range.
    pub(crate) fn eval_integer<T: TryFrom<i64>>(&self, view: &View<'_>) -> Result<T, EvaluationError> {
        let value = self.eval(view)?;
        let Value::Number(number) = &value else { return Err(self.unexpected("number", &value)) };
        let integer = number.as_i64().and_then(|integer| T::try_from(integer).ok());
        integer.ok_or_else(|| self.unexpected("integer", &value))
    }

    fn unexpected(&self, expected: &str, value: &Value) -> EvaluationError {
        let found = value.type_name();
        self.error(&format!(
            " returned an unexpected result type. Expected '{expected}', but was '{found}' for value: {value}"
        ))
    }

    fn error(&self, rest: &str) -> EvaluationError {
        let (source, field) = (self.expression.source(), &self.field);
        let cause = format!("The JSONata expression '{source}' specified for the field '{field}'{rest}");
        EvaluationError::query(Some(field), cause)
    }
}
