use stepwright::{TaskToken, prelude::*};

#[task(wait_for_task_token)]
async fn ask(token: TaskToken<bool>, questions: Vec<String>) {
    drop((token, questions));
}

fn main() {}
