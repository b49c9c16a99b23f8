//! # `distributed_map`
//!
//! Each item, or each batch, in an execution of its own. Sources are lists, and in S3 `S3Json`, `S3JsonLines`, `S3Csv`, `S3Objects` and `S3Inventory`.
//! Those executions see nothing but their input, so what the closure captures is put into it.

use stepwright::prelude::*;

use stepwright::{S3Csv, S3Prefix, WrittenResults};

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Row {
    pub name: String,
    pub city: String,
}

#[task]
pub async fn greet(name: String, city: String, greeting: String) -> String {
    format!("{greeting} {name} in {city}")
}

#[workflow]
pub async fn greet_all(names: Vec<String>, greeting: String) -> Vec<String> {
    distributed_map(names)
        .max_concurrency(100)
        .each(async |name| greet(name, "town".to_string(), greeting.clone()).await)
        .await
}

#[workflow]
pub async fn greet_file(key: String) -> WrittenResults {
    distributed_map(S3Csv::<Row>::new("people", key))
        .tolerate_failure_percentage(5.0)
        .label("greet")
        .write_results(S3Prefix::new("greetings", "runs"))
        .batches(50, async |rows| {
            let mut greeted = Vec::new();
            for row in rows {
                greeted.push(greet(row.name, row.city, "Hello".to_string()).await);
            }
            greeted
        })
        .await
}

runs! {
    greet_all(json!({ "names": ["Ada", "Alan"], "greeting": "Hi" })) => json!(["Hi Ada in town", "Hi Alan in town"]);
    greet_file
}

#[tokio::test(start_paused = true)]
async fn files_are_read_and_written() {
    use stepwright::MemoryObjects;

    let people = || {
        let objects = MemoryObjects::new();
        objects.insert("people", "list.csv", "name,city\nAda,London\nAlan,Wilmslow\n");
        objects.create_bucket("greetings");
        objects
    };
    let native = greet_file::native().objects(people()).run("list.csv".to_string()).await.result().unwrap();
    let local = greet_file::local().objects(people()).run("list.csv".to_string()).await.result().unwrap();
    for written in [native, local] {
        assert_eq!(written.bucket, "greetings");
        assert!(written.key.starts_with("runs/"), "{}", written.key);
    }
}
