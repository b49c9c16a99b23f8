//! Serving a task in Lambda.
//!
//! A program that calls [`main!`](crate::main!) and is started in Lambda is the handler of one of its tasks, with the feature
//! `lambda`. Which one, the configuration of the function says:
//!
//! 1. the environment variable `STEPWRIGHT_TASK`, if it is set;
//! 2. otherwise the function's `Handler`, if a task has that name;
//! 3. otherwise the only task of the program that is a Lambda function.
//!
//! Where that leads to no task, each invocation fails with the error `NoTask`, whose message says which tasks there are.
//!
//! The event is what the exported machines send: the argument itself if the task has one parameter, an object by the names of the
//! parameters if it has several, or if the only argument may be a text or `null`; a task that waits for a token finds it beside them. An error is reported under its own error name
//! (`errorType`), with the JSON text of its value as `errorMessage`, which is what the catchers of the machines read. A panic is the
//! error `Panic`, an event that does not fit the parameters `InvalidArguments`, with the path of what does not fit. After either the
//! process serves the next invocation; a profile with `panic = "abort"` ends it instead.
//!
//! What invocations share is kept in a [`Shared`](crate::Shared). What is to be there before the first invocation,
//! `stepwright::main!(set_up = …)` makes: it runs while the process starts, for which Lambda gives more of a processor.

use std::{
    env,
    process::ExitCode,
    time::{Duration, SystemTime},
};

use lambda_runtime::{Context, Diagnostic, LambdaEvent, service_fn};
use serde_json::Value;
use stepwright_codegen::{error::TaskFailure, task::TaskEntry};
use stepwright_deploy::stack::TASK_VARIABLE;

use crate::{
    answer::{Answer, asked, attempt},
    cli::{SetUp, names},
    mock::StandIns,
};

/// The error name of every invocation of a function whose configuration leads to no task.
const NO_TASK: &str = "NoTask";

tokio::task_local! {
    static INVOCATION: Invocation;
}

/// The invocation of the Lambda function that a task is served by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invocation {
    /// The identifier of the request, as it stands in the function's log.
    pub request_id: String,
    /// When Lambda ends the process unless the task is done.
    pub deadline: SystemTime,
    /// The ARN that was invoked, with a version or alias if one was named.
    pub function_arn: String,
}

impl Invocation {
    /// The invocation that this task is served by; `None` where it does not run in Lambda, and in what it spawns.
    #[must_use]
    pub fn current() -> Option<Invocation> {
        INVOCATION.try_with(Invocation::clone).ok()
    }

    fn of(context: &Context) -> Self {
        Invocation {
            request_id: context.request_id.clone(),
            deadline: SystemTime::UNIX_EPOCH + Duration::from_millis(context.deadline),
            function_arn: context.invoked_function_arn.clone(),
        }
    }
}

/// Serves the task that the function's configuration names, for as long as Lambda lets the process live.
pub(crate) fn serve(set_up: SetUp) -> Result<ExitCode, String> {
    let tasks = TaskEntry::all().into_iter().filter(|task| (task.info)().kind.is_function()).collect();
    let task = configured(tasks, env::var(TASK_VARIABLE).ok().as_deref(), env::var("_HANDLER").ok().as_deref());
    if let Err(failure) = &task {
        eprintln!("{failure}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("error: no tokio runtime: {error}"))?;
    let serve = async {
        set_up().await;
        lambda_runtime::run(service_fn(|event| answer(task.as_ref(), event))).await
    };
    runtime.block_on(serve).map_err(|error| format!("error: Lambda's runtime interface: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// The task that the environment names.
fn configured<'a>(
    tasks: Vec<&'a TaskEntry>,
    variable: Option<&str>,
    handler: Option<&str>,
) -> Result<&'a TaskEntry, TaskFailure> {
    let named = |name: &str| tasks.iter().find(|task| (task.info)().name == name).copied();
    let found = match (variable, tasks.as_slice()) {
        (Some(name), _) => named(name),
        (None, [only]) => Some(*only),
        (None, _) => handler.and_then(named),
    };
    found.ok_or_else(|| {
        let names = tasks.iter().map(|task| (task.info)().name);
        let message = match (variable, handler.filter(|name| !name.is_empty())) {
            (Some(""), _) => format!("{TASK_VARIABLE} is empty; {}", names::all(names)),
            (Some(name), _) => format!("{TASK_VARIABLE} leads to no task: {}", names::unknown("task", name, names)),
            (None, Some(name)) => {
                format!("the function's Handler leads to no task: {}", names::unknown("task", name, names))
            }
            (None, None) => {
                format!("neither {TASK_VARIABLE} nor the function's Handler names a task; {}", names::all(names))
            }
        };
        TaskFailure::new(NO_TASK, message)
    })
}

async fn answer(
    task: Result<&&'static TaskEntry, &TaskFailure>,
    event: LambdaEvent<Value>,
) -> Result<Value, Diagnostic> {
    let answer: Answer = match task {
        Ok(task) => match asked(task, event.payload) {
            Ok((arguments, token)) => {
                let work = StandIns::default().answer(**task, arguments, token.as_deref());
                INVOCATION.scope(Invocation::of(&event.context), attempt(work)).await
            }
            Err(failure) => Err(failure),
        },
        Err(failure) => Err(failure.clone()),
    };
    answer.map_err(|failure| Diagnostic { error_type: failure.name, error_message: failure.cause.unwrap_or_default() })
}
