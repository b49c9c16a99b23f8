//! Distributed Map states: a Map Run of child executions.

mod batches;
mod children;
mod csv;
pub(super) mod dataset;
mod manifest;
mod map_run;
mod reader;
mod tolerance;
mod writer;

use std::sync::Arc;

use stepwright_asl as asl;
use stepwright_asl::{ExecutionType, error_name};

use self::batches::{Batching, ItemBatcher};
use self::children::{Child, Children};
use self::dataset::{DatasetError, Item};
use self::map_run::MapRun;
use self::reader::{ItemReader, Reading};
use self::tolerance::{Tolerance, ToleranceFields};
use self::writer::{Destination, ResultWriter};
use super::{Worked, map};
use crate::compile::Compiler;
use crate::conclusion::ExecutionStatus;
use crate::context_object::MapItem;
use crate::error::{EvaluationError, Failure, Fault, StepError};
use crate::execution::{Frame, Seen, Turn};
use crate::history::{Details, EventId, EventType};
use crate::object_store::ObjectStore;
use crate::program::Map;
use crate::query::View;
use crate::trial::StandIn;
use crate::value::Value;

/// The fields that only distributed Map states have.
#[derive(Debug)]
pub(crate) struct Distributed {
    label: Option<String>,
    /// Whether the child executions are express ones.
    is_express: bool,
    tolerance: ToleranceFields,
    reader: Option<ItemReader>,
    batcher: Option<ItemBatcher>,
    writer: Option<ResultWriter>,
}

impl Distributed {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, map: &asl::Map) -> Distributed {
        let config = map.processor().and_then(|processor| processor.processor_config.as_ref());
        Distributed {
            label: map.label.clone(),
            is_express: config.is_some_and(|config| config.execution_type == Some(ExecutionType::Express)),
            tolerance: ToleranceFields::compile(compiler, map),
            reader: map.item_reader.as_ref().map(|reader| ItemReader::compile(compiler, reader)),
            batcher: map.item_batcher.as_ref().map(|batcher| ItemBatcher::compile(compiler, batcher)),
            writer: map.result_writer.as_ref().map(|writer| ResultWriter::compile(compiler, writer)),
        }
    }
}

/// The evaluated fields.
struct Settings<'a> {
    tolerance: Tolerance,
    reading: Option<Reading<'a>>,
    batching: Option<Batching>,
    destination: Option<Destination>,
}

impl Settings<'_> {
    fn eval<'a>(distributed: &'a Distributed, view: &View<'_>) -> Result<Settings<'a>, EvaluationError> {
        Ok(Settings {
            tolerance: distributed.tolerance.eval(view)?,
            reading: distributed.reader.as_ref().map(|reader| reader.eval(view)).transpose()?,
            batching: distributed.batcher.as_ref().map(|batcher| batcher.eval(view)).transpose()?,
            destination: match &distributed.writer {
                Some(writer) => writer.eval(view)?,
                None => None,
            },
        })
    }
}

/// Why a Map Run has failed.
enum RunError {
    Failed { error: &'static str, cause: String },
    Step(StepError),
}

impl RunError {
    fn too_many_failed() -> RunError {
        RunError::Failed {
            error: error_name::EXCEED_TOLERATED_FAILURE_THRESHOLD,
            cause: "The specified tolerated failure threshold was exceeded".to_owned(),
        }
    }
}

/// What the service makes of a mocked Map Run: failures count only where the state says how many it tolerates.
fn mocked_run(stand_in: &StandIn, tolerance: &Tolerance, iterations: usize, last: EventId) -> Result<Value, RunError> {
    let result = stand_in.answer(last).map_err(|failure| RunError::Step(failure.into()))?;
    if tolerance.is_stated() && tolerance.is_breached(stand_in.failed_iterations, iterations) {
        return Err(RunError::too_many_failed());
    }
    Ok(result)
}

/// Runs the item processor as a child execution for each item or batch.
pub(super) async fn attempt(turn: &Turn<'_>, frame: &mut Frame, map: &Map, distributed: &Distributed) -> Worked {
    let execution = turn.execution;
    let (items, width) = turn.eval(frame, Seen::default(), |view| {
        let items = if distributed.reader.is_some() { Vec::new() } else { map::distributed_items(map, view)? };
        Ok((items, map::stated_width(map, view)?))
    })?;
    let items: Vec<Item> = items;
    let details = || Some(Details::new().number("length", items.len() as u64));
    frame.last = execution.record(frame.last, EventType::MapStateStarted, details)?;
    let settings = turn.eval(frame, Seen::default(), |view| Settings::eval(distributed, view))?;

    let Distributed { label, is_express, .. } = distributed;
    let run = MapRun::new(&execution.origin.identity(), label.as_deref(), *is_express, &execution.random);
    let details = || Some(Details::new().text("mapRunArn", &run.arn));
    frame.last = execution.record(frame.last, EventType::MapRunStarted, details)?;
    let running = Running { turn, map, distributed, settings: &settings, run: &run, width };
    let result = match running.result(frame, items).await {
        Ok(result) => result,
        Err(error) => return Err(map_run_failed(turn, frame.last, error)),
    };
    let succeeded = execution.record(frame.last, EventType::MapRunSucceeded, || None)?;
    // The exit follows from the start of the Map Run, beside these two.
    execution.record(succeeded, EventType::MapStateSucceeded, || None)?;
    map::finish(turn, frame, &result)
}

fn map_run_failed(turn: &Turn<'_>, started: EventId, error: RunError) -> StepError {
    let (error, cause) = match error {
        RunError::Failed { error, cause } => (error, cause),
        RunError::Step(error) => return error,
    };
    let details = || Some(Details::error(Some(error), Some(&cause)));
    match turn.execution.record(started, EventType::MapRunFailed, details) {
        Ok(event) => Failure { error: Some(error.to_owned()), cause: Some(cause), is_heartbeat: false, event }.into(),
        Err(interruption) => interruption.into(),
    }
}

/// A Map Run under way.
struct Running<'a> {
    turn: &'a Turn<'a>,
    map: &'a Map,
    distributed: &'a Distributed,
    settings: &'a Settings<'a>,
    run: &'a MapRun,
    width: u64,
}

