//! Mocks of states and resources, in front of the tasks.

use std::sync::Arc;

use serde_json::Value;
use stepwright_runtime::{BoxFuture, TaskFailure, TaskHandler, TaskRequest, mocks::Mocks};

use super::router::Router;

/// Answers with mocks where there are any. They are for the machine that is run, not for those that it starts.
pub(super) struct Mocked {
    pub(super) mocks: Mocks,
    pub(super) router: Arc<Router>,
}

impl TaskHandler for Mocked {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, TaskFailure>> {
        match self.mocks.answer(&request) {
            Some(answer) => {
                self.router.record_mocked(&request);
                Box::pin(std::future::ready(answer))
            }
            None => self.router.call(request),
        }
    }

    fn claims(&self, request: &TaskRequest) -> bool {
        self.mocks.claims(request) || self.router.claims(request)
    }
}
