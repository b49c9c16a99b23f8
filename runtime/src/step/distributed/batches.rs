//! `ItemBatcher`: several items for one child execution.

use stepwright_asl as asl;

use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::io::{Field, Template};
use crate::query::View;
use crate::value::{Fields, Value};

#[derive(Debug)]
pub(crate) struct ItemBatcher {
    batch_input: Option<Template>,
    max_items: Option<Field<u64>>,
    max_bytes: Option<Field<u64>>,
}

/// The evaluated fields of an item batcher.
pub(super) struct Batching {
    batch_input: Option<Value>,
    max_items: usize,
    max_bytes: usize,
}

impl ItemBatcher {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, definition: &asl::ItemBatcher) -> ItemBatcher {
        compiler.at("ItemBatcher", |compiler| {
            let batch_input = definition.batch_input.as_ref();
            let mut number = |name, field, path| Field::compile_or_path(compiler, name, field, path);
            let max_items = number(
                "MaxItemsPerBatch",
                definition.max_items_per_batch.as_ref(),
                definition.max_items_per_batch_path.as_deref(),
            );
            let max_bytes = number(
                "MaxInputBytesPerBatch",
                definition.max_input_bytes_per_batch.as_ref(),
                definition.max_input_bytes_per_batch_path.as_deref(),
            );
            let batch_input = batch_input.map(|json| compiler.template_in("ItemBatcher", "BatchInput", json));
            ItemBatcher { batch_input, max_items, max_bytes }
        })
    }

    pub(super) fn eval(&self, view: &View<'_>) -> Result<Batching, EvaluationError> {
        let number = |field: &Option<Field<u64>>| {
            let number = field.as_ref().map(|field| field.eval(view)).transpose()?;
            Ok::<_, EvaluationError>(number.map_or(usize::MAX, |number| usize::try_from(number).unwrap_or(usize::MAX)))
        };
        Ok(Batching {
            batch_input: self.batch_input.as_ref().map(|input| input.eval(view)).transpose()?,
            max_items: number(&self.max_items)?,
            max_bytes: number(&self.max_bytes)?,
        })
    }
}

impl Batching {
    /// The inputs of the child executions: as many items as fit in each, in order.
    pub(super) fn inputs(&self, items: Vec<Value>) -> Vec<Value> {
        let empty = self.input(Vec::new()).json_len();
        let (mut inputs, mut batch, mut bytes) = (Vec::new(), Vec::new(), empty);
        for item in items {
            let more = item.json_len() + 1;
            let is_full = batch.len() >= self.max_items || bytes + more > self.max_bytes;
            if is_full && !batch.is_empty() {
                inputs.push(self.input(std::mem::take(&mut batch)));
                bytes = empty;
            }
            bytes += more;
            batch.push(item);
        }
        if !batch.is_empty() {
            inputs.push(self.input(batch));
        }
        inputs
    }

    fn input(&self, items: Vec<Value>) -> Value {
        let mut fields = Fields::new();
        if let Some(batch_input) = &self.batch_input {
            fields.insert("BatchInput".into(), batch_input.clone());
        }
        fields.insert("Items".into(), Value::array(items));
        Value::object(fields)
    }
}
