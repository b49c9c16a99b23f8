//! Messages to queues: one that is only sent, and one with a token that whoever reads it answers.

use stepwright::{
    TaskToken,
    aws::{
        sqs::{SendMessageError, SendMessageRequest, send_message, send_message_wait_for_task_token},
        to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Shipment {
    pub order: String,
    pub pieces: u32,
}

/// Sends a shipment to a queue, the small ones a minute later.
#[workflow]
pub async fn queue_shipment(queue: String, shipment: Shipment) -> Result<Option<String>, SendMessageError> {
    let request = SendMessageRequest {
        queue_url: queue,
        message_body: to_json(&shipment),
        delay_seconds: if shipment.pieces < 3 { Some(60) } else { None },
        ..Default::default()
    };
    Ok(send_message(request).await?.message_id)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError, thiserror::Error)]
pub enum PackError {
    #[error("{article} is out of stock")]
    OutOfStock { article: String },
    #[error("{name}: {cause}")]
    #[asl(other)]
    Other { name: String, cause: String },
}

/// What the warehouse reads from its queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct PackJob {
    pub shipment: Shipment,
    pub token: TaskToken<Result<String, PackError>>,
}

/// Waits until the warehouse has packed a shipment; what is out of stock is `None`.
#[workflow]
pub async fn pack_shipment(queue: String, shipment: Shipment) -> Result<Option<String>, PackError> {
    let packed = send_message_wait_for_task_token(|token| SendMessageRequest {
        queue_url: queue,
        message_body: to_json(&PackJob { shipment, token }),
        ..Default::default()
    })
    .await;
    match packed {
        Ok(parcel) => Ok(Some(parcel)),
        Err(PackError::OutOfStock { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
