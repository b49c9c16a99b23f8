use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
struct SendMessage {
    body: String,
}

#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
async fn ask(request: impl FnOnce(TaskToken<bool>) -> SendMessage) -> bool;

fn main() {}
