//! A state machine made ready to run: names are indices, expressions are parsed.

use std::sync::Arc;
use std::time::Duration;

use stepwright_asl::StateMachine;

use crate::compile;
use crate::error::CompileError;
use crate::error::EvaluationError;
use crate::history::EventType;
use crate::io::{Field, Io, Template, jsonata};
use crate::query::View;
use crate::query::jsonpath::Path;
use crate::query::jsonpath::comparison::{Comparison, NoValue};
use crate::resource::Resource;
use crate::retry::{ErrorNames, Retrier};
use crate::scope::VariableId;
use crate::step::distributed::Distributed;

/// A compiled state machine.
///
/// Immutable and cheap to clone; one program serves any number of executions at the same time.
#[derive(Clone, Debug)]
pub struct Program(Arc<Machine>);

impl Program {
    /// Resolves the names of a machine and parses its expressions.
    ///
    /// # Errors
    ///
    /// Every expression that does not parse, every name that leads nowhere and everything that the interpreter
    /// does not know, each with its place in the definition.
    pub fn compile(definition: &StateMachine) -> Result<Program, CompileError> {
        compile::compile(definition).map(|machine| Program(Arc::new(machine)))
    }

    pub(crate) fn machine(&self) -> &Machine {
        &self.0
    }
}

/// The content of a program.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) start: StateId,
    /// The states of all blocks.
    pub(crate) states: Vec<State>,
    /// The names of all variables that occur.
    pub(crate) variables: Vec<Arc<str>>,
    pub(crate) timeout: Option<Duration>,
}

/// The position of a state in its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StateId(pub(crate) usize);

impl Machine {
    pub(crate) fn state(&self, id: StateId) -> Option<&State> {
        self.states.get(id.0)
    }

    pub(crate) fn variable_name(&self, id: VariableId) -> Option<&Arc<str>> {
        self.variables.get(id.0 as usize)
    }
}

/// One state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) name: Arc<str>,
    pub(crate) io: Io,
    /// Where to go after success; the end if there is no next state.
    pub(crate) next: Option<StateId>,
    pub(crate) kind: Kind,
}

/// What a state does.
#[derive(Debug)]
pub(crate) enum Kind {
    Task(Box<Task>),
    Parallel(Box<Parallel>),
    Map(Box<Map>),
    Pass,
    Wait(Box<Wait>),
    Choice(Box<Choice>),
    Succeed,
    Fail(Box<Fail>),
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) resource: Resource,
    pub(crate) timeout: Option<Field<u64>>,
    pub(crate) heartbeat: Option<Field<u64>>,
    pub(crate) role_arn: Option<Field<String>>,
    pub(crate) policy: ErrorPolicy,
}

#[derive(Debug)]
pub(crate) struct Parallel {
    pub(crate) branches: Vec<StateId>,
    pub(crate) policy: ErrorPolicy,
}

#[derive(Debug)]
pub(crate) struct Map {
    pub(crate) items: Items,
    pub(crate) selector: Option<Template>,
    pub(crate) max_concurrency: Option<Field<u64>>,
    pub(crate) processor: StateId,
    /// What else a distributed Map has; an inline one has nothing.
    pub(crate) distributed: Option<Box<Distributed>>,
    pub(crate) policy: ErrorPolicy,
}

/// Where the items of a Map are.
#[derive(Debug)]
pub(crate) enum Items {
    /// The input itself.
    Input,
    Template(jsonata::Template),
    Path(Path),
}

#[derive(Debug)]
pub(crate) enum Wait {
    Seconds(Field<u64>),
    Timestamp(Field<String>),
    SecondsPath(Path),
    TimestampPath(Path),
}

#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) rules: Vec<Rule>,
    pub(crate) default: Option<StateId>,
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) condition: Condition,
    pub(crate) io: Io,
    pub(crate) next: StateId,
}

