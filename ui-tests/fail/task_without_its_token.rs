use stepwright::prelude::*;

#[task(wait_for_task_token)]
async fn ask(question: String) {
    drop(question);
}

fn main() {}
