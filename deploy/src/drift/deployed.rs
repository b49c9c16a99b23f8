//! The machine in what the service or a template says of it.

use std::fmt;

use serde_json::{Map, Value};
use stepwright_asl::{ExecutionType, ParseErrors, StateMachine};

use crate::placeholder::filled;

/// A deployed machine.
#[derive(Clone, Debug)]
pub struct Deployed {
    /// Its definition. References of a template that have no value there are placeholders, `${…}`.
    pub machine: StateMachine,
    /// Its type, if the document tells it.
    pub execution_type: Option<ExecutionType>,
}

/// Why there is no definition.
#[derive(Clone, Debug, PartialEq)]
pub enum NoDefinition {
    /// Nothing in the document is a state machine.
    None,
    /// There are several machines, and none or more than one has the name that is asked for.
    Several(Vec<String>),
    /// The definition is not in the document, but made where the template is used, or kept elsewhere.
    Elsewhere(String),
    /// A definition is no JSON.
    Json(String),
    /// What should be a definition is none.
    Misfit(ParseErrors),
}

/// A definition as it stands in a document.
struct Candidate<'a> {
    /// By what it may be asked for.
    names: Vec<&'a str>,
    definition: &'a Value,
    execution_type: Option<&'a str>,
    substitutions: Option<&'a Map<String, Value>>,
}

impl Deployed {
    /// The definition in a document, which is one itself, an answer of `DescribeStateMachine`, or a template in JSON of
    /// CloudFormation, SAM or Terraform. `name` tells which one is meant where there are several: the name of the machine, or
    /// what the template calls it.
    ///
    /// # Errors
    ///
    /// If there is none, or none that can be read.
    pub fn find(document: &Value, name: &str) -> Result<Self, NoDefinition> {
        Self::find_with_files(document, name, |_| None)
    }

    /// The same, where `read` gives the text of a file that a template of SAM or Terraform refers to, by its path from there.
    ///
    /// # Errors
    ///
    /// If there is none, or none that can be read.
    pub fn find_with_files(
        document: &Value,
        name: &str,
        read: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, NoDefinition> {
        let candidate = choose(candidates(document), name)?;
        let text = text(candidate.definition, read)?;
        let text = candidate.substitutions.map_or(text.clone(), |values| substituted(&text, values));
        let value: Value = serde_json::from_str(&text).map_err(|error| NoDefinition::Json(error.to_string()))?;
        let machine = StateMachine::from_value(&value).map_err(NoDefinition::Misfit)?;
        let execution_type = match candidate.execution_type {
            Some("STANDARD") => Some(ExecutionType::Standard),
            Some("EXPRESS") => Some(ExecutionType::Express),
            _ => None,
        };
        Ok(Self { machine, execution_type })
    }
}

fn candidates(document: &Value) -> Vec<Candidate<'_>> {
    if document.get("StartAt").is_some() {
        return vec![Candidate { names: Vec::new(), definition: document, execution_type: None, substitutions: None }];
    }
    if let Some(definition) = document.get("definition") {
        let execution_type = document.get("type").and_then(Value::as_str);
        return vec![Candidate { names: Vec::new(), definition, execution_type, substitutions: None }];
    }
    let members = |pointer| document.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
    let resources = members("/Resources").filter_map(|(id, resource)| cloudformation(id, resource));
    let terraform = members("/resource/aws_sfn_state_machine").filter_map(|(id, machine)| {
        let names = [Some(id.as_str()), machine.get("name").and_then(Value::as_str)].into_iter().flatten().collect();
        // What is not said is what the service takes.
        let execution_type = machine.get("type").map_or(Some("STANDARD"), Value::as_str);
        Some(Candidate { names, definition: machine.get("definition")?, execution_type, substitutions: None })
    });
    resources.chain(terraform).collect()
}

fn cloudformation<'a>(id: &'a str, resource: &'a Value) -> Option<Candidate<'a>> {
    let (kind, properties) = (resource.get("Type")?.as_str()?, resource.get("Properties")?);
    let (definition, name, execution_type) = match kind {
        "AWS::StepFunctions::StateMachine" => {
            let text = properties.get("DefinitionString");
            let elsewhere = properties.get("DefinitionS3Location");
            (text.or(properties.get("Definition")).or(elsewhere)?, "StateMachineName", "StateMachineType")
        }
        "AWS::Serverless::StateMachine" => {
            (properties.get("Definition").or(properties.get("DefinitionUri"))?, "Name", "Type")
        }
        _ => return None,
    };
    let names = [Some(id), properties.get(name).and_then(Value::as_str)].into_iter().flatten().collect();
    let substitutions = properties.get("DefinitionSubstitutions").and_then(Value::as_object);
    let execution_type = properties.get(execution_type).map_or(Some("STANDARD"), Value::as_str);
    Some(Candidate { names, definition, execution_type, substitutions })
}

