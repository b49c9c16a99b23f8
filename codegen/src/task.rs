//! What `#[task]` and `#[workflow]` implement beside the functions, and the registers that find them in a program.

use std::{any::TypeId, pin::Pin};

use schemars::{Schema, SchemaGenerator};
use serde_json::Value;

use crate::{
    definition::Definition,
    diagnostic::Diagnostics,
    error::TaskFailure,
    info::{TaskInfo, TaskKind, WorkflowInfo},
    inputs::Inputs,
    ir::ExprId,
    outcome::Outcome,
    stage::Parameters,
};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A `#[task]`, as the hidden struct beside the function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a task [SW206]",
    note = "put `#[task]` on the function; of a workflow, mock the tasks that it calls"
)]
pub trait Task: 'static {
    /// The owned types of its parameters.
    type Args: Inputs;
    /// What it returns.
    type Output: Outcome;

    /// What its attribute says.
    fn info() -> &'static TaskInfo;

    /// Runs the body; the arguments are as [`payload`](crate::inputs::payload) makes them. A failure's cause is the bare
    /// message, not yet what a Lambda function would report. A task without a body fails with [`TaskFailure::NO_BODY`].
    fn invoke(arguments: Value) -> BoxFuture<'static, Result<Value, TaskFailure>>;

    /// Whether a machine names the only argument in the payload: `{"text": …}`. `lambda:invoke` takes a text for the JSON text of
    /// the event, and `null` for `{}`, so an argument that may be either cannot be the payload itself.
    #[must_use]
    fn names_only_argument() -> bool {
        let shapes = Self::Args::shapes();
        match (Self::info().kind, shapes.as_slice()) {
            (TaskKind::Resource(_) | TaskKind::Activity, _) => false,
            // The token stands beside it.
            (TaskKind::WaitForTaskToken, [_]) => true,
            (_, [only]) => only().may_be_text_or_null(),
            _ => false,
        }
    }

    /// The JSON Schemas of the parameters, by name, in order.
    fn input_schema(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        Self::info().params.iter().copied().zip(Self::Args::schemas(generator)).collect()
    }

    /// The JSON Schema of the value it returns.
    fn output_schema(generator: &mut SchemaGenerator) -> Schema {
        Self::Output::schema(generator)
    }
}

/// A `#[workflow]`, as the type that its machine is of.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a workflow", note = "put `#[workflow]` on the function")]
pub trait Workflow: 'static {
    /// The owned types of its parameters.
    type Input: Inputs;
    /// What it returns.
    type Output: Outcome;
    /// Its parameters in a twin.
    type Parameters: Parameters;

    /// What its attribute says.
    fn info() -> &'static WorkflowInfo;

    /// Records the body; gives the result.
    fn record(parameters: Self::Parameters) -> ExprId;

    /// The function itself. Not boxed: whether the future can move between threads is the function's business, and with a
    /// capturing closure in `map` it cannot.
    fn call(input: Self::Input) -> impl Future<Output = Self::Output>;

    /// The JSON Schemas of the parameters, by name, in order.
    fn input_schema(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        Self::info().params.iter().copied().zip(Self::Input::schemas(generator)).collect()
    }

    /// The JSON Schema of the value it returns.
    fn output_schema(generator: &mut SchemaGenerator) -> Schema {
        Self::Output::schema(generator)
    }
}

/// A task of the program; of a generic one, for some types.
#[derive(Clone, Copy, Debug)]
pub struct TaskEntry {
    /// What tells it from all others.
    pub id: fn() -> TypeId,
    /// [`Task::info`]
    pub info: fn() -> &'static TaskInfo,
    /// [`Task::invoke`]
    pub invoke: fn(Value) -> BoxFuture<'static, Result<Value, TaskFailure>>,
    /// [`Task::names_only_argument`]
    pub names_only_argument: fn() -> bool,
    /// [`Task::input_schema`]
    pub input_schema: fn(&mut SchemaGenerator) -> Vec<(&'static str, Schema)>,
    /// [`Task::output_schema`]
    pub output_schema: fn(&mut SchemaGenerator) -> Schema,
}

/// A workflow of the program.
#[derive(Clone, Copy, Debug)]
pub struct WorkflowEntry {
    /// [`Workflow::info`]
    pub info: fn() -> &'static WorkflowInfo,
    /// [`Definition::of`]
    pub definition: fn() -> Result<Definition, Diagnostics>,
}

inventory::collect!(TaskEntry);
inventory::collect!(WorkflowEntry);

impl TaskEntry {
    /// The entry of a task.
    #[must_use]
    pub const fn of<T: Task>() -> Self {
        TaskEntry {
            id: TypeId::of::<T>,
            info: T::info,
            invoke: T::invoke,
            names_only_argument: T::names_only_argument,
            input_schema: T::input_schema,
            output_schema: T::output_schema,
        }
    }

    /// The arguments, as [`invoke`](Task::invoke) takes them, in the payload that a machine sends.
    #[must_use]
    pub fn arguments(&self, mut payload: Value) -> Value {
        match (self.info)().params {
            [only] if (self.names_only_argument)() => payload.get_mut(only).map(Value::take).unwrap_or_default(),
            _ => payload,
        }
    }

    /// The tasks of the program that are not generic, in the order of their places.
    #[must_use]
    pub fn all() -> Vec<&'static TaskEntry> {
        let mut all: Vec<_> = inventory::iter::<TaskEntry>().collect();
        all.sort_by_key(|entry| (entry.info)().position());
        all
    }
}

impl PartialEq for TaskEntry {
    fn eq(&self, other: &Self) -> bool {
        (self.id)() == (other.id)()
    }
}

impl Eq for TaskEntry {}

impl WorkflowEntry {
    /// The entry of a workflow.
    #[must_use]
    pub const fn of<W: Workflow>() -> Self {
        WorkflowEntry { info: W::info, definition: Definition::of::<W> }
    }

    /// The workflows of the program, in the order of their places.
    #[must_use]
    pub fn all() -> Vec<&'static WorkflowEntry> {
        let mut all: Vec<_> = inventory::iter::<WorkflowEntry>().collect();
        all.sort_by_key(|entry| (entry.info)().position());
        all
    }
}
