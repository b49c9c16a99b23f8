//! The state graph: states before they have names.

use crate::{
    distributed::Reader,
    error::ErrorVariant,
    ir::{Call, Callee, ExprId, VarId},
    position::Position,
    task::TaskEntry,
};

/// The number of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StateId(pub(crate) usize);

/// A machine: the whole workflow, a branch, or what is done for an item.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    /// The states; those that nothing leads to are not there any more for every purpose.
    pub(crate) states: Vec<State>,
    /// Where it starts.
    pub(crate) entry: Edge,
    /// What it can fail with.
    pub(crate) errors: &'static [ErrorVariant],
    /// Whether a catcher of `States.TaskFailed` takes this error only, as the source means it. It does until `task_failed` puts
    /// a choice behind it.
    pub(crate) exact: bool,
}

/// A transition, and the variables that are assigned on it. All its expressions, those of the target too, are in terms of
/// the values before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) assign: Vec<(VarId, ExprId)>,
    pub(crate) target: Target,
    /// The input of the state that it leads to, where that state reads it.
    pub(crate) output: Option<ExprId>,
    /// Where the last value that it assigns was made.
    pub(crate) origin: Origin,
}

/// A place in the source, where one is known. It makes no difference: what is equal but for it can be one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Origin(pub(crate) Option<Position>);

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Origin {
    /// This place, or else the other.
    pub(crate) fn or(self, other: Origin) -> Origin {
        Origin(self.0.or(other.0))
    }
}

/// Where a transition leads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// To a state.
    State(StateId),
    /// To the end of the machine, with this output.
    End(ExprId),
    /// To a failure.
    Fail(Failure),
}

/// How a machine fails.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    /// The error name.
    pub(crate) error: ExprId,
    /// The cause.
    pub(crate) cause: ExprId,
    /// The errors of the machine: whoever catches one of its own decodes the cause, whatever holds the value.
    pub(crate) errors: &'static [ErrorVariant],
    /// Where it stands in the source, if it is not made of a value that an edge brings.
    pub(crate) origin: Origin,
}

/// A state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) kind: StateKind,
    /// Where it stands in the source.
    pub(crate) at: Position,
    /// What the source calls it, if anything; in the end, its name.
    pub(crate) name: String,
}

/// What a state does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StateKind {
    /// Nothing: a place where ways meet. Threading leaves it only where a value must be in its variable before it is read.
    Join(Edge),
    /// Nothing but the assignments of its edge.
    Pass(Edge),
    /// A Task, Wait, Parallel or Map.
    Work { work: Box<Work>, next: Edge, catch: Vec<Catch> },
    /// A Choice: the first rule whose condition holds, otherwise the default.
    Choice { rules: Vec<(ExprId, Edge)>, default: Edge },
    /// The end, with this output; without one, its input.
    Succeed(Option<ExprId>),
    /// A failure.
    Fail(Failure),
}

/// A catcher.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Catch {
    pub(crate) errors: Vec<String>,
    pub(crate) edge: Edge,
}

/// What a working state does.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// Calls a task or a workflow.
    Call(Call),
    /// Waits for so many seconds.
    Wait(ExprId),
    /// Waits until a time.
    WaitUntil(ExprId),
    /// Runs branches side by side.
    Parallel(Vec<Graph>),
    /// Runs a machine for each item, or for what the selector makes of it.
    Map { items: ExprId, selector: Option<ExprId>, max_concurrency: Option<ExprId>, body: Graph },
    /// Runs an execution for each item or batch.
    Distributed(Box<Distributed>),
}

/// A distributed Map, field by field.
#[derive(Clone, Debug)]
pub(crate) struct Distributed {
    /// The items, or the arguments of what reads them.
    pub(crate) items: ExprId,
    pub(crate) reader: Option<Reader>,
    pub(crate) selector: Option<ExprId>,
    pub(crate) batch_size: Option<ExprId>,
    pub(crate) batch_input: Option<ExprId>,
    pub(crate) max_concurrency: Option<ExprId>,
    pub(crate) tolerated_count: Option<ExprId>,
    pub(crate) tolerated_percentage: Option<ExprId>,
    /// The arguments of what writes the results.
    pub(crate) results: Option<ExprId>,
    pub(crate) label: Option<String>,
    pub(crate) express: bool,
    pub(crate) body: Graph,
}

impl Distributed {
    fn values_mut(&mut self) -> impl Iterator<Item = &mut ExprId> {
        let optional = [
            &mut self.selector,
            &mut self.batch_size,
            &mut self.batch_input,
            &mut self.max_concurrency,
            &mut self.tolerated_count,
            &mut self.tolerated_percentage,
            &mut self.results,
        ];
        std::iter::once(&mut self.items).chain(optional.into_iter().flatten())
    }
}

impl PartialEq for Work {
    /// Two machines are never taken for one.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Work::Call(a), Work::Call(b)) => a == b,
            (Work::Wait(a), Work::Wait(b)) | (Work::WaitUntil(a), Work::WaitUntil(b)) => a == b,
            _ => false,
        }
    }
}

