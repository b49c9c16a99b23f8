//! A question to a model.

use stepwright::{
    aws::{
        bedrock::{InvokeModelError, InvokeModelRequest, invoke_model},
        from_json, to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Prompt {
    pub anthropic_version: String,
    pub max_tokens: u32,
    pub messages: Vec<Message>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Message {
    pub role: String,
    pub content: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Answer {
    pub content: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Part {
    pub text: String,
}

/// A text in one sentence. A model that is overwhelmed is asked again, and then left alone.
#[workflow]
pub async fn summarize(text: String) -> Result<Option<String>, InvokeModelError> {
    let question = Message { role: "user".to_owned(), content: format!("In one sentence: {text}") };
    let prompt =
        Prompt { anthropic_version: "bedrock-2023-05-31".to_owned(), max_tokens: 200, messages: vec![question] };
    let request = InvokeModelRequest {
        model_id: "anthropic.claude-3-haiku-20240307-v1:0".to_owned(),
        body: to_json(&prompt),
        content_type: Some("application/json".to_owned()),
        ..Default::default()
    };
    let asked = invoke_model(request).retry(Retry::on("Bedrock.ThrottlingException").max_attempts(2)).await;
    match asked {
        Ok(answer) => Ok(from_json::<Answer>(&answer.body).content.first().map(|part| part.text.clone())),
        Err(InvokeModelError::Throttling(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
