//! What the steps of a path choose from a value.

use std::cell::Cell;
use std::sync::Arc;

use super::aggregate::aggregated;
use super::filter::Filter;
use super::path::Step;
use crate::value::Value;

/// How many values a path may still come by; when there is no room left, it finds nothing more.
///
/// A value with thousands of parts leads a path with a few `..` to more places than any memory holds.
#[derive(Debug)]
pub(super) struct Room(Cell<usize>);

impl Room {
    pub(super) fn new() -> Room {
        /// Several times the parts of the largest value.
        const MOST: usize = 1_000_000;
        Room(Cell::new(MOST))
    }

    pub(super) fn is_left(&self) -> bool {
        self.0.get() > 0
    }

    /// Takes the room of one value.
    fn take(&self) -> bool {
        self.0.set(self.0.get().saturating_sub(1));
        self.is_left()
    }
}

/// Everything that an indefinite path leads to; what is not there is passed over.
pub(super) fn select_all(root: &Value, steps: &[Step], room: &Room) -> Vec<Value> {
    let mut values = vec![root.clone()];
    let mut is_scan = false;
    for (position, step) in steps.iter().enumerate() {
        let is_last = position + 1 == steps.len();
        let chosen = values.iter().take_while(|_| room.is_left());
        let chosen = chosen.flat_map(|value| choose(value, step, is_scan, is_last, room));
        values = chosen.take_while(|_| room.take()).collect();
        is_scan = matches!(step, Step::Descend);
    }
    values
}

/// What a step leads to from a value, which may be one of those that a scan, `..`, came by.
fn choose(value: &Value, step: &Step, is_scan: bool, is_last: bool, room: &Room) -> Vec<Value> {
    let items = value.as_items().unwrap_or_default();
    match step {
        Step::Name(name) => value.as_fields().and_then(|fields| fields.get(name)).cloned().into_iter().collect(),
        Step::Index(index) => item(items, *index).cloned().into_iter().collect(),
        Step::Indices(indices) => indices.iter().filter_map(|index| item(items, *index).cloned()).collect(),
        Step::Slice(from, to) => slice(items, *from, *to),
        Step::Wildcard => children(value).cloned().collect(),
        Step::Descend => {
            let mut all = Vec::new();
            descend(value, &mut all);
            all
        }
        Step::Filter(filter) => chosen_by(filter, value, is_scan, room),
        Step::Names(names) => several(names, value, is_scan, is_last),
        Step::Aggregate(aggregate) => aggregated(*aggregate, value).into_iter().collect(),
    }
}

/// What a filter chooses: the items of a list, or an object itself; a scan comes by the objects in lists anyway.
fn chosen_by(filter: &Filter, value: &Value, is_scan: bool, room: &Room) -> Vec<Value> {
    let is_chosen = |item: &&Value| room.take() && filter.accepts(item, value, room);
    match value {
        Value::Array(_) if is_scan => Vec::new(),
        Value::Array(list) => list.items().iter().filter(is_chosen).cloned().collect(),
        Value::Object(_) if is_chosen(&value) => vec![value.clone()],
        _ => Vec::new(),
    }
}

/// What several names lead to: one object where nothing follows, else each value; a scan passes over objects that lack one.
pub(super) fn several(names: &[Arc<str>], value: &Value, is_scan: bool, is_last: bool) -> Vec<Value> {
    let Some(fields) = value.as_fields() else { return Vec::new() };
    let mut present = names.iter().filter_map(|name| Some((Arc::clone(name), fields.get(name)?.clone())));
    match (is_scan && names.iter().any(|name| fields.get(name).is_none()), is_last) {
        (true, _) => Vec::new(),
        (false, true) => vec![Value::object(present.by_ref().collect())],
        (false, false) => present.map(|(_, value)| value).collect(),
    }
}

fn children(value: &Value) -> impl Iterator<Item = &Value> {
    let items = value.as_items().unwrap_or_default().iter();
    items.chain(value.as_fields().into_iter().flat_map(|fields| fields.values()))
}

fn descend(value: &Value, all: &mut Vec<Value>) {
    all.push(value.clone());
    children(value).for_each(|child| descend(child, all));
}

/// The item at an index, which counts from the end if it is negative.
pub(super) fn item(items: &[Value], index: i64) -> Option<&Value> {
    items.get(place(items.len(), index)?)
}

/// The items of a slice; with two bounds, negative ones are places from the end only for the items, not for the slice.
fn slice(items: &[Value], from: Option<i64>, to: Option<i64>) -> Vec<Value> {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let from_end = |bound: i64| if bound < 0 { length.saturating_add(bound) } else { bound };
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (from.max(-length), to.min(length)),
        (from, to) => (from.map_or(0, from_end).max(0), to.map_or(length, from_end).min(length)),
    };
    (from..to).filter_map(|index| item(items, index).cloned()).collect()
}

fn place(length: usize, index: i64) -> Option<usize> {
    let index = if index < 0 { index.checked_add_unsigned(length as u64)? } else { index };
    usize::try_from(index).ok()
}
