//! Native runs of hand-written tasks and workflows: what the attributes emit, without them.

use std::{
    borrow::Cow,
    marker::PhantomData,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use serde_json::{Value, json};
use stepwright_codegen::{
    error::{Failure, TaskFailure},
    info::{RetryInfo, TaskInfo, TaskKind, WorkflowInfo},
    inputs::Inputs,
    ir::ExprId,
    outcome::Outcome,
    retry::Retry,
    stage::Builder,
    task::{BoxFuture, Task, Workflow},
};
use tokio::time::Instant;

use super::{NativeRun, TaskCall, map, sleep};
use crate::{__private as private, Machine, mock::MockTask, try_join};

/// What differs between the tasks below.
trait Body: 'static {
    const INFO: TaskInfo;
    type Args: Inputs;
    type Output: Outcome;

    fn run(arguments: Self::Args) -> impl Future<Output = Self::Output> + Send;
}

struct Tested<B>(PhantomData<fn() -> B>);

impl<B: Body> Task for Tested<B> {
    type Args = B::Args;
    type Output = B::Output;

    fn info() -> &'static TaskInfo {
        &const { B::INFO }
    }

    fn invoke(arguments: Value) -> BoxFuture<'static, Result<Value, TaskFailure>> {
        Box::pin(async move { B::run(private::decode_for::<Self>(arguments)?).await.into_wire() })
    }
}

const INFO: TaskInfo = TaskInfo {
    name: "task",
    ident: "task",
    module: "tests",
    file: "tests.rs",
    line: 1,
    column: 1,
    docs: "",
    params: &["first", "second"],
    token: None,
    kind: TaskKind::Lambda,
    timeout: None,
    heartbeat: None,
    retry: &[],
    has_body: true,
};

const TWICE: RetryInfo = RetryInfo {
    on: || vec!["Busy".to_owned()],
    interval: Some(2),
    backoff: Some(3.0),
    max_attempts: Some(2),
    max_delay: Some(5),
    jitter: None,
};

/// Adds two numbers.
struct Add;

impl Body for Add {
    const INFO: TaskInfo = TaskInfo { name: "add", ..INFO };
    type Args = (u64, u64);
    type Output = u64;

    async fn run((a, b): (u64, u64)) -> u64 {
        a + b
    }
}

fn add(a: u64, b: u64) -> TaskCall<Tested<Add>> {
    TaskCall::new((&a, &b))
}

/// Fails so many times with an error of this name.
struct Flaky;

static ATTEMPTS: AtomicU32 = AtomicU32::new(0);

impl Body for Flaky {
    const INFO: TaskInfo = TaskInfo { name: "flaky", retry: &[TWICE], ..INFO };
    type Args = (u32, String);
    type Output = Result<u32, Failure>;

    async fn run((failures, error): (u32, String)) -> Result<u32, Failure> {
        let attempts = ATTEMPTS.fetch_add(1, Ordering::SeqCst) + 1;
        if attempts > failures { Ok(attempts) } else { Err(Failure::new(error, "again")) }
    }
}

fn flaky(failures: u32, error: &str) -> TaskCall<Tested<Flaky>> {
    TaskCall::new((&failures, error))
}

/// Takes a while.
struct Slow;

impl Body for Slow {
    const INFO: TaskInfo = TaskInfo { name: "slow", params: &["seconds"], timeout: Some(10), ..INFO };
    type Args = (u64,);
    type Output = Result<u64, Failure>;

    async fn run((seconds,): (u64,)) -> Result<u64, Failure> {
        sleep(Duration::from_secs(seconds)).await;
        if seconds == 3 { Err(Failure::new("Three", "bad luck")) } else { Ok(seconds) }
    }
}

fn slow(seconds: u64) -> TaskCall<Tested<Slow>> {
    TaskCall::new((&seconds,))
}

/// Panics.
struct Broken;

impl Body for Broken {
    const INFO: TaskInfo = TaskInfo { name: "broken", params: &[], ..INFO };
    type Args = ();
    type Output = ();

    async fn run((): ()) {
        panic!("out of {}", "order");
    }
}

fn broken() -> TaskCall<Tested<Broken>> {
    TaskCall::new(())
}

/// A workflow that adds, and then fails as it is told.
struct Sum;

async fn sum(list: Vec<u64>, end: String) -> Result<u64, Failure> {
    let mut total = 0;
    for item in list {
        total = add(total, item).await;
    }
    match end.as_str() {
        "error" => Err(Failure::new("Told", "so")),
        "panic" => panic!("told so"),
        "task" => {
            broken().await;
            Ok(total)
        }
        _ => Ok(total),
    }
}

impl Workflow for Sum {
    type Input = (Vec<u64>, String);
    type Output = Result<u64, Failure>;
    type Parameters = Builder;

    fn info() -> &'static WorkflowInfo {
        &WorkflowInfo {
            name: "sum",
            ident: "sum",
            module: "tests",
            file: "tests.rs",
            line: 1,
            column: 1,
            docs: "",
            params: &["list", "end"],
            express: false,
            timeout: None,
            inline: false,
            max_transitions: None,
        }
    }

    fn record(_: Self::Parameters) -> ExprId {
        panic!("a native run records nothing")
    }

    async fn call((list, end): Self::Input) -> Result<u64, Failure> {
        sum(list, end).await
    }
}

async fn run(end: &str) -> NativeRun<Machine<Sum>> {
    Machine::<Sum>::native().run((vec![1, 2], end.to_owned())).await
}

