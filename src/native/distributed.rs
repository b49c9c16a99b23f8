//! `distributed_map(source)`: each item or batch is an execution of its own.
//!
//! What AWS does before and after, the interpreter does here too, by a machine that holds nothing but a distributed Map: it
//! reads the items; and it decides about failures and writes the results. Between the two, the closure does the work.

use std::{marker::PhantomData, panic::AssertUnwindSafe, pin::pin};

use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::{FutureExt as _, StreamExt as _, stream};
use serde::Serialize;
use serde_json::{Number, Value, json};
use stepwright_asl as asl;
use stepwright_codegen::{
    distributed::{Reader, S3Prefix, Source, WrittenResults},
    error::TaskFailure,
    outcome::Collected,
    stage::{Listed, Written},
};
use stepwright_runtime::{Interpreter, Limits, Program};

use super::{run::failure_of, surroundings};
use crate::{answer::Answer, local};

/// Does the same for each item, each in an execution of its own: for many items, such as the rows of a file in S3.
///
/// The executions see the item, and what the closure captures. Their results come back as a list, unless
/// [`write_results`](DistributedMap::write_results) leaves them in S3. When more of them fail than are tolerated, the whole fails with
/// `States.ExceedToleratedFailureThreshold`, whatever it was that they failed with.
#[must_use = "a distributed map works when its `.each(…)` or `.batches(…)` is awaited"]
pub fn distributed_map<S: Source>(source: S) -> DistributedMap<S> {
    DistributedMap { source, options: Options::default(), input: (), of: PhantomData }
}

/// A distributed map that is being set up.
pub struct DistributedMap<S, W = Listed, B = ()> {
    source: S,
    options: Options,
    input: B,
    of: PhantomData<fn() -> W>,
}

#[derive(Default)]
struct Options {
    max_concurrency: usize,
    tolerated_count: Option<u64>,
    tolerated_percentage: Option<f64>,
    results: Option<S3Prefix>,
}

/// What a distributed map gives.
pub trait Results<R: Collected> {
    /// The list of the results, or where they were written; a `Result` where the closure gives one.
    type Out;

    /// It, from what the state gives.
    #[doc(hidden)]
    fn of(given: Answer) -> Result<Self::Out, TaskFailure>;
}

impl<R: Collected> Results<R> for Listed {
    type Out = R::Out;

    fn of(given: Answer) -> Result<R::Out, TaskFailure> {
        R::list(given)
    }
}

impl<R: Collected> Results<R> for Written {
    type Out = R::With<WrittenResults>;

    fn of(given: Answer) -> Result<Self::Out, TaskFailure> {
        R::with(given.map(|given| {
            let text = |pointer: &str| given.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            WrittenResults {
                map_run_arn: text("/MapRunArn"),
                bucket: text("/ResultWriterDetails/Bucket"),
                key: text("/ResultWriterDetails/Key"),
            }
        }))
    }
}

impl<S: Source, W, B> DistributedMap<S, W, B> {
    /// How many executions at most run at once; zero, or nothing, means as many as the service allows.
    pub fn max_concurrency(mut self, most: usize) -> Self {
        self.options.max_concurrency = most;
        self
    }

    /// How many items may fail. The results of those that do are left out.
    pub fn tolerate_failures(mut self, count: u64) -> Self {
        self.options.tolerated_count = Some(count);
        self
    }

    /// How many items may fail, in percent.
    pub fn tolerate_failure_percentage(mut self, percentage: f64) -> Self {
        self.options.tolerated_percentage = Some(percentage);
        self
    }

    /// The label of the Map Run, 1 to 40 letters, digits, `-`, `_` and `.`; means nothing natively.
    pub fn label(self, label: &str) -> Self {
        let _ = label;
        self
    }

    /// Makes the executions express ones: cheaper, and no longer than five minutes. Means nothing natively.
    pub fn express(self) -> Self {
        self
    }

