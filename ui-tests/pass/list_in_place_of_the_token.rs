use stepwright::{TaskToken, prelude::*};

#[task(wait_for_task_token)]
async fn ask(questions: Vec<String>, token: TaskToken<bool>) {
    drop((questions, token));
}

#[workflow]
pub(crate) async fn workflow(questions: Vec<String>) -> bool {
    ask(questions).await
}
