use stepwright::{TaskToken, prelude::*};

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct SendMessage {
    body: String,
}

#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
async fn ask(request: impl FnOnce(TaskToken<bool>) -> SendMessage) -> bool;

#[workflow]
pub(crate) async fn workflow(body: String) -> bool {
    ask(|token| SendMessage { body: format!("{body} Answer to {token}") }).await
}
