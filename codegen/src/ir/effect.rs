//! Effects: what becomes a state of its own.

use super::{Block, ExprId, Kind, VarId};
use crate::{
    data::Shape,
    distributed::Reader,
    error::ErrorVariant,
    info::{Jitter, WorkflowInfo},
    task::TaskEntry,
};

/// What a statement awaits.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// `charge(customer, amount).await`
    Call(Call),
    /// `sleep(duration).await`: the seconds.
    Sleep(ExprId),
    /// `sleep_until(time).await`: the time as RFC 3339.
    SleepUntil(ExprId),
    /// `join!(a, b)`, `try_join!(a, b)`
    Parallel {
        /// What runs side by side.
        branches: Vec<Body>,
        /// `try_join!` gives a `Result`, and ends at the first error.
        returns: Returns,
    },
    /// `map(items, async |item| …).await`
    Map(MapEffect),
}

/// A call of a task or of another workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// The arguments, in the order of the parameters.
    pub arguments: Vec<ExprId>,
    /// Whether the payload names the only argument.
    pub names_only_argument: bool,
    /// What it gives.
    pub returns: Returns,
    /// What is known of the value that it gives when it succeeds.
    pub kind: Kind,
    /// What this call asks for, apart from the task's own options.
    pub options: CallOptions,
}

/// What a call calls.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    /// A `#[task]`.
    Task(TaskEntry),
    /// A `#[workflow]`, whose end is waited for.
    Workflow(&'static WorkflowInfo),
    /// `child(x).start()`: a `#[workflow]` that is only started.
    Start(&'static WorkflowInfo),
}

impl Callee {
    /// The name of the task or workflow.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Callee::Task(task) => (task.info)().name,
            Callee::Workflow(info) | Callee::Start(info) => info.name,
        }
    }

    /// The workflow that is started.
    #[must_use]
    pub fn workflow(&self) -> Option<&'static WorkflowInfo> {
        match self {
            Callee::Task(_) => None,
            Callee::Workflow(info) | Callee::Start(info) => Some(info),
        }
    }
}

impl PartialEq for Callee {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Callee::Task(a), Callee::Task(b)) => a == b,
            (Callee::Workflow(a), Callee::Workflow(b)) | (Callee::Start(a), Callee::Start(b)) => std::ptr::eq(*a, *b),
            (Callee::Task(_) | Callee::Workflow(_) | Callee::Start(_), _) => false,
        }
    }
}

/// `.retry(…)`, `.timeout(…)`, `.heartbeat(…)`, `.name(…)` of one call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallOptions {
    /// Retriers that go before the task's own.
    pub retry: Vec<Retrier>,
    /// `Retry::none()`: the task's own retriers are dropped.
    pub no_task_retry: bool,
    /// The time-out, in seconds.
    pub timeout: Option<ExprId>,
    /// The longest time between heartbeats, in seconds.
    pub heartbeat: Option<ExprId>,
    /// The name of the state.
    pub name: Option<String>,
}

/// A retrier asked for by a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrier {
    /// The error names; none means all.
    pub on: Vec<String>,
    /// Seconds before the first retry.
    pub interval: Option<u64>,
    /// What each next interval is multiplied by.
    pub backoff: Option<f64>,
    /// How many retries.
    pub max_attempts: Option<u64>,
    /// The longest interval, in seconds.
    pub max_delay: Option<u64>,
    /// Whether intervals are randomised.
    pub jitter: Option<Jitter>,
}

/// A block that runs as a machine of its own: a branch, or the body for an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What it does.
    pub block: Block,
    /// Its result, evaluated after the block.
    pub result: ExprId,
    /// Whether an error in the result fails the machine, or is a value.
    pub returns: Returns,
}

/// A `map`.
#[derive(Clone, Debug, PartialEq)]
pub struct MapEffect {
    /// The list.
    pub items: ExprId,
    /// The variable that holds the item.
    pub item: VarId,
    /// What is done for each item.
    pub body: Body,
    /// How many items at most are worked on at once; none means no limit.
    pub max_concurrency: Option<ExprId>,
    /// What the whole gives.
    pub returns: Returns,
    /// `distributed_map`: each item or batch is an execution of its own.
    pub distributed: Option<Box<Distributed>>,
}

/// The options of a `distributed_map`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distributed {
    /// How the items are read, from the place that the items' expression names; `None` for a list.
    pub reader: Option<Reader>,
    /// What becomes of an item, in terms of `context.Map.Item.Value`; the item itself if nothing does.
    pub selected: Option<ExprId>,
    /// Several items for one execution.
    pub batch: Option<Batch>,
    /// How many items may fail.
    pub tolerated_count: Option<ExprId>,
    /// How many items may fail, in percent.
    pub tolerated_percentage: Option<ExprId>,
    /// The label of the Map Run.
    pub label: Option<String>,
    /// Whether the executions are express ones.
    pub express: bool,
    /// The place where results are written.
    pub results: Option<ExprId>,
}

/// `.batches(n, …)`
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// How many items at most.
    pub size: ExprId,
    /// What all batches get: the variable that holds it, and its value.
    pub input: Option<(VarId, ExprId)>,
}

impl Distributed {
    /// The expressions that the state evaluates, to be changed.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut ExprId> {
        let batch = self
            .batch
            .as_mut()
            .map(|Batch { size, input }| std::iter::once(size).chain(input.as_mut().map(|(_, value)| value)));
        let tolerated = self.tolerated_count.iter_mut().chain(&mut self.tolerated_percentage);
        let all = tolerated.chain(batch.into_iter().flatten());
        all.chain(&mut self.selected).chain(&mut self.results)
    }
}

/// What a call or a machine gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Returns {
    /// A value.
    Value,
    /// A `Result`: its error travels as an error name and a cause.
    Result(ErrorTable),
}

/// The errors of an error type.
#[derive(Clone, Copy, Debug)]
pub struct ErrorTable {
    /// Its JSON form.
    pub shape: fn() -> Shape,
    /// Its variants and their error names.
    pub variants: &'static [ErrorVariant],
}

impl PartialEq for ErrorTable {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.variants, other.variants)
    }
}
