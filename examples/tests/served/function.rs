//! Lambda, as far as a function sees it: a process and its runtime interface.

use std::{
    process::{Child, Command},
    sync::{
        Mutex,
        mpsc::{self, Receiver, Sender},
    },
    time::Duration,
};

use serde_json::Value;

use super::http::{Response, serve};

/// A safety net for tests that would hang.
const TOO_LONG: Duration = Duration::from_secs(120);

pub struct Function {
    process: Child,
    events: Sender<String>,
    /// What came of each event: whether it failed, and the body.
    outcomes: Receiver<(bool, String)>,
}

impl Function {
    /// Starts a program as Lambda does; `configure` sets more of its environment.
    pub fn start(program: &str, configure: impl FnOnce(&mut Command)) -> Self {
        let (events, waiting) = mpsc::channel::<String>();
        let (tell, outcomes) = mpsc::channel();
        let (waiting, tell) = (Mutex::new(waiting), Mutex::new(tell));
        let address = serve(move |request| {
            let path = request.path.strip_prefix("/2018-06-01/runtime/").unwrap();
            if (request.method.as_str(), path) == ("GET", "invocation/next") {
                return Some(invocation(waiting.lock().unwrap().recv().ok()?));
            }
            let failed = match path {
                "invocation/request-1/response" => false,
                "invocation/request-1/error" => true,
                other => panic!("{} {other}: {}", request.method, request.body),
            };
            let _ = tell.lock().unwrap().send((failed, request.body));
            Some(Response { status: 202, headers: Vec::new(), body: String::new() })
        });
        let mut command = Command::new(program);
        command
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "stack-function")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("_HANDLER", "bootstrap");
        configure(&mut command);
        Function { process: command.spawn().unwrap(), events, outcomes }
    }

    /// The handler of a task.
    pub fn of(program: &str, task: &str) -> Self {
        Function::start(program, |command| {
            command.env("STEPWRIGHT_TASK", task);
        })
    }

    /// Invokes it: the result, or the body of the error.
    pub fn invoke(&self, event: &str) -> Result<String, String> {
        self.events.send(event.to_owned()).unwrap();
        match self.outcomes.recv_timeout(TOO_LONG).expect("the function does not answer") {
            (false, body) => Ok(body),
            (true, body) => Err(body),
        }
    }

    /// The same for JSON.
    pub fn call(&self, event: &Value) -> Result<Value, Value> {
        let json = |text: String| serde_json::from_str(&text).unwrap();
        self.invoke(&event.to_string()).map(json).map_err(json)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn invocation(event: String) -> Response {
    let headers = vec![
        ("Lambda-Runtime-Aws-Request-Id", "request-1".to_owned()),
        ("Lambda-Runtime-Deadline-Ms", "4000000000000".to_owned()),
        ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:f".to_owned()),
    ];
    Response { status: 200, headers, body: event }
}
