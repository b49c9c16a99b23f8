use stepwright::prelude::*;

#[task(resource = "arn:aws:states:::sqs:sendMessage")]
async fn send(amount: u64) -> u64 {
    amount
}

fn main() {}
