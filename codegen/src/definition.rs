//! A compiled workflow: the machine and what is known of it.

mod task;

pub use task::TaskDefinition;

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright_asl::{StateMachine, graph::Graph};

use crate::{
    compile::{Compiled, compile},
    cost::CostReport,
    diagnostic::Diagnostics,
    info::WorkflowInfo,
    position::Position,
    schema,
    source_map::SourceMap,
    task::{TaskEntry, Workflow},
};

/// A workflow as a state machine.
#[derive(Clone, Debug)]
pub struct Definition {
    info: &'static WorkflowInfo,
    machine: StateMachine,
    source_map: SourceMap,
    ir: String,
    tasks: Vec<TaskDefinition>,
    calls: BTreeMap<String, TaskEntry>,
    input_schema: Value,
    output_schema: Value,
}

impl Definition {
    /// Compiles a workflow.
    ///
    /// # Errors
    ///
    /// The mistakes that only show when the workflow is compiled, with their places.
    pub fn of<W: Workflow>() -> Result<Self, Diagnostics> {
        let Compiled { machine, source_map, tasks, calls, ir } = compile::<W>()?;
        let name = W::info().name;
        Ok(Definition {
            info: W::info(),
            machine,
            source_map,
            ir,
            tasks: tasks.into_iter().map(TaskDefinition::of).collect(),
            calls: calls.into_iter().collect(),
            input_schema: schema::input(name, W::input_schema),
            output_schema: schema::output(name, W::output_schema),
        })
    }

    /// The workflow's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.info.name
    }

    /// What its attribute says.
    #[must_use]
    pub fn info(&self) -> &'static WorkflowInfo {
        self.info
    }

    /// The state machine.
    #[must_use]
    pub fn asl(&self) -> &StateMachine {
        &self.machine
    }

    /// The state machine as JSON, indented, with a line break at the end; the same for the same workflow.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.machine.to_json()
    }

    /// The JSON Schema (draft 2020-12) of the input.
    #[must_use]
    pub fn input_schema(&self) -> &Value {
        &self.input_schema
    }

    /// The JSON Schema (draft 2020-12) of the output.
    #[must_use]
    pub fn output_schema(&self) -> &Value {
        &self.output_schema
    }

    /// The tasks that it calls, in the order of their first calls.
    #[must_use]
    pub fn tasks(&self) -> &[TaskDefinition] {
        &self.tasks
    }

    /// The task that a state calls, by the state's name, which is unique in the whole machine.
    #[must_use]
    pub fn task_of(&self, state: &str) -> Option<&TaskDefinition> {
        let called = self.calls.get(state)?;
        self.tasks.iter().find(|task| task.entry() == called)
    }

    /// The place that each state came from.
    #[must_use]
    pub fn source_map(&self) -> &SourceMap {
        &self.source_map
    }

    /// What its executions cost.
    #[must_use]
    pub fn cost(&self) -> CostReport {
        let schemas = [("input", &self.input_schema), ("output", &self.output_schema)];
        CostReport::new(self.info, &self.machine, self.source_map.clone(), schemas, &self.tasks)
    }

    /// The machine as a picture: each state with its line in the source.
    #[must_use]
    pub fn graph(&self) -> Graph {
        Graph::of(&self.machine).with_notes(|state| self.source_map.get(state).map(short))
    }

    /// The compiler's own form of the workflow, as text.
    #[must_use]
    pub fn ir(&self) -> &str {
        &self.ir
    }
}

/// A place as a note on a picture: the name of the file and the line.
fn short(at: Position) -> String {
    let file = at.file.rsplit(['/', '\\']).next().unwrap_or(at.file);
    format!("{file}:{}", at.line)
}
