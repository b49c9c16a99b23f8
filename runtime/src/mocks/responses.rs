//! Answers by the attempt.

use std::ops::RangeInclusive;

use serde_json::Value as Json;

use super::{Mock, unmocked};
use crate::task_handler::{TaskFailure, TaskRequest};

/// What the attempts at a state are answered, from the first on; each entry of the state starts anew.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Responses(Vec<Response>);

#[derive(Clone, Debug, PartialEq)]
struct Response {
    /// The attempts by their retry count.
    attempts: RangeInclusive<u32>,
    answer: Result<Json, TaskFailure>,
}

impl Responses {
    /// The given result at every attempt.
    pub fn returns(result: Json) -> Responses {
        Responses::none().then(Ok(result))
    }

    /// The given failure at every attempt.
    pub fn throws(error: impl Into<String>, cause: impl Into<String>) -> Responses {
        Responses::none().then(Err(TaskFailure::new(error, cause)))
    }

    /// Ends what was given last after that many attempts; with nothing after it, the next attempt ends the execution.
    pub fn times(mut self, count: u32) -> Responses {
        if let Some(mut last) = self.0.pop() {
            let first = *last.attempts.start();
            if let Some(end) = (first + count).checked_sub(1).filter(|_| count > 0) {
                last.attempts = first..=end;
                self.0.push(last);
            }
        }
        self
    }

    /// The given result at all further attempts.
    pub fn then_returns(self, result: Json) -> Responses {
        self.then(Ok(result))
    }

    /// The given failure at all further attempts.
    pub fn then_throws(self, error: impl Into<String>, cause: impl Into<String>) -> Responses {
        self.then(Err(TaskFailure::new(error, cause)))
    }

    pub(super) fn none() -> Responses {
        Responses(Vec::new())
    }

    fn then(self, answer: Result<Json, TaskFailure>) -> Responses {
        let first = self.0.last().map_or(0, |last| last.attempts.end().saturating_add(1));
        self.at(first..=u32::MAX, answer)
    }

    /// The given answer at these attempts.
    pub(super) fn at(mut self, attempts: RangeInclusive<u32>, answer: Result<Json, TaskFailure>) -> Responses {
        self.0.push(Response { attempts, answer });
        self
    }

    /// Whether one of these attempts has an answer already.
    pub(super) fn overlap(&self, attempts: &RangeInclusive<u32>) -> bool {
        let meets = |response: &Response| {
            response.attempts.start() <= attempts.end() && attempts.start() <= response.attempts.end()
        };
        self.0.iter().any(meets)
    }
}

impl Mock for Responses {
    fn answer(&self, request: &TaskRequest) -> Result<Json, TaskFailure> {
        let response = self.0.iter().find(|response| response.attempts.contains(&request.retry_count));
        response.map_or_else(
            || {
                let (attempt, state) = (request.retry_count, &request.state_name);
                Err(unmocked(format!("The state '{state}' has no mocked response for attempt {attempt}.")))
            },
            |response| response.answer.clone(),
        )
    }
}
