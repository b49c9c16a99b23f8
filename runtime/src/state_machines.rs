//! The state machines that executions can start.

use std::collections::HashMap;

use crate::program::Program;

/// State machines by name or ARN, for the Task states that start executions of them.
///
/// Give them to [`Interpreter::state_machines`](crate::Interpreter::state_machines): then the interpreter itself answers
/// `states:startExecution` with its patterns, and `aws-sdk:sfn:startExecution` and `startSyncExecution`. A `StateMachineArn` finds the
/// machine that is registered by this very text, or by the name in it.
///
/// ```
/// # use stepwright_runtime::{Interpreter, Program, StateMachines};
/// # use serde_json::json;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let compile = |text: &str| Ok::<_, Box<dyn std::error::Error>>(Program::compile(&text.parse()?)?);
/// let child = compile(r#"{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed", "InputPath": "$.n" } } }"#)?;
/// let parent = compile(
///     r#"{ "StartAt": "Run", "States": { "Run": {
///         "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true, "OutputPath": "$.Output",
///         "Parameters": { "StateMachineArn": "arn:aws:states:eu-west-1:123456789012:stateMachine:child", "Input": { "n": 7 } }
///     } } }"#,
/// )?;
/// let machines = StateMachines::new().with("child", &child);
/// let result = Interpreter::new(&parent).state_machines(machines).run(json!({})).await?;
/// assert_eq!(result.output, Some(json!(7)));
/// assert_eq!(result.nested[0].result.output, Some(json!(7)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct StateMachines(HashMap<String, Registered>);

/// A machine that can be started.
#[derive(Clone, Debug)]
pub(crate) struct Registered {
    pub(crate) program: Program,
    pub(crate) is_express: bool,
}

impl StateMachines {
    /// None yet.
    #[must_use]
    pub fn new() -> StateMachines {
        StateMachines::default()
    }

    /// Adds a standard state machine, in place of one of the same name.
    #[must_use]
    pub fn with(self, name: impl Into<String>, program: &Program) -> StateMachines {
        self.add(name.into(), program, false)
    }

    /// Adds an express state machine, in place of one of the same name.
    #[must_use]
    pub fn with_express(self, name: impl Into<String>, program: &Program) -> StateMachines {
        self.add(name.into(), program, true)
    }

    /// The machine that an ARN means, or the bare name of one.
    pub(crate) fn find(&self, arn: &str) -> Option<&Registered> {
        self.0.get(arn).or_else(|| self.0.get(name_in(arn)?))
    }

    fn add(mut self, name: String, program: &Program, is_express: bool) -> StateMachines {
        self.0.insert(name, Registered { program: program.clone(), is_express });
        self
    }
}

/// The name in the ARN of a state machine, without the version or alias after it.
pub(crate) fn name_in(arn: &str) -> Option<&str> {
    let (_, rest) = arn.split_once(":stateMachine:")?;
    Some(rest.split_once(':').map_or(rest, |(name, _)| name))
}