fn choose<'a>(candidates: Vec<Candidate<'a>>, name: &str) -> Result<Candidate<'a>, NoDefinition> {
    let all: Vec<_> = candidates.iter().filter_map(|one| Some((*one.names.last()?).to_owned())).collect();
    let (mut named, others): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|one| one.names.contains(&name));
    let mut chosen = if named.is_empty() { others } else { std::mem::take(&mut named) };
    match (chosen.pop(), chosen.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(NoDefinition::Several(all)),
        (None, _) => Err(NoDefinition::None),
    }
}

/// The text of a definition.
fn text(definition: &Value, read: impl Fn(&str) -> Option<String>) -> Result<String, NoDefinition> {
    match definition {
        Value::String(text) if text.trim_start().starts_with('{') => Ok(text.clone()),
        Value::String(text) => {
            let found = if text.starts_with("${") { computed(text, read) } else { read(text) };
            found.ok_or_else(|| NoDefinition::Elsewhere(text.clone()))
        }
        Value::Object(members) => match intrinsic(members) {
            Some(text) => Ok(text),
            None if members.contains_key("StartAt") => Ok(resolved(definition).to_string()),
            None => Err(NoDefinition::Elsewhere(definition.to_string())),
        },
        other => Err(NoDefinition::Elsewhere(other.to_string())),
    }
}

/// The text that Terraform makes of a file, with `file("PATH")` or `templatefile("PATH", {…})`.
fn computed(text: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (function, arguments) = text.strip_prefix("${")?.split_once('(')?;
    let path = arguments.trim_start().strip_prefix('"')?;
    let (path, _) = path.strip_prefix("${path.module}/").unwrap_or(path).split_once('"')?;
    match function {
        "file" => read(path),
        // What else is in the file as it is would be a reference.
        "templatefile" => read(path).map(|text| text.replace("$${", "${").replace("%%{", "%{")),
        _ => None,
    }
}

/// The value with its intrinsic functions as texts.
fn resolved(value: &Value) -> Value {
    match value {
        Value::Object(members) => match intrinsic(members) {
            Some(text) => text.into(),
            None => members.iter().map(|(name, value)| (name.clone(), resolved(value))).collect::<Map<_, _>>().into(),
        },
        Value::Array(items) => items.iter().map(resolved).collect(),
        other => other.clone(),
    }
}

/// The text that an intrinsic function of CloudFormation gives, with placeholders for what only the stack knows.
fn intrinsic(members: &Map<String, Value>) -> Option<String> {
    let mut members = members.iter();
    let (Some((function, argument)), None) = (members.next(), members.next()) else { return None };
    match (function.as_str(), argument) {
        ("Ref", Value::String(name)) => Some(format!("${{{name}}}")),
        ("Fn::GetAtt", Value::String(name)) => Some(format!("${{{name}}}")),
        ("Fn::GetAtt", Value::Array(parts)) => {
            let parts: Option<Vec<_>> = parts.iter().map(Value::as_str).collect();
            Some(format!("${{{}}}", parts?.join(".")))
        }
        ("Fn::Sub", Value::String(text)) => Some(sub(text, &Map::new())),
        ("Fn::Sub", Value::Array(parts)) => Some(sub(parts.first()?.as_str()?, parts.get(1)?.as_object()?)),
        ("Fn::Join", Value::Array(parts)) => {
            let (between, parts) = (parts.first()?.as_str()?, parts.get(1)?.as_array()?);
            let parts: Option<Vec<_>> = parts.iter().map(literal).collect();
            Some(parts?.join(between))
        }
        ("Fn::ImportValue", Value::String(name)) => Some(format!("${{{name}}}")),
        _ => None,
    }
}

fn literal(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => intrinsic(members),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// What `Fn::Sub` makes of a text: `${!NAME}` is the text `${NAME}`, which has no value here.
fn sub(text: &str, values: &Map<String, Value>) -> String {
    filled(text, |name| match name.strip_prefix('!') {
        Some(name) => Some(format!("${{{name}}}")),
        None => literal(values.get(name)?),
    })
}

/// The text with the values of its placeholders. The values stand within texts of JSON.
fn substituted(text: &str, values: &Map<String, Value>) -> String {
    filled(text, |name| literal(values.get(name)?))
}

impl fmt::Display for NoDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("there is no state machine in it"),
            Self::Several(names) => {
                write!(f, "there are several state machines in it, name one of them: {}", names.join(", "))
            }
            Self::Elsewhere(what) => write!(
                f,
                "the definition is not in it, but {what}\n  = help: compare with that, or with the answer of `aws stepfunctions describe-state-machine`"
            ),
            Self::Json(error) => write!(f, "the definition is no JSON: {error}"),
            Self::Misfit(errors) => write!(f, "the definition is no state machine: {errors}"),
        }
    }
}

impl std::error::Error for NoDefinition {}
