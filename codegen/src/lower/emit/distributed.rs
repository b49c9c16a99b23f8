//! Distributed Map states.

use serde_json::{Number, Value};
use stepwright_asl as asl;
use stepwright_asl::Dynamic;

use super::{Emitter, first};
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::ExprId,
    lower::{
        graph::Distributed,
        template::{expression, template},
    },
    position::Position,
};

/// The API that writes results.
const PUT_OBJECT: &str = "arn:aws:states:::s3:putObject";

impl Emitter<'_> {
    /// The fields of a distributed Map that do not come from its ways out.
    pub(super) fn distributed(&mut self, map: &Distributed, at: Position, is_first: bool) -> asl::Map {
        let number = |emitter: &mut Self, value: Option<ExprId>, least: u64| {
            value.map(|value| emitter.number(value, least..=100_000_000, at, is_first))
        };
        let max_concurrency = number(self, map.max_concurrency, 0);
        let tolerated_failure_count = number(self, map.tolerated_count, 0);
        let max_items_per_batch = number(self, map.batch_size, 1);
        let tolerated_failure_percentage = map.tolerated_percentage.map(|value| self.percentage(value, at, is_first));
        let (start_at, states) = self.machine(&map.body, first(&map.body));
        let execution_type = if map.express { asl::ExecutionType::Express } else { asl::ExecutionType::Standard };
        let config = asl::ProcessorConfig {
            mode: Some(asl::ProcessorMode::Distributed),
            execution_type: Some(execution_type),
            ..Default::default()
        };
        let names = self.names(is_first);
        let open = |value: ExprId| template(&names, value);
        asl::Map {
            label: map.label.clone(),
            items: (map.reader.is_none() && !self.is_input(map.items, is_first)).then(|| open(map.items)),
            item_reader: map.reader.map(|reader| reader.item_reader(open(map.items))),
            item_selector: map.selector.map(open),
            item_batcher: max_items_per_batch.map(|size| asl::ItemBatcher {
                batch_input: map.batch_input.map(open),
                max_items_per_batch: Some(size),
                ..Default::default()
            }),
            max_concurrency,
            tolerated_failure_count,
            tolerated_failure_percentage,
            item_processor: Some(asl::ItemProcessor {
                processor_config: Some(config),
                start_at,
                states,
                ..Default::default()
            }),
            result_writer: map.results.map(|place| asl::ResultWriter {
                resource: Some(PUT_OBJECT.to_owned()),
                arguments: Some(open(place)),
                ..Default::default()
            }),
            ..Default::default()
        }
    }

    /// A whole number, or an expression: validators take no other number here.
    fn percentage(&mut self, value: ExprId, at: Position, is_first: bool) -> Dynamic<Number> {
        let given = self.arena.literal(value);
        let number = given.and_then(Value::as_f64).filter(|number| (0.0..=100.0).contains(number));
        match (given, number) {
            (_, Some(number)) if number.fract() == 0.0 => Dynamic::Literal(Number::from(number as u8)),
            (Some(given), None) => {
                let message = format!("`{given}` is not between 0 and 100");
                self.diagnostics.push(Diagnostic::new(Code::Limit, at, message));
                Dynamic::Literal(Number::from(0))
            }
            (_, Some(_)) | (None, None) => Dynamic::Expression(expression(&self.names(is_first), value)),
        }
    }
}
