//! Calls as Task states.

use serde_json::{Map, Number, Value, json};
use stepwright_asl as asl;
use stepwright_asl::error_name;

use super::Emitter;
use crate::{
    info::{Jitter, RetryInfo, TaskInfo, TaskKind, WorkflowInfo},
    ir::{Call, Callee, ExprId, Retrier},
    lower::template::template,
    position::Position,
};

/// The integration that calls a Lambda function.
const LAMBDA_INVOKE: &str = "arn:aws:states:::lambda:invoke";

/// The token that answers a task.
const TASK_TOKEN: &str = "{% $states.context.Task.Token %}";

/// The integrations that start an execution, and wait for it or not.
const RUN_WORKFLOW: &str = "arn:aws:states:::states:startExecution.sync:2";
const START_WORKFLOW: &str = "arn:aws:states:::states:startExecution";

/// The longest time-out, in seconds (States Language, "Task State").
const LONGEST: u64 = 99_999_999;

impl Emitter<'_> {
    /// The fields of a Task that come from the call.
    pub(super) fn call(&mut self, call: &Call, at: Position, is_first: bool) -> asl::Task {
        match call.callee {
            Callee::Task(task) => self.task((task.info)(), call, at, is_first),
            Callee::Workflow(info) => self.execution(info, RUN_WORKFLOW, call, at, is_first),
            Callee::Start(info) => self.execution(info, START_WORKFLOW, call, at, is_first),
        }
    }

    fn execution(
        &mut self,
        info: &WorkflowInfo,
        resource: &str,
        call: &Call,
        at: Position,
        is_first: bool,
    ) -> asl::Task {
        let input = self.payload(info.params, call, is_first);
        let retry: Vec<asl::Retrier> = call.options.retry.iter().map(of_call).collect();
        asl::Task {
            comment: comment(info.docs),
            resource: resource.to_owned(),
            arguments: Some(json!({"StateMachineArn": sibling(info.name), "Input": input})),
            retry: (!retry.is_empty()).then_some(retry),
            ..self.limits(call, at, is_first)
        }
    }

    /// The time-outs that the call itself asks for.
    fn limits(&mut self, call: &Call, at: Position, is_first: bool) -> asl::Task {
        let mut seconds = |seconds: Option<ExprId>| seconds.map(|value| self.number(value, 1..=LONGEST, at, is_first));
        let (timeout_seconds, heartbeat_seconds) = (seconds(call.options.timeout), seconds(call.options.heartbeat));
        asl::Task { timeout_seconds, heartbeat_seconds, ..Default::default() }
    }

    fn task(&mut self, info: &TaskInfo, call: &Call, at: Position, is_first: bool) -> asl::Task {
        let mut payload = self.payload(info.params, call, is_first);
        if let (Some(token), Some(fields)) = (info.token, payload.as_object_mut()) {
            fields.insert(token.to_owned(), json!(TASK_TOKEN));
        }
        let (resource, arguments) = match info.kind {
            TaskKind::Lambda => (LAMBDA_INVOKE.to_owned(), json!({"FunctionName": info.name, "Payload": payload})),
            TaskKind::WaitForTaskToken => {
                let resource = format!("{LAMBDA_INVOKE}{}", asl::Pattern::WaitForTaskToken.suffix());
                (resource, json!({"FunctionName": info.name, "Payload": payload}))
            }
            TaskKind::Resource(resource) => (resource.to_owned(), payload),
            TaskKind::Activity => (info.activity_placeholder(), payload),
        };
        let own = self.limits(call, at, is_first);
        asl::Task {
            comment: comment(info.docs),
            resource,
            arguments: Some(arguments),
            timeout_seconds: own.timeout_seconds.or(info.timeout.map(asl::Dynamic::Literal)),
            heartbeat_seconds: own.heartbeat_seconds.or(info.heartbeat.map(asl::Dynamic::Literal)),
            retry: retriers(info, call),
            ..Default::default()
        }
    }

    /// One parameter is the payload itself, unless it has to be named; several are an object by name; none is an empty
    /// object.
    fn payload(&self, params: &[&str], call: &Call, is_first: bool) -> Value {
        let names = self.names(is_first);
        match call.arguments.as_slice() {
            [only] if !call.names_only_argument => template(&names, *only),
            arguments => {
                let fields =
                    params.iter().zip(arguments).map(|(name, value)| ((*name).to_owned(), template(&names, *value)));
                Value::Object(fields.collect::<Map<String, Value>>())
            }
        }
    }
}

fn comment(docs: &str) -> Option<String> {
    (!docs.trim().is_empty()).then(|| docs.trim().to_owned())
}

/// The ARN of a state machine beside this one: of the same partition, region and account.
fn sibling(name: &str) -> String {
    format!("{{% $join($split($states.context.StateMachine.Id, ':')[[0..5]], ':') & ':{name}' %}}")
}

/// The call's own retriers, then the task's.
fn retriers(info: &TaskInfo, call: &Call) -> Option<Vec<asl::Retrier>> {
    let task = info.retry.iter().filter(|_| !call.options.no_task_retry).map(of_task);
    let all: Vec<asl::Retrier> = call.options.retry.iter().map(of_call).chain(task).collect();
    (!all.is_empty()).then_some(all)
}

fn of_task(info: &RetryInfo) -> asl::Retrier {
    of_call(&Retrier {
        on: (info.on)(),
        interval: info.interval,
        backoff: info.backoff,
        max_attempts: info.max_attempts,
        max_delay: info.max_delay,
        jitter: info.jitter,
    })
}

fn of_call(retrier: &Retrier) -> asl::Retrier {
    let on = if retrier.on.is_empty() { vec![error_name::ALL.to_owned()] } else { retrier.on.clone() };
    asl::Retrier {
        error_equals: on,
        interval_seconds: retrier.interval,
        max_attempts: retrier.max_attempts,
        backoff_rate: retrier.backoff.and_then(Number::from_f64),
        max_delay_seconds: retrier.max_delay,
        jitter_strategy: retrier.jitter.map(|jitter| match jitter {
            Jitter::None => asl::JitterStrategy::None,
            Jitter::Full => asl::JitterStrategy::Full,
        }),
        ..Default::default()
    }
}
