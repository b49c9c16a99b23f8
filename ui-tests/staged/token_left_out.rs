use stepwright::{TaskToken, prelude::*};

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct SendMessage {
    body: String,
}

#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
async fn ask(request: impl FnOnce(TaskToken<bool>) -> SendMessage) -> bool;

#[workflow]
pub(crate) async fn workflow(body: String) -> bool {
    ask(|_| SendMessage { body }).await
}