impl Running<'_> {
    async fn result(&self, frame: &Frame, items: Vec<Item>) -> Result<Value, RunError> {
        let items = match &self.settings.reading {
            Some(reading) => {
                let items = self.read(reading).await?;
                if reading.has_pointer() {
                    let shown = || items.iter().map(|item| item.input().to_json()).collect();
                    self.turn.show(|seen| seen.after_items_pointer = Some(shown()));
                }
                items
            }
            None => items,
        };
        let inputs = self.inputs(frame, &items).map_err(|error| RunError::Step(error.into()))?;
        map::show_selected(self.turn, self.map, &inputs);
        let inputs = match &self.settings.batching {
            Some(batching) => {
                let batches = batching.inputs(inputs);
                self.turn.show(|seen| seen.after_item_batcher = Some(batches.iter().map(Value::to_json).collect()));
                batches
            }
            None => inputs,
        };
        let (execution, tolerance) = (self.turn.execution, &self.settings.tolerance);
        if let Some(stand_in) = self.turn.stand_in() {
            return mocked_run(stand_in, tolerance, inputs.len(), frame.last);
        }
        let width = map::bounded(self.width, execution.settings.limits.distributed_concurrency);
        let children = children::run(execution, self.run, self.map.processor, inputs, width, tolerance).await;
        match children.map_err(|fault| RunError::Step(fault.into()))? {
            Children::Ended(children) => self.conclude(&children).await,
            Children::TooManyFailed => Err(RunError::too_many_failed()),
        }
    }

    async fn read(&self, reading: &Reading<'_>) -> Result<Vec<Item>, RunError> {
        reading.items(self.objects()?.as_ref()).await.map_err(|error| match error {
            DatasetError::Broken(cause) => RunError::Failed { error: error_name::ITEM_READER_FAILED, cause },
            DatasetError::Unsupported(what) => RunError::Step(Fault::Unsupported(what.to_owned()).into()),
        })
    }

    fn objects(&self) -> Result<&Arc<dyn ObjectStore>, RunError> {
        self.turn.execution.settings.objects.as_ref().ok_or_else(|| {
            let what = format!("the state '{}' without an object store", self.turn.state.name);
            RunError::Step(Fault::Unsupported(what).into())
        })
    }

    /// What each item becomes for its child execution.
    fn inputs(&self, frame: &Frame, items: &[Item]) -> Result<Vec<Value>, EvaluationError> {
        let Some(selector) = &self.map.selector else { return Ok(items.iter().map(Item::input).collect()) };
        let source = self.settings.reading.as_ref().map_or_else(|| "STATE_DATA".to_owned(), Reading::source);
        let source: Arc<str> = source.into();
        let select = |(index, item): (usize, &Item)| {
            let (key, value) = (item.key.clone(), item.value.clone());
            let item = MapItem { index, key, value, source: Some(Arc::clone(&source)) };
            self.turn.eval_for(frame, Some(&item), Seen::default(), |view| selector.eval(view))
        };
        items.iter().enumerate().map(select).collect()
    }

    /// The state's result: the outputs, or where they were written.
    async fn conclude(&self, children: &[Child]) -> Result<Value, RunError> {
        let succeeded = || children.iter().filter(|child| child.result.status == ExecutionStatus::Succeeded);
        match (&self.distributed.writer, &self.settings.destination) {
            (Some(writer), Some(destination)) => {
                let objects = self.objects()?.as_ref();
                writer.write(destination, objects, self.run, children).await.map_err(|error| RunError::Failed {
                    error: error_name::RESULT_WRITER_FAILED,
                    cause: error.to_string(),
                })
            }
            (Some(writer), None) => {
                let results = writer.formatted(self.run, &succeeded().collect::<Vec<_>>());
                Ok(Value::from(serde_json::Value::Array(results)))
            }
            (None, _) => {
                let outputs = succeeded().map(|child| child.result.output.as_ref().map_or(Value::Null, Value::from));
                Ok(Value::array(outputs.collect()))
            }
        }
    }
}
