//! The interpreter as its users see it, and its loop: enter a state, do its work, follow the transition, until the end.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::Utc;
use serde_json::Value as Json;

use crate::activities::Activities;
use crate::clock::Clock;
use crate::conclusion::ExecutionResult;
use crate::context_object::Identity;
use crate::driver;
use crate::error::{Fault, Interruption};
use crate::execution::{Execution, Frame, Settings, Turn};
use crate::limits::Limits;
use crate::object_store::ObjectStore;
use crate::program::{Program, StateId};
use crate::random::Randomness;
use crate::service::family::conclude_all;
use crate::state_machines::StateMachines;
use crate::step::{Outcome, step};
use crate::stop::Stop;
use crate::task_handler::TaskHandler;
use crate::task_token::TaskTokens;
use crate::value::{DEEPEST, Value, is_too_deep};

/// Runs executions of a program.
///
/// A builder: everything but the program has a default. One interpreter can run any number of executions, one after the other or
/// at the same time.
#[derive(Clone)]
#[must_use]
pub struct Interpreter(Arc<Settings>);

impl Interpreter {
    /// An interpreter of the program: virtual time that begins now, history kept, nobody to answer tasks.
    pub fn new(program: &Program) -> Interpreter {
        Interpreter(Arc::new(Settings {
            program: program.clone(),
            handler: None,
            tokens: TaskTokens::new(),
            objects: None,
            state_machines: None,
            activities: None,
            clock: Clock::virtual_at(Utc::now()),
            keeps_history: true,
            stop: None,
            randomness: Randomness::default(),
            identity: None,
            limits: Limits::default(),
        }))
    }

    /// Who answers Task states; without, entering one is a [`Fault`].
    pub fn task_handler(self, handler: impl TaskHandler + 'static) -> Interpreter {
        self.shared_task_handler(Arc::new(handler))
    }

    /// The same for a handler that is shared with others.
    pub fn shared_task_handler(self, handler: Arc<dyn TaskHandler>) -> Interpreter {
        self.with(|settings| settings.handler = Some(handler))
    }

    /// Where the tokens of `.waitForTaskToken` tasks are answered; by default nowhere.
    pub fn task_tokens(self, tokens: TaskTokens) -> Interpreter {
        self.with(|settings| settings.tokens = tokens)
    }

    /// Where distributed Map states find their items and leave their results; without, reading or writing is a [`Fault`].
    pub fn object_store(self, objects: impl ObjectStore + 'static) -> Interpreter {
        self.with(|settings| settings.objects = Some(Arc::new(objects)))
    }

    /// The state machines that Task states start; without, the task handler answers for them.
    ///
    /// What is started runs on the clock of the execution that starts it, with the same task handler, tokens and objects. The
    /// future of [`Interpreter::run`] ends when all of them have ended: see [`ExecutionResult::nested`].
    pub fn state_machines(self, machines: StateMachines) -> Interpreter {
        self.with(|settings| settings.state_machines = Some(Arc::new(machines)))
    }

    /// The activities whose tasks wait for workers; without, the task handler answers them at once.
    pub fn activities(self, activities: &Activities) -> Interpreter {
        self.with(|settings| settings.activities = Some(activities.clone()))
    }

    /// Where time comes from; by default it is virtual and begins when the interpreter is made.
    pub fn clock(self, clock: Clock) -> Interpreter {
        self.with(|settings| settings.clock = clock)
    }

    /// Whether events are kept; by default they are. An execution without costs less.
    pub fn history(self, keep: bool) -> Interpreter {
        self.with(|settings| settings.keeps_history = keep)
    }

    /// How executions are stopped from outside; by default they are not.
    pub fn stop(self, stop: &Stop) -> Interpreter {
        self.with(|settings| settings.stop = Some(stop.clone()))
    }

    /// Makes identifiers, jitter and random numbers the same in every run; by default they differ from run to run.
    pub fn seed(self, seed: u64) -> Interpreter {
        self.with(|settings| settings.randomness = Randomness::Seeded(seed))
    }

    /// Who the execution and its machine are; by default the machine is called `local` and the execution has a random name.
    pub fn identity(self, identity: Identity) -> Interpreter {
        self.with(|settings| settings.identity = Some(Arc::new(identity)))
    }

    /// The quotas; by default the service's.
    pub fn limits(self, limits: Limits) -> Interpreter {
        self.with(|settings| settings.limits = limits)
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Interpreter {
        change(Arc::make_mut(&mut self.0));
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
        let execution = (!is_too_deep(&input)).then(|| Box::new(Execution::new(&self.0, Value::from(input))));
        async move {
            match &execution {
                Some(execution) => driver::drive(&execution.clock, conclude_all(execution)).await,
                None => Err(Fault::Unsupported(format!("an input that is nested more than {DEEPEST} levels deep"))),
            }
        }
    }

    /// Runs one execution to its end on this thread, inside a tokio runtime made for it.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the interpreter cannot go on, or if there is no runtime to be had (within another runtime, for one).
    pub fn run_blocking(&self, input: Json) -> Result<ExecutionResult, Fault> {
        driver::block_on(self.run(input))?
    }

    pub(crate) fn settings(&self) -> &Arc<Settings> {
        &self.0
    }
}

impl fmt::Debug for Interpreter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { clock, identity, keeps_history, limits, .. } = self.0.as_ref();
        let mut shown = f.debug_struct("Interpreter");
        shown.field("clock", clock).field("identity", identity).field("history", keeps_history).field("limits", limits);
        shown.finish_non_exhaustive()
    }
}

/// Runs a sequence of states from its start to its end.
pub(crate) async fn run_states(
    execution: &Execution,
    frame: &mut Frame,
    start: StateId,
) -> Result<Value, Interruption> {
    let mut turn = Turn::enter(execution, frame, start)?;
    loop {
        match step(&mut turn, frame).await? {
            Outcome::Next(next, output) => {
                frame.input = output;
                turn = Turn::enter(execution, frame, next)?;
            }
            Outcome::End(output) => return Ok(output),
        }
        if execution.transitions.load(Ordering::Relaxed).is_multiple_of(STRETCH) {
            driver::give_way().await;
        }
    }
}

/// How many states an execution goes through before it looks up: long loops give the tasks beside it their turn.
const STRETCH: usize = 4_096;
