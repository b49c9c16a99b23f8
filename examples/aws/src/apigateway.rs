//! A REST API of one's own behind API Gateway.

use std::collections::BTreeMap;

use stepwright::{
    aws::{
        apigateway::{AuthType, InvokeError, InvokeRequest, Method, invoke},
        from_json, to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Customer {
    pub name: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Created {
    pub id: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError, thiserror::Error)]
pub enum RegisterError {
    #[error("a customer has that address already")]
    Conflict,
    #[error("{0}")]
    Api(#[from] InvokeError),
}

/// Creates a customer. The API's refusals are errors named after their status.
#[workflow]
pub async fn register_customer(api: String, customer: Customer) -> Result<u64, RegisterError> {
    let request = InvokeRequest {
        api_endpoint: api,
        method: Method::POST.to_owned(),
        stage: Some("live".to_owned()),
        path: Some("/customers".to_owned()),
        headers: Some(BTreeMap::from([("Prefer".to_owned(), vec!["return=minimal".to_owned()])])),
        request_body: to_json(&customer),
        auth_type: Some(AuthType::IAM_ROLE.to_owned()),
        ..Default::default()
    };
    match invoke(request).await {
        Ok(answer) => Ok(from_json::<Created>(&answer.response_body).id),
        Err(error) if error.status() == Some(409) => Err(RegisterError::Conflict),
        Err(error) => Err(error.into()),
    }
}
