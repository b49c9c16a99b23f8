//! One execution while it runs: what its branches share, and what each has of its own.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use stepwright_asl::error_name;

use crate::activities::Activities;
use crate::clock::Clock;
use crate::context_object::{ContextObject, Identity, MapItem, Origin};
use crate::error::{Ending, EvaluationError, Failure, Fault, Interruption, StepError};
use crate::history::{Details, Event, EventId, EventType, Journal};
use crate::limits::Limits;
use crate::object_store::ObjectStore;
use crate::program::{Program, State, StateId};
use crate::query::View;
use crate::random::{Random, Randomness};
use crate::scope::Scope;
use crate::service::family::Family;
use crate::state_machines::StateMachines;
use crate::stop::Stop;
use crate::task_handler::TaskHandler;
use crate::task_token::TaskTokens;
use crate::test_state::InspectionData;
use crate::trial::{StandIn, Trial};
use crate::value::Value;

/// What all branches of an execution share.
pub(crate) struct Execution {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) journal: Journal,
    pub(crate) random: Arc<Random>,
    pub(crate) origin: Origin,
    pub(crate) transitions: AtomicUsize,
    /// What it is a test of, if it is one; boxed, so that others do not hold the room for it.
    pub(crate) trial: Option<Box<Trial>>,
    /// The executions that it starts; none without state machines to start.
    pub(crate) family: Option<Arc<Family>>,
}

/// What all executions of an interpreter share.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) program: Program,
    pub(crate) handler: Option<Arc<dyn TaskHandler>>,
    pub(crate) tokens: TaskTokens,
    pub(crate) objects: Option<Arc<dyn ObjectStore>>,
    pub(crate) state_machines: Option<Arc<StateMachines>>,
    pub(crate) activities: Option<Activities>,
    pub(crate) clock: Clock,
    pub(crate) keeps_history: bool,
    pub(crate) stop: Option<Stop>,
    pub(crate) randomness: Randomness,
    pub(crate) identity: Option<Arc<Identity>>,
    pub(crate) limits: Limits,
}

impl Execution {
    /// An execution that is about to start.
    pub(crate) fn new(settings: &Arc<Settings>, input: Value) -> Execution {
        let clock = settings.clock.for_execution();
        let random = settings.randomness.for_execution();
        Execution {
            settings: Arc::clone(settings),
            journal: Journal::new(settings.keeps_history, &settings.limits),
            origin: Origin::new(input, clock.now(), settings.identity.clone(), &random),
            random,
            clock,
            transitions: AtomicUsize::new(0),
            trial: None,
            family: settings.state_machines.as_ref().map(|_| Arc::default()),
        }
    }

    /// A child execution: it has a history and variables of its own, and shares the time.
    ///
    /// Nobody sees its events, which are only counted.
    pub(crate) fn child(&self, identity: Arc<Identity>, input: Value) -> Execution {
        Execution {
            settings: Arc::clone(&self.settings),
            journal: Journal::new(false, &self.settings.limits),
            origin: Origin::new(input, self.clock.now(), Some(identity), &self.random),
            random: Arc::clone(&self.random),
            clock: self.clock.clone(),
            transitions: AtomicUsize::new(0),
            trial: None,
            family: self.family.clone(),
        }
    }

    /// An execution of another machine that this one starts; it has a history of its own, and shares the time.
    pub(crate) fn nested(&self, program: &Program, identity: Arc<Identity>, input: Value, stop: &Stop) -> Execution {
        let (program, stop) = (program.clone(), Some(stop.clone()));
        let settings = Settings { program, stop, ..Settings::clone(&self.settings) };
        Execution {
            journal: Journal::new(settings.keeps_history, &settings.limits),
            settings: Arc::new(settings),
            ..self.child(identity, input)
        }
    }

    pub(crate) fn record(
        &self,
        previous: EventId,
        event_type: EventType,
        details: impl FnOnce() -> Option<Details>,
    ) -> Result<EventId, Interruption> {
        self.record_event(previous, || (event_type, details()))
    }

