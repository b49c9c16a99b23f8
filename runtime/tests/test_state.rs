//! Tests of single states, beyond what the recorded ones show.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has told what it has to tell")]

use serde_json::{Value, json};
use stepwright_asl::{State, StateMachine};
use stepwright_runtime::test_state::{
    FieldValidationMode, Level, Status, TestState, TestStateError, TestStateRequest, TestedState,
};
use stepwright_runtime::{TaskFailure, TaskRequest};

fn of(state: Value) -> TestState {
    TestState::of_state(&State::from_value(&state).unwrap()).inspect(Level::Trace)
}

fn answer(test: &TestState) -> Value {
    json!(test.run_blocking().unwrap())
}

/// The names of what a test shows.
fn shown(tested: &TestedState) -> Vec<String> {
    let seen = json!(tested)["inspectionData"].as_object().cloned().unwrap_or_default();
    seen.keys().cloned().collect()
}

fn message(test: &TestState) -> String {
    test.run_blocking().unwrap_err().to_string()
}

fn pass() -> Value {
    json!({ "StartAt": "Each", "States": { "Each": { "Type": "Pass", "End": true } } })
}

#[test]
fn a_map_shows_its_items_on_their_way() {
    let mut processor = pass();
    processor["ProcessorConfig"] = json!({ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" });
    let map = of(json!({
        "Type": "Map", "ItemsPath": "$.rows", "MaxConcurrencyPath": "$.width", "ToleratedFailurePercentage": 50,
        "ItemSelector": { "n.$": "$$.Map.Item.Value" }, "ItemBatcher": { "MaxItemsPerBatch": 2 },
        "ItemProcessor": processor, "ResultPath": "$.done", "End": true
    }));
    let map = map.input(json!({ "rows": [1, 2, 3], "width": 7 })).mock_result(json!(["a", "b"]));
    let tested = map.run_blocking().unwrap();
    assert_eq!(tested.output, Some(json!({ "rows": [1, 2, 3], "width": 7, "done": ["a", "b"] })));
    let seen = tested.inspection_data.clone().unwrap();
    assert_eq!(seen.after_items_path, Some(json!([1, 2, 3])));
    assert_eq!(seen.after_item_selector, Some(json!([{ "n": 1 }, { "n": 2 }, { "n": 3 }])));
    let batches = json!([{ "Items": [{ "n": 1 }, { "n": 2 }] }, { "Items": [{ "n": 3 }] }]);
    assert_eq!(seen.after_item_batcher, Some(batches));
    assert_eq!((seen.max_concurrency, seen.tolerated_failure_percentage), (Some(7), Some(50.0)));
    assert_eq!(seen.tolerated_failure_count, None);

    // Of two batches one may fail, but not both.
    assert_eq!(map.clone().failed_iterations(1).run_blocking().unwrap().status, Status::Succeeded);
    let tested = map.failed_iterations(2).run_blocking().unwrap();
    assert_eq!(tested.error.as_deref(), Some("States.ExceedToleratedFailureThreshold"));
}

#[test]
fn an_inline_map_shows_its_items_too() {
    let map = of(json!({
        "Type": "Map", "QueryLanguage": "JSONata", "Items": "{% $states.input %}", "ItemProcessor": pass(),
        "ItemSelector": "{% $states.context.Map.Item.Value * 2 %}", "End": true
    }));
    let tested = map.input(json!([1, 2])).mock_result(json!([])).run_blocking().unwrap();
    assert_eq!(shown(&tested), ["input", "afterItemSelector", "maxConcurrency"]);
    assert_eq!(tested.inspection_data.unwrap().after_item_selector, Some(json!([2, 4])));
}

#[test]
fn an_item_reader_reads_what_is_given() {
    let mut processor = pass();
    processor["ProcessorConfig"] = json!({ "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" });
    let map = |reader: Value| {
        let state = json!({ "Type": "Map", "ItemReader": reader, "ItemProcessor": processor.clone(), "End": true,
            "ItemSelector": { "v.$": "$$.Map.Item.Value" } });
        of(state).mock_result(json!([]))
    };
    let csv = map(json!({
        "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" },
        "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 1 }
    }));
    assert_eq!(message(&csv), "ItemReader data must be specified when testing a Map state with ItemReader specified.");
    let seen = csv.item_reader_data("a,b\n1,2\n3,4").run_blocking().unwrap().inspection_data.unwrap();
    assert_eq!(seen.after_item_selector, Some(json!([{ "v": { "a": "1", "b": "2" } }])));

    let listing = map(json!({ "Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": { "Bucket": "b" } }));
    let tested = listing.clone().item_reader_data(r#"[{ "Key": "x", "Size": 3 }]"#).run_blocking().unwrap();
    let items = tested.inspection_data.unwrap().after_item_selector.unwrap();
    assert_eq!((&items[0]["v"]["Key"], &items[0]["v"]["Size"]), (&json!("x"), &json!(3)));
    let tested = listing.item_reader_data("nothing").run_blocking().unwrap();
    assert_eq!(tested.error.as_deref(), Some("States.ItemReaderFailed"));

    let pointed = map(json!({
        "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" },
        "ReaderConfig": { "InputType": "JSON", "ItemsPointer": "/rows" }
    }));
    let tested = pointed.item_reader_data(r#"{ "rows": [5] }"#).run_blocking().unwrap();
    assert_eq!(tested.inspection_data.unwrap().after_items_pointer, Some(json!([5])));
}

#[test]
fn retries_come_before_catchers() {
    let task = of(json!({
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "After",
        "Retry": [
            { "ErrorEquals": ["Other"] },
            { "ErrorEquals": ["Busy"], "IntervalSeconds": 3, "BackoffRate": 2, "MaxDelaySeconds": 10, "MaxAttempts": 4 }
        ],
        "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Handle" }]
    }));
    let busy = task.input(json!({ "n": 1 })).mock_error("Busy", "again");
    let details = |retries| answer(&busy.clone().retries(retries))["inspectionData"]["errorDetails"].clone();
    assert_eq!(details(0), json!({ "retryIndex": 1, "retryBackoffIntervalSeconds": 3 }));
    assert_eq!(details(1), json!({ "retryIndex": 1, "retryBackoffIntervalSeconds": 6 }));
    assert_eq!(details(3), json!({ "retryIndex": 1, "retryBackoffIntervalSeconds": 10 }));
    assert_eq!(details(4), json!({ "retryIndex": 1, "catchIndex": 0 }));
    let caught = busy.retries(4).run_blocking().unwrap();
    assert_eq!((caught.status, caught.next_state.as_deref()), (Status::CaughtError, Some("Handle")));
    assert_eq!(caught.output, Some(json!({ "n": 1, "error": { "Error": "Busy", "Cause": "again" } })));
}

