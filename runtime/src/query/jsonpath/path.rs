use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use stepwright_asl::jsonpath as syntax;
use stepwright_asl::jsonpath::Aggregate;

use super::aggregate::aggregated;
use super::filter::Filter;
use super::select::{Room, item, select_all, several};
use crate::query::View;
use crate::scope::VariableId;
use crate::value::Value;

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

/// Why a path gives no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoResult {
    /// A definite path leads nowhere, in Jayway's words.
    Missing(String),
    /// It comes by more values than can be looked at.
    Excess,
}

impl fmt::Display for NoResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoResult::Missing(words) => f.write_str(words),
            NoResult::Excess => f.write_str("The path leads to too many values"),
        }
    }
}

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
    pub(crate) fn find(&self, input: &Value, view: &View<'_>) -> Result<Value, NoResult> {
        let root = self.root(input, view).ok_or_else(|| NoResult::Missing("No results for path: $".to_owned()))?;
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
            return select_all(&root, &self.steps, &Room::new()).into_iter().next();
        }
        select(&root, self).ok()
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

fn select(root: &Value, path: &Path) -> Result<Value, NoResult> {
    if !path.is_definite {
        let room = Room::new();
        let values = select_all(root, &path.steps, &room);
        return if room.is_left() { Ok(Value::array(values)) } else { Err(NoResult::Excess) };
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
    fn message(&self, path: &Path, done: usize) -> NoResult {
        let mut place = "$".to_owned();
        path.steps.iter().take(done).for_each(|step| step.write(&mut place));
        NoResult::Missing(match self {
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
        // Steps of other paths than definite ones.
        Step::Indices(_) | Step::Slice(..) | Step::Wildcard | Step::Descend | Step::Filter(_) => {
            Err(Problem::NoProperty)
        }
    }
}
