use stepwright::{TaskToken, prelude::*};

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Verdict {
    approved: bool,
}

#[task(wait_for_task_token)]
async fn ask(token: TaskToken<Verdict>, question: String) {
    drop((token, question));
}

#[workflow]
pub async fn decide(question: String) -> bool {
    let verdict = ask(question).await;
    verdict.approved
}

fn main() {}
