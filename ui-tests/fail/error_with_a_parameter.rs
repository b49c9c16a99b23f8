use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum PaymentError<T> {
    #[error("declined")]
    Declined(T),
}

fn main() {}
