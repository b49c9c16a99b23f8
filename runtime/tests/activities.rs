//! Activities and their workers.
#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{
    Activities, ExecutionResult, ExecutionStatus, Interpreter, Program, StateMachines, TaskFailure, TaskTokens,
    TokenError,
};

const ARN: &str = "arn:aws:states:eu-west-1:123456789012:activity:pack";

fn program(states: &Value) -> Program {
    let machine = json!({ "StartAt": "A", "States": states });
    Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap()
}

fn interpreter(more: Value) -> (Interpreter, Activities) {
    let mut state = json!({ "Type": "Task", "Resource": ARN, "End": true });
    state.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let activities = Activities::new();
    activities.create("pack");
    (Interpreter::new(&program(&json!({ "A": state }))).activities(&activities), activities)
}

fn events(result: &ExecutionResult) -> Vec<(&'static str, Value)> {
    let activity = result.history.iter().filter(|event| event.event_type().as_str().starts_with("Activity"));
    activity.map(|event| (event.event_type().as_str(), event.details())).collect()
}

#[tokio::test]
async fn a_worker_takes_a_task_and_answers() {
    let (interpreter, activities) = interpreter(json!({ "TimeoutSeconds": 60, "HeartbeatSeconds": 10 }));
    let work = async {
        let task = activities.poll(ARN, Some("Ada")).await.unwrap();
        assert_eq!(task.input(), &json!({ "n": 1 }));
        for _ in 0..3 {
            task.clock().sleep(Duration::from_secs(8)).await;
            task.heartbeat().unwrap();
        }
        task.succeed(json!("packed")).unwrap();
    };
    let ((), result) = tokio::join!(work, interpreter.run(json!({ "n": 1 })));
    let result = result.unwrap();
    assert_eq!(result.output, Some(json!("packed")));
    assert_eq!((result.stopped_at - result.started_at).num_seconds(), 24);
    let included = json!({ "truncated": false });
    let scheduled = json!({ "resource": ARN, "input": "{\"n\":1}", "inputDetails": included,
        "timeoutInSeconds": 60, "heartbeatInSeconds": 10 });
    let expected = [
        ("ActivityScheduled", scheduled),
        ("ActivityStarted", json!({ "workerName": "Ada" })),
        ("ActivitySucceeded", json!({ "output": "\"packed\"", "outputDetails": included })),
    ];
    assert_eq!(events(&result), expected);
}

#[tokio::test]
async fn a_worker_can_fail_a_task_or_be_late() {
    let (interpreter, activities) = interpreter(json!({ "TimeoutSeconds": 60, "HeartbeatSeconds": 10 }));
    let fail = async { activities.poll("pack", None).await.unwrap().fail(TaskFailure::new("No", "box")) };
    let (sent, result) = tokio::join!(fail, interpreter.run(json!({})));
    let result = result.unwrap();
    assert_eq!((result.error.as_deref(), result.cause.as_deref(), sent), (Some("No"), Some("box"), Ok(())));
    assert_eq!(events(&result)[1], ("ActivityStarted", json!({})));
    let sleep = async {
        let task = activities.poll("pack", None).await.unwrap();
        task.clock().sleep(Duration::from_secs(11)).await;
        task.succeed(json!(1))
    };
    let (sent, result) = tokio::join!(sleep, interpreter.run(json!({})));
    assert_eq!((result.unwrap().error.as_deref(), sent), (Some("States.Timeout"), Err(TokenError::NotOpen)));
}

#[tokio::test]
async fn what_nobody_takes_times_out_and_is_not_handed_out_later() {
    let (interpreter, activities) = interpreter(json!({ "TimeoutSeconds": 5 }));
    let result = interpreter.run(json!({})).await.unwrap();
    assert_eq!(events(&result)[1], ("ActivityTimedOut", json!({ "error": "States.Timeout" })));
    assert!(activities.take("pack", None).unwrap().is_none());
    activities.delete("pack");
    assert_eq!(activities.take(ARN, None).unwrap_err().to_string(), format!("Activity Does Not Exist: '{ARN}'"));
    let result = interpreter.run(json!({})).await.unwrap();
    assert_eq!(result.error.as_deref(), Some("States.Runtime"));
    assert!(
        result.cause.unwrap().ends_with(&format!("(entered at the event id #2). The activity {ARN} does not exist."))
    );
}

#[tokio::test]
async fn somebody_else_can_answer_with_the_token() {
    let (interpreter, activities) = interpreter(json!({}));
    let tokens = TaskTokens::new();
    let interpreter = interpreter.task_tokens(tokens.clone());
    let work = async {
        let task = activities.poll(ARN, None).await.unwrap();
        let token = task.token().to_owned();
        drop(task);
        tokens.succeed(&token, json!(2)).unwrap();
        assert_eq!(tokens.succeed(&token, json!(3)), Err(TokenError::NotOpen));
        assert_eq!(tokens.heartbeat("x"), Err(TokenError::Invalid));
    };
    let (result, ()) = tokio::join!(interpreter.run(json!({})), work);
    assert_eq!(result.unwrap().output, Some(json!(2)));
}

#[test]
fn a_machine_can_be_the_worker() {
    let call = |action: &str, parameters: Value, next: Value| {
        let mut state = json!({ "Type": "Task", "Resource": format!("arn:aws:states:::aws-sdk:sfn:{action}"), "Parameters": parameters });
        state.as_object_mut().unwrap().extend(next.as_object().unwrap().clone());
        state
    };
    let poll = json!({ "ActivityArn": ARN, "WorkerName": "machine" });
    let consumer = program(&json!({
        "A": call("getActivityTask", poll.clone(), json!({ "Next": "B" })),
        "B": { "Type": "Wait", "Seconds": 2, "Next": "C" },
        "C": call("sendTaskSuccess", json!({ "TaskToken.$": "$.TaskToken", "Output.$": "$.Input" }), json!({ "Next": "D" })),
        // Nothing is left: the answer comes after a minute, and is empty.
        "D": call("getActivityTask", poll, json!({ "End": true })),
    }));
    let start = json!({ "Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "Next": "B", "ResultPath": null,
        "Parameters": { "StateMachineArn": "arn:aws:states:eu-west-1:123456789012:stateMachine:consumer" } });
    let pack = json!({ "Type": "Task", "Resource": ARN, "TimeoutSeconds": 60, "End": true });
    let activities = Activities::new();
    activities.create("pack");
    let interpreter = Interpreter::new(&program(&json!({ "A": start, "B": pack }))).activities(&activities);
    let machines = StateMachines::new().with("consumer", &consumer);
    let result = interpreter.state_machines(machines).run_blocking(json!({ "n": 1 })).unwrap();
    assert_eq!((result.status, result.output), (ExecutionStatus::Succeeded, Some(json!({ "n": 1 }))));
    assert_eq!((result.stopped_at - result.started_at).num_seconds(), 2);
    let consumed = &result.nested[0].result;
    assert_eq!((consumed.stopped_at - consumed.started_at).num_seconds(), 62);
    assert_eq!(consumed.output, Some(json!({})));
}
