//! What a test tells of how a state treated its data.

use serde::{Serialize, Serializer};
use serde_json::Value as Json;

/// How much a test tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// The outcome.
    #[default]
    Info,
    /// How the data was treated on the way, as well.
    Debug,
    /// The service adds what it sends by HTTP; nothing is sent here, so this is [`Level::Debug`].
    Trace,
}

/// How a state treated its data. What the state does not have, or has not come to, is `None`.
///
/// Serialized it is the service's `inspectionData`, in which values are JSON texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InspectionData {
    /// The state's input.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub input: Option<Json>,
    /// JSONata: what a Task is called with.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_arguments: Option<Json>,
    /// JSONPath: the input after `InputPath`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_input_path: Option<Json>,
    /// JSONPath: the input after `Parameters`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_parameters: Option<Json>,
    /// The result of a Task, or the `Result` of a Pass.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub result: Option<Json>,
    /// JSONPath: the result after `ResultSelector`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_result_selector: Option<Json>,
    /// JSONPath: input and result after `ResultPath`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_result_path: Option<Json>,
    /// All variables after the state, unless there are none.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub variables: Option<Json>,
    /// JSONPath: the items of a Map.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_items_path: Option<Json>,
    /// The items of a Map that are at an `ItemsPointer`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_items_pointer: Option<Json>,
    /// The input of each iteration, where the Map has an `ItemSelector`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_item_selector: Option<Json>,
    /// The input of each iteration, where the Map has an `ItemBatcher`.
    #[serde(serialize_with = "as_text", skip_serializing_if = "Option::is_none")]
    pub after_item_batcher: Option<Json>,
    /// How many iterations of a Map run at the same time; 0 for as many as possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<u64>,
    /// How many iterations of a Map may fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerated_failure_count: Option<usize>,
    /// How many of a hundred iterations of a Map may fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerated_failure_percentage: Option<f64>,
    /// Which retrier and which catcher the error found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_details: Option<ErrorDetails>,
}

/// Which retrier and which catcher an error found, by their positions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ErrorDetails {
    /// The catcher that handled the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catch_index: Option<usize>,
    /// The retrier for the error, used up or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_index: Option<usize>,
    /// The delay before the next attempt, unless the retrier is used up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_backoff_interval_seconds: Option<u64>,
}

impl InspectionData {
    /// Leaves out what became of the input: of Parallel states, and of Pass states with a `Result`, the service does not show it.
    pub(crate) fn hide_filtered_input(&mut self) {
        self.after_arguments = None;
        self.after_input_path = None;
        self.after_parameters = None;
    }
}

/// Writes a value as its JSON text, as the service does.
pub(super) fn as_text<S: Serializer>(value: &Option<Json>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(Json::to_string).serialize(serializer)
}
