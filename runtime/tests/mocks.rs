//! Mocks of Task states, by state, by resource and by attempt.

#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

use serde_json::{Value, json};
use stepwright_asl::State;
use stepwright_runtime::mocks::{MockFile, Mocks, Responses};
use stepwright_runtime::test_state::TestState;
use stepwright_runtime::{ExecutionResult, Interpreter, Program, TaskFailure, TaskHandler, TaskRequest};

fn program(machine: &Value) -> Program {
    Program::compile(&machine.to_string().parse().unwrap()).unwrap()
}

fn run(machine: &Value, handler: impl TaskHandler + 'static) -> ExecutionResult {
    Interpreter::new(&program(machine)).task_handler(handler).run_blocking(json!({})).unwrap()
}

fn task(resource: &str) -> Value {
    json!({ "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "End": true })
}

fn machine_of(state: Value) -> Value {
    json!({ "StartAt": "Only", "States": { "Only": state } })
}

#[test]
fn attempts_are_answered_in_their_order() {
    let mut state = task("lambda:invoke");
    state["Retry"] = json!([{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 9 }]);
    let machine = machine_of(state);
    let file = json!({
        "StateMachines": { "M": { "TestCases": { "C": { "Only": "R" } } } },
        "MockedResponses": { "R": {
            "0": { "Throw": { "Error": "A", "Cause": "a" } },
            "1-2": { "Throw": { "Error": "B" } },
            "3": { "Return": { "Payload": 7 } }
        } }
    });
    let mocks = MockFile::parse(&file.to_string()).unwrap().case("M", "C").unwrap();
    let result = run(&machine, mocks);
    assert_eq!(result.output, Some(json!({ "Payload": 7 })));
    let errors = result.history.iter().filter_map(|event| event.details().get("error").cloned());
    assert_eq!(errors.collect::<Vec<_>>(), ["A", "B", "B"]);
    assert_eq!((result.stopped_at - result.started_at).num_seconds(), 1 + 2 + 4);
}

#[test]
fn nothing_makes_a_success_of_a_hole() {
    let mut state = task("lambda:invoke");
    state["Retry"] = json!([{ "ErrorEquals": ["States.ALL"] }]);
    state["Catch"] = json!([{ "ErrorEquals": ["States.ALL"], "Next": "Fine" }]);
    let mut machine = machine_of(state);
    machine["States"]["Fine"] = json!({ "Type": "Succeed" });
    let result = run(&machine, Mocks::new().state("Only", Responses::throws("Busy", "").times(2)));
    assert_eq!(result.error.as_deref(), Some("States.Runtime"));
    assert_eq!(result.cause.as_deref(), Some("The state 'Only' has no mocked response for attempt 2."));
    let result = run(&machine, Mocks::new());
    let cause = "The state 'Only', which calls arn:aws:states:::lambda:invoke, is not mocked.";
    assert_eq!(result.cause.as_deref(), Some(cause));
}

#[test]
fn states_go_before_resources_and_both_before_the_handler() {
    let next = |resource: &str, next: &str| json!({ "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "ResultPath": format!("$.{next}"), "Next": next });
    let machine = json!({ "StartAt": "A", "States": {
        "A": next("sqs:sendMessage", "B"), "B": next("sqs:sendMessage", "C"), "C": next("sns:publish", "D"),
        "D": { "Type": "Succeed" }
    } });
    let mocks = Mocks::new()
        .resource("arn:aws:states:::sqs:sendMessage", |request: &TaskRequest| Ok(json!([request.state_name])))
        .state("A", Responses::returns(json!("by state")));
    let rest = |request: TaskRequest| async move { Ok(json!(request.resource)) };
    let result = run(&machine, mocks.or_else(rest));
    let expected = json!({ "B": "by state", "C": ["B"], "D": "arn:aws:states:::sns:publish" });
    assert_eq!(result.output, Some(expected));
}

#[test]
fn a_mock_answers_for_the_token_too() {
    let machine = machine_of(task("sqs:sendMessage.waitForTaskToken"));
    let result = run(&machine, Mocks::new().state("Only", Responses::returns(json!("approved"))));
    assert_eq!(result.output, Some(json!("approved")));
    let result = run(&machine, Mocks::new().state("Only", Responses::throws("Refused", "by Ada")));
    assert_eq!((result.error.as_deref(), result.cause.as_deref()), (Some("Refused"), Some("by Ada")));
}

#[test]
fn each_iteration_has_attempts_of_its_own() {
    let mut state = task("lambda:invoke");
    state["Retry"] = json!([{ "ErrorEquals": ["Busy"] }]);
    let map = json!({ "Type": "Map", "ItemsPath": "$", "ItemProcessor": machine_of(state), "End": true });
    let mocks = Mocks::new().state("Only", Responses::throws("Busy", "").times(1).then_returns(json!(1)));
    let program = program(&json!({ "StartAt": "Each", "States": { "Each": map } }));
    let result = Interpreter::new(&program).task_handler(mocks).run_blocking(json!([0, 0, 0])).unwrap();
    assert_eq!(result.output, Some(json!([1, 1, 1])));
}

#[test]
fn responses_are_made_of_parts() {
    let answers = |responses: Responses| {
        let mut state = task("lambda:invoke");
        state["Retry"] = json!([{ "ErrorEquals": ["E"], "MaxAttempts": 3 }]);
        run(&machine_of(state), Mocks::new().state("Only", responses))
    };
    let of = |responses: Responses| answers(responses).output;
    assert_eq!(of(Responses::returns(json!(1)).times(0).then_returns(json!(2))), Some(json!(2)));
    assert_eq!(of(Responses::throws("E", "").times(3).then_returns(json!(3))), Some(json!(3)));
    assert_eq!(answers(Responses::throws("E", "").times(1).then_throws("F", "")).error.as_deref(), Some("F"));
}

#[test]
fn mocked_states_have_to_exist() {
    let program = program(&json!({ "StartAt": "A", "States": {
        "A": { "Type": "Pass", "Next": "B" },
        "B": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true }
    } }));
    let failing = |_: &TaskRequest| Err(TaskFailure::new("E", ""));
    assert_eq!(Mocks::new().state("B", failing).check(&program), Ok(()));
    let error = Mocks::new().state("A", failing).check(&program).unwrap_err();
    assert_eq!(error.to_string(), "`A` is mocked, but is no Task state of the machine; there are: B");
}

#[test]
fn mocks_claim_what_the_interpreter_could_answer() {
    let mut state = task("aws-sdk:sfn:sendTaskSuccess");
    state["Arguments"] = json!({ "TaskToken": "t", "Output": "1" });
    state["QueryLanguage"] = json!("JSONata");
    let machine = machine_of(state.clone());
    let mocks = Mocks::new().state("Only", Responses::returns(json!({ "mocked": true })));
    let rest = |_: TaskRequest| async { Ok(json!(null)) };
    assert_eq!(run(&machine, mocks.clone()).output, Some(json!({ "mocked": true })));
    assert_eq!(run(&machine, mocks.or_else(rest)).output, Some(json!({ "mocked": true })));
    let tested = TestState::of_state(&State::from_value(&state).unwrap()).mock_result(json!({})).run_blocking();
    assert_eq!(tested.unwrap().output, Some(json!({})));
}
