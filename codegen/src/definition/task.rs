//! The tasks of a definition.

use serde_json::Value;

use crate::{info::TaskInfo, schema, task::TaskEntry};

/// A task that a definition calls.
#[derive(Clone, Debug)]
pub struct TaskDefinition {
    entry: TaskEntry,
    input_schema: Value,
    output_schema: Value,
}

impl TaskDefinition {
    pub(super) fn of(entry: TaskEntry) -> Self {
        let name = (entry.info)().name;
        TaskDefinition {
            entry,
            input_schema: schema::payload(name, (entry.names_only_argument)(), entry.input_schema),
            output_schema: schema::output(name, entry.output_schema),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.info().name
    }

    /// What its attribute says: who does the work, time-out, retriers.
    #[must_use]
    pub fn info(&self) -> &'static TaskInfo {
        (self.entry.info)()
    }

    /// The JSON Schema (draft 2020-12) of its payload.
    #[must_use]
    pub fn input_schema(&self) -> &Value {
        &self.input_schema
    }

    /// The JSON Schema (draft 2020-12) of its result.
    #[must_use]
    pub fn output_schema(&self) -> &Value {
        &self.output_schema
    }

    /// How it is called in this program.
    #[must_use]
    pub fn entry(&self) -> &TaskEntry {
        &self.entry
    }
}
