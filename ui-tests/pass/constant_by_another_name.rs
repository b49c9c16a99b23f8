use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) enum Status {
    Open,
    Closed,
}

#[workflow]
pub(crate) async fn workflow(status: Status) -> bool {
    use Status::Open as Fresh;
    matches!(status, Fresh)
}
