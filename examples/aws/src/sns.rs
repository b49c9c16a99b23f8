//! An alert to whoever subscribed to a topic: JSON as the message, and an attribute that subscriptions filter by.

use std::collections::BTreeMap;

use stepwright::{
    aws::{
        sns::{MessageAttributeValue, PublishError, PublishRequest, publish},
        to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Alert {
    pub service: String,
    pub urgent: bool,
    pub text: String,
}

/// Publishes an alert; `None` if its topic is gone.
#[workflow]
pub async fn raise_alert(topic: String, alert: Alert) -> Result<Option<String>, PublishError> {
    let severity = if alert.urgent { "page" } else { "mail" };
    let attribute = MessageAttributeValue {
        data_type: "String".to_owned(),
        string_value: Some(severity.to_owned()),
        ..Default::default()
    };
    let request = PublishRequest {
        topic_arn: Some(topic),
        subject: Some(format!("{}: {severity}", alert.service)),
        message: to_json(&alert),
        message_attributes: Some(BTreeMap::from([("severity".to_owned(), attribute)])),
        ..Default::default()
    };
    match publish(request).await {
        Ok(published) => Ok(published.message_id),
        Err(PublishError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
