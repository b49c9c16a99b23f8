//! An event on a bus, its detail a type of one's own.

use stepwright::{
    aws::{
        eventbridge::{PutEventsError, PutEventsRequest, PutEventsRequestEntry, put_events},
        to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct OrderPlaced {
    pub order_id: String,
    pub total: u32,
}

/// Tells a bus of orders, in one call; `false` if one of them was refused.
#[workflow]
pub async fn announce_orders(bus: String, orders: Vec<OrderPlaced>) -> Result<bool, PutEventsError> {
    let entries = orders
        .iter()
        .map(|order| PutEventsRequestEntry {
            event_bus_name: Some(bus.clone()),
            source: Some("shop".to_owned()),
            detail_type: Some("order placed".to_owned()),
            detail: to_json(order),
            ..Default::default()
        })
        .collect();
    match put_events(PutEventsRequest { entries }).await {
        Ok(_) => Ok(true),
        Err(PutEventsError::FailedEntry(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