    pub(crate) fn record_event(
        &self,
        previous: EventId,
        event: impl FnOnce() -> Event,
    ) -> Result<EventId, Interruption> {
        self.journal.record(&self.clock, previous, event)
    }
}

/// A sequence of states under way: the machine itself, a branch, or an iteration.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) scope: Scope,
    /// The input of the state that is under way.
    pub(crate) input: Value,
    /// The event that the next one follows from.
    pub(crate) last: EventId,
    pub(crate) item: Option<Arc<MapItem>>,
    /// Whether others run beside it, so that it has to give way for events to come in the service's order.
    pub(crate) is_concurrent: bool,
    /// Kept only where somebody wants to see events.
    pub(crate) progress: Option<Arc<Progress>>,
}

impl Frame {
    /// The sequence of the machine itself.
    pub(crate) fn outermost(keeps_events: bool, input: Value) -> Frame {
        let progress = keeps_events.then(Arc::default);
        Frame { scope: Scope::default(), input, last: 0, item: None, is_concurrent: false, progress }
    }

    /// A sequence inside a state of this one; its first event follows from `previous`.
    pub(crate) fn inner(&self, previous: EventId, input: Value, item: Option<MapItem>, is_concurrent: bool) -> Frame {
        Frame {
            scope: Scope::inside(&self.scope),
            input,
            last: previous,
            item: item.map(Arc::new).or_else(|| self.item.clone()),
            is_concurrent: self.is_concurrent || is_concurrent,
            progress: self.progress.as_ref().map(|_| Arc::default()),
        }
    }
}

/// How far a sequence has come, for the events that tell of its end by force.
#[derive(Debug, Default)]
pub(crate) struct Progress(Mutex<Position>);

#[derive(Debug, Default)]
struct Position {
    /// The event for the end by force of the state that is open.
    aborted: Option<EventType>,
    /// The sequences inside the open state that have not ended, by their index.
    inner: BTreeMap<usize, Inner>,
}

/// A sequence inside the open state.
#[derive(Clone, Debug)]
pub(crate) struct Inner {
    /// The name of the Map state, if it is an iteration.
    pub(crate) map: Option<Arc<str>>,
    pub(crate) progress: Arc<Progress>,
}

impl Progress {
    /// The state that is open now, by the event for its end by force; none after its proper end.
    pub(crate) fn set_open(&self, aborted: Option<EventType>) {
        *self.lock() = Position { aborted, inner: BTreeMap::new() };
    }

    pub(crate) fn begin_inner(&self, index: usize, inner: Inner) {
        self.lock().inner.insert(index, inner);
    }

    pub(crate) fn end_inner(&self, index: usize) {
        self.lock().inner.remove(&index);
    }

    pub(crate) fn inner(&self) -> BTreeMap<usize, Inner> {
        self.lock().inner.clone()
    }

    pub(crate) fn aborted(&self) -> Option<EventType> {
        self.lock().aborted
    }

    fn lock(&self) -> MutexGuard<'_, Position> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A state from its entry to its exit.
pub(crate) struct Turn<'a> {
    pub(crate) execution: &'a Execution,
    pub(crate) state: &'a State,
    /// The part of the input that the state sees.
    pub(crate) input: Value,
    pub(crate) entered_at: DateTime<Utc>,
    /// The event of the entry, and the one before it.
    pub(crate) entered: EventId,
    pub(crate) before: EventId,
    /// Only Task, Parallel and Map states count their retries.
    pub(crate) retry_count: Option<u32>,
    pub(crate) token: Option<Arc<str>>,
}

/// What has come of a state's work, for the fields that may look at it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen<'a> {
    pub(crate) result: Option<&'a Value>,
    pub(crate) error_output: Option<&'a Value>,
}

