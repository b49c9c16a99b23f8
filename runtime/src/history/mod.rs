//! The record of an execution: events with the types, numbers and details that the service records.

mod details;
mod event_type;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json};
use stepwright_asl::error_name;

pub(crate) use self::details::{Details, Event};
pub use self::event_type::EventType;
use crate::clock::Clock;
use crate::error::{Ending, Interruption};
use crate::limits::Limits;
use crate::timestamp::to_milliseconds;

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
        self.to_json_with(self.details.as_ref())
    }

    /// The same without the inputs and outputs, as `GetExecutionHistory` gives it where `includeExecutionData` is false.
    ///
    /// What a service was called with, the `parameters` of a `TaskScheduled`, stays.
    #[must_use]
    pub fn to_json_without_data(&self) -> Json {
        self.to_json_with(self.details.as_ref().map(Details::without_data).as_ref())
    }

    fn to_json_with(&self, details: Option<&Details>) -> Json {
        let mut event = Map::new();
        event.insert("timestamp".to_owned(), to_milliseconds(self.timestamp).into());
        event.insert("type".to_owned(), self.event_type.as_str().into());
        event.insert("id".to_owned(), self.id.into());
        event.insert("previousEventId".to_owned(), self.previous_event_id.into());
        if let Some(details) = details {
            event.insert(self.event_type.details_key(), details.to_json());
        }
        Json::Object(event)
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
