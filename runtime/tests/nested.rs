//! Executions that start others.
#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{
    BoxFuture, ExecutionResult, ExecutionStatus, Interpreter, Limits, Program, StateMachines, Stop, TaskFailure,
    TaskHandler, TaskRequest,
};

const CHILD: &str = "arn:aws:states:eu-west-1:123456789012:stateMachine:child";

fn program(start: &str, states: &Value) -> Program {
    let machine = json!({ "QueryLanguage": "JSONata", "StartAt": start, "States": states });
    Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap()
}

/// A machine of one task that calls `states:startExecution` with the given pattern.
fn parent(pattern: &str, arguments: &Value) -> Program {
    let resource = format!("arn:aws:states:::{pattern}");
    program("Run", &json!({ "Run": { "Type": "Task", "Resource": resource, "Arguments": arguments, "End": true } }))
}

fn one(state: Value) -> Program {
    program("A", &json!({ "A": state }))
}

fn run(parent: &Program, child: &Program) -> ExecutionResult {
    let machines = StateMachines::new().with("child", child);
    Interpreter::new(parent).seed(1).state_machines(machines).run_blocking(json!({})).unwrap()
}

fn types(result: &ExecutionResult) -> Vec<&'static str> {
    result.history.iter().map(|event| event.event_type().as_str()).collect()
}

