//! Runs what a twin without effects is compiled to: Pass, Choice, Succeed and Fail states.

use std::collections::HashMap;

use jsonata_core::{
    ast::AstNode,
    evaluator::{Context, Evaluator},
    parser,
    value::JValue,
};
use serde_json::{Map, Value, json};

use crate::{
    data::{Data, Shaped},
    info::WorkflowInfo,
    ir, lower, pass,
    position::Position,
    stage::{self, Expr},
};

/// A compiled twin.
pub(super) struct Machine {
    json: Value,
    parsed: HashMap<String, AstNode>,
}

const INFO: WorkflowInfo = WorkflowInfo {
    name: "test",
    ident: "test",
    module: "",
    file: "",
    line: 1,
    column: 1,
    docs: "",
    params: &["input"],
    express: false,
    timeout: None,
    inline: false,
    max_transitions: None,
};

impl Machine {
    /// Compiles a twin of one parameter.
    pub(super) fn of<A: Data, R>(twin: impl FnOnce(Expr<A>) -> Expr<R>) -> Machine {
        Self::compile(&[A::shape], |params| twin(Expr::from_id(params[0])).id())
    }

    /// Compiles a twin whose parameter is a constant.
    pub(super) fn of_constant<A: Data, R>(input: &A, twin: impl FnOnce(Expr<A>) -> Expr<R>) -> Machine {
        let input = serde_json::to_value(input).unwrap();
        Self::compile(&[<()>::shape], |_| twin(Expr::from_id(stage::node::constant(input))).id())
    }

    fn compile(shapes: &[fn() -> crate::data::Shape], record: impl FnOnce(&[ir::ExprId]) -> ir::ExprId) -> Machine {
        let recorded = stage::record(INFO.position(), || record(&stage::node::parameters(INFO.params, shapes)));
        assert!(recorded.diagnostics.is_empty(), "{}", recorded.diagnostics);
        let mut workflow = ir::Workflow {
            name: "test".to_owned(),
            body: recorded.block,
            result: recorded.value,
            returns: ir::Returns::Value,
            arena: recorded.arena,
            at: Position::caller(),
        };
        pass::run(&mut workflow);
        let machine = lower::lower(&mut workflow, &INFO).unwrap().machine;
        let mut parsed = HashMap::new();
        let json = serde_json::to_value(&machine).unwrap();
        parse(&json, &mut parsed);
        Machine { json, parsed }
    }

    /// The result, or the message of the error that ended the execution.
    pub(super) fn run(&self, input: &Value) -> Result<Value, String> {
        let mut run = Run { machine: self, variables: Map::new(), execution_input: input.clone() };
        let mut name = self.json["StartAt"].as_str().unwrap().to_owned();
        let mut input = input.clone();
        for _ in 0..10_000 {
            let state = &self.json["States"][&name];
            match run.step(state, &input)? {
                Step::Next(next, output) => (name, input) = (next, output),
                Step::End(output) => return Ok(output),
            }
        }
        panic!("does not end: {:#}", self.json)
    }

    /// The machine, for a message.
    pub(super) fn text(&self) -> String {
        format!("{:#}", self.json["States"])
    }
}

enum Step {
    Next(String, Value),
    End(Value),
}

struct Run<'a> {
    machine: &'a Machine,
    variables: Map<String, Value>,
    execution_input: Value,
}

impl Run<'_> {
    fn step(&mut self, state: &Value, input: &Value) -> Result<Step, String> {
        match state["Type"].as_str().unwrap() {
            "Choice" => {
                for choice in state["Choices"].as_array().unwrap() {
                    if self.template(&choice["Condition"], input)? == true {
                        return self.leave(choice, input);
                    }
                }
                let mut otherwise = state.clone();
                otherwise["Next"] = state["Default"].clone();
                self.leave(&otherwise, input)
            }
            "Fail" => Err(self.template(&state["Cause"], input)?.as_str().unwrap_or_default().to_owned()),
            "Pass" | "Succeed" => self.leave(state, input),
            other => panic!("{other} in a twin without effects"),
        }
    }

    fn leave(&mut self, state: &Value, input: &Value) -> Result<Step, String> {
        let output = state.get("Output").map_or(Ok(input.clone()), |output| self.template(output, input))?;
        if let Some(Value::Object(assign)) = state.get("Assign") {
            let values: Vec<_> = assign
                .iter()
                .map(|(name, value)| Ok((name.clone(), self.template(value, input)?)))
                .collect::<Result<_, String>>()?;
            self.variables.extend(values);
        }
        Ok(match state["Next"].as_str() {
            Some(next) => Step::Next(next.to_owned(), output),
            None => Step::End(output),
        })
    }

    fn template(&self, template: &Value, input: &Value) -> Result<Value, String> {
        match template {
            Value::String(text) if text.starts_with("{%") => self.evaluate(text, input),
            Value::Array(items) => items.iter().map(|item| self.template(item, input)).collect(),
            Value::Object(fields) => {
                fields.iter().map(|(key, value)| Ok((key.clone(), self.template(value, input)?))).collect()
            }
            other => Ok(normal(other.clone())),
        }
    }

    fn evaluate(&self, text: &str, input: &Value) -> Result<Value, String> {
        let mut context = Context::new();
        let states = json!({ "input": input, "context": { "Execution": { "Input": self.execution_input } } });
        context.bind("states".to_owned(), JValue::from(states));
        for (name, value) in &self.variables {
            context.bind(name.clone(), JValue::from(value.clone()));
        }
        let result = Evaluator::with_context(context).evaluate(&self.machine.parsed[text], &JValue::Undefined);
        match result {
            Ok(JValue::Undefined) => panic!("undefined: {text}"),
            Ok(value) => Ok(normal(Value::from(&value))),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn parse(json: &Value, parsed: &mut HashMap<String, AstNode>) {
    match json {
        Value::String(text) => {
            if let Some(source) = text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}")) {
                let ast = parser::parse(source).unwrap_or_else(|error| panic!("{error}: {source}"));
                parsed.insert(text.clone(), ast);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| parse(item, parsed)),
        Value::Object(fields) => fields.values().for_each(|value| parse(value, parsed)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whole numbers as integers: the target has one kind of numbers.
pub(super) fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().unwrap();
            if float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0 {
                json!(float as i64)
            } else {
                json!(float)
            }
        }
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, normal(value))).collect(),
        other => other,
    }
}
