//! Workers of activities and answers to task tokens, before a service of the test's own.

use std::{
    fs,
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStderr, Command, Output, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::service::{ARN, Service};

const SERVED: &str = env!("CARGO_BIN_EXE_served");

struct Worker {
    process: Child,
    said: Lines<BufReader<ChildStderr>>,
}

impl Worker {
    fn start(service: &Service, options: &[&str]) -> Self {
        let mut command = Command::new(SERVED);
        command.args(["worker", "work", "--activity-arn", ARN]).args(options).stderr(Stdio::piped());
        let mut process = service.known_to(&mut command).spawn().unwrap();
        let said = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut worker = Worker { process, said };
        worker.says("polls arn:");
        worker
    }

    /// Reads what it says, up to a line with this text.
    fn says(&mut self, text: &str) -> String {
        let mut all = Vec::new();
        for line in self.said.by_ref() {
            all.push(line.unwrap());
            if all.last().unwrap().contains(text) {
                return all.pop().unwrap();
            }
        }
        panic!("it does not say {text:?}:\n{}", all.join("\n"));
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    fn ends(mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn succeeded(token: &str, output: &Value) -> (String, Value) {
    ("SendTaskSuccess".into(), json!({ "taskToken": token, "output": output.to_string() }))
}

fn failed(token: &str, error: &str, cause: &str) -> (String, Value) {
    ("SendTaskFailure".into(), json!({ "taskToken": token, "error": error, "cause": cause }))
}

fn heartbeat(token: &str) -> (String, Value) {
    ("SendTaskHeartbeat".into(), json!({ "taskToken": token }))
}

#[test]
fn results_failures_and_panics_are_reported() {
    let service = Service::start();
    let _worker = Worker::start(&service, &[]);
    service.hand_out("t-1", &json!({ "Done": "well" }));
    assert_eq!(service.reported(), succeeded("t-1", &json!("well")));
    service.have_nothing();
    service.hand_out("t-2", &json!({ "Refused": "tired" }));
    assert_eq!(service.reported(), failed("t-2", "WorkError.Refused", r#"{"Refused":{"why":"tired"}}"#));
    service.hand_out("t-3", &json!("Panics"));
    assert_eq!(service.reported(), failed("t-3", "Panic", "at work"));
    service.hand_out("t-4", &json!({ "Done": 5 }));
    let cause = "`work`: Done: invalid type: integer `5`, expected a string";
    assert_eq!(service.reported(), failed("t-4", "InvalidArguments", cause));
}

#[test]
fn a_task_that_is_handed_out_to_a_worker_that_stops_is_done() {
    let service = Service::start();
    let mut worker = Worker::start(&service, &["--concurrency", "2"]);
    service.polled();
    service.polled();
    worker.signal("-TERM");
    worker.says("stopping when all polls and all work are done");
    service.hand_out("t-1", &json!({ "Done": "late" }));
    assert_eq!(service.reported(), succeeded("t-1", &json!("late")));
    service.have_nothing();
    assert_eq!(worker.ends(), Some(0));
}

#[test]
fn results_that_are_refused_are_failures() {
    let service = Service::start();
    let _worker = Worker::start(&service, &[]);
    service.hand_out("large-1", &json!({ "Done": "much" }));
    assert_eq!(service.reported(), succeeded("large-1", &json!("much")));
    let cause = "the token cannot be answered: ValidationException: it is ValidationException";
    assert_eq!(service.reported(), failed("large-1", "InvalidResult", cause));
}

#[test]
fn results_are_reported_until_the_service_takes_them() {
    let service = Service::start();
    let mut worker = Worker::start(&service, &[]);
    service.hand_out("busy-1", &json!({ "Done": "well" }));
    // The SDK tries three times by itself.
    for _ in 0..3 {
        assert_eq!(service.reported(), succeeded("busy-1", &json!("well")));
    }
    worker.says("report: the token cannot be answered: ThrottlingException");
    assert_eq!(service.reported(), succeeded("busy-1", &json!("well")));
}

#[test]
fn heartbeats_go_on_until_the_work_is_done() {
    let (service, root) = (Service::start(), TempDir::new().unwrap());
    let _worker = Worker::start(&service, &[]);
    let file = root.path().join("done");
    service.hand_out("t-1", &json!({ "Until": file }));
    for _ in 0..3 {
        assert_eq!(service.told(), heartbeat("t-1"));
    }
    fs::write(file, "").unwrap();
    assert_eq!(service.reported(), succeeded("t-1", &json!("waited")));
}

#[test]
fn work_that_nobody_waits_for_is_abandoned() {
    let service = Service::start();
    let mut worker = Worker::start(&service, &[]);
    service.hand_out("gone-1", &json!("Hangs"));
    assert_eq!(service.told(), heartbeat("gone-1"));
    worker.says("abandoned: the task timed out");
    service.hand_out("t-2", &json!({ "Done": "next" }));
    assert_eq!(service.told(), succeeded("t-2", &json!("next")));
}

#[test]
fn a_throttled_worker_comes_back() {
    let service = Service::start();
    let mut worker = Worker::start(&service, &[]);
    // The SDK tries three times by itself.
    for _ in 0..3 {
        service.refuse(400, "ThrottlingException");
    }
    worker.says("poll failed, next in ");
    service.refuse(400, "ActivityWorkerLimitExceeded");
    worker.says("ActivityWorkerLimitExceeded: it is ActivityWorkerLimitExceeded");
    service.hand_out("t-1", &json!({ "Done": "late" }));
    assert_eq!(service.told(), succeeded("t-1", &json!("late")));
}

#[test]
fn a_worker_without_an_activity_ends() {
    let service = Service::start();
    let mut worker = Worker::start(&service, &["--concurrency", "2"]);
    service.refuse(400, "ActivityDoesNotExist");
    worker.says("polls no more: ActivityDoesNotExist");
    service.have_nothing();
    worker.says("error: ActivityDoesNotExist: it is ActivityDoesNotExist");
    assert_eq!(worker.ends(), Some(1));
}

#[test]
fn a_worker_that_is_terminated_finishes_its_work() {
    let (service, root) = (Service::start(), TempDir::new().unwrap());
    let mut worker = Worker::start(&service, &["--concurrency", "2"]);
    let file = root.path().join("done");
    service.hand_out("t-1", &json!({ "Until": file }));
    assert_eq!(service.told(), heartbeat("t-1"));
    worker.signal("-TERM");
    worker.says("stopping when all polls and all work are done");
    assert_eq!(service.told(), heartbeat("t-1"));
    service.have_nothing();
    fs::write(file, "").unwrap();
    assert_eq!(service.reported(), succeeded("t-1", &json!("waited")));
    assert_eq!(worker.ends(), Some(0));
}

#[test]
fn the_second_signal_gives_the_work_up() {
    let service = Service::start();
    let mut worker = Worker::start(&service, &[]);
    service.hand_out("t-1", &json!("Hangs"));
    assert_eq!(service.told(), heartbeat("t-1"));
    worker.signal("-INT");
    worker.says("stopping when all polls and all work are done");
    worker.signal("-INT");
    assert_eq!(service.reported(), failed("t-1", "WorkerStopped", "the worker was stopped"));
    assert_eq!(worker.ends(), Some(0));
}

#[test]
fn workers_work_at_the_same_time() {
    let (service, root) = (Service::start(), TempDir::new().unwrap());
    let _worker = Worker::start(&service, &["--concurrency", "2"]);
    let file = root.path().join("done");
    service.hand_out("t-1", &json!("Hangs"));
    assert_eq!(service.told(), heartbeat("t-1"));
    service.hand_out("t-2", &json!({ "Done": file }));
    assert_eq!(service.reported(), succeeded("t-2", &json!(file)));
}

fn run(service: &Service, arguments: &[&str]) -> Output {
    service.known_to(Command::new(SERVED).args(arguments)).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn only_activity_tasks_have_workers() {
    let output = run(&Service::start(), &["worker", "panics", "--activity-arn", ARN]);
    assert!(said(&output).contains("no activity task with a body `panics` in this program; there are: work"));
}

#[test]
fn tokens_are_answered_by_commands() {
    let (service, root) = (Service::start(), TempDir::new().unwrap());
    let file = root.path().join("output.json");
    fs::write(&file, r#"{ "approved": true }"#).unwrap();
    let answered = |arguments: &[&str]| {
        let output = run(&service, arguments);
        assert!(output.status.success(), "{}", said(&output));
        service.told()
    };
    assert_eq!(answered(&["token", "succeed", "t-1", "--output", "[1, 2]"]), succeeded("t-1", &json!([1, 2])));
    let from_file = answered(&["token", "succeed", "t-2", "--output", file.to_str().unwrap()]);
    assert_eq!(from_file, succeeded("t-2", &json!({ "approved": true })));
    assert_eq!(answered(&["token", "fail", "t-3", "--error", "E.No", "--cause", "no"]), failed("t-3", "E.No", "no"));
    assert_eq!(answered(&["token", "heartbeat", "t-4"]), heartbeat("t-4"));
}

#[test]
fn tokens_that_cannot_be_answered_are_told() {
    let service = Service::start();
    for (token, why) in [
        ("gone-1", "error: the task timed out: nothing waits for the token any more\n"),
        ("unknown-1", "error: the task does not exist\n"),
        ("bad-1", "error: the token is invalid\n"),
    ] {
        let output = run(&service, &["token", "heartbeat", token]);
        assert_eq!((output.status.code(), said(&output).as_str()), (Some(1), why));
    }
    let output = run(&service, &["token", "succeed", "t-1", "--output", "{no"]);
    assert!(said(&output).starts_with("error: the output is neither JSON (key must be a string"), "{}", said(&output));
}
