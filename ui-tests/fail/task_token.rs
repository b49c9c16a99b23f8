use stepwright::prelude::*;

#[task(wait_for_task_token)]
async fn ask(question: String, token: TaskToken<u32>) {
    drop((question, token));
}

fn main() {}
