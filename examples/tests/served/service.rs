//! Step Functions, as far as workers and answers to task tokens ask it.

use std::{
    net::SocketAddr,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering::Relaxed},
        mpsc::{self, Receiver, Sender},
    },
    time::Duration,
};

use serde_json::{Value, json};

use super::http::{Response, serve};

/// A safety net for tests that would hang.
const TOO_LONG: Duration = Duration::from_secs(120);

pub struct Service {
    address: SocketAddr,
    polls: Sender<Response>,
    told: Receiver<(String, Value)>,
    polled: Receiver<()>,
}

impl Service {
    /// Tasks go out as the test hands them in. Tokens that begin with `gone` have timed out, with `unknown` do not exist, with `bad`
    /// are invalid; those with `large` take no success, and those with `busy` nothing the first three times.
    pub fn start() -> Self {
        let (polls, answers) = mpsc::channel();
        let (tell, told) = mpsc::channel();
        let (poll, polled) = mpsc::channel();
        let (answers, tell, poll, busy) = (Mutex::new(answers), Mutex::new(tell), Mutex::new(poll), AtomicU32::new(3));
        let address = serve(move |request| {
            let target = request.headers["x-amz-target"].strip_prefix("AWSStepFunctions.").unwrap().to_owned();
            let body: Value = serde_json::from_str(&request.body).unwrap();
            if target == "GetActivityTask" {
                assert_eq!(body["activityArn"], ARN);
                assert!(body["workerName"].as_str().unwrap().starts_with("work-"), "{body}");
                let _ = poll.lock().unwrap().send(());
                return answers.lock().unwrap().recv().ok();
            }
            let token = body["taskToken"].as_str().unwrap().to_owned();
            let is_success = target == "SendTaskSuccess";
            let _ = tell.lock().unwrap().send((target, body));
            Some(match token.split('-').next().unwrap() {
                "large" if is_success => refusal(400, "ValidationException"),
                "busy" if busy.fetch_update(Relaxed, Relaxed, |left: u32| left.checked_sub(1)).is_ok() => {
                    refusal(400, "ThrottlingException")
                }
                "gone" => refusal(400, "TaskTimedOut"),
                "unknown" => refusal(400, "TaskDoesNotExist"),
                "bad" => refusal(400, "InvalidToken"),
                _ => answer(json!({})),
            })
        });
        Service { address, polls, told, polled }
    }

    /// Lets a program find the service.
    pub fn known_to<'a>(&self, program: &'a mut Command) -> &'a mut Command {
        program
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.address))
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "key")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_CONFIG_FILE", "none")
            .env("AWS_SHARED_CREDENTIALS_FILE", "none")
    }

    /// Hands out a task to who polls next.
    pub fn hand_out(&self, token: &str, input: &Value) {
        self.polls.send(answer(json!({ "taskToken": token, "input": input.to_string() }))).unwrap();
    }

    /// Has nothing to do for who polls next.
    pub fn have_nothing(&self) {
        self.polls.send(answer(json!({}))).unwrap();
    }

    /// Refuses the next poll.
    pub fn refuse(&self, status: u16, error: &str) {
        self.polls.send(refusal(status, error)).unwrap();
    }

    /// Waits for the next poll.
    pub fn polled(&self) {
        self.polled.recv_timeout(TOO_LONG).expect("nobody polls");
    }

    /// What is told next of any token: the operation and its input.
    pub fn told(&self) -> (String, Value) {
        self.told.recv_timeout(TOO_LONG).expect("nothing is told")
    }

    /// What is told next that is no heartbeat.
    pub fn reported(&self) -> (String, Value) {
        loop {
            let (operation, body) = self.told();
            if operation != "SendTaskHeartbeat" {
                return (operation, body);
            }
        }
    }
}

pub const ARN: &str = "arn:aws:states:eu-west-1:123456789012:activity:work";

fn answer(body: Value) -> Response {
    Response {
        status: 200,
        headers: vec![("Content-Type", "application/x-amz-json-1.0".to_owned())],
        body: body.to_string(),
    }
}

fn refusal(status: u16, error: &str) -> Response {
    Response { status, ..answer(json!({ "__type": error, "message": format!("it is {error}") })) }
}
