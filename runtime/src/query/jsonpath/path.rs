use std::fmt::Write as _;
use std::sync::Arc;

use stepwright_asl::jsonpath as syntax;
use stepwright_asl::jsonpath::Aggregate;

use super::filter::Filter;
use crate::query::View;
use crate::scope::VariableId;
use crate::value::{Fields, Value};

/// A path into the input (`$`), the context object (`$$`) or a variable (`$name`).
#[derive(Clone, Debug)]
pub(crate) struct Path {
    source: Arc<str>,
    root: Root,
    steps: Vec<Step>,
    /// Whether it leads to one place at most; any other gives the list of what it finds.
    is_definite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Root {
    Input,
    Context,
    Variable(VariableId),
}

/// One step of a path.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Name(Arc<str>),
    Names(Vec<Arc<str>>),
    Index(i64),
    Indices(Vec<i64>),
    Slice(Option<i64>, Option<i64>),
    Wildcard,
    /// `..`: the value and all that it contains, for the next step to choose from.
    Descend,
    Filter(Filter),
    Aggregate(Aggregate),
}

/// Why a definite path leads nowhere, in Jayway's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing(pub(crate) String);

impl Path {
    /// Reads a path; `None` if it is none.
    pub(crate) fn parse(source: &str, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Path> {
        Path::compile(&syntax::Path::parse(source)?, intern)
    }

    /// Makes a path ready; `None` if it has a pattern that is none.
    pub(super) fn compile(path: &syntax::Path, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Path> {
        let root = match &path.root {
            syntax::Root::Input => Root::Input,
            syntax::Root::Context => Root::Context,
            syntax::Root::Variable(name) => Root::Variable(intern(name)),
        };
        let steps = compile_steps(&path.steps)?;
        let last = steps.len().saturating_sub(1);
        let is_definite = steps.iter().enumerate().all(|(position, step)| step.is_definite(position == last));
        Some(Path { source: path.source.as_str().into(), root, steps, is_definite })
    }

    /// The whole input.
    pub(crate) fn input() -> Path {
        Path { source: "$".into(), root: Root::Input, steps: Vec::new(), is_definite: true }
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Where the path begins, `input` standing for `$`; `None` for a variable that is not set.
    pub(crate) fn root(&self, input: &Value, view: &View<'_>) -> Option<Value> {
        match self.root {
            Root::Input => Some(input.clone()),
            Root::Context => Some(view.context.to_value()),
            Root::Variable(id) => view.scope.get(id).cloned(),
        }
    }

    /// What the path leads to.
    pub(crate) fn find(&self, input: &Value, view: &View<'_>) -> Result<Value, Missing> {
        let root = self.root(input, view).ok_or_else(|| Missing("No results for path: $".to_owned()))?;
        select(&root, self)
    }
    /// What the path leads to, where an index beyond a list's end leads nowhere.
    pub(crate) fn find_present(&self, input: &Value, view: &View<'_>) -> Option<Value> {
        if !self.is_definite {
            return self.find(input, view).ok();
        }
        let root = self.root(input, view)?;
        let is_single = |step: &Step| !matches!(step, Step::Names(_) | Step::Aggregate(_));
        if self.steps.iter().all(is_single) {
            return select_all(&root, &self.steps).into_iter().next();
        }
        select(&root, self).ok()
    }
}

/// A path that names exactly one place, which need not be there yet.
#[derive(Clone, Debug)]
pub(crate) struct ReferencePath(Vec<Step>);

impl ReferencePath {
    /// Reads a reference path into the input; `None` if it is none.
    pub(crate) fn parse(source: &str) -> Option<ReferencePath> {
        let path =
            syntax::Path::parse(source).filter(|path| path.is_reference() && path.root == syntax::Root::Input)?;
        compile_steps(&path.steps).map(ReferencePath)
    }

    /// The value `whole` with `part` at this place; `None` if there can be no such place.
    pub(crate) fn set(&self, whole: &Value, part: Value) -> Option<Value> {
        set(&self.0, Some(whole), part)
    }
}

fn set(steps: &[Step], whole: Option<&Value>, part: Value) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else { return Some(part) };
    match step {
        Step::Name(name) => {
            let mut fields = match whole {
                None | Some(Value::Null) => Fields::new(),
                Some(whole) => whole.as_fields()?.clone(),
            };
            let inner = set(rest, fields.get(name), part)?;
            fields.insert(Arc::clone(name), inner);
            Some(Value::object(fields))
        }
        Step::Index(index) => {
            let mut items = whole?.as_items()?.to_vec();
            let item = items.get_mut(usize::try_from(*index).ok()?)?;
            *item = set(rest, Some(item), part)?;
            Some(Value::array(items))
        }
        Step::Names(_)
        | Step::Indices(_)
        | Step::Slice(..)
        | Step::Wildcard
        | Step::Descend
        | Step::Filter(_)
        | Step::Aggregate(_) => None,
    }
}

/// Makes the steps of a path ready; `None` if a filter has a pattern that is none.
pub(super) fn compile_steps(steps: &[syntax::Step]) -> Option<Vec<Step>> {
    let step = |step: &syntax::Step| {
        Some(match step {
            syntax::Step::Name(name) => Step::Name(Arc::from(name.as_str())),
            syntax::Step::Names(names) => Step::Names(names.iter().map(|name| Arc::from(name.as_str())).collect()),
            syntax::Step::Index(index) => Step::Index(*index),
            syntax::Step::Indices(indices) => Step::Indices(indices.clone()),
            syntax::Step::Slice(from, to) => Step::Slice(*from, *to),
            syntax::Step::Wildcard => Step::Wildcard,
            syntax::Step::Descend => Step::Descend,
            syntax::Step::Filter(filter) => Step::Filter(Filter::compile(filter)?),
            syntax::Step::Aggregate(aggregate) => Step::Aggregate(*aggregate),
        })
    };
    steps.iter().map(step).collect()
}

impl Step {
    /// Whether it leads to one place at most; several names make one object where nothing follows.
    fn is_definite(&self, is_last: bool) -> bool {
        match self {
            Step::Name(_) | Step::Index(_) | Step::Aggregate(_) => true,
            Step::Names(_) => is_last,
            Step::Indices(_) | Step::Slice(..) | Step::Wildcard | Step::Descend | Step::Filter(_) => false,
        }
    }

    /// Writes the step as Jayway writes it in messages.
    fn write(&self, text: &mut String) {
        let written = match self {
            Step::Name(name) => write!(text, "['{name}']"),
            Step::Index(index) => write!(text, "[{index}]"),
            Step::Names(names) => write!(text, "['{}']", names.join("','")),
            Step::Aggregate(_)
            | Step::Indices(_)
            | Step::Slice(..)
            | Step::Wildcard
            | Step::Descend
            | Step::Filter(_) => write!(text, "[…]"),
        };
        // Writing to a string cannot fail.
        debug_assert!(written.is_ok());
    }
}

fn select(root: &Value, path: &Path) -> Result<Value, Missing> {
    if !path.is_definite {
        return Ok(Value::array(select_all(root, &path.steps)));
    }
    let mut value = root.clone();
    for (position, step) in path.steps.iter().enumerate() {
        value = follow(&value, step).map_err(|problem| problem.message(path, position + 1))?;
    }
    Ok(value)
}

/// Why a step of a definite path cannot be followed.
enum Problem {
    NoProperty,
    NoList(Value),
}

impl Problem {
    fn message(&self, path: &Path, done: usize) -> Missing {
        let mut place = "$".to_owned();
        path.steps.iter().take(done).for_each(|step| step.write(&mut place));
        Missing(match self {
            Problem::NoProperty if done == path.steps.len() => format!("No results for path: {place}"),
            Problem::NoProperty => format!("Missing property in path {place}"),
            Problem::NoList(found) => {
                let step = place.rsplit_once('[').map_or("", |(_, index)| index.trim_end_matches(']'));
                format!("Filter: [{step}] can only be applied to arrays. Current context is: {found}")
            }
        })
    }
}

fn follow(value: &Value, step: &Step) -> Result<Value, Problem> {
    match step {
        Step::Name(name) => value.as_fields().and_then(|fields| fields.get(name)).cloned().ok_or(Problem::NoProperty),
        Step::Names(names) => several(names, value, false, true).pop().ok_or(Problem::NoProperty),
        // Beyond the end there is null, not nothing.
        Step::Index(index) => {
            let items = value.as_items().ok_or_else(|| Problem::NoList(value.clone()))?;
            Ok(item(items, *index).cloned().unwrap_or(Value::Null))
        }
        Step::Aggregate(aggregate) => aggregated(*aggregate, value).ok_or(Problem::NoProperty),
        Step::Indices(_) | Step::Slice(..) | Step::Wildcard | Step::Descend | Step::Filter(_) => {
            Ok(Value::array(choose(value, step, false, true)))
        }
    }
}

/// Everything that an indefinite path leads to; what is not there is passed over.
pub(super) fn select_all(root: &Value, steps: &[Step]) -> Vec<Value> {
    let mut values = vec![root.clone()];
    let mut is_scan = false;
    for (position, step) in steps.iter().enumerate() {
        let is_last = position + 1 == steps.len();
        values = values.iter().flat_map(|value| choose(value, step, is_scan, is_last)).collect();
        is_scan = matches!(step, Step::Descend);
    }
    values
}

/// What a step leads to from a value, which may be one of those that a scan, `..`, came by.
fn choose(value: &Value, step: &Step, is_scan: bool, is_last: bool) -> Vec<Value> {
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
        Step::Filter(filter) => chosen_by(filter, value, is_scan),
        Step::Names(names) => several(names, value, is_scan, is_last),
        Step::Aggregate(_) => follow(value, step).ok().into_iter().collect(),
    }
}

/// What a filter chooses: the items of a list, or an object itself; a scan comes by the objects in lists anyway.
fn chosen_by(filter: &Filter, value: &Value, is_scan: bool) -> Vec<Value> {
    match value {
        Value::Array(_) if is_scan => Vec::new(),
        Value::Array(list) => list.items().iter().filter(|item| filter.accepts(item, value)).cloned().collect(),
        Value::Object(_) if filter.accepts(value, value) => vec![value.clone()],
        _ => Vec::new(),
    }
}

/// What several names lead to: one object where nothing follows, else each value; a scan passes over objects that lack one.
fn several(names: &[Arc<str>], value: &Value, is_scan: bool, is_last: bool) -> Vec<Value> {
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
fn item(items: &[Value], index: i64) -> Option<&Value> {
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

/// The value of a function that a path ends with.
fn aggregated(aggregate: Aggregate, value: &Value) -> Option<Value> {
    let numbers = || -> Option<Vec<f64>> {
        let numbers = value.as_items()?.iter().filter_map(Value::as_f64).collect::<Vec<_>>();
        (!numbers.is_empty()).then_some(numbers)
    };
    match aggregate {
        Aggregate::Keys => {
            let keys = value.as_fields()?.names().map(|key| Value::String(Arc::clone(key)));
            Some(Value::array(keys.collect()))
        }
        Aggregate::Length | Aggregate::Size => {
            let length = match value {
                Value::Array(array) => array.items().len(),
                Value::Object(object) => object.fields().len(),
                Value::String(text) => text.chars().count(),
                Value::Null | Value::Bool(_) | Value::Number(_) => return None,
            };
            Some(Value::Number(length.into()))
        }
        Aggregate::Maximum => numbers()?.into_iter().reduce(f64::max).map(Value::number),
        Aggregate::Minimum => numbers()?.into_iter().reduce(f64::min).map(Value::number),
        Aggregate::Sum => Some(Value::number(numbers()?.iter().sum())),
        Aggregate::Average => numbers().map(|numbers| Value::number(mean(&numbers))),
        Aggregate::Deviation => {
            let numbers = numbers()?;
            let mean_square = mean(&numbers.iter().map(|number| number * number).collect::<Vec<_>>());
            Some(Value::number((mean_square - mean(&numbers).powi(2)).sqrt()))
        }
        Aggregate::Concatenation => {
            Some(Value::string(value.as_items()?.iter().filter_map(Value::as_str).collect::<String>()))
        }
        Aggregate::First => value.as_items()?.first().cloned(),
        Aggregate::Last => value.as_items()?.last().cloned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no list is that long")]
fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}
