//! Mocks of states and resources, in front of the tasks.

use serde_json::Value;
use stepwright_runtime::{BoxFuture, TaskFailure, TaskHandler, TaskRequest, mocks::Mocks};

use super::router::MachineTasks;

/// Answers with mocks where there are any. They are for the machine that is run, not for those that it starts.
pub(super) struct Mocked {
    pub(super) mocks: Mocks,
    pub(super) tasks: MachineTasks,
}

impl TaskHandler for Mocked {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, TaskFailure>> {
        match self.mocks.answer(&request) {
            Some(answer) => {
                self.tasks.record_mocked(&request);
                Box::pin(std::future::ready(answer))
            }
            None => self.tasks.call(request),
        }
    }

    fn claims(&self, request: &TaskRequest) -> bool {
        self.mocks.claims(request) || self.tasks.claims(request)
    }
}
