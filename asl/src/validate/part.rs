//! A state taken apart into the objects whose fields depend on each other or on the query language.

use crate::json::Object;
use crate::{ChoiceRule, PlacedState, Pointer, State};

/// One object of a state, or the state itself.
pub(super) struct Part {
    /// Where it is.
    pub(super) pointer: Pointer,
    /// The names of its present fields.
    pub(super) fields: Vec<&'static str>,
}

impl Part {
    fn new(pointer: Pointer, object: &impl Object) -> Self {
        Self { pointer, fields: object.present() }
    }
}

/// The state, its catchers, its choice rules at all depths, its item reader, batcher and result writer.
pub(super) fn parts(placed: &PlacedState<'_>) -> Vec<Part> {
    let here = &placed.pointer;
    let mut parts = vec![Part { pointer: here.clone(), fields: placed.state.fields() }];
    for (index, catcher) in placed.state.catch().unwrap_or_default().iter().enumerate() {
        parts.push(Part::new(here.key("Catch").index(index), catcher));
    }
    match placed.state {
        State::Choice(_) => parts.extend(rules(placed).into_iter().map(|rule| Part::new(rule.pointer, rule.rule))),
        State::Map(map) => {
            let (reader, config) = (map.item_reader.as_ref(), map.reader_config());
            parts.extend(reader.map(|reader| Part::new(here.key("ItemReader"), reader)));
            parts.extend(config.map(|config| Part::new(here.key("ItemReader").key("ReaderConfig"), config)));
            parts.extend(map.item_batcher.as_ref().map(|batcher| Part::new(here.key("ItemBatcher"), batcher)));
            parts.extend(map.result_writer.as_ref().map(|writer| Part::new(here.key("ResultWriter"), writer)));
        }
        State::Task(_) | State::Parallel(_) | State::Pass(_) | State::Wait(_) | State::Succeed(_) | State::Fail(_) => {}
    }
    parts
}

/// A choice rule and where it stands.
pub(super) struct PlacedRule<'a> {
    /// Where it is.
    pub(super) pointer: Pointer,
    /// The rule.
    pub(super) rule: &'a ChoiceRule,
    /// Whether it stands within another rule.
    pub(super) is_nested: bool,
}

/// The rules of a Choice state at all depths, outer ones first; none of another state.
pub(super) fn rules<'a>(placed: &PlacedState<'a>) -> Vec<PlacedRule<'a>> {
    let State::Choice(choice) = placed.state else { return Vec::new() };
    let choices = placed.pointer.key("Choices");
    let outer = choice.choices.iter().enumerate();
    let mut rules: Vec<_> =
        outer.map(|(index, rule)| PlacedRule { pointer: choices.index(index), rule, is_nested: false }).collect();
    let mut done = 0;
    while let Some(PlacedRule { pointer, rule, .. }) = rules.get(done) {
        let nested = rule.nested().into_iter();
        let nested: Vec<_> =
            nested.map(|(rest, rule)| PlacedRule { pointer: pointer.join(&rest), rule, is_nested: true }).collect();
        rules.extend(nested);
        done += 1;
    }
    rules
}
