use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Query {
    table: String,
    #[serde(default, skip_serializing_if = "is_small")]
    limit: u64,
}

#[pure]
#[expect(clippy::trivially_copy_pass_by_ref)]
fn is_small(limit: &u64) -> bool {
    *limit < 10
}

#[workflow]
pub(crate) async fn workflow(limit: u64) -> Query {
    Query { table: "orders".to_owned(), limit }
}
