use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) enum Status {
    Open,
    Done { at: String },
}

#[workflow]
pub(crate) async fn workflow(status: Status) -> bool {
    use Status::Done as Finished;
    matches!(status, Finished { .. })
}
