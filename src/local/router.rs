//! From the Task states of a machine to the tasks of the program.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use serde_json::Value;
use stepwright_asl::Resource;
use stepwright_codegen::{
    error::TaskFailure,
    info::{TaskInfo, TaskKind},
    task::TaskEntry,
};
use stepwright_runtime::{BoxFuture, LambdaCall, ObjectStore, TaskHandler, TaskRequest};

use super::executions::Start;
use crate::{
    answer::{Answer, as_reported, attempt},
    mock::StandIns,
    native::Call,
};

/// Answers Task states with the tasks of this program, or their mocks.
pub(super) struct Router {
    stand_ins: StandIns,
    /// The tasks that are Lambda functions or activities of their own name.
    named: BTreeMap<&'static str, TaskEntry>,
    /// The tasks that are whatever is behind a resource.
    resources: BTreeMap<&'static str, TaskEntry>,
    /// Shows each call as it is made.
    show: Box<dyn Fn(&Call) + Send + Sync>,
    log: Mutex<Log>,
    /// The router itself, for the executions that executions start.
    own: Weak<Router>,
}

#[derive(Default)]
struct Log {
    calls: Vec<Call>,
    retries: usize,
}

impl Router {
    /// Routes to the tasks that a machine calls, and to all others that are linked into this program.
    pub(super) fn new(
        called: &[TaskEntry],
        stand_ins: StandIns,
        show: impl Fn(&Call) + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new_cyclic(|own| {
            let (named, resources) = (BTreeMap::new(), BTreeMap::new());
            let (show, log, own) = (Box::new(show), Mutex::default(), own.clone());
            let mut router = Router { stand_ins, named, resources, show, log, own };
            TaskEntry::all().into_iter().chain(called).for_each(|entry| router.add(*entry));
            router
        })
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

    /// Records the call of a state that is mocked, by the task behind it, if there is one.
    pub(super) fn record_mocked(&self, request: &TaskRequest) {
        let entry = self.entry(request, request.lambda().as_ref());
        let task = entry.map_or(request.state_name.as_str(), |entry| (entry.info)().name);
        self.record(task, &request.arguments, request);
    }

    fn record(&self, task: &str, arguments: &Value, request: &TaskRequest) {
        let call = Call { task: task.to_owned(), arguments: arguments.clone() };
        (self.show)(&call);
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.calls.push(call);
        log.retries += usize::from(request.retry_count > 0);
    }

    /// The task that a state calls. Names come first: any function may be behind the resource `lambda:invoke`.
    fn entry(&self, request: &TaskRequest, lambda: Option<&LambdaCall<'_>>) -> Option<&TaskEntry> {
        let name = match (lambda, Resource::parse(&request.resource)) {
            (Some(lambda), _) => Some(lambda.function),
            (None, Some(Resource::Activity(activity))) => Some(activity.name),
            (None, _) => None,
        };
        let named = name.and_then(|name| self.named.get(name));
        named.or_else(|| self.resources.get(request.resource.as_str()))
    }

    async fn answer(&self, request: TaskRequest) -> Answer {
        if let Some(start) = Start::of(&request) {
            return start.answer(&self.own, &request).await;
        }
        let lambda = request.lambda();
        let Some(entry) = self.entry(&request, lambda.as_ref()) else {
            let cause = format!(
                "the state `{}` calls {}, which no task of this program is",
                request.state_name, request.resource
            );
            return Err(TaskFailure::new(TaskFailure::NO_BODY, cause));
        };
        let info = (entry.info)();
        let payload = match &lambda {
            Some(lambda) => lambda.event().map_err(refused)?,
            None => request.arguments.clone(),
        };
        let (arguments, token) = without_token(info, payload);
        let arguments = entry.arguments(arguments);
        self.record(info.name, &arguments, &request);
        let work = self.stand_ins.answer(info, entry.invoke, arguments, token.as_deref());
        let result = attempt(work).await.map_err(|failure| as_reported(info, failure))?;
        Ok(match &lambda {
            Some(lambda) => lambda.result(result),
            None => result,
        })
    }
}

/// A payload and the token that it carries.
fn without_token(info: &TaskInfo, mut payload: Value) -> (Value, Option<String>) {
    let token = info.token.and_then(|name| payload.as_object_mut()?.shift_remove(name));
    (payload, token.and_then(|token| token.as_str().map(str::to_owned)))
}

/// What the service says of a payload that it does not hand on.
fn refused(failure: stepwright_runtime::TaskFailure) -> TaskFailure {
    TaskFailure { name: failure.error.unwrap_or_default(), cause: failure.cause }
}

impl TaskHandler for Router {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, stepwright_runtime::TaskFailure>> {
        Box::pin(async move {
            let answer = self.answer(request).await;
            answer
                .map_err(|failure| stepwright_runtime::TaskFailure { error: Some(failure.name), cause: failure.cause })
        })
    }
}
