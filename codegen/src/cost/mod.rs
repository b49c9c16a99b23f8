//! What executions of a workflow cost, in terms of the source: transitions, price, size of the data, limits that can be met.

mod budget;
mod print;
mod size;

pub use size::Size;

use stepwright_asl::{
    ExecutionType, StateMachine,
    cost::{Bounds, Cost, Part, Repeat, RepeatKind, Retries},
};

pub(crate) use budget::check;

use crate::{definition::TaskDefinition, position::Position, source_map::SourceMap};

/// What a million state transitions of a standard workflow cost, in US dollars: 0.025 for 1,000 in us-east-1
/// (<https://aws.amazon.com/step-functions/pricing/>, "Standard Workflows"), without the free tier.
pub const USD_PER_MILLION_TRANSITIONS: u64 = 25;

/// What a million executions of an express workflow cost beside their duration and memory, in US dollars, in us-east-1
/// (<https://aws.amazon.com/step-functions/pricing/>, "Express Workflows").
pub const USD_PER_MILLION_REQUESTS: u64 = 1;

/// The most bytes of JSON that a state can take or give
/// (<https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>).
pub const MOST_BYTES: u64 = 262_144;

/// The number of events with which the history of a standard execution is full, and the execution fails
/// (<https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>).
pub const MOST_EVENTS: u64 = 25_000;

/// What executions of a workflow cost. It prints as a report for people.
///
/// A retry is one more transition each; retries are told apart, and are not in the other numbers.
#[derive(Clone, Debug)]
pub struct CostReport {
    name: &'static str,
    at: Position,
    express: bool,
    cost: Cost,
    source_map: SourceMap,
    data: Vec<DataSize>,
}

/// How large a value can be that goes into a state or comes out of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSize {
    /// Which: `input`, `output`, ``payload of `charge` ``, ``result of `charge` ``.
    pub what: String,
    /// Its size as JSON, as its schema bounds it.
    pub size: Size,
}

/// A price in US dollars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// The lowest.
    pub least: u64,
    /// The highest, without what is repeated.
    pub most: u64,
    /// What each turn or item adds, in the order of [`Bounds::repeats`].
    pub repeats: Vec<u64>,
}

impl CostReport {
    pub(crate) fn new(
        info: &'static crate::info::WorkflowInfo,
        machine: &StateMachine,
        source_map: SourceMap,
        schemas: [(&str, &serde_json::Value); 2],
        tasks: &[TaskDefinition],
    ) -> Self {
        let own = schemas.into_iter().map(|(what, schema)| (what.to_owned(), schema));
        let tasks = tasks.iter().flat_map(|task| {
            let name = task.name();
            [
                (format!("payload of `{name}`"), task.input_schema()),
                (format!("result of `{name}`"), task.output_schema()),
            ]
        });
        let data = own.chain(tasks).map(|(what, schema)| DataSize { what, size: Size::of(schema) }).collect();
        CostReport {
            name: info.name,
            at: info.position(),
            express: info.express,
            cost: Cost::of(machine),
            source_map,
            data,
        }
    }

    /// The state transitions of an execution.
    #[must_use]
    pub fn transitions(&self) -> &Bounds {
        &self.cost.transitions
    }

    /// The events of its history.
    #[must_use]
    pub fn events(&self) -> &Bounds {
        &self.cost.events
    }