#[test]
fn errors_of_fields_come_without_a_place_in_a_history() {
    let task = json!({
        "Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": "{% $states.input.missing %}", "End": true
    });
    let tested = of(task.clone()).mock_result(json!({})).run_blocking().unwrap();
    assert_eq!((tested.status, tested.error.as_deref()), (Status::Failed, Some("States.QueryEvaluationError")));
    let cause = "The JSONata expression '$states.input.missing' specified for the field 'Arguments' \
                 returned nothing (undefined).";
    assert_eq!(tested.cause.as_deref(), Some(cause));

    let mut caught = task;
    caught["Catch"] = json!([{ "ErrorEquals": ["States.QueryEvaluationError"], "Next": "Handle" }]);
    assert_eq!(of(caught).mock_result(json!({})).run_blocking().unwrap().status, Status::CaughtError);
}

#[test]
fn variables_are_read_set_and_shown() {
    let state = json!({
        "Type": "Pass", "QueryLanguage": "JSONata", "Next": "N", "Assign": { "sum": "{% $a + 1 %}" }, "Output": "{% $a %}"
    });
    let variables = json!({ "a": 1, "unused": true, "sum": 0 });
    let tested = of(state).variables(variables.as_object().unwrap().clone()).run_blocking().unwrap();
    assert_eq!(tested.output, Some(json!(1)));
    assert_eq!(tested.inspection_data.unwrap().variables, Some(json!({ "a": 1, "unused": true, "sum": 2 })));
}

#[test]
fn tokens_come_from_the_context_and_mocks_answer_them() {
    let task = of(json!({
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": { "Token.$": "$$.Task.Token" }, "End": true
    }));
    let mocked = task.mock_result(json!("approved"));
    let tested = mocked.clone().context(json!({ "Task": { "Token": "t-1" } })).run_blocking().unwrap();
    assert_eq!(tested.output, Some(json!("approved")));
    assert_eq!(tested.inspection_data.unwrap().after_parameters, Some(json!({ "Token": "t-1" })));
    let tested = mocked.run_blocking().unwrap();
    assert!(tested.inspection_data.unwrap().after_parameters.unwrap()["Token"].is_string());
}

