use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub enum Status {
    Open,
    Closed,
}

#[workflow]
async fn is_open(status: Status) -> bool {
    matches!(status, Status::Opn)
}

fn main() {}