#[test]
fn who_waits_gets_the_description_of_the_ended_execution() {
    let child = one(json!({ "Type": "Pass", "Output": { "twice": "{% $states.input.n * 2 %}" }, "End": true }));
    let arguments = json!({ "StateMachineArn": CHILD, "Input": { "n": 4 }, "Name": "one" });
    let result = run(&parent("states:startExecution.sync:2", &arguments), &child);
    let output = result.output.clone().unwrap();
    assert_eq!(output["Output"], json!({ "twice": 8 }));
    assert_eq!(output["Input"], json!({ "n": 4 }));
    assert_eq!(output["ExecutionArn"], "arn:aws:states:eu-west-1:123456789012:execution:child:one");
    assert_eq!(output["RedriveStatusReason"], "Execution is SUCCEEDED and cannot be redriven");
    let expected = ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted"];
    assert_eq!(types(&result)[..5], expected);
    assert_eq!(types(&result)[5..], ["TaskSucceeded", "TaskStateExited", "ExecutionSucceeded"]);
    let result = run(&parent("states:startExecution.sync", &arguments), &child);
    assert_eq!(result.output.unwrap()["Output"], r#"{"twice":8}"#);
    assert_eq!(result.nested.len(), 1);
    assert_eq!(types(&result.nested[0].result).last(), Some(&"ExecutionSucceeded"));
}

#[test]
fn a_failure_of_the_started_execution_fails_the_task_that_waits() {
    let child = one(json!({ "Type": "Fail", "Error": "Bad", "Cause": "luck" }));
    let result = run(&parent("states:startExecution.sync:2", &json!({ "StateMachineArn": CHILD })), &child);
    assert_eq!(result.error.as_deref(), Some("States.TaskFailed"));
    let cause: Value = serde_json::from_str(&result.cause.unwrap()).unwrap();
    assert_eq!((&cause["Error"], &cause["Cause"], &cause["Status"]), (&json!("Bad"), &json!("luck"), &json!("FAILED")));
    assert_eq!(cause["Input"], json!({}));
    assert_eq!(cause["RedriveStatus"], "REDRIVABLE");
    assert!(cause.get("Output").is_none());
}

#[test]
fn a_started_execution_that_takes_too_long_has_no_error() {
    let states = json!({ "W": { "Type": "Wait", "Seconds": 9, "End": true } });
    let machine = json!({ "StartAt": "W", "TimeoutSeconds": 5, "States": states });
    let child = Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap();
    let result = run(&parent("states:startExecution.sync", &json!({ "StateMachineArn": CHILD })), &child);
    assert_eq!(result.error.as_deref(), Some("States.TaskFailed"));
    let cause: Value = serde_json::from_str(&result.cause.unwrap()).unwrap();
    assert_eq!(cause["Status"], "TIMED_OUT");
    assert!(cause.get("Error").is_none() && cause.get("Cause").is_none(), "{cause}");
}

#[test]
fn what_nobody_waits_for_runs_beside_and_to_its_end() {
    let child = one(json!({ "Type": "Wait", "Seconds": 3_600, "Output": "late", "End": true }));
    let result = run(&parent("states:startExecution", &json!({ "StateMachineArn": CHILD })), &child);
    assert_eq!(result.started_at, result.stopped_at);
    let output = result.output.unwrap();
    assert!(output["StartDate"].is_f64() && output["SdkHttpMetadata"].is_object());
    let nested = &result.nested[0].result;
    assert_eq!(nested.output, Some(json!("late")));
    assert_eq!((nested.stopped_at - nested.started_at).num_seconds(), 3_600);
    let sdk = run(&parent("aws-sdk:sfn:startExecution", &json!({ "StateMachineArn": CHILD })), &child);
    let output = sdk.output.unwrap();
    assert!(output["StartDate"].as_str().unwrap().ends_with('Z') && output.get("SdkHttpMetadata").is_none());
}

#[test]
fn a_synchronous_express_execution_answers_with_its_failure() {
    let machines = StateMachines::new().with_express("child", &one(json!({ "Type": "Fail", "Error": "Bad" })));
    let parent = parent("aws-sdk:sfn:startSyncExecution", &json!({ "StateMachineArn": CHILD, "Name": "x" }));
    let output = Interpreter::new(&parent).state_machines(machines).run_blocking(json!({})).unwrap().output.unwrap();
    assert_eq!((&output["Status"], &output["Error"]), (&json!("FAILED"), &json!("Bad")));
    assert!(output["ExecutionArn"].as_str().unwrap().contains(":express:child:x:"));
}

#[test]
fn what_cannot_be_started_is_refused_in_the_services_words() {
    let child = one(json!({ "Type": "Wait", "Seconds": 1, "End": true }));
    let none = "arn:aws:states:eu-west-1:123456789012:stateMachine:none";
    let result = run(&parent("states:startExecution", &json!({ "StateMachineArn": none })), &child);
    assert_eq!(result.error.as_deref(), Some("StepFunctions.StateMachineDoesNotExistException"));
    assert!(result.cause.unwrap().starts_with(&format!("State Machine Does Not Exist: '{none}' (Service: AWSStepF")));
    let text = json!({ "StateMachineArn": CHILD, "Input": "no JSON" });
    let result = run(&parent("aws-sdk:sfn:startExecution", &text), &child);
    assert_eq!(result.error.as_deref(), Some("Sfn.InvalidExecutionInputException"));
    // Once more with the same name: the same execution if it runs with the same input, an error otherwise.
    let start = |input: u8, next: Value| {
        let arguments = json!({ "StateMachineArn": CHILD, "Name": "same", "Input": input });
        let mut state =
            json!({ "Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "Arguments": arguments });
        state.as_object_mut().unwrap().extend(next.as_object().unwrap().clone());
        state
    };
    let next = |name: &str| json!({ "Next": name });
    let states = json!({ "A": start(1, next("B")), "B": start(1, next("C")), "C": start(2, json!({ "End": true })) });
    let result = run(&program("A", &states), &child);
    assert_eq!(result.error.as_deref(), Some("StepFunctions.ExecutionAlreadyExistsException"));
    assert_eq!((result.transitions, result.nested.len()), (3, 1));
}

#[test]
fn a_task_that_gives_up_stops_what_it_waits_for() {
    let child = one(json!({ "Type": "Wait", "Seconds": 3_600, "End": true }));
    let arguments = json!({ "StateMachineArn": CHILD });
    let resource = "arn:aws:states:::states:startExecution.sync:2";
    let parent =
        one(json!({ "Type": "Task", "Resource": resource, "Arguments": arguments, "TimeoutSeconds": 5, "End": true }));
    let result = run(&parent, &child);
    assert_eq!(result.error.as_deref(), Some("States.Timeout"));
    let nested = &result.nested[0].result;
    assert_eq!(nested.status, ExecutionStatus::Aborted);
    assert_eq!((nested.stopped_at - nested.started_at).num_seconds(), 5);
    assert_eq!(types(nested), ["ExecutionStarted", "WaitStateEntered", "ExecutionAborted"]);
    // The same when the whole execution is stopped.
    let (stop, machines) = (Stop::new(), StateMachines::new().with("child", &child));
    stop.stop(None, None);
    let result = Interpreter::new(&parent).stop(&stop).state_machines(machines).run_blocking(json!({})).unwrap();
    let stopped: Vec<_> = result.nested.iter().map(|nested| nested.result.status).collect();
    assert_eq!((result.status, stopped), (ExecutionStatus::Aborted, vec![ExecutionStatus::Aborted]));
}

#[test]
fn a_started_execution_answers_the_token_that_it_was_given() {
    let send = |action: &str, arguments: Value| {
        let resource = format!("arn:aws:states:::aws-sdk:sfn:{action}");
        json!({ "Type": "Task", "Resource": resource, "Arguments": arguments, "End": true })
    };
    let token = "{% $states.input.token %}";
    let arguments =
        json!({ "StateMachineArn": CHILD, "Input": { "token": "{% $states.context.Task.Token %}", "n": 3 } });
    let parent = parent("states:startExecution.waitForTaskToken", &arguments);
    let output = "{% $string({'n': $states.input.n}) %}";
    let result = run(&parent, &one(send("sendTaskSuccess", json!({ "TaskToken": token, "Output": output }))));
    assert_eq!(result.output, Some(json!({ "n": 3 })));
    let result = run(&parent, &one(send("sendTaskFailure", json!({ "TaskToken": token, "Error": "No" }))));
    assert_eq!((result.error.as_deref(), result.cause.as_deref()), (Some("No"), None));
    // A token of nobody, and one that is answered already.
    let result = run(&one(send("sendTaskHeartbeat", json!({ "TaskToken": "x" }))), &parent);
    assert_eq!(result.error.as_deref(), Some("Sfn.InvalidTokenException"));
    let mut first = send("sendTaskSuccess", json!({ "TaskToken": token, "Output": "1" }));
    first["Next"] = json!("B");
    first["Output"] = json!("{% $states.input %}");
    first.as_object_mut().unwrap().remove("End");
    let second = send("sendTaskSuccess", json!({ "TaskToken": token, "Output": "2" }));
    let result = run(&parent, &program("A", &json!({ "A": first, "B": second })));
    assert_eq!(result.nested[0].result.error.as_deref(), Some("Sfn.TaskTimedOutException"));
    assert_eq!(result.output, Some(json!(1)));
}

#[test]
fn endless_starts_come_to_an_end() {
    let restart = parent("states:startExecution", &json!({ "StateMachineArn": CHILD }));
    let nest = parent("states:startExecution.sync:2", &json!({ "StateMachineArn": CHILD }));
    for machine in [restart, nest] {
        let mut limits = Limits::default();
        limits.nested_executions = 200;
        let machines = StateMachines::new().with("child", &machine);
        let interpreter = Interpreter::new(&machine).limits(limits).state_machines(machines);
        let result = interpreter.run_blocking(json!({})).unwrap();
        assert_eq!(result.nested.len(), 200);
        let last = &result.nested[199].result;
        assert_eq!(last.error.as_deref(), Some("StepFunctions.ExecutionLimitExceededException"));
    }
}

/// Claims all starts for itself.
struct Claims;

impl TaskHandler for Claims {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, TaskFailure>> {
        Box::pin(async move {
            request.clock.sleep(Duration::from_secs(1)).await;
            Ok(json!("mine"))
        })
    }

    fn claims(&self, request: &TaskRequest) -> bool {
        request.resource.ends_with("startExecution.sync")
    }
}

#[test]
fn a_handler_can_claim_a_start() {
    let machines = StateMachines::new().with("child", &one(json!({ "Type": "Succeed" })));
    for (pattern, nested) in [("states:startExecution.sync", 0), ("states:startExecution.sync:2", 1)] {
        let parent = parent(pattern, &json!({ "StateMachineArn": CHILD }));
        let interpreter = Interpreter::new(&parent).state_machines(machines.clone()).task_handler(Claims);
        let result = interpreter.run_blocking(json!({})).unwrap();
        assert_eq!(result.nested.len(), nested, "{pattern}");
        assert_eq!(result.output == Some(json!("mine")), nested == 0);
    }
}
