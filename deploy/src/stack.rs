//! What is to be deployed, as the program describes it.

use serde_json::Value;
use stepwright_asl::{ExecutionType, StateMachine};

use crate::{StackErrors, iam::Policy, options::Options, plan::Plan};

/// Everything that a target needs to know: the machines of a program, who does their work, and what the author wants of them.
#[derive(Clone, Debug)]
pub struct Stack {
    /// The name of the program; [`Options::name`] takes its place.
    pub name: String,
    /// The state machines.
    pub machines: Vec<Machine>,
    /// The tasks that are served by Lambda functions of this program.
    pub functions: Vec<Function>,
    /// The tasks that are served by activity workers.
    pub activities: Vec<Activity>,
    /// What `Stepwright.toml` says.
    pub options: Options,
}

impl Stack {
    /// What a machine's own role may do, and what needs it; `None` if there is no such machine.
    ///
    /// # Errors
    ///
    /// All that is neither in the definition nor in `Stepwright.toml`.
    #[must_use]
    pub fn policy(&self, machine: &str) -> Option<Result<Policy, StackErrors>> {
        Plan::policy(self, machine)
    }
}

/// A state machine of a stack.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its name, which other machines start it by.
    pub name: String,
    /// What it is for; may be empty.
    pub docs: String,
    /// Standard or express.
    pub execution_type: ExecutionType,
    /// The machine as it was exported: functions by the names of their tasks, activities by their placeholders.
    pub definition: StateMachine,
    /// The JSON Schema (draft 2020-12) of its input.
    pub input_schema: Value,
}

/// A Lambda function of a stack. All functions are one binary, which the environment variable [`TASK_VARIABLE`] tells what it is.
#[derive(Clone, Debug)]
pub struct Function {
    /// The name of its task.
    pub task: String,
    /// What it is for; may be empty.
    pub docs: String,
    /// How long the task may take, in seconds, if it says so.
    pub timeout: Option<u64>,
}

/// An activity of a stack.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its name.
    pub name: String,
    /// What stands for its ARN in the machines, without `${` and `}`.
    pub placeholder: String,
}

/// The environment variable that tells a Lambda function which task it serves.
pub const TASK_VARIABLE: &str = "STEPWRIGHT_TASK";
