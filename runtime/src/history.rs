//! The record of an execution: events with the types, numbers and details that the service records.

mod event_type;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use stepwright_asl::error_name;

pub use self::event_type::EventType;
use crate::clock::Clock;
use crate::error::{Ending, Interruption};
use crate::limits::Limits;
use crate::timestamp::to_milliseconds;
use crate::value::Value;

/// The number of an event in its execution, from 1; 0 stands for none.
pub type EventId = u64;

/// One event of an execution's history.
///
/// Keeping events is cheap: they share the values of the execution, and their JSON is only written when it is asked for.
#[derive(Clone, Debug)]
pub struct HistoryEvent {
    id: EventId,
    previous_event_id: EventId,
    timestamp: DateTime<Utc>,
    event_type: EventType,
    details: Option<Details>,
}

impl HistoryEvent {
    /// The event's number: 1, 2, 3, … without gaps, in the order of emission.
    #[must_use]
    pub fn id(&self) -> EventId {
        self.id
    }

    /// The event that this one follows from; 0 where the service gives none.
    #[must_use]
    pub fn previous_event_id(&self) -> EventId {
        self.previous_event_id
    }

    /// When it happened, by the execution's clock.
    #[must_use]
    pub fn timestamp(&self) -> DateTime<Utc> {
        self.timestamp
    }

    /// What happened.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        self.event_type
    }

    /// The name of the member that the service puts the details in, such as `taskFailedEventDetails`; `None` for
    /// events without details.
    #[must_use]
    pub fn details_key(&self) -> Option<String> {
        self.details.as_ref().map(|_| self.event_type.details_key())
    }

    /// The details as the service writes them: an object, with JSON inside as text; `null` for events without.
    #[must_use]
    pub fn details(&self) -> Json {
        self.details.as_ref().map_or(Json::Null, Details::to_json)
    }

    /// The whole event in the form of `GetExecutionHistory`, with an RFC 3339 timestamp.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut event = Map::new();
        event.insert("timestamp".to_owned(), to_milliseconds(self.timestamp).into());
        event.insert("type".to_owned(), self.event_type.as_str().into());
        event.insert("id".to_owned(), self.id.into());
        event.insert("previousEventId".to_owned(), self.previous_event_id.into());
        if let Some(key) = self.details_key() {
            event.insert(key, self.details());
        }
        Json::Object(event)
    }
}

/// What an event tells.
pub(crate) type Event = (EventType, Option<Details>);

/// The members of an event's details, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Details(Vec<(&'static str, Detail)>);

#[derive(Clone, Debug)]
enum Detail {
    Text(Arc<str>),
    /// A value that is written as the text of its JSON.
    JsonText(Value),
    Number(u64),
    Plain(Json),
    Variables(Vec<(Arc<str>, Value)>),
    /// The word that nothing was cut off from the member before.
    Complete,
}

impl Details {
    pub(crate) fn new() -> Details {
        Details::default()
    }

    pub(crate) fn text(self, name: &'static str, text: &str) -> Details {
        self.with(name, Detail::Text(text.into()))
    }

    pub(crate) fn optional_text(self, name: &'static str, text: Option<&str>) -> Details {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    pub(crate) fn number(self, name: &'static str, number: u64) -> Details {
        self.with(name, Detail::Number(number))
    }

    pub(crate) fn optional_number(self, name: &'static str, number: Option<u64>) -> Details {
        match number {
            Some(number) => self.number(name, number),
            None => self,
        }
    }

    pub(crate) fn json_text(self, name: &'static str, value: &Value) -> Details {
        self.with(name, Detail::JsonText(value.clone()))
    }

    pub(crate) fn plain(self, name: &'static str, json: Json) -> Details {
        self.with(name, Detail::Plain(json))
    }

    /// The `input` and the word that all of it is there.
    pub(crate) fn input(self, input: &Value) -> Details {
        self.json_text("input", input).with("inputDetails", Detail::Complete)
    }

    /// The `output` and the word that all of it is there.
    pub(crate) fn output(self, output: &Value) -> Details {
        self.json_text("output", output).with("outputDetails", Detail::Complete)
    }

    /// The variables that were set, if there are any.
    pub(crate) fn assigned(self, variables: Vec<(Arc<str>, Value)>) -> Details {
        if variables.is_empty() {
            return self;
        }
        let details = self.with("assignedVariables", Detail::Variables(variables));
        details.with("assignedVariablesDetails", Detail::Complete)
    }

    /// The error name and the cause, where there are any.
    pub(crate) fn error(error: Option<&str>, cause: Option<&str>) -> Details {
        Details::new().optional_text("error", error).optional_text("cause", cause)
    }

    fn with(mut self, name: &'static str, detail: Detail) -> Details {
        self.0.push((name, detail));
        self
    }

    fn to_json(&self) -> Json {
        Json::Object(self.0.iter().map(|(name, detail)| ((*name).to_owned(), detail.to_json())).collect())
    }
}

impl Detail {
    fn to_json(&self) -> Json {
        match self {
            Detail::Text(text) => text.as_ref().into(),
            Detail::JsonText(value) => value.to_string().into(),
            Detail::Number(number) => (*number).into(),
            Detail::Plain(json) => json.clone(),
            Detail::Complete => json!({ "truncated": false }),
            Detail::Variables(variables) => Json::Object(
                variables.iter().map(|(name, value)| (name.to_string(), value.to_string().into())).collect(),
            ),
        }
    }
}

/// Numbers the events of an execution, and keeps them if anybody wants to see them.
///
/// The numbers are counted in any case: they appear in the texts of errors.
#[derive(Debug)]
pub(crate) struct Journal {
    last: AtomicU64,
    limit: EventId,
    /// Boxed, as an execution without a history has no use for the room.
    events: Option<Box<Mutex<Vec<HistoryEvent>>>>,
}

impl Journal {
    pub(crate) fn new(keep: bool, limits: &Limits) -> Journal {
        let events = keep.then(Box::default);
        Journal { last: AtomicU64::new(0), limit: limits.history_events, events }
    }

    /// Whether events are kept, so that the order of concurrent ones matters.
    pub(crate) fn is_kept(&self) -> bool {
        self.events.is_some()
    }

    /// Records an event that follows from the event `previous`, unless the history is full: its last event is the end.
    pub(crate) fn record(
        &self,
        clock: &Clock,
        previous: EventId,
        event: impl FnOnce() -> Event,
    ) -> Result<EventId, Interruption> {
        if self.last.load(Ordering::Relaxed) + 1 >= self.limit {
            return Err(Interruption::Ended(Ending::Failed {
                error: Some(error_name::RUNTIME.to_owned()),
                cause: Some(format!("The execution reached the maximum number of history events ({}).", self.limit)),
                previous: self.last.load(Ordering::Relaxed),
            }));
        }
        Ok(self.push(clock, previous, event))
    }

    /// Records an event for which there is always room: that of the execution's start, or of its end.
    pub(crate) fn record_end_point(&self, clock: &Clock, previous: EventId, event: impl FnOnce() -> Event) -> EventId {
        self.push(clock, previous, event)
    }

    /// The events so far; the journal is empty afterwards.
    pub(crate) fn take(&self) -> Vec<HistoryEvent> {
        let Some(events) = &self.events else { return Vec::new() };
        std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn push(&self, clock: &Clock, previous: EventId, event: impl FnOnce() -> Event) -> EventId {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(events) = &self.events {
            let (timestamp, (event_type, details)) = (clock.now(), event());
            let event = HistoryEvent { id, previous_event_id: previous, timestamp, event_type, details };
            events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        }
        id
    }
}
