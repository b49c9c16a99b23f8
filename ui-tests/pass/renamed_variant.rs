use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) enum Status {
    Open,
    Done,
}

#[workflow]
pub(crate) async fn workflow(status: Status) -> bool {
    matches!(status, Status::Done)
}