    /// Leaves the results in S3: the state gives where.
    pub fn write_results(mut self, to: S3Prefix) -> DistributedMap<S, Written, B> {
        self.options.results = Some(to);
        DistributedMap { source: self.source, options: self.options, input: self.input, of: PhantomData }
    }

    /// What all batches get, beside their items.
    pub fn batch_input<C: Serialize + Clone>(self, value: C) -> DistributedMap<S, W, (C,)> {
        DistributedMap { source: self.source, options: self.options, input: (value,), of: PhantomData }
    }

    /// Does this for each item.
    pub async fn each<R, F>(self, each: F) -> W::Out
    where
        R: Collected,
        W: Results<R>,
        F: AsyncFn(S::Item) -> R,
    {
        let items = items(&self.source).await;
        let work = async |item: Value| match serde_json::from_value(item) {
            Ok(item) => execution(each(item)).await,
            Err(error) => Err(TaskFailure::new(TaskFailure::INVALID_ARGUMENTS, error.to_string())),
        };
        finish::<R, W>(self.options.run(items, work).await)
    }
}

impl<S: Source, W> DistributedMap<S, W> {
    /// Does this for each batch of so many items at most.
    pub async fn batches<R, F>(self, size: usize, each: F) -> W::Out
    where
        R: Collected,
        W: Results<R>,
        F: AsyncFn(Vec<S::Item>) -> R,
    {
        let batches = batches(items(&self.source).await, size);
        let work = async |items: Value| match serde_json::from_value(items) {
            Ok(items) => execution(each(items)).await,
            Err(error) => Err(TaskFailure::new(TaskFailure::INVALID_ARGUMENTS, error.to_string())),
        };
        finish::<R, W>(self.options.run(batches, work).await)
    }
}

impl<S: Source, W, B: Clone> DistributedMap<S, W, (B,)> {
    /// Does this for each batch of so many items at most, and what all batches get.
    pub async fn batches<R, F>(self, size: usize, each: F) -> W::Out
    where
        R: Collected,
        W: Results<R>,
        F: AsyncFn(Vec<S::Item>, B) -> R,
    {
        let batches = batches(items(&self.source).await, size);
        let (input,) = &self.input;
        let work = async |items: Value| match serde_json::from_value(items) {
            Ok(items) => execution(each(items, input.clone())).await,
            Err(error) => Err(TaskFailure::new(TaskFailure::INVALID_ARGUMENTS, error.to_string())),
        };
        finish::<R, W>(self.options.run(batches, work).await)
    }
}

fn finish<R: Collected, W: Results<R>>(given: Answer) -> W::Out {
    W::of(given).unwrap_or_else(|failure| surroundings::fail("distributed_map", failure))
}

/// Runs the closure for one item, as an execution.
async fn execution<R: Collected>(work: impl Future<Output = R>) -> Answer {
    match AssertUnwindSafe(surroundings::of_item().scope(work)).catch_unwind().await {
        Ok(result) => result.wire(),
        Err(panic) => Err(failure_of(panic)),
    }
}

fn batches(items: Result<Vec<Value>, TaskFailure>, size: usize) -> Result<Vec<Value>, TaskFailure> {
    items.map(|items| items.chunks(size.max(1)).map(|batch| Value::from(batch.to_vec())).collect())
}

