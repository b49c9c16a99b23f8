use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[error("declined: {code}")]
pub struct Declined {
    code: String,
}

fn main() {}
