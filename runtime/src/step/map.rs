use super::branches::{self, End, Running, iteration_details};
use super::distributed::{self, dataset, dataset::Item};
use super::{Done, Worked};
use crate::context_object::MapItem;
use crate::error::{EvaluationError, Failure, Fault, Interruption, StepError};
use crate::execution::{Frame, Seen, Turn};
use crate::history::{Details, EventId, EventType};
use crate::io::jsonata;
use crate::io::jsonpath::invalid_path;
use crate::program::{Items, Map};
use crate::query::View;
use crate::value::Value;

/// Runs the item processor for each item, as many at the same time as allowed; the first failure ends them all.
pub(super) async fn attempt(turn: &Turn<'_>, frame: &mut Frame, map: &Map) -> Worked {
    if let Some(distributed) = &map.distributed {
        return Box::pin(distributed::attempt(turn, frame, map, distributed)).await;
    }
    let execution = turn.execution;
    let (items, width) =
        turn.eval(frame, Seen::default(), |view| Ok((list_of(map, view)?, stated_width(map, view)?)))?;
    let width = bounded(width, execution.settings.limits.map_concurrency);
    let details = || Some(Details::new().number("length", items.len() as u64));
    frame.last = execution.record(frame.last, EventType::MapStateStarted, details)?;

    if let Some(stand_in) = turn.stand_in() {
        let inputs = items.iter().enumerate().map(|(index, value)| Ok(iteration(turn, frame, map, index, value)?.1));
        let inputs = inputs.collect::<Result<Vec<_>, EvaluationError>>()?;
        show_selected(turn, map, &inputs);
        let result = stand_in.answer(frame.last)?;
        return finish(turn, frame, &result);
    }
    let outputs = Iterations { turn, map, items: &items, width, started: 0 }.run(frame).await?;

    // The exit follows from the last iteration's success, beside this one.
    execution.record(frame.last, EventType::MapStateSucceeded, || None)?;
    finish(turn, frame, &Value::array(outputs))
}

/// Leaves the state with its result.
pub(super) fn finish(turn: &Turn<'_>, frame: &Frame, result: &Value) -> Worked {
    let seen = Seen { result: Some(result), ..Seen::default() };
    let exit = turn.eval(frame, seen, |view| turn.state.io.exit(view))?;
    Ok(Done { exit, next: turn.state.next })
}

/// Shows a test of the state what the iterations get, if that is selected.
pub(super) fn show_selected(turn: &Turn<'_>, map: &Map, inputs: &[Value]) {
    if map.selector.is_some() {
        turn.show(|seen| seen.after_item_selector = Some(inputs.iter().map(Value::to_json).collect()));
    }
}

/// The item of an iteration, and its input.
fn iteration(
    turn: &Turn<'_>,
    frame: &Frame,
    map: &Map,
    index: usize,
    value: &Value,
) -> Result<(MapItem, Value), EvaluationError> {
    let item = MapItem { index, key: None, value: value.clone(), source: None };
    let input = match &map.selector {
        Some(selector) => turn.eval_for(frame, Some(&item), Seen::default(), |view| selector.eval(view))?,
        None => value.clone(),
    };
    Ok((item, input))
}

/// The items; anything but a list is an error.
fn list_of(map: &Map, view: &View<'_>) -> Result<Vec<Value>, EvaluationError> {
    items_by(map, view, |value| value.as_items().map(<[Value]>::to_vec))
}

/// The items of a distributed Map, which may also be the members of an object.
pub(super) fn distributed_items(map: &Map, view: &View<'_>) -> Result<Vec<Item>, EvaluationError> {
    items_by(map, view, dataset::items_of)
}