fn name_and_cause(run: &NativeRun<Machine<Sum>>) -> (String, Option<Cow<'static, str>>) {
    let failure = run.result().unwrap_err();
    (failure.name, failure.cause.map(Cow::Owned))
}

#[tokio::test]
async fn a_call_runs_the_body() {
    assert_eq!(add(1, 2).await, 3);
    assert_eq!(add(1, 2).name("Add them").timeout(Duration::from_secs(1)).await, 3);
}

#[tokio::test(start_paused = true)]
async fn retriers_wait_as_the_machine_does() {
    let start = Instant::now();
    assert_eq!(flaky(2, "Busy").await, Ok(3));
    assert_eq!(start.elapsed(), Duration::from_secs(2 + 5));

    let exhausted = flaky(100, "Busy").await.unwrap_err();
    assert_eq!(exhausted.name, "Busy");
    assert_eq!(exhausted.cause.unwrap(), json!({ "errorType": "Busy", "errorMessage": "again" }).to_string());
    assert_eq!(ATTEMPTS.swap(0, Ordering::SeqCst), 6);

    assert_eq!(flaky(1, "Unknown").await.unwrap_err().name, "Unknown");
    assert_eq!(ATTEMPTS.swap(0, Ordering::SeqCst), 1);

    assert_eq!(flaky(1, "Busy").retry(Retry::none()).await.unwrap_err().name, "Busy");
    assert_eq!(ATTEMPTS.swap(0, Ordering::SeqCst), 1);

    let once = Retry::on("Unknown").max_attempts(1);
    assert_eq!(flaky(1, "Unknown").retry(once).await, Ok(2));
    assert_eq!(ATTEMPTS.swap(0, Ordering::SeqCst), 2);

    let first = Retry::all().max_attempts(0);
    assert_eq!(flaky(1, "Busy").retry(first).await.unwrap_err().name, "Busy");
}

#[tokio::test(start_paused = true)]
async fn attempts_are_timed_out() {
    assert_eq!(slow(9).await, Ok(9));
    let start = Instant::now();
    assert_eq!(slow(11).await.unwrap_err().name, "States.Timeout");
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    assert_eq!(slow(11).timeout(Duration::from_secs(12)).await, Ok(11));
    assert_eq!(slow(9).heartbeat(Duration::from_secs(5)).await.unwrap_err().name, "States.Timeout");
}

#[tokio::test]
#[should_panic(expected = "task `broken` failed: Panic")]
async fn an_uncaught_failure_panics_outside_of_runs() {
    broken().await;
}

#[tokio::test]
async fn a_run_gives_the_result_and_the_calls() {
    let run = run("").await;
    assert_eq!(run.result(), Ok(3));
    let calls: Vec<_> = run.calls().iter().map(|call| (call.task.as_str(), call.arguments.clone())).collect();
    let expected = [json!({ "first": 0, "second": 1 }), json!({ "first": 1, "second": 2 })];
    assert_eq!(calls, expected.map(|arguments| ("add", arguments)));
}

#[tokio::test]
async fn a_run_gives_every_failure() {
    let told = run("error").await.result().unwrap_err();
    assert_eq!(told.to_string(), "the workflow failed with `Told`: so");
    assert_eq!(told.error, Some(Failure::new("Told", "so")));
    assert_eq!(name_and_cause(&run("panic").await), ("Panic".to_owned(), Some("told so".into())));
    let report = json!({ "errorType": "Panic", "errorMessage": "out of order" }).to_string();
    assert_eq!(name_and_cause(&run("task").await), ("Panic".to_owned(), Some(report.into())));
}

#[tokio::test]
async fn mocks_answer_instead_of_bodies() {
    let mut count = 0;
    let native = Machine::<Sum>::native().mock::<Tested<Broken>>(|| ()).mock::<Tested<Add>>(move |a, b| {
        count += 1;
        a.max(b) + count
    });
    assert_eq!(native.run((vec![10, 20], "task".to_owned())).await.result(), Ok(22));
}

#[tokio::test(start_paused = true)]
async fn map_keeps_the_order_and_works_side_by_side() {
    let start = Instant::now();
    let slowest_first = map([9, 1, 5], async |seconds| slow(seconds).await).await;
    assert_eq!(slowest_first, Ok(vec![9, 1, 5]));
    assert_eq!(start.elapsed(), Duration::from_secs(9));

    let start = Instant::now();
    assert_eq!(map([4, 1, 2], async |seconds| slow(seconds).await).max_concurrency(2).await, Ok(vec![4, 1, 2]));
    assert_eq!(start.elapsed(), Duration::from_secs(4));
    assert_eq!(map([1, 2], async |item: u64| item + 1).await, vec![2, 3]);
}

#[tokio::test(start_paused = true)]
async fn the_first_error_ends_a_map() {
    let start = Instant::now();
    let failed = map([9, 3, 3], async |seconds| slow(seconds).await).await;
    assert_eq!(failed.unwrap_err().name, "Three");
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn the_first_error_ends_a_try_join() {
    let start = Instant::now();
    let joined = try_join!(slow(9), async { slow(3).await.map(|seconds| seconds.to_string()) });
    assert_eq!(joined.unwrap_err().name, "Three");
    assert_eq!(start.elapsed(), Duration::from_secs(3));
    assert_eq!(try_join!(slow(1), slow(2)), Ok((1, 2)));
}

#[tokio::test]
async fn a_workflow_without_capturing_closures_moves_between_threads() {
    let work = async { map(vec![1, 2], async |item: u64| add(item, 1).await).await };
    assert_eq!(tokio::spawn(work).await.unwrap(), [2, 3]);
}