impl<'a> Turn<'a> {
    /// Enters a state.
    pub(crate) fn enter(execution: &'a Execution, frame: &mut Frame, id: StateId) -> Result<Turn<'a>, Interruption> {
        let state = execution.settings.program.machine().state(id);
        let state = state.ok_or_else(|| Fault::Bug(format!("no state {id:?}")))?;
        execution.transitions.fetch_add(1, Ordering::Relaxed);
        let (event_type, _) = state.kind.events();
        let before = frame.last;
        let details = || Some(Details::new().text("name", &state.name).input(&frame.input));
        let entered = execution.record(before, event_type, details)?;
        frame.last = entered;
        if let Some(progress) = &frame.progress {
            progress.set_open(state.kind.aborted_event());
        }
        let retry_count = state.kind.policy().map(|_| 0);
        let entered_at = execution.clock.now();
        let input = frame.input.clone();
        Ok(Turn { execution, state, input, entered_at, entered, before, retry_count, token: None })
    }

    /// Evaluates fields of the state.
    pub(crate) fn eval<T>(
        &self,
        frame: &Frame,
        seen: Seen<'_>,
        fields: impl FnOnce(&View<'_>) -> Result<T, EvaluationError>,
    ) -> Result<T, EvaluationError> {
        self.eval_for(frame, frame.item.as_deref(), seen, fields)
    }

    /// Evaluates fields of the state that are about an item.
    pub(crate) fn eval_for<T>(
        &self,
        frame: &Frame,
        item: Option<&MapItem>,
        seen: Seen<'_>,
        fields: impl FnOnce(&View<'_>) -> Result<T, EvaluationError>,
    ) -> Result<T, EvaluationError> {
        let trial = self.execution.trial.as_deref();
        let context = ContextObject {
            given: trial.and_then(Trial::context),
            origin: &self.execution.origin,
            state_name: &self.state.name,
            entered: self.entered_at,
            retry_count: self.retry_count,
            item,
            task_token: self.token.as_ref(),
        };
        fields(&View {
            raw: &frame.input,
            input: &self.input,
            result: seen.result,
            error_output: seen.error_output,
            context: &context,
            scope: &frame.scope,
            random: &self.execution.random,
            clock: &self.execution.clock,
            limits: &self.execution.settings.limits,
            trial,
        })
    }

    /// What stands in for the branches or iterations of the state, in a test of it.
    pub(crate) fn stand_in(&self) -> Option<&StandIn> {
        self.execution.trial.as_ref()?.stand_in()
    }

    /// Notes what a test of the state is to see.
    pub(crate) fn show(&self, what: impl FnOnce(&mut InspectionData)) {
        if let Some(trial) = &self.execution.trial {
            trial.show(what);
        }
    }

    /// Tells of an error in the state's fields by an event, and names the state in its cause.
    pub(crate) fn interruption(&self, frame: &Frame, error: StepError) -> Interruption {
        let error = match error {
            StepError::Interrupted(interruption) => return interruption,
            StepError::Evaluation(error) => error,
        };
        let cause = format!(
            "An error occurred while executing the state '{}' (entered at the event id #{}). {}",
            self.state.name, self.entered, error.cause
        );
        match error.error {
            error_name::RUNTIME => Interruption::Ended(Ending::Failed {
                error: Some(error.error.to_owned()),
                cause: Some(cause),
                previous: frame.last,
            }),
            error_name::QUERY_EVALUATION_ERROR => self.evaluation_failed(frame, &error, cause),
            _ => self.failure(error.error, cause, frame.last).into(),
        }
    }

    fn evaluation_failed(&self, frame: &Frame, error: &EvaluationError, cause: String) -> Interruption {
        // The event stands beside the entry of the state, not after it, as long as the state's work has not begun.
        let previous = if frame.last == self.entered && !error.follows_entry { self.before } else { frame.last };
        let details = || {
            let details = Details::error(Some(error.error), Some(&cause));
            Some(details.optional_text("location", error.location.as_deref()).text("state", &self.state.name))
        };
        match self.execution.record(previous, EventType::EvaluationFailed, details) {
            Ok(event) => self.failure(error.error, cause, event).into(),
            Err(interruption) => interruption,
        }
    }

    fn failure(&self, error: &str, cause: String, event: EventId) -> Failure {
        Failure { error: Some(error.to_owned()), cause: Some(cause), is_heartbeat: false, event }
    }
}
