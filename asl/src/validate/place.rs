//! Everything in a state that has a syntax of its own: expressions, paths and payload templates.

use super::part::rules;
use crate::{Comparison, Dynamic, Nullable, Operand, PlacedState, Pointer, QueryLanguage, State, Test};
use serde_json::{Map, Value};

/// Something to look into, and where it stands.
pub(super) struct Place<'a> {
    pub(super) pointer: Pointer,
    pub(super) content: Content<'a>,
    /// What `$states` has there besides `input` and `context`.
    pub(super) member: Option<&'static str>,
}

/// What is looked into.
pub(super) enum Content<'a> {
    /// JSONata: an expression, or JSON with expressions in it.
    Jsonata(Tree<'a>),
    /// JSONPath: a path.
    Path(&'a str),
    /// JSONPath: a path that names one place.
    Reference(&'a str),
    /// JSONPath: a path that names one place of the input.
    Target(&'a str),
    /// JSONPath: a path or a call of an intrinsic function.
    PathOrCall(&'a str),
    /// JSONPath: a payload template.
    Template(Tree<'a>),
}

/// Any JSON of a state.
#[derive(Clone, Copy)]
pub(super) enum Tree<'a> {
    Text(&'a str),
    Value(&'a Value),
    Object(&'a Map<String, Value>),
}

/// All places of a state, those of its catchers and choice rules too; none of states within it.
pub(super) fn places<'a>(placed: &PlacedState<'a>, language: QueryLanguage) -> Vec<Place<'a>> {
    let mut places = Places { pointer: &placed.pointer, found: Vec::new(), member: None };
    match language {
        QueryLanguage::Jsonata => places.jsonata(placed),
        QueryLanguage::JsonPath => places.jsonpath(placed),
    }
    places.found
}

struct Places<'p, 'a> {
    pointer: &'p Pointer,
    member: Option<&'static str>,
    found: Vec<Place<'a>>,
}

impl<'a> Places<'_, 'a> {
    /// Adds what stands at the field that `keys` lead to, if there is something.
    fn add(&mut self, keys: &[&str], content: Option<Content<'a>>) {
        let Some(content) = content else { return };
        let pointer = keys.iter().fold(self.pointer.clone(), |pointer, key| pointer.key(key));
        self.found.push(Place { pointer, content, member: self.member });
    }

    fn value(&mut self, keys: &[&str], value: Option<&'a Value>) {
        self.add(keys, value.map(|value| Content::Jsonata(Tree::Value(value))));
    }

    fn dynamic<T>(&mut self, keys: &[&str], value: Option<&'a Dynamic<T>>) {
        let Some(Dynamic::Expression(text)) = value else { return };
        self.add(keys, Some(Content::Jsonata(Tree::Text(text))));
    }

    fn object(&mut self, keys: &[&str], object: Option<&'a Map<String, Value>>) {
        self.add(keys, object.map(|object| Content::Jsonata(Tree::Object(object))));
    }

    fn reference(&mut self, keys: &[&str], path: Option<&'a String>) {
        self.add(keys, path.map(|path| Content::Reference(path)));
    }

    fn template(&mut self, keys: &[&str], value: Option<&'a Value>) {
        self.add(keys, value.map(|value| Content::Template(Tree::Value(value))));
    }

    fn jsonata(&mut self, placed: &PlacedState<'a>) {
        let state = placed.state;
        self.value(&["Arguments"], state.arguments());
        self.jsonata_of_kind(placed);
        let has_result = matches!(state, State::Task(_) | State::Parallel(_) | State::Map(_));
        self.member = has_result.then_some("result");
        self.object(&["Assign"], state.assign());
        self.value(&["Output"], state.output());
        self.member = Some("errorOutput");
        for (index, catcher) in state.catch().unwrap_or_default().iter().enumerate() {
            let pointer = self.pointer.key("Catch").index(index);
            let mut inner = Places { pointer: &pointer, member: self.member, found: Vec::new() };
            inner.object(&["Assign"], catcher.assign.as_ref());
            inner.value(&["Output"], catcher.output.as_ref());
            self.found.extend(inner.found);
        }
    }

    fn jsonata_of_kind(&mut self, placed: &PlacedState<'a>) {
        match placed.state {
            State::Task(task) => {
                self.object(&["Credentials"], task.credentials.as_ref());
                self.dynamic(&["TimeoutSeconds"], task.timeout_seconds.as_ref());
                self.dynamic(&["HeartbeatSeconds"], task.heartbeat_seconds.as_ref());
            }
            State::Wait(wait) => {
                self.dynamic(&["Seconds"], wait.seconds.as_ref());
                self.dynamic(&["Timestamp"], wait.timestamp.as_ref());
            }
            State::Fail(fail) => {
                self.dynamic(&["Error"], fail.error.as_ref());
                self.dynamic(&["Cause"], fail.cause.as_ref());
            }
            State::Choice(_) => {
                for rule in rules(placed) {
                    let mut inner = Places { pointer: &rule.pointer, member: None, found: Vec::new() };
                    if let Test::Condition(condition) = &rule.rule.test {
                        inner.dynamic(&["Condition"], Some(condition));
                    }
                    inner.object(&["Assign"], rule.rule.assign.as_ref());
                    inner.value(&["Output"], rule.rule.output.as_ref());
                    self.found.extend(inner.found);
                }
            }
            State::Map(map) => self.jsonata_of_map(map),
            State::Parallel(_) | State::Pass(_) | State::Succeed(_) => {}
        }
    }

    fn jsonata_of_map(&mut self, map: &'a crate::Map) {
        self.value(&["Items"], map.items.as_ref());
        self.value(&["ItemSelector"], map.item_selector.as_ref());
        self.dynamic(&["MaxConcurrency"], map.max_concurrency.as_ref());
        self.dynamic(&["ToleratedFailurePercentage"], map.tolerated_failure_percentage.as_ref());
        self.dynamic(&["ToleratedFailureCount"], map.tolerated_failure_count.as_ref());
        if let Some(reader) = &map.item_reader {
            self.value(&["ItemReader", "Arguments"], reader.arguments.as_ref());
            let max_items = reader.reader_config.as_ref().and_then(|config| config.max_items.as_ref());
            self.dynamic(&["ItemReader", "ReaderConfig", "MaxItems"], max_items);
        }
        if let Some(batcher) = &map.item_batcher {
            self.value(&["ItemBatcher", "BatchInput"], batcher.batch_input.as_ref());
            self.dynamic(&["ItemBatcher", "MaxItemsPerBatch"], batcher.max_items_per_batch.as_ref());
            self.dynamic(&["ItemBatcher", "MaxInputBytesPerBatch"], batcher.max_input_bytes_per_batch.as_ref());
        }
        if let Some(writer) = &map.result_writer {
            self.value(&["ResultWriter", "Arguments"], writer.arguments.as_ref());
        }
    }

    fn jsonpath(&mut self, placed: &PlacedState<'a>) {
        let state = placed.state;
        let path = |path: Option<&'a Nullable<String>>| path.and_then(Nullable::value).map(String::as_str);
        self.add(&["InputPath"], path(state.input_path()).map(Content::Path));
        self.template(&["Parameters"], state.parameters());
        self.jsonpath_of_kind(placed);
        self.template(&["ResultSelector"], state.result_selector());
        self.add(&["ResultPath"], path(state.result_path()).map(Content::Target));
        self.add(&["OutputPath"], path(state.output_path()).map(Content::Path));
        let assign =
            |assign: Option<&'a Map<String, Value>>| assign.map(|assign| Content::Template(Tree::Object(assign)));
        self.add(&["Assign"], assign(state.assign()));
        for (index, catcher) in state.catch().unwrap_or_default().iter().enumerate() {
            let pointer = self.pointer.key("Catch").index(index);
            let mut inner = Places { pointer: &pointer, member: None, found: Vec::new() };
            inner.add(&["ResultPath"], path(catcher.result_path.as_ref()).map(Content::Target));
            inner.add(&["Assign"], assign(catcher.assign.as_ref()));
            self.found.extend(inner.found);
        }
    }

    fn jsonpath_of_kind(&mut self, placed: &PlacedState<'a>) {
        let path_or_call = |text: &'a Option<String>| text.as_deref().map(Content::PathOrCall);
        match placed.state {
            State::Task(task) => {
                let credentials = task.credentials.as_ref();
                self.add(&["Credentials"], credentials.map(|object| Content::Template(Tree::Object(object))));
                self.reference(&["TimeoutSecondsPath"], task.timeout_seconds_path.as_ref());
                self.reference(&["HeartbeatSecondsPath"], task.heartbeat_seconds_path.as_ref());
            }
            State::Wait(wait) => {
                self.reference(&["SecondsPath"], wait.seconds_path.as_ref());
                self.reference(&["TimestampPath"], wait.timestamp_path.as_ref());
            }
            State::Fail(fail) => {
                self.add(&["ErrorPath"], path_or_call(&fail.error_path));
                self.add(&["CausePath"], path_or_call(&fail.cause_path));
            }
            State::Choice(_) => {
                for rule in rules(placed) {
                    let mut inner = Places { pointer: &rule.pointer, member: None, found: Vec::new() };
                    if let Test::Variable { path, comparison } = &rule.rule.test {
                        inner.add(&["Variable"], Some(Content::Path(path)));
                        inner.add(&[&comparison.operator()], operand(comparison).map(Content::Path));
                    }
                    let assign = rule.rule.assign.as_ref();
                    inner.add(&["Assign"], assign.map(|object| Content::Template(Tree::Object(object))));
                    self.found.extend(inner.found);
                }
            }
            State::Map(map) => self.jsonpath_of_map(map),
            State::Parallel(_) | State::Pass(_) | State::Succeed(_) => {}
        }
    }

    fn jsonpath_of_map(&mut self, map: &'a crate::Map) {
        self.add(&["ItemsPath"], map.items_path.as_deref().map(Content::Path));
        self.template(&["ItemSelector"], map.item_selector.as_ref());
        self.reference(&["MaxConcurrencyPath"], map.max_concurrency_path.as_ref());
        self.reference(&["ToleratedFailurePercentagePath"], map.tolerated_failure_percentage_path.as_ref());
        self.reference(&["ToleratedFailureCountPath"], map.tolerated_failure_count_path.as_ref());
        if let Some(reader) = &map.item_reader {
            self.template(&["ItemReader", "Parameters"], reader.parameters.as_ref());
            let max_items = reader.reader_config.as_ref().and_then(|config| config.max_items_path.as_ref());
            self.reference(&["ItemReader", "ReaderConfig", "MaxItemsPath"], max_items);
        }
        if let Some(batcher) = &map.item_batcher {
            self.template(&["ItemBatcher", "BatchInput"], batcher.batch_input.as_ref());
            self.reference(&["ItemBatcher", "MaxItemsPerBatchPath"], batcher.max_items_per_batch_path.as_ref());
            let bytes = batcher.max_input_bytes_per_batch_path.as_ref();
            self.reference(&["ItemBatcher", "MaxInputBytesPerBatchPath"], bytes);
        }
        if let Some(writer) = &map.result_writer {
            self.template(&["ResultWriter", "Parameters"], writer.parameters.as_ref());
        }
    }
}

/// The path that a comparison takes its right side from.
fn operand(comparison: &Comparison) -> Option<&str> {
    match comparison {
        Comparison::String(_, Operand::Path(path))
        | Comparison::Numeric(_, Operand::Path(path))
        | Comparison::Boolean(Operand::Path(path))
        | Comparison::Timestamp(_, Operand::Path(path)) => Some(path),
        _ => None,
    }
}