impl StateKind {
    /// The edges out of a state, to be changed.
    pub(crate) fn edges_mut(&mut self) -> Vec<&mut Edge> {
        match self {
            StateKind::Join(next) | StateKind::Pass(next) => vec![next],
            StateKind::Work { next, catch, .. } => {
                std::iter::once(next).chain(catch.iter_mut().map(|catch| &mut catch.edge)).collect()
            }
            StateKind::Choice { rules, default } => {
                rules.iter_mut().map(|(_, edge)| edge).chain(std::iter::once(default)).collect()
            }
            StateKind::Succeed(_) | StateKind::Fail(_) => Vec::new(),
        }
    }

    /// The edges out of a state.
    pub(crate) fn edges(&self) -> Vec<&Edge> {
        match self {
            StateKind::Join(next) | StateKind::Pass(next) => vec![next],
            StateKind::Work { next, catch, .. } => {
                std::iter::once(next).chain(catch.iter().map(|catch| &catch.edge)).collect()
            }
            StateKind::Choice { rules, default } => {
                rules.iter().map(|(_, edge)| edge).chain(std::iter::once(default)).collect()
            }
            StateKind::Succeed(_) | StateKind::Fail(_) => Vec::new(),
        }
    }

    /// The expressions that a state evaluates itself, to be changed. Those of inner machines are not shown.
    pub(crate) fn values_mut(&mut self) -> Vec<&mut ExprId> {
        match self {
            StateKind::Join(_) | StateKind::Pass(_) => Vec::new(),
            StateKind::Work { work, .. } => work.values_mut(),
            StateKind::Choice { rules, .. } => rules.iter_mut().map(|(cond, _)| cond).collect(),
            StateKind::Succeed(output) => output.iter_mut().collect(),
            StateKind::Fail(failure) => vec![&mut failure.error, &mut failure.cause],
        }
    }
}

impl Work {
    /// The expressions of the work itself, to be changed.
    pub(crate) fn values_mut(&mut self) -> Vec<&mut ExprId> {
        match self {
            Work::Call(call) => {
                let options = call.options.timeout.iter_mut().chain(call.options.heartbeat.iter_mut());
                call.arguments.iter_mut().chain(options).collect()
            }
            Work::Wait(value) | Work::WaitUntil(value) => vec![value],
            Work::Parallel(_) => Vec::new(),
            Work::Map { items, selector, max_concurrency, .. } => {
                std::iter::once(items).chain(selector.iter_mut()).chain(max_concurrency.iter_mut()).collect()
            }
            Work::Distributed(map) => map.values_mut().collect(),
        }
    }

    /// The machines inside, to be changed.
    pub(crate) fn machines_mut(&mut self) -> Vec<&mut Graph> {
        match self {
            Work::Call(_) | Work::Wait(_) | Work::WaitUntil(_) => Vec::new(),
            Work::Parallel(branches) => branches.iter_mut().collect(),
            Work::Map { body, .. } => vec![body],
            Work::Distributed(map) => vec![&mut map.body],
        }
    }

    /// The machines inside.
    pub(crate) fn machines(&self) -> Vec<&Graph> {
        match self {
            Work::Call(_) | Work::Wait(_) | Work::WaitUntil(_) => Vec::new(),
            Work::Parallel(branches) => branches.iter().collect(),
            Work::Map { body, .. } => vec![body],
            Work::Distributed(map) => vec![&map.body],
        }
    }
}

impl State {
    /// A state without a name.
    pub(crate) fn new(kind: StateKind, at: Position) -> Self {
        State { kind, at, name: String::new() }
    }

    /// The task that it calls.
    pub(crate) fn task(&self) -> Option<TaskEntry> {
        match &self.kind {
            StateKind::Work { work, .. } => match &**work {
                Work::Call(Call { callee: Callee::Task(task), .. }) => Some(*task),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Graph {
    /// A state.
    pub(crate) fn get(&self, id: StateId) -> Option<&State> {
        self.states.get(id.0)
    }

    /// The states that the entry leads to, in the order in which they are met.
    pub(crate) fn reachable(&self) -> Vec<StateId> {
        let mut order = Vec::new();
        let mut seen = vec![false; self.states.len()];
        let mut open = vec![&self.entry];
        while let Some(edge) = open.pop() {
            let Target::State(id) = edge.target else { continue };
            match seen.get_mut(id.0) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            order.push(id);
            if let Some(state) = self.get(id) {
                open.extend(state.kind.edges().into_iter().rev());
            }
        }
        order
    }

    /// How many edges lead to each state.
    pub(crate) fn incoming(&self) -> std::collections::HashMap<StateId, usize> {
        let mut incoming = std::collections::HashMap::new();
        let reachable = self.reachable();
        let edges = reachable.iter().filter_map(|id| self.get(*id)).flat_map(|state| state.kind.edges());
        for edge in edges.chain([&self.entry]) {
            if let Target::State(id) = edge.target {
                *incoming.entry(id).or_insert(0) += 1;
            }
        }
        incoming
    }
}
