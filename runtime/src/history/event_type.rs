use std::fmt;

/// Declares the event types, each named as the service names it.
macro_rules! event_types {
    ($($name:ident),* $(,)?) => {
        /// What an event of a history tells, by the service's name for it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "the names are the service's, and documented there")]
        pub enum EventType {
            $($name),*
        }

        impl EventType {
            /// The service's name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(EventType::$name => stringify!($name)),*
                }
            }
        }
    };
}

event_types! {
    ActivityFailed, ActivityScheduled, ActivityScheduleFailed, ActivityStarted, ActivitySucceeded, ActivityTimedOut,
    ChoiceStateEntered, ChoiceStateExited,
    EvaluationFailed,
    ExecutionAborted, ExecutionFailed, ExecutionRedriven, ExecutionStarted, ExecutionSucceeded, ExecutionTimedOut,
    FailStateEntered,
    LambdaFunctionFailed, LambdaFunctionScheduled, LambdaFunctionScheduleFailed, LambdaFunctionStarted,
    LambdaFunctionStartFailed, LambdaFunctionSucceeded, LambdaFunctionTimedOut,
    MapIterationAborted, MapIterationFailed, MapIterationStarted, MapIterationSucceeded,
    MapRunAborted, MapRunFailed, MapRunRedriven, MapRunStarted, MapRunSucceeded,
    MapStateAborted, MapStateEntered, MapStateExited, MapStateFailed, MapStateStarted, MapStateSucceeded,
    ParallelStateAborted, ParallelStateEntered, ParallelStateExited, ParallelStateFailed, ParallelStateStarted,
    ParallelStateSucceeded,
    PassStateEntered, PassStateExited,
    SucceedStateEntered, SucceedStateExited,
    TaskFailed, TaskScheduled, TaskStarted, TaskStartFailed, TaskStateAborted, TaskStateEntered, TaskStateExited,
    TaskSubmitFailed, TaskSubmitted, TaskSucceeded, TaskTimedOut,
    WaitStateAborted, WaitStateEntered, WaitStateExited,
}

impl EventType {
    /// The name of the member that the service puts the details of such an event in.
    pub(crate) fn details_key(self) -> String {
        let name = self.as_str();
        let stem = match name {
            _ if name.ends_with("StateEntered") => "stateEntered",
            _ if name.ends_with("StateExited") => "stateExited",
            _ => name,
        };
        let mut key = stem.to_owned();
        if let Some(first) = key.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        key + "EventDetails"
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_have_the_services_names() {
        assert_eq!(EventType::PassStateEntered.details_key(), "stateEnteredEventDetails");
        assert_eq!(EventType::TaskStateExited.details_key(), "stateExitedEventDetails");
        assert_eq!(EventType::LambdaFunctionScheduled.details_key(), "lambdaFunctionScheduledEventDetails");
    }
}
