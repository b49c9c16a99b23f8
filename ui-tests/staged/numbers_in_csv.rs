use stepwright::{S3Csv, prelude::*};

#[derive(Serialize, Deserialize, JsonSchema, Data)]
struct Row {
    name: String,
    count: u32,
}

#[workflow]
pub(crate) async fn workflow(key: String) -> Vec<u32> {
    distributed_map(S3Csv::<Row>::new("in", key)).each(async |row| row.count).await
}
