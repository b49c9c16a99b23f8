//! What a tested state shows of its work, and what stands in for the states inside it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Failure;
use crate::history::EventId;
use crate::task_handler::TaskFailure;
use crate::test_state::InspectionData;
use crate::value::Value;

/// The test of a state that an execution is for; others have none, and pay nothing for it.
#[derive(Debug)]
pub(crate) struct Trial {
    seen: Mutex<InspectionData>,
    context: Option<Value>,
    stand_in: Option<StandIn>,
}

/// What stands in for the branches or iterations of the state.
#[derive(Clone, Debug)]
pub(crate) struct StandIn {
    pub(crate) answer: Result<Value, TaskFailure>,
    /// How many iterations of a Map have failed; they count only if the answer is a result.
    pub(crate) failed_iterations: usize,
}

impl StandIn {
    /// What comes of them all; a failure follows from the given event.
    pub(crate) fn answer(&self, event: EventId) -> Result<Value, Failure> {
        let failure = |TaskFailure { error, cause }| Failure { error, cause, is_heartbeat: false, event };
        self.answer.clone().map_err(failure)
    }
}

impl Trial {
    pub(crate) fn new(input: serde_json::Value, context: Option<Value>, stand_in: Option<StandIn>) -> Trial {
        let seen = InspectionData { input: Some(input), ..InspectionData::default() };
        Trial { seen: Mutex::new(seen), context, stand_in }
    }

    /// The whole context object, if the test gives one.
    pub(crate) fn context(&self) -> Option<&Value> {
        self.context.as_ref()
    }

    pub(crate) fn stand_in(&self) -> Option<&StandIn> {
        self.stand_in.as_ref()
    }

    /// Notes what is to be seen of the state.
    pub(crate) fn show(&self, what: impl FnOnce(&mut InspectionData)) {
        what(&mut self.lock());
    }

    pub(crate) fn seen(&self) -> InspectionData {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, InspectionData> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
