//! A public HTTP API, with the credentials of an EventBridge connection.

use std::collections::BTreeMap;

use stepwright::{
    aws::{
        from_json,
        http::{InvocationConfig, InvokeError, InvokeRequest, Method, invoke},
        to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Rates {
    pub rates: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct RateQuery {
    pub base: String,
    pub symbols: String,
}

/// The rate between two currencies; `None` for one that the API does not know.
#[workflow]
pub async fn exchange_rate(connection: String, from: String, to: String) -> Result<Option<f64>, InvokeError> {
    let request = InvokeRequest {
        api_endpoint: "https://rates.example.com/latest".to_owned(),
        method: Method::GET.to_owned(),
        invocation_config: InvocationConfig { connection_arn: connection },
        query_parameters: to_json(&RateQuery { base: from, symbols: to.clone() }),
        ..Default::default()
    };
    match invoke(request).await {
        Ok(answer) => Ok(from_json::<Rates>(&answer.response_body).rates.get(&to).copied()),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}
