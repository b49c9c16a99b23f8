use stepwright::{S3Csv, prelude::*};

#[derive(Serialize, Deserialize, JsonSchema, Data)]
struct Row {
    name: String,
    count: String,
}

#[workflow]
pub(crate) async fn workflow(key: String) -> Vec<String> {
    distributed_map(S3Csv::<Row>::new("in", key)).each(async |row| row.count).await
}
