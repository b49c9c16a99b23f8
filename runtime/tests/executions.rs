//! Executions as their callers see them: time, threads, tokens, limits.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has told what it has to tell")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::DateTime;
use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{
    Clock, ExecutionStatus, Fault, HistoryEvent, Identity, Interpreter, Limits, MemoryObjects, Program, Stop,
    TaskFailure, TaskRequest, TaskTokens, TokenError,
};

fn program(states: &Value) -> Program {
    let start = states.as_object().unwrap().keys().next().unwrap();
    let machine = json!({ "QueryLanguage": "JSONata", "StartAt": start, "States": states });
    Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap()
}

fn wait(seconds: u64) -> Program {
    program(&json!({ "W": { "Type": "Wait", "Seconds": seconds, "End": true } }))
}

fn task() -> Value {
    json!({ "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true })
}

#[tokio::test]
async fn virtual_time_needs_no_paused_runtime() {
    let started = Instant::now();
    let result = Interpreter::new(&wait(60)).run(json!(1)).await.unwrap();
    assert_eq!(result.output, Some(json!(1)));
    assert!(started.elapsed().as_secs() < 5);
}

#[test]
fn virtual_time_needs_no_runtime_at_all() {
    let clock = Clock::virtual_at(DateTime::UNIX_EPOCH);
    let run = Interpreter::new(&wait(99_999_999)).clock(clock).run(json!({}));
    let result = futures_util::FutureExt::now_or_never(run).unwrap().unwrap();
    assert_eq!(result.stopped_at.timestamp(), 99_999_999);
}

#[test]
fn histories_can_leave_out_data() {
    let mut state = task();
    state["Arguments"] = json!({ "secret": 1 });
    let echo = |request: TaskRequest| async move { Ok(request.arguments) };
    let result =
        Interpreter::new(&program(&json!({ "T": state }))).task_handler(echo).run_blocking(json!("s")).unwrap();
    let events: Vec<Value> = result.history.iter().map(HistoryEvent::to_json_without_data).collect();
    let complete = json!({ "truncated": false });
    assert_eq!(events[1]["stateEnteredEventDetails"], json!({ "name": "T", "inputDetails": complete }));
    assert_eq!(events[4]["lambdaFunctionSucceededEventDetails"], json!({ "outputDetails": complete }));
    assert_eq!(
        events[3],
        json!({ "timestamp": events[3]["timestamp"], "type": "LambdaFunctionStarted", "id": 4, "previousEventId": 3 })
    );
    assert!(events.iter().all(|event| !event.to_string().contains("secret")));
}

#[test]
fn express_executions_take_five_minutes_at_most() {
    let identity = Identity::of("quick", "one").express("r");
    let run = |seconds, limits| {
        let interpreter = Interpreter::new(&wait(seconds)).identity(identity.clone()).limits(limits);
        interpreter.run_blocking(json!({})).unwrap()
    };
    assert_eq!(run(299, Limits::default()).status, ExecutionStatus::Succeeded);
    let late = run(301, Limits::default());
    assert_eq!((late.status, late.error.as_deref()), (ExecutionStatus::TimedOut, Some("States.Timeout")));
    assert_eq!((late.stopped_at - late.started_at).num_seconds(), 300);
    assert_eq!(run(301, Limits::none()).status, ExecutionStatus::Succeeded);
}

#[tokio::test(start_paused = true)]
async fn real_time_is_tokios() {
    let result = Interpreter::new(&wait(3_600)).clock(Clock::real()).run(json!({})).await.unwrap();
    assert!((3_600..3_602).contains(&(result.stopped_at - result.started_at).num_seconds()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn executions_move_between_threads() {
    let states = json!({ "M": { "Type": "Map", "Items": "{% [1..20] %}", "Output": "{% $sum($states.result) %}", "End": true,
        "ItemProcessor": { "StartAt": "T", "States": { "T": task() } } } });
    let echo = |request: TaskRequest| async move {
        tokio::time::sleep(Duration::from_millis(request.arguments.as_u64().unwrap_or_default() % 3)).await;
        Ok(request.arguments)
    };
    let interpreter = Interpreter::new(&program(&states)).task_handler(echo);
    let runs: Vec<_> = (0..50).map(|_| tokio::spawn(interpreter.run(json!({})))).collect();
    for run in runs {
        assert_eq!(run.await.unwrap().unwrap().output, Some(json!(210)));
    }
}

#[tokio::test]
async fn virtual_time_stands_still_while_a_handler_works() {
    let states = json!({ "P": { "Type": "Parallel", "End": true, "Branches": [
        { "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 1_000, "End": true } } },
        { "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "TimeoutSeconds": 1, "Output": "{% $states.context.State.EnteredTime & '' %}", "Next": "D" }, "D": { "Type": "Pass", "End": true } } },
    ] } });
    let slow = |_: TaskRequest| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(Value::Null)
    };
    let clock = Clock::virtual_at(DateTime::UNIX_EPOCH);
    let result = Interpreter::new(&program(&states)).clock(clock).task_handler(slow).run(json!({})).await.unwrap();
    assert_eq!(result.output.unwrap()[1], json!("1970-01-01T00:00:00Z"));
    let done = result.history.iter().find(|event| event.details()["name"] == "D").unwrap();
    assert_eq!(done.timestamp().timestamp(), 0);
    assert_eq!(result.stopped_at.timestamp(), 1_000);
}

#[tokio::test]
async fn the_machines_own_time_out_ends_everything() {
    let machine = json!({ "QueryLanguage": "JSONata", "TimeoutSeconds": 5, "StartAt": "P", "States": { "P": {
        "Type": "Parallel", "End": true, "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "P" }],
        "Branches": [{ "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 60, "End": true } } }] } } });
    let program = Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap();
    let result = Interpreter::new(&program).run(json!({})).await.unwrap();
    assert_eq!((result.status, result.error.as_deref()), (ExecutionStatus::TimedOut, Some("States.Timeout")));
    assert_eq!(
        result.history.last().unwrap().to_json()["executionTimedOutEventDetails"],
        json!({ "error": "States.Timeout" })
    );
    assert_eq!((result.stopped_at - result.started_at).num_seconds(), 5);
}

#[tokio::test]
async fn an_execution_can_be_stopped() {
    let stop = Stop::new();
    let states = json!({ "T": task() });
    let stopping = {
        let stop = stop.clone();
        move |_: TaskRequest| {
            stop.stop(Some("Enough".to_owned()), None);
            std::future::pending::<Result<Value, TaskFailure>>()
        }
    };
    let result = Interpreter::new(&program(&states)).stop(&stop).task_handler(stopping).run(json!({})).await.unwrap();
    assert_eq!((result.status, result.error.as_deref()), (ExecutionStatus::Aborted, Some("Enough")));
}

fn approval(heartbeat: Value) -> Program {
    let mut state = json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "TimeoutSeconds": 3_600,
        "Arguments": { "FunctionName": "ask", "Payload": { "token": "{% $states.context.Task.Token %}" } },
        "Catch": [{ "ErrorEquals": ["States.HeartbeatTimeout"], "Output": "no heartbeat", "Next": "S" }, { "ErrorEquals": ["States.ALL"], "Next": "S" }],
        "End": true });
    state["HeartbeatSeconds"] = heartbeat;
    program(&json!({ "T": state, "S": { "Type": "Succeed" } }))
}

#[tokio::test]
async fn a_task_token_is_answered_from_anywhere() {
    let tokens = TaskTokens::new();
    let ask = {
        let tokens = tokens.clone();
        move |request: TaskRequest| {
            let tokens = tokens.clone();
            let token = request.task_token.unwrap();
            assert_eq!(request.arguments["Payload"]["token"], json!(token));
            tokio::spawn(async move {
                tokens.heartbeat(&token).unwrap();
                tokens.succeed(&token, json!("approved")).unwrap();
                assert_eq!(tokens.succeed(&token, json!(1)), Err(TokenError::NotOpen));
            });
            std::future::ready(Ok(json!({ "StatusCode": 200 })))
        }
    };
    let interpreter = Interpreter::new(&approval(json!(60))).task_tokens(tokens).clock(Clock::real()).task_handler(ask);
    let result = interpreter.run(json!({})).await.unwrap();
    assert_eq!(result.output, Some(json!("approved")));
    let types: Vec<_> = result.history.iter().map(|event| event.event_type().as_str()).collect();
    let expected =
        ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"];
    assert_eq!(types[..6], expected);
}

#[tokio::test]
async fn a_task_token_that_nobody_answers_times_out_in_virtual_time() {
    let submit = |_: TaskRequest| std::future::ready(Ok(json!({})));
    let result = Interpreter::new(&approval(json!(60))).task_handler(submit).run(json!({})).await.unwrap();
    assert_eq!(result.output, Some(json!("no heartbeat")));
    assert_eq!((result.stopped_at - result.started_at).num_seconds(), 60);
}

#[tokio::test]
async fn nobody_to_answer_a_task_is_a_fault() {
    let fault = Interpreter::new(&program(&json!({ "T": task() }))).run(json!({})).await.unwrap_err();
    assert!(matches!(&fault, Fault::Unsupported(what) if what.contains("without a task handler")), "{fault}");
}

#[tokio::test]
async fn endless_loops_end_with_the_history() {
    let states = json!({ "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } });
    let result = Interpreter::new(&program(&states)).run(json!({})).await.unwrap();
    assert_eq!(result.error.as_deref(), Some("States.Runtime"));
    assert_eq!(result.cause.unwrap(), "The execution reached the maximum number of history events (25000).");
    assert_eq!((result.history.len(), result.history.last().unwrap().id()), (25_000, 25_000));
}

#[tokio::test]
async fn large_values_are_refused() {
    let states = json!({ "A": { "Type": "Pass", "Output": "{% $pad('', 300000, 'x') %}", "End": true } });
    let result = Interpreter::new(&program(&states)).run(json!({})).await.unwrap();
    assert_eq!(result.error.as_deref(), Some("States.DataLimitExceeded"));
    let cause = "The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.";
    assert_eq!(result.cause.as_deref(), Some(cause));
    let result = Interpreter::new(&program(&states)).limits(Limits::none()).run(json!({})).await.unwrap();
    assert_eq!(result.status, ExecutionStatus::Succeeded);
}

#[tokio::test]
async fn the_seed_makes_runs_alike() {
    let states = json!({ "A": { "Type": "Pass", "Output": "{% [$uuid(), $random(), $states.context.Execution.Name] %}", "End": true } });
    let interpreter = Interpreter::new(&program(&states)).clock(Clock::virtual_at(DateTime::UNIX_EPOCH));
    let histories = |seed: u64| {
        let interpreter = interpreter.clone().seed(seed);
        async move {
            let result = interpreter.run(json!({})).await.unwrap();
            result.history.iter().map(|event| event.to_json()).collect::<Vec<_>>()
        }
    };
    assert_eq!(histories(1).await, histories(1).await);
    assert_ne!(histories(1).await, histories(2).await);
}

#[tokio::test]
async fn a_dropped_execution_calls_nobody() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = {
        let calls = Arc::clone(&calls);
        move |_: TaskRequest| {
            calls.fetch_add(1, Ordering::Relaxed);
            std::future::ready(Ok(Value::Null))
        }
    };
    drop(Interpreter::new(&program(&json!({ "T": task() }))).task_handler(count).run(json!({})));
    assert_eq!(calls.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_distributed_map_reads_and_writes_objects() {
    let objects = MemoryObjects::new();
    objects.insert("in", "rows.csv", "id;name\n1;Ada\n2;\"Bob; Jr\"\n3\n");
    objects.insert("out", "keep", "");
    let map = json!({ "M": {
        "Type": "Map", "End": true,
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject", "Arguments": { "Bucket": "in", "Key": "{% $states.input.key %}" },
            "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "CSVDelimiter": "SEMICOLON" },
        },
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, "StartAt": "P",
            "States": { "P": { "Type": "Pass", "Output": "{% $states.input.name %}", "End": true } },
        },
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject", "Arguments": { "Bucket": "out", "Prefix": "results" },
            "WriterConfig": { "Transformation": "COMPACT", "OutputType": "JSONL" },
        },
    } });
    let interpreter = Interpreter::new(&program(&map)).object_store(objects.clone());
    let result = interpreter.run(json!({ "key": "rows.csv" })).await.unwrap();
    let manifest = result.output.unwrap()["ResultWriterDetails"]["Key"].as_str().unwrap().to_owned();
    let manifest: Value = serde_json::from_slice(&objects.content("out", &manifest).unwrap()).unwrap();
    let written = manifest["ResultFiles"]["SUCCEEDED"][0]["Key"].as_str().unwrap();
    assert_eq!(objects.content("out", written).unwrap(), b"\"Ada\"\n\"Bob; Jr\"\n\"\"\n");
    assert_eq!(result.transitions, 4);

    let missing = interpreter.run(json!({ "key": "none.csv" })).await.unwrap();
    assert_eq!(missing.error.as_deref(), Some("States.ItemReaderFailed"));
    let nowhere = Interpreter::new(&program(&map)).run(json!({ "key": "rows.csv" })).await;
    assert!(matches!(nowhere, Err(Fault::Unsupported(what)) if what.contains("without an object store")));
}
