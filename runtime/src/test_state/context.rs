//! Context objects that tests give.

use serde_json::Value as Json;
use stepwright_asl::{Pattern, Resource, State};

use super::TestStateError;

/// What a member of the context object may be.
enum Kind {
    Any,
    Text,
    Integer,
    Object(&'static [(&'static str, Kind)]),
}

const EXECUTION: Kind = Kind::Object(&[
    ("Id", Kind::Text),
    ("Input", Kind::Any),
    ("Name", Kind::Text),
    ("RedriveCount", Kind::Integer),
    ("RedriveTime", Kind::Text),
    ("RoleArn", Kind::Text),
    ("StartTime", Kind::Text),
]);
const STATE: Kind = Kind::Object(&[("EnteredTime", Kind::Text), ("Name", Kind::Text), ("RetryCount", Kind::Integer)]);
const STATE_MACHINE: Kind = Kind::Object(&[("Id", Kind::Text), ("Name", Kind::Text)]);
const TASK: Kind = Kind::Object(&[("Token", Kind::Text)]);
const CONTEXT: Kind =
    Kind::Object(&[("Execution", EXECUTION), ("State", STATE), ("StateMachine", STATE_MACHINE), ("Task", TASK)]);

/// Refuses what the service does not take for the context object of the state.
pub(super) fn check_context(context: &Json, state: &State) -> Result<(), TestStateError> {
    if context.get("Map").is_some() {
        return Err(invalid("'Map' field is not supported when mocking a Context object"));
    }
    check("", context, &CONTEXT)?;
    if context.get("Task").is_some() && !has_token(state) {
        return Err(TestStateError::validation(
            "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' \
             service integration pattern",
        ));
    }
    Ok(())
}

fn check(path: &str, value: &Json, kind: &Kind) -> Result<(), TestStateError> {
    let wrong = |expected: &str| {
        let path = if path.is_empty() { "Context object" } else { path };
        Err(invalid(&format!("{path} must be {expected}")))
    };
    match (kind, value) {
        (Kind::Any, _) | (Kind::Text, Json::String(_)) => Ok(()),
        (Kind::Integer, Json::Number(number)) if number.is_i64() => Ok(()),
        (Kind::Object(members), Json::Object(object)) => object.iter().try_for_each(|(name, value)| {
            let Some((_, kind)) = members.iter().find(|(member, _)| member == name) else {
                return Err(invalid(&format!("Field '{name}' is not allowed")));
            };
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            check(&path, value, kind)
        }),
        (Kind::Text, _) => wrong("a string"),
        (Kind::Integer, _) => wrong("an integer"),
        (Kind::Object(_), _) => wrong("an object"),
    }
}

fn has_token(state: &State) -> bool {
    let State::Task(task) = state else { return false };
    Resource::parse(&task.resource).is_some_and(|resource| resource.pattern() != Pattern::RequestResponse)
}

fn invalid(problem: &str) -> TestStateError {
    TestStateError::validation(format!("Invalid Context object provided: {problem}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_context_object_is_taken() {
        let machine = r#"{ "StartAt": "Plain", "States": {
            "Plain": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Wait" },
            "Wait": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true } } }"#;
        let machine: stepwright_asl::StateMachine = machine.parse().unwrap();
        let problem = |context: Json, state: &str| {
            check_context(&context, &machine.states[state]).err().map(|error| error.to_string()).unwrap_or_default()
        };
        let prefix = "Invalid Context object provided: ";
        let whole =
            json!({ "Execution": { "Id": "x", "Input": [1] }, "State": { "RetryCount": 1 }, "StateMachine": {} });
        assert_eq!(problem(whole, "Plain"), "");
        assert_eq!(problem(json!({ "Task": { "Token": "t" } }), "Wait"), "");
        assert!(problem(json!({ "Task": {} }), "Plain").starts_with("Context object contains 'Task' when"));
        for (context, expected) in [
            (json!({ "Other": 1 }), "Field 'Other' is not allowed"),
            (json!({ "State": { "Other": 1 } }), "Field 'Other' is not allowed"),
            (json!({ "Execution": { "Id": 1 } }), "Execution.Id must be a string"),
            (json!({ "State": { "RetryCount": "1" } }), "State.RetryCount must be an integer"),
            (json!({ "State": 1 }), "State must be an object"),
            (json!({ "Map": {} }), "'Map' field is not supported when mocking a Context object"),
        ] {
            assert_eq!(problem(context, "Plain"), format!("{prefix}{expected}"));
        }
    }
}
