use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
struct SendMessage {
    body: String,
}

#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
async fn ask(request: SendMessage) -> bool;

#[workflow]
async fn decide(body: String) -> bool {
    ask(|_| SendMessage { body }).await
}

fn main() {}