    /// The branches of its Parallel states and what its Map states do for an item.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.cost.parts
    }

    /// The states that try again.
    #[must_use]
    pub fn retries(&self) -> &[Retries] {
        &self.cost.retries
    }

    /// How large the data can be: input and output, then payload and result of each task.
    #[must_use]
    pub fn data(&self) -> &[DataSize] {
        &self.data
    }

    /// The largest of the data, in bytes; `None` if the schema of any sets no bound.
    #[must_use]
    pub fn largest_data(&self) -> Option<u64> {
        let bytes = |data: &DataSize| match data.size {
            Size::Bytes(bytes) => Some(bytes),
            Size::Unbounded { .. } => None,
        };
        self.data.iter().try_fold(0, |most: u64, data| Some(most.max(bytes(data)?)))
    }

    /// What a million executions cost, without retries and the tasks themselves. Of an express workflow these are the
    /// requests; duration and memory come to that, which only runs can tell.
    #[must_use]
    pub fn price_per_million(&self) -> Price {
        let Bounds { least, most, repeats, .. } = &self.cost.transitions;
        let usd = |transitions: u64| transitions.saturating_mul(USD_PER_MILLION_TRANSITIONS);
        if self.express {
            let repeats = repeats.iter().map(|_| 0).collect();
            return Price { least: USD_PER_MILLION_REQUESTS, most: USD_PER_MILLION_REQUESTS, repeats };
        }
        let each = |repeat: &Repeat| match repeat.kind {
            RepeatKind::Child(ExecutionType::Express) => USD_PER_MILLION_REQUESTS,
            RepeatKind::Child(ExecutionType::Standard) | RepeatKind::Turn | RepeatKind::Item => usd(repeat.each),
        };
        Price { least: usd(*least), most: usd(*most), repeats: repeats.iter().map(each).collect() }
    }

    /// The limits of the service that an execution can meet, each as a sentence.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings: Vec<_> = self.data.iter().filter_map(too_large).collect();
        let free: Vec<_> = self.data.iter().filter_map(unbounded).collect();
        if !free.is_empty() {
            let (shown, more) = free.split_at(free.len().min(2));
            let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            let what = shown.join(", ");
            warnings.push(format!("no schema keeps these below {} bytes: {what}{more}", count(MOST_BYTES)));
        }
        if !self.express {
            warnings.extend(self.too_many_events());
        }
        warnings
    }

    fn too_many_events(&self) -> Vec<String> {
        let events = &self.cost.events;
        let Some(left) = MOST_EVENTS.checked_sub(events.most).filter(|left| *left > 0) else {
            return vec![format!(
                "the history can come to {} events, and is full with {}",
                count(events.most),
                count(MOST_EVENTS)
            )];
        };
        let full = |repeat: &Repeat| {
            let turns = left.div_ceil(repeat.each.max(1));
            format!(
                "the history is full, with {} events, after {} {}",
                count(MOST_EVENTS),
                times(turns, unit(repeat)),
                self.of(repeat)
            )
        };
        events.repeats.iter().map(full).collect()
    }

    /// What is repeated, by its place in the source: `of the loop at src/jobs.rs:52`.
    fn of(&self, repeat: &Repeat) -> String {
        of(repeat, &self.source_map)
    }
}

/// What is repeated, by its place in the source.
fn of(repeat: &Repeat, source_map: &SourceMap) -> String {
    match repeat.kind {
        RepeatKind::Turn => match loop_place(repeat, source_map) {
            Some(at) => format!("of the loop at {}:{}", at.file, at.line),
            None => format!("of the loop of `{}`", repeat.state),
        },
        RepeatKind::Item | RepeatKind::Child(_) => format!("of `{}`", repeat.state),
    }
}

/// Where a loop stands: the earliest place of its states in the file of the first.
fn loop_place(repeat: &Repeat, source_map: &SourceMap) -> Option<Position> {
    let file = source_map.get(&repeat.state)?.file;
    repeat.states.iter().filter_map(|state| source_map.get(state)).filter(|at| at.file == file).min()
}

/// One time of what is repeated.
fn unit(repeat: &Repeat) -> &'static str {
    match repeat.kind {
        RepeatKind::Turn if repeat.further => "further turn",
        RepeatKind::Turn => "turn",
        RepeatKind::Item => "item",
        RepeatKind::Child(_) => "child execution",
    }
}

/// So many times something: `3 turns`.
fn times(number: u64, unit: &str) -> String {
    format!("{} {unit}{}", count(number), if number == 1 { "" } else { "s" })
}

fn too_large(data: &DataSize) -> Option<String> {
    match data.size {
        Size::Bytes(bytes) if bytes > MOST_BYTES => {
            Some(format!("{} can have {} bytes, and a state takes {}", data.what, count(bytes), count(MOST_BYTES)))
        }
        Size::Bytes(_) | Size::Unbounded { .. } => None,
    }
}

fn unbounded(data: &DataSize) -> Option<&str> {
    matches!(data.size, Size::Unbounded { .. }).then_some(data.what.as_str())
}

/// A number with its thousands set off.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