fn items_by<T>(map: &Map, view: &View<'_>, list: impl Fn(&Value) -> Option<T>) -> Result<T, EvaluationError> {
    match &map.items {
        Items::Template(jsonata::Template::Expression(expression)) => expression.eval_as(view, "array", list),
        Items::Template(template) => {
            let value = template.eval(view)?;
            list(&value).ok_or_else(|| no_list(&value))
        }
        Items::Input => list(view.input).ok_or_else(|| no_list(view.input)),
        Items::Path(path) => {
            let value = path.find(view.input, view).map_err(|reason| invalid_path(path, &reason))?;
            let items = list(&value).ok_or_else(|| {
                // A path into the context object is named as one into anything.
                let source = path.source();
                let source = source.strip_prefix('$').filter(|rest| rest.starts_with('$')).unwrap_or(source);
                EvaluationError::runtime(format!("Reference path \"{source}\" must point to array."))
            })?;
            view.show(|seen| seen.after_items_path = Some(value.to_json()));
            Ok(items)
        }
    }
}

fn no_list(value: &Value) -> EvaluationError {
    EvaluationError::query(None, format!("Map state input must be an array but was: {value}"))
}

/// How many iterations run at the same time by the state's own words; 0 for as many as possible.
pub(super) fn stated_width(map: &Map, view: &View<'_>) -> Result<u64, EvaluationError> {
    let width = map.max_concurrency.as_ref().map_or(Ok(0), |width| width.eval(view))?;
    view.show(|seen| seen.max_concurrency = Some(width));
    Ok(width)
}

/// The same within the service's bound.
pub(super) fn bounded(stated: u64, bound: usize) -> usize {
    match usize::try_from(stated).unwrap_or(usize::MAX) {
        0 => bound,
        stated => stated.min(bound),
    }
}

/// The iterations of one attempt.
struct Iterations<'a> {
    turn: &'a Turn<'a>,
    map: &'a Map,
    items: &'a [Value],
    width: usize,
    started: usize,
}

impl<'a> Iterations<'a> {
    async fn run(mut self, frame: &mut Frame) -> Result<Vec<Value>, StepError> {
        let mut running = Running::new(self.turn.execution, frame);
        for _ in 0..self.width.min(self.items.len()) {
            self.start_next(&mut running, frame, frame.last)?;
        }
        let mut outputs = vec![Value::Null; self.items.len()];
        while let Some(End { index, result, last }) = running.next().await {
            match result {
                Ok(output) => {
                    *outputs.get_mut(index).ok_or_else(|| Fault::Bug("no such iteration".to_owned()))? = output;
                    let details = || Some(iteration_details(&self.turn.state.name, index));
                    frame.last = self.turn.execution.record(last, EventType::MapIterationSucceeded, details)?;
                }
                Err(Interruption::Failed(failure)) => {
                    drop(running);
                    frame.last = last;
                    self.record_failure(frame, index, &failure)?;
                    return Err(failure.into());
                }
                Err(ending @ (Interruption::Ended(_) | Interruption::Fault(_))) => return Err(ending.into()),
            }
            self.start_next(&mut running, frame, last)?;
        }
        Ok(outputs)
    }

    /// Starts the next iteration, if there is one left; it follows from the event `previous`.
    fn start_next(&mut self, running: &mut Running<'a>, frame: &Frame, previous: EventId) -> Result<(), StepError> {
        let index = self.started;
        let Some(value) = self.items.get(index) else { return Ok(()) };
        self.started += 1;
        let (item, input) = iteration(self.turn, frame, self.map, index, value)?;
        let name = &self.turn.state.name;
        let details = || Some(iteration_details(name, index));
        let started = self.turn.execution.record(previous, EventType::MapIterationStarted, details)?;
        let iteration = frame.inner(started, input, Some(item), self.width > 1 && self.items.len() > 1);
        running.start(index, Some(name), iteration, self.map.processor);
        Ok(())
    }

    fn record_failure(&self, frame: &Frame, index: usize, failure: &Failure) -> Result<(), Interruption> {
        let execution = self.turn.execution;
        let details = || Some(iteration_details(&self.turn.state.name, index));
        execution.record(failure.event, EventType::MapIterationFailed, details)?;
        branches::record_aborts(execution, frame.progress.as_deref(), Some(index), failure)
    }
}