/// When a choice rule is taken.
#[derive(Debug)]
pub(crate) enum Condition {
    Field(Field<bool>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Variable(Path, Comparison),
}

#[derive(Debug)]
pub(crate) struct Fail {
    pub(crate) error: Option<Field<String>>,
    pub(crate) cause: Option<Field<String>>,
}

/// What a state does about failures of its work.
#[derive(Debug, Default)]
pub(crate) struct ErrorPolicy {
    pub(crate) retriers: Vec<Retrier>,
    pub(crate) catchers: Vec<Catcher>,
}

#[derive(Debug)]
pub(crate) struct Catcher {
    pub(crate) errors: ErrorNames,
    pub(crate) io: Io,
    pub(crate) next: StateId,
}

impl Condition {
    pub(crate) fn is_true(&self, view: &View<'_>) -> Result<bool, EvaluationError> {
        match self {
            Condition::Field(field) => field.eval(view),
            Condition::And(conditions) => {
                conditions.iter().try_fold(true, |so_far, condition| Ok(so_far && condition.is_true(view)?))
            }
            Condition::Or(conditions) => {
                conditions.iter().try_fold(false, |so_far, condition| Ok(so_far || condition.is_true(view)?))
            }
            Condition::Not(condition) => condition.is_true(view).map(|is_true| !is_true),
            Condition::Variable(path, comparison) => {
                comparison.holds(path, view.input, view).map_err(|NoValue(path)| {
                    let path = path.source();
                    EvaluationError::runtime(format!(
                        "Invalid path '{path}': The choice state's condition path references an invalid value."
                    ))
                })
            }
        }
    }
}

impl Kind {
    /// What the state does about failures, if it can do anything.
    pub(crate) fn policy(&self) -> Option<&ErrorPolicy> {
        match self {
            Kind::Task(task) => Some(&task.policy),
            Kind::Parallel(parallel) => Some(&parallel.policy),
            Kind::Map(map) => Some(&map.policy),
            Kind::Pass | Kind::Wait(_) | Kind::Choice(_) | Kind::Succeed | Kind::Fail(_) => None,
        }
    }

    /// The event for the state's end by force.
    pub(crate) fn aborted_event(&self) -> Option<EventType> {
        match self {
            Kind::Task(_) => Some(EventType::TaskStateAborted),
            Kind::Parallel(_) => Some(EventType::ParallelStateAborted),
            Kind::Map(_) => Some(EventType::MapStateAborted),
            Kind::Wait(_) => Some(EventType::WaitStateAborted),
            Kind::Pass | Kind::Choice(_) | Kind::Succeed | Kind::Fail(_) => None,
        }
    }

    /// The event for the failure of all that ran inside the state.
    pub(crate) fn failed_event(&self) -> Option<EventType> {
        match self {
            Kind::Parallel(_) => Some(EventType::ParallelStateFailed),
            Kind::Map(_) => Some(EventType::MapStateFailed),
            Kind::Task(_) | Kind::Pass | Kind::Wait(_) | Kind::Choice(_) | Kind::Succeed | Kind::Fail(_) => None,
        }
    }

    /// The events that tell of the state's start and, unless it is a Fail state, of its end.
    pub(crate) fn events(&self) -> (EventType, EventType) {
        match self {
            Kind::Task(_) => (EventType::TaskStateEntered, EventType::TaskStateExited),
            Kind::Parallel(_) => (EventType::ParallelStateEntered, EventType::ParallelStateExited),
            Kind::Map(_) => (EventType::MapStateEntered, EventType::MapStateExited),
            Kind::Pass => (EventType::PassStateEntered, EventType::PassStateExited),
            Kind::Wait(_) => (EventType::WaitStateEntered, EventType::WaitStateExited),
            Kind::Choice(_) => (EventType::ChoiceStateEntered, EventType::ChoiceStateExited),
            Kind::Succeed => (EventType::SucceedStateEntered, EventType::SucceedStateExited),
            Kind::Fail(_) => (EventType::FailStateEntered, EventType::FailStateEntered),
        }
    }
}