#[test]
fn without_a_mock_the_handler_answers() {
    let task = of(json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true }));
    assert!(matches!(task.run_blocking(), Err(TestStateError::Fault(_))));
    let answered = task.clone().task_handler(|request: TaskRequest| async move { Ok(json!([request.state_name])) });
    assert_eq!(answer(&answered)["output"], r#"["StateName"]"#);
    let failing = task.task_handler(|_| async { Err(TaskFailure::new("Down", "for ever")) });
    assert_eq!(answer(&failing)["error"], "Down");
}

#[test]
fn a_test_takes_five_minutes_at_most() {
    let wait = |seconds: u64| of(json!({ "Type": "Wait", "Seconds": seconds, "End": true })).run_blocking().unwrap();
    assert_eq!(wait(299).status, Status::Succeeded);
    assert_eq!(wait(301).error.as_deref(), Some("States.Timeout"));
}

#[test]
fn states_are_found_at_any_depth() {
    let machine: StateMachine = json!({
        "QueryLanguage": "JSONata", "StartAt": "All",
        "States": { "All": { "Type": "Parallel", "End": true, "Branches": [
            { "StartAt": "In", "States": { "In": { "Type": "Pass", "Output": "{% 1 %}", "Next": "Out" }, "Out": { "Type": "Succeed" } } }
        ] } }
    })
    .to_string()
    .parse()
    .unwrap();
    let tested = TestState::new(&machine, "In").run_blocking().unwrap();
    assert_eq!((tested.output, tested.next_state.as_deref()), (Some(json!(1)), Some("Out")));
    assert_eq!(tested.inspection_data, None);
    assert_eq!(message(&TestState::new(&machine, "None")), "State not found in definition");
    let parallel = TestState::new(&machine, "All");
    assert_eq!(message(&parallel.clone().mock_error("E", "").error_caused_by("None")), "State not found in definition");
    assert_eq!(parallel.mock_error("E", "c").error_caused_by("In").run_blocking().unwrap().status, Status::Failed);
}

#[test]
fn results_are_compared_as_asked_for() {
    let task = of(json!({ "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:startExecution", "End": true }));
    let strict = task.mock_result(json!({}));
    let prefix = "Mock result schema validation error: ";
    assert_eq!(message(&strict), format!("{prefix}Required field 'ExecutionArn' is missing"));
    assert!(strict.clone().validation(FieldValidationMode::Present).run_blocking().is_ok());
    let wrong = strict.mock_result(json!({ "StartDate": 1 }));
    let present = wrong.clone().validation(FieldValidationMode::Present);
    assert_eq!(message(&present), format!("{prefix}Field 'StartDate' must be a string"));
    assert!(wrong.validation(FieldValidationMode::None).run_blocking().is_ok());
}

#[test]
fn requests_are_read_strictly() {
    let request = |request: Value| serde_json::from_value::<TestStateRequest>(request).unwrap().into_test();
    let problem = |value: Value| match request(value) {
        Err(error) => (error.code().unwrap_or_default(), error.to_string()),
        Ok(test) => panic!("{:?}", test.run_blocking()),
    };
    let pass = r#"{"Type":"Pass","End":true}"#;
    let (code, message) = problem(json!({ "definition": "{" }));
    assert_eq!(code, "InvalidDefinition");
    assert!(
        message.starts_with("Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Unexpected end-of-input"),
        "{message}"
    );
    let (_, message) = problem(json!({ "definition": r#"{"Type":"Sleep","End":true}"# }));
    assert_eq!(
        message,
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: \
         [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/StateName/Type'"
    );
    assert_eq!(problem(json!({ "definition": pass, "input": "x" })).0, "InvalidExecutionInput");
    let (_, message) = problem(json!({ "definition": pass, "context": "{}" }));
    assert_eq!(message, "TestState does not support Context when a mock is not specified.");
    let unknown = serde_json::from_value::<TestStateRequest>(json!({ "definition": pass, "level": 1 }));
    assert!(unknown.unwrap_err().to_string().contains("unknown field `level`"));
}
