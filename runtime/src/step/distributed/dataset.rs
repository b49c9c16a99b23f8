//! From the bytes of a dataset to items.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Read as _;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use serde_json::Value as Json;
use stepwright_asl::{CsvDelimiter, CsvHeaderLocation, InputType, ReaderConfig};

use super::csv;
use crate::value::{Fields, Value};

/// An item of a distributed Map.
#[derive(Clone, Debug)]
pub(in crate::step) struct Item {
    /// The key, if the items are the members of an object.
    pub(super) key: Option<Arc<str>>,
    pub(super) value: Value,
}

impl Item {
    pub(super) fn plain(value: Value) -> Item {
        Item { key: None, value }
    }

    /// What a child execution gets if nothing else is selected.
    pub(super) fn input(&self) -> Value {
        match &self.key {
            Some(key) => Value::record([("Key", Value::String(Arc::clone(key))), ("Value", self.value.clone())]),
            None => self.value.clone(),
        }
    }
}

/// The items of an array, or the members of an object; nothing else has any.
pub(in crate::step) fn items_of(value: &Value) -> Option<Vec<Item>> {
    match value {
        Value::Array(array) => Some(array.items().iter().cloned().map(Item::plain).collect()),
        Value::Object(object) => {
            let member = |(key, value): (&Arc<str>, &Value)| Item { key: Some(Arc::clone(key)), value: value.clone() };
            Some(object.fields().iter().map(member).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Why a dataset has no items.
pub(super) enum DatasetError {
    /// The service's words for what is wrong with the data.
    Broken(String),
    /// A format that this interpreter does not read.
    Unsupported(&'static str),
}

/// Reads the items of a file.
pub(super) fn read(body: &[u8], config: &ReaderConfig) -> Result<Vec<Item>, DatasetError> {
    let body = &*uncompressed(body)?;
    match config.input_type {
        Some(InputType::Csv) => csv_rows(body, config),
        Some(InputType::Json) | None => json(body, config.items_pointer.as_deref()),
        Some(InputType::Jsonl) => json_lines(body),
        Some(InputType::Parquet) => Err(DatasetError::Unsupported("Parquet files as items")),
        Some(InputType::Manifest) => Err(DatasetError::Unsupported("a manifest without a ManifestType")),
    }
}

/// The content of a file, which may be compressed by gzip.
fn uncompressed(body: &[u8]) -> Result<Cow<'_, [u8]>, DatasetError> {
    if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Err(DatasetError::Unsupported("files compressed by Zstandard as items"));
    }
    if !body.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(body));
    }
    let mut content = Vec::new();
    MultiGzDecoder::new(body).read_to_end(&mut content).map_err(|_| broken("Invalid gzip file"))?;
    Ok(Cow::Owned(content))
}

fn json(body: &[u8], pointer: Option<&str>) -> Result<Vec<Item>, DatasetError> {
    let json: Json = serde_json::from_slice(body).map_err(|_| broken("Invalid JSON file"))?;
    let found = json.pointer(pointer.unwrap_or_default()).ok_or_else(|| broken("ItemsPointer leads nowhere"))?;
    items_of(&Value::from(found)).ok_or_else(|| broken("Attempting to map over non-iterable node."))
}

fn json_lines(body: &[u8]) -> Result<Vec<Item>, DatasetError> {
    let values = serde_json::Deserializer::from_slice(body).into_iter::<Json>();
    let items = values.map(|value| value.map(|json| Item::plain(Value::from(json))));
    items.collect::<Result<_, _>>().map_err(|_| broken("Invalid JSON file"))
}

fn csv_rows(body: &[u8], config: &ReaderConfig) -> Result<Vec<Item>, DatasetError> {
    let text = String::from_utf8_lossy(body);
    let mut rows = csv::rows(&text, delimiter(config.csv_delimiter)).into_iter();
    let headers = match (config.csv_header_location, &config.csv_headers) {
        (Some(CsvHeaderLocation::Given), Some(headers)) => headers.clone(),
        _ => rows.next().unwrap_or_default(),
    };
    let names: Vec<Arc<str>> = headers.iter().map(|header| Arc::from(header.as_str())).collect();
    let mut seen = HashSet::new();
    if !names.iter().all(|name| seen.insert(name)) {
        return Err(broken("CSV headers cannot contain duplicates."));
    }
    let item = |row: Vec<String>| {
        // Missing cells are empty, surplus ones are dropped.
        let cells = row.into_iter().chain(std::iter::repeat(String::new()));
        let fields: Fields = names.iter().cloned().zip(cells.map(Value::string)).collect();
        Item::plain(Value::object(fields))
    };
    Ok(rows.map(item).collect())
}

fn delimiter(delimiter: Option<CsvDelimiter>) -> char {
    match delimiter {
        Some(CsvDelimiter::Comma) | None => ',',
        Some(CsvDelimiter::Pipe) => '|',
        Some(CsvDelimiter::Semicolon) => ';',
        Some(CsvDelimiter::Space) => ' ',
        Some(CsvDelimiter::Tab) => '\t',
    }
}

pub(super) fn broken(message: impl Into<String>) -> DatasetError {
    DatasetError::Broken(message.into())
}
