use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum PaymentError {
    #[error("one")]
    #[asl(other)]
    One(String),
    #[error("two")]
    #[asl(other)]
    Two(String),
}

fn main() {}
