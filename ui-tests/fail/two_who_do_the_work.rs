use stepwright::prelude::*;

#[task(activity, resource = "arn:aws:states:::sqs:sendMessage")]
async fn send(amount: u64) -> u64;

fn main() {}
