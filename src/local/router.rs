//! From the Task states of a machine to the tasks of the program.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use stepwright_asl::Resource;
use stepwright_codegen::{error::TaskFailure, info::TaskKind, task::TaskEntry};
use stepwright_runtime::{BoxFuture, ObjectStore, TaskHandler, TaskRequest};

use super::executions::Start;
use crate::{
    answer::{Answer, as_reported, asked, attempt},
    mock::StandIns,
    native::Call,
};

/// Answers Task states with the tasks of this program, or their mocks: what a run's executions share.
pub(super) struct Router {
    stand_ins: StandIns,
    /// The tasks that are Lambda functions or activities of their own name.
    named: BTreeMap<&'static str, TaskEntry>,
    /// The tasks that are whatever is behind a resource, the last of each.
    resources: BTreeMap<&'static str, TaskEntry>,
    /// Shows each call as it is made.
    show: Box<dyn Fn(&Call) + Send + Sync>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    calls: Vec<Call>,
    retries: usize,
}

/// The task that each Task state of a machine calls, by the name of the state.
pub(super) type Calls = HashMap<String, TaskEntry>;

/// Answers the Task states of one machine.
#[derive(Clone)]
pub(super) struct MachineTasks {
    pub(super) calls: Arc<Calls>,
    pub(super) router: Arc<Router>,
}

impl Router {
    /// Routes to the tasks that are linked into this program; of several of one name, to the one that a machine calls.
    pub(super) fn new(
        called: &[TaskEntry],
        stand_ins: StandIns,
        show: impl Fn(&Call) + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (named, resources) = (BTreeMap::new(), BTreeMap::new());
        let mut router = Router { stand_ins, named, resources, show: Box::new(show), log: Mutex::default() };
        TaskEntry::all().into_iter().chain(called).for_each(|entry| router.add(*entry));
        Arc::new(router)
    }

    fn add(&mut self, entry: TaskEntry) {
        let info = (entry.info)();
        match info.kind {
            TaskKind::Lambda | TaskKind::Activity | TaskKind::WaitForTaskToken => self.named.insert(info.name, entry),
            TaskKind::Resource(resource) => self.resources.insert(resource, entry),
        };
    }

    /// Where distributed maps read and write.
    pub(super) fn objects(&self) -> Option<Arc<dyn ObjectStore>> {
        self.stand_ins.objects()
    }

    /// The calls since the last time, and how many of them were retries.
    pub(super) fn take_calls(&self) -> (Vec<Call>, usize) {
        let Log { calls, retries } = std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner));
        (calls, retries)
    }

    fn record(&self, task: &str, arguments: &Value, request: &TaskRequest) {
        let call = Call { task: task.to_owned(), arguments: arguments.clone() };
        (self.show)(&call);
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.calls.push(call);
        log.retries += usize::from(request.retry_count > 0);
    }

    /// The task behind a state of which the compiler tells none. Names come first: any function may be behind the resource
    /// `lambda:invoke`.
    fn named_or_behind(&self, request: &TaskRequest) -> Option<TaskEntry> {
        let name = match (request.lambda(), Resource::parse(&request.resource)) {
            (Some(lambda), _) => Some(lambda.function),
            (None, Some(Resource::Activity(activity))) => Some(activity.name),
            (None, _) => None,
        };
        let named = name.and_then(|name| self.named.get(name));
        named.or_else(|| self.resources.get(request.resource.as_str())).copied()
    }
}

impl MachineTasks {
    /// Records the call of a state that is mocked, by the task behind it, if there is one.
    pub(super) fn record_mocked(&self, request: &TaskRequest) {
        let task = self.task(request).map_or(request.state_name.as_str(), |task| (task.info)().name);
        self.router.record(task, &request.arguments, request);
    }

    /// The task that a state calls.
    fn task(&self, request: &TaskRequest) -> Option<TaskEntry> {
        let called = self.calls.get(&request.state_name).copied();
        called.or_else(|| self.router.named_or_behind(request))
    }

    async fn answer(&self, request: TaskRequest) -> Answer {
        let router = &self.router;
        let task = self.task(&request);
        let mocked = task.is_some_and(|task| router.stand_ins.mocks(task));
        if let Some(start) = Start::of(&request).filter(|_| !mocked) {
            return start.answer(router, &request).await;
        }
        let Some(task) = task else {
            let cause = format!(
                "the state `{}` calls {}, which no task of this program is",
                request.state_name, request.resource
            );
            return Err(TaskFailure::new(TaskFailure::NO_BODY, cause));
        };
        let info = (task.info)();
        let lambda = request.lambda().filter(|_| info.kind.is_function());
        let payload = match &lambda {
            Some(lambda) => lambda.event().map_err(refused)?,
            None => request.arguments.clone(),
        };
        let (arguments, _) = asked(&task, payload).map_err(|failure| as_reported(info, failure))?;
        router.record(info.name, &arguments, &request);
        let work = router.stand_ins.answer(task, arguments, request.task_token.as_deref());
        let result = attempt(work).await.map_err(|failure| as_reported(info, failure))?;
        Ok(match &lambda {
            Some(lambda) => lambda.result(result),
            None => result,
        })
    }
}

/// What the service says of a payload that it does not hand on.
fn refused(failure: stepwright_runtime::TaskFailure) -> TaskFailure {
    TaskFailure { name: failure.error.unwrap_or_default(), cause: failure.cause }
}

impl TaskHandler for MachineTasks {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, stepwright_runtime::TaskFailure>> {
        Box::pin(async move {
            let answer = self.answer(request).await;
            answer
                .map_err(|failure| stepwright_runtime::TaskFailure { error: Some(failure.name), cause: failure.cause })
        })
    }
}