/// The items as the workflow sees them.
async fn items<S: Source>(source: &S) -> Result<Vec<Value>, TaskFailure> {
    let place = serde_json::to_value(source).unwrap_or_default();
    let Some(reader) = S::READER else { return Ok(list(place)) };
    let part = |name: &str| place.get(name).cloned().unwrap_or_default();
    let arguments = json!({ "Bucket": part("bucket"), reader.key(): part(&reader.key().to_lowercase()) });
    let map = asl::Map { item_reader: Some(reader.item_reader(arguments)), ..Default::default() };
    let items = list(run(map, PASS, json!({})).await?);
    Ok(if reader == Reader::Objects { items.iter().map(object).collect() } else { items })
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// An object of a listing.
fn object(raw: &Value) -> Value {
    let part = |name: &str| raw.get(name).cloned().unwrap_or_default();
    let modified = part("LastModified").as_f64().unwrap_or_default();
    let modified: Option<DateTime<Utc>> = DateTime::from_timestamp_millis((modified * 1000.0) as i64);
    let modified = modified.map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    json!({ "key": part("Key"), "size": part("Size"), "etag": part("Etag"), "last_modified": modified })
}

const PASS: &str = r#"{"StartAt": "Item", "States": {"Item": {"Type": "Succeed"}}}"#;

/// Fails as the item has failed.
const ENDED: &str = r#"{"StartAt": "Item", "States": {
    "Item": {"Type": "Choice", "Choices": [
        {"Condition": "{% $exists($states.input.error) %}", "Next": "Failed"}
    ], "Output": "{% $states.input.output %}", "Default": "Succeeded"},
    "Failed": {"Type": "Fail", "Error": "{% $states.input.error %}", "Cause": "{% $states.input.cause %}"},
    "Succeeded": {"Type": "Succeed"}
}}"#;

impl Options {
    /// Does the work for all inputs; gives what the state does.
    async fn run(&self, inputs: Result<Vec<Value>, TaskFailure>, work: impl AsyncFn(Value) -> Answer) -> Answer {
        let most = if self.max_concurrency == 0 { usize::MAX } else { self.max_concurrency };
        let work = &work;
        let inputs = stream::iter(inputs?).enumerate().map(|(index, input)| async move { (index, work(input).await) });
        let mut ended: Vec<(usize, Answer)> = pin!(inputs.buffer_unordered(most)).collect().await;
        ended.sort_by_key(|(index, _)| *index);
        let ended = ended.into_iter().map(|(_, answer)| match answer {
            Ok(output) => json!({ "output": output }),
            Err(TaskFailure { name, cause }) => json!({ "error": name, "cause": cause.unwrap_or_default() }),
        });
        let results = self.results.as_ref().map(|place| {
            let place = serde_json::to_value(place).unwrap_or_default();
            asl::ResultWriter {
                resource: Some("arn:aws:states:::s3:putObject".to_owned()),
                arguments: Some(json!({ "Bucket": place.get("bucket"), "Prefix": place.get("prefix") })),
                ..Default::default()
            }
        });
        let map = asl::Map {
            tolerated_failure_count: self.tolerated_count.map(asl::Dynamic::Literal),
            tolerated_failure_percentage: self
                .tolerated_percentage
                .and_then(Number::from_f64)
                .map(asl::Dynamic::Literal),
            result_writer: results,
            ..Default::default()
        };
        run(map, ENDED, Value::Array(ended.collect())).await
    }
}

/// Runs a machine that is this Map.
async fn run(map: asl::Map, each: &str, input: Value) -> Answer {
    let broken = |error: String| TaskFailure::new("States.Runtime", error);
    let each = asl::StateMachine::from_json(each).map_err(|error| broken(error.to_string()))?;
    let config = asl::ProcessorConfig {
        mode: Some(asl::ProcessorMode::Distributed),
        execution_type: Some(asl::ExecutionType::Standard),
        ..Default::default()
    };
    let processor = asl::ItemProcessor {
        processor_config: Some(config),
        start_at: each.start_at,
        states: each.states,
        ..Default::default()
    };
    let map = asl::Map { item_processor: Some(processor), end: Some(true), ..map };
    let mut states = asl::States::new();
    states.insert("Map".to_owned(), map.into());
    let machine = asl::StateMachine {
        query_language: Some(asl::QueryLanguage::Jsonata),
        start_at: "Map".to_owned(),
        states,
        ..Default::default()
    };
    let program = Program::compile(&machine).map_err(|error| broken(error.to_string()))?;
    let interpreter = Interpreter::new(&program).history(false).limits(Limits::none());
    let interpreter = match surroundings::objects() {
        Some(objects) => interpreter.object_store(objects),
        None => interpreter,
    };
    let result = interpreter.run(input).await.map_err(|fault| broken(fault.to_string()))?;
    local::answer(&result)
}
