//! What Map states may have in inline and in distributed mode.

use super::{Findings, Rule};
use crate::{
    CsvHeaderLocation, InputType, ItemBatcher, ItemReader, Map, Pointer, ProcessorConfig, ProcessorMode, ReaderConfig,
    ReaderTransformation, ResultWriter, State, StateMachine,
};
use std::collections::HashSet;

const DISTRIBUTED_ONLY: [&str; 4] = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

const LONGEST_LABEL: usize = 40;

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    let mut labels = HashSet::new();
    for placed in machine.all_states() {
        let State::Map(map) = placed.state else { continue };
        check_mode(&placed.pointer, placed.state, map, findings);
        check_label(&placed.pointer, map, &mut labels, findings);
        if let Some(config) = map.reader_config() {
            check_csv(placed.pointer.key("ItemReader").key("ReaderConfig"), config, findings);
        }
        if let Some(reader) = &map.item_reader {
            check_reader(placed.pointer.key("ItemReader"), reader, findings);
        }
        if let Some(writer) = &map.result_writer {
            check_writer(placed.pointer.key("ResultWriter"), writer, findings);
        }
        if let Some(batcher) = &map.item_batcher {
            check_batcher(placed.pointer.key("ItemBatcher"), batcher, findings);
        }
    }
}

fn check_mode(pointer: &Pointer, state: &State, map: &Map, findings: &mut Findings) {
    let default = ProcessorConfig::default();
    let config = map.processor().and_then(|processor| processor.processor_config.as_ref()).unwrap_or(&default);
    let processor = if map.item_processor.is_some() { "ItemProcessor" } else { "Iterator" };
    let config_pointer = pointer.key(processor).key("ProcessorConfig");
    match (config.mode.unwrap_or(ProcessorMode::Inline), config.execution_type) {
        (ProcessorMode::Distributed, Some(_)) => {}
        (ProcessorMode::Distributed, None) => {
            findings.add(Rule::MapMode, config_pointer, "These fields are required: [ExecutionType]");
        }
        (ProcessorMode::Inline, execution_type) => {
            if execution_type.is_some() {
                findings.add(Rule::MapMode, config_pointer, "Field 'ExecutionType' is not supported in INLINE mode");
            }
            for field in state.fields().into_iter().filter(|field| DISTRIBUTED_ONLY.contains(field)) {
                findings.add(
                    Rule::MapMode,
                    pointer.clone(),
                    format!("Field '{field}' is not supported in INLINE mode"),
                );
            }
        }
    }
}

fn check_label<'a>(pointer: &Pointer, map: &'a Map, labels: &mut HashSet<&'a str>, findings: &mut Findings) {
    let Some(label) = &map.label else { return };
    if !labels.insert(label) {
        let message = format!("Label \"{label}\" is used more than once in the state machine");
        findings.add(Rule::Label, pointer.key("Label"), message);
    }
    if label.is_empty() || label.chars().count() > LONGEST_LABEL || label.contains(is_special) {
        let message =
            format!("A label must have 1 to {LONGEST_LABEL} characters, without blanks and special characters");
        findings.add(Rule::Label, pointer.key("Label"), message);
    }
}

fn is_special(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "?*<>{}[]:;,\\|^~$#%&\"`".contains(character)
}

fn check_csv(pointer: Pointer, config: &ReaderConfig, findings: &mut Findings) {
    if config.input_type == Some(InputType::Csv) && config.csv_header_location.is_none() {
        findings.add(Rule::ItemReader, pointer.clone(), "These fields are required: [CSVHeaderLocation]");
    }
    let headers = config.csv_headers.as_deref().unwrap_or_default();
    if config.csv_header_location == Some(CsvHeaderLocation::Given) && headers.is_empty() {
        findings.add(Rule::ItemReader, pointer, "These fields are required: [CSVHeaders]");
    }
}

/// Checks what is read against how it is read.
fn check_reader(pointer: Pointer, reader: &ItemReader, findings: &mut Findings) {
    let lists = reader.resource.ends_with(":s3:listObjectsV2");
    if reader.resource.starts_with("arn:") && !lists && !reader.resource.ends_with(":s3:getObject") {
        let message =
            "Value should be one of the following: [arn:aws:states:::s3:getObject, arn:aws:states:::s3:listObjectsV2]";
        findings.add(Rule::ItemReader, pointer.key("Resource"), message);
    }
    let Some(config) = &reader.reader_config else { return };
    let pointer = pointer.key("ReaderConfig");
    let flattens = config.transformation == Some(ReaderTransformation::LoadAndFlatten);
    if lists && !flattens && config.input_type.is_some() {
        let message = "Field 'InputType' is not supported with the resource 'arn:aws:states:::s3:listObjectsV2'";
        findings.add(Rule::ItemReader, pointer.clone(), message);
    }
    if flattens && config.input_type.is_none() {
        findings.add(Rule::ItemReader, pointer, "These fields are required: [InputType]");
    }
}

/// A result writer names a place, or says in which form the results are.
fn check_writer(pointer: Pointer, writer: &ResultWriter, findings: &mut Findings) {
    let place = writer.parameters.is_some() || writer.arguments.is_some();
    match (&writer.resource, place) {
        (None, false) if writer.writer_config.is_some() => {}
        (None, _) => findings.add(Rule::ResultWriter, pointer, "These fields are required: [Resource]"),
        (Some(resource), _) if resource.starts_with("arn:") && !resource.ends_with(":s3:putObject") => {
            let message = "Value should be one of the following: [arn:aws:states:::s3:putObject]";
            findings.add(Rule::ResultWriter, pointer.key("Resource"), message);
        }
        (Some(_), false) => findings.add(Rule::ResultWriter, pointer, "These fields are required: [Parameters]"),
        (Some(_), true) => {}
    }
}

fn check_batcher(pointer: Pointer, batcher: &ItemBatcher, findings: &mut Findings) {
    let has_limit = batcher.max_items_per_batch.is_some()
        || batcher.max_items_per_batch_path.is_some()
        || batcher.max_input_bytes_per_batch.is_some()
        || batcher.max_input_bytes_per_batch_path.is_some();
    if !has_limit {
        findings.add(
            Rule::ItemBatcher,
            pointer,
            "At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]",
        );
    }
}
