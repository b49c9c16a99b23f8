//! The loop: enter a state, do its work, follow the transition, until the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::{Either, select};
use serde_json::Value as Json;
use stepwright_asl::error_name;

use crate::clock::Clock;
use crate::context_object::Identity;
use crate::driver;
use crate::error::{Ending, Failure, Fault, Interruption};
use crate::execution::{Execution, Frame};
use crate::history::{Details, EventType, HistoryEvent, Journal};
use crate::limits::Limits;
use crate::program::{Program, StateId};
use crate::random::Random;
use crate::step::{Outcome, step};
use crate::stop::{Reason, Stop};
use crate::task_handler::TaskHandler;
use crate::task_token::TaskTokens;
use crate::value::{DEEPEST, Value, is_too_deep};

/// Runs executions of a program.
///
/// A builder: everything but the program has a default. One interpreter can run any number of executions, one after the other or
/// at the same time.
#[derive(Clone)]
#[must_use]
pub struct Interpreter {
    program: Program,
    handler: Option<Arc<dyn TaskHandler>>,
    tokens: TaskTokens,
    clock: Clock,
    history: bool,
    stop: Option<Stop>,
    seed: Option<u64>,
    identity: Option<Identity>,
    limits: Limits,
}

impl Interpreter {
    /// An interpreter of the program: virtual time that begins now, history kept, nobody to answer tasks.
    pub fn new(program: &Program) -> Interpreter {
        Interpreter {
            program: program.clone(),
            handler: None,
            tokens: TaskTokens::new(),
            clock: Clock::virtual_at(Utc::now()),
            history: true,
            stop: None,
            seed: None,
            identity: None,
            limits: Limits::default(),
        }
    }

    /// Who answers Task states; without, entering one is a [`Fault`].
    pub fn task_handler(self, handler: impl TaskHandler + 'static) -> Interpreter {
        self.shared_task_handler(Arc::new(handler))
    }

    /// The same for a handler that is shared with others.
    pub fn shared_task_handler(mut self, handler: Arc<dyn TaskHandler>) -> Interpreter {
        self.handler = Some(handler);
        self
    }

    /// Where the tokens of `.waitForTaskToken` tasks are answered; by default nowhere.
    pub fn task_tokens(mut self, tokens: TaskTokens) -> Interpreter {
        self.tokens = tokens;
        self
    }

    /// Where time comes from; by default it is virtual and begins when the interpreter is made.
    pub fn clock(mut self, clock: Clock) -> Interpreter {
        self.clock = clock;
        self
    }

    /// Whether events are kept; by default they are. An execution without costs less.
    pub fn history(mut self, keep: bool) -> Interpreter {
        self.history = keep;
        self
    }

    /// How executions are stopped from outside; by default they are not.
    pub fn stop(mut self, stop: &Stop) -> Interpreter {
        self.stop = Some(stop.clone());
        self
    }

    /// Makes identifiers, jitter and random numbers the same in every run; by default each run has its own.
    pub fn seed(mut self, seed: u64) -> Interpreter {
        self.seed = Some(seed);
        self
    }

    /// Who the execution and its machine are; by default the machine is called `local` and the execution has a random name.
    pub fn identity(mut self, identity: Identity) -> Interpreter {
        self.identity = Some(identity);
        self
    }

    /// The quotas; by default the service's.
    pub fn limits(mut self, limits: Limits) -> Interpreter {
        self.limits = limits;
        self
    }

    /// Runs one execution to its end.
    ///
    /// The future is `Send` and needs a tokio runtime only for real time. It does all the work of the execution when it is
    /// polled, so dropping it ends the execution without a trace.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the interpreter cannot go on. An execution that fails is a result, not an error.
    pub fn run(&self, input: Json) -> impl Future<Output = Result<ExecutionResult, Fault>> + Send + use<> {
        let execution = if is_too_deep(&input) {
            Err(Fault::Unsupported(format!("an input that is nested more than {DEEPEST} levels deep")))
        } else {
            Ok(self.start(Value::from(input)))
        };
        async move {
            let execution = execution?;
            let clock = execution.clock.clone();
            driver::drive(&clock, conclude(execution)).await
        }
    }

    /// Runs one execution to its end on this thread, inside a tokio runtime made for it.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the interpreter cannot go on, or if there is no runtime to be had (within another runtime, for one).
    pub fn run_blocking(&self, input: Json) -> Result<ExecutionResult, Fault> {
        if tokio::runtime::Handle::try_current().is_ok() {
            return Err(Fault::Unsupported(
                "run_blocking within an asynchronous runtime; await run instead".to_owned(),
            ));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime =
            runtime.map_err(|error| Fault::Unsupported(format!("this system: no tokio runtime ({error})")))?;
        runtime.block_on(self.run(input))
    }

    fn start(&self, input: Value) -> Execution {
        let clock = self.clock.for_execution();
        let random = Random::seeded(self.seed.unwrap_or_else(rand_seed));
        let identity = self.identity.clone().unwrap_or_else(|| Identity::of("local", &random.uuid()));
        Execution {
            program: self.program.clone(),
            handler: self.handler.clone(),
            tokens: self.tokens.clone(),
            journal: Journal::new(self.history, &self.limits),
            random: Arc::new(random),
            context: identity.members(&input, clock.now()),
            identity,
            clock,
            limits: self.limits.clone(),
            stop: self.stop.clone(),
            transitions: AtomicUsize::new(0),
            input,
        }
    }
}

/// How an execution ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExecutionResult {
    /// The final status.
    pub status: ExecutionStatus,
    /// The output, if it succeeded.
    pub output: Option<Json>,
    /// The error name, if it failed with one.
    pub error: Option<String>,
    /// The cause, if it failed with one.
    pub cause: Option<String>,
    /// The events, if they were kept.
    pub history: Vec<HistoryEvent>,
    /// How many states were entered, at all levels: what the service charges for, but for retries.
    pub transitions: usize,
    /// When it started, by its clock.
    pub started_at: DateTime<Utc>,
    /// When it ended, by its clock.
    pub stopped_at: DateTime<Utc>,
}

