//! Functions that are there already, in whatever language: a payload and a result with types of one's own.

use stepwright::{
    aws::{
        from_json,
        lambda::{InvocationType, InvokeError, InvokeRequest, invoke},
        to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
    pub postcode: String,
    pub weight_grams: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    pub carrier: String,
    pub price_cents: u32,
}

/// The price of a parcel, and nothing while the carrier's function is overwhelmed.
#[workflow]
pub async fn quote_parcel(parcel: Parcel) -> Result<Option<Quote>, InvokeError> {
    let request = InvokeRequest {
        function_name: "carrier-quotes:live".to_owned(),
        payload: to_json(&parcel),
        ..Default::default()
    };
    let answer = match invoke(request).await {
        Ok(answer) => answer,
        Err(InvokeError::TooManyRequests(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let quote = from_json::<Option<Quote>>(&answer.payload);
    if quote.is_some() {
        let audit = InvokeRequest {
            function_name: "audit".to_owned(),
            invocation_type: Some(InvocationType::EVENT.to_owned()),
            payload: to_json(&parcel),
            ..Default::default()
        };
        invoke(audit).await?;
    }
    Ok(quote)
}