/// The final status of an execution, by the service's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExecutionStatus {
    /// It came to a good end.
    Succeeded,
    /// An error was not caught.
    Failed,
    /// It took longer than the machine's `TimeoutSeconds`.
    TimedOut,
    /// It was stopped from outside.
    Aborted,
}

impl ExecutionStatus {
    /// The service's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ExecutionStatus::Succeeded => "SUCCEEDED",
            ExecutionStatus::Failed => "FAILED",
            ExecutionStatus::TimedOut => "TIMED_OUT",
            ExecutionStatus::Aborted => "ABORTED",
        }
    }
}

impl std::fmt::Display for ExecutionStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Runs a sequence of states from its start to its end.
pub(crate) async fn run_states(
    execution: &Execution,
    frame: &mut Frame,
    start: StateId,
    input: Value,
) -> Result<Value, Interruption> {
    let mut position = (start, input);
    loop {
        let (state, input) = position;
        match step(execution, frame, state, input).await? {
            Outcome::Next(next, output) => position = (next, output),
            Outcome::End(output) => return Ok(output),
        }
        if execution.transitions.load(Ordering::Relaxed).is_multiple_of(STRETCH) {
            driver::give_way().await;
        }
    }
}

/// How many states an execution goes through before it looks up: long loops give the tasks beside it their turn.
const STRETCH: usize = 4_096;

/// Runs the execution and tells of its start and end.
async fn conclude(execution: Execution) -> Result<ExecutionResult, Fault> {
    let started_at = execution.clock.now();
    let mut frame = Frame::outermost(execution.journal.is_kept());
    let result = run_machine(&execution, &mut frame).await;
    let ending = match result {
        Ok(output) => Ok(output),
        Err(Interruption::Failed(Failure { error, cause, event, .. })) => {
            Err(Ending::Failed { error, cause, previous: event })
        }
        Err(Interruption::Ended(ending)) => Err(ending),
        Err(Interruption::Fault(fault)) => return Err(fault),
    };
    Ok(finish(&execution, &frame, started_at, ending))
}

async fn run_machine(execution: &Execution, frame: &mut Frame) -> Result<Value, Interruption> {
    let details = || Some(Details::new().input(&execution.input).text("roleArn", &execution.identity.role_arn));
    // Nothing follows from this event: the first state's entry has no previous one either.
    execution.record(0, EventType::ExecutionStarted, details)?;
    let machine = execution.program.machine();
    let states = std::pin::pin!(run_states(execution, frame, machine.start, execution.input.clone()));
    match select(states, std::pin::pin!(ended_early(execution, machine.timeout))).await {
        Either::Left((result, _)) => result,
        Either::Right((ending, _)) => Err(Interruption::Ended(ending)),
    }
}

/// Waits for what ends an execution from outside: the machine's time-out, or somebody who stops it.
async fn ended_early(execution: &Execution, timeout: Option<Duration>) -> Ending {
    let timed_out = async {
        match timeout {
            Some(timeout) => execution.clock.sleep(timeout).await,
            None => std::future::pending().await,
        }
    };
    let stopped = async {
        match &execution.stop {
            Some(stop) => stop.requested().await,
            None => std::future::pending().await,
        }
    };
    match select(std::pin::pin!(timed_out), std::pin::pin!(stopped)).await {
        Either::Left(((), _)) => Ending::TimedOut,
        Either::Right((Reason { error, cause }, _)) => Ending::Aborted { error, cause },
    }
}

fn finish(
    execution: &Execution,
    frame: &Frame,
    started_at: DateTime<Utc>,
    ending: Result<Value, Ending>,
) -> ExecutionResult {
    let record = |previous, event_type, details| {
        execution.journal.record_end(&execution.clock, previous, event_type, details);
    };
    let (status, output, error, cause) = match ending {
        Ok(output) => {
            record(frame.last, EventType::ExecutionSucceeded, Details::new().output(&output));
            (ExecutionStatus::Succeeded, Some(output.to_json()), None, None)
        }
        Err(Ending::Failed { error, cause, previous }) => {
            record(previous, EventType::ExecutionFailed, Details::error(error.as_deref(), cause.as_deref()));
            (ExecutionStatus::Failed, None, error, cause)
        }
        Err(Ending::TimedOut) => {
            let error = Some(error_name::TIMEOUT.to_owned());
            record(0, EventType::ExecutionTimedOut, Details::error(error.as_deref(), None));
            (ExecutionStatus::TimedOut, None, error, None)
        }
        Err(Ending::Aborted { error, cause }) => {
            record(0, EventType::ExecutionAborted, Details::error(error.as_deref(), cause.as_deref()));
            (ExecutionStatus::Aborted, None, error, cause)
        }
    };
    let transitions = execution.transitions.load(Ordering::Relaxed);
    let (history, stopped_at) = (execution.journal.take(), execution.clock.now());
    ExecutionResult { status, output, error, cause, history, transitions, started_at, stopped_at }
}

/// A seed that differs from run to run.
fn rand_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}
