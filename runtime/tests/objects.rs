//! Objects as items of distributed Map states, and tasks of S3 itself.
#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{ExecutionResult, Fault, Interpreter, MemoryObjects, Program};

fn try_run(state: &Value, objects: &MemoryObjects) -> Result<ExecutionResult, Fault> {
    let machine = json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": state } });
    let program = Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap();
    Interpreter::new(&program).seed(1).object_store(objects.clone()).run_blocking(json!({}))
}

fn run(state: &Value, objects: &MemoryObjects) -> ExecutionResult {
    try_run(state, objects).unwrap()
}

fn map(reader: &Value) -> Value {
    let processor = json!({ "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
        "StartAt": "B", "States": { "B": { "Type": "Pass", "End": true } } });
    json!({ "Type": "Map", "ItemReader": reader, "ItemProcessor": processor, "End": true })
}

/// The items that a distributed Map reads.
fn items(reader: &Value, objects: &MemoryObjects) -> Result<Value, String> {
    let result = run(&map(reader), objects);
    result.output.ok_or_else(|| format!("{}: {}", result.error.unwrap(), result.cause.unwrap()))
}

fn reader(key: &str, config: Value) -> Value {
    json!({ "Resource": "arn:aws:states:::s3:getObject", "Arguments": { "Bucket": "b", "Key": key }, "ReaderConfig": config })
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn task(action: &str, arguments: Value) -> Value {
    json!({ "Type": "Task", "Resource": format!("arn:aws:states:::aws-sdk:s3:{action}"), "Arguments": arguments, "End": true })
}

#[test]
fn readers_and_tasks_ask_for_versions() {
    let objects = MemoryObjects::new();
    objects.insert_version("b", "k", "v1", "[1]");
    objects.insert("b", "k", "[2]");
    let versioned = |version: Option<&str>| {
        let mut reader = reader("k", json!({ "InputType": "JSON" }));
        reader["Arguments"]["VersionId"] = json!(version);
        items(&reader, &objects)
    };
    assert_eq!(versioned(None), Ok(json!([2])));
    assert_eq!(versioned(Some("v1")), Ok(json!([1])));
    let none = "States.ItemReaderFailed: The specified version does not exist.";
    assert_eq!(versioned(Some("v2")), Err(none.to_owned()));
    let get = |version| run(&task("getObject", json!({ "Bucket": "b", "Key": "k", "VersionId": version })), &objects);
    let found = get("v1").output.unwrap();
    assert_eq!((&found["Body"], &found["VersionId"]), (&json!("[1]"), &json!("v1")));
    assert_eq!(get("v2").error.as_deref(), Some("S3.S3Exception"));
}

#[test]
fn inventories_list_objects_or_lead_to_their_items() {
    let objects = MemoryObjects::new();
    objects.insert("b", "data/1.csv.gz", gzip("\"b\",\"one.json\",\"5\"\n\"b\",\"two.json\",\"7\"\n"));
    objects.insert("b", "one.json", "[1,2]");
    objects.insert("b", "two.json", "[3]");
    let manifest = json!({ "sourceBucket": "b", "destinationBucket": "arn:aws:s3:::b", "fileFormat": "CSV",
        "fileSchema": "Bucket, Key, Size", "files": [{ "key": "data/1.csv.gz", "size": 1, "MD5checksum": "" }] });
    objects.insert("b", "manifest.json", manifest.to_string());
    let rows = items(&reader("manifest.json", json!({ "ManifestType": "S3_INVENTORY" })), &objects).unwrap();
    let row = |key: &str, size: &str| json!({ "Bucket": "b", "Key": key, "Size": size });
    assert_eq!(rows, json!([row("one.json", "5"), row("two.json", "7")]));
    let config = json!({ "ManifestType": "S3_INVENTORY", "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN" });
    assert_eq!(items(&reader("manifest.json", config), &objects).unwrap(), json!([1, 2, 3]));
    objects.insert("b", "broken", "{}");
    let error = items(&reader("broken", json!({ "ManifestType": "S3_INVENTORY" })), &objects).unwrap_err();
    assert_eq!(error, "States.ItemReaderFailed: Invalid manifest file");
}

#[test]
fn compressed_files_are_read_like_others() {
    let objects = MemoryObjects::new();
    objects.insert("b", "lines.gz", gzip("{\"n\":1}\n{\"n\":2}\n"));
    let found = items(&reader("lines.gz", json!({ "InputType": "JSONL" })), &objects).unwrap();
    assert_eq!(found, json!([{ "n": 1 }, { "n": 2 }]));
    let mut cut = gzip("[1]");
    cut.truncate(12);
    objects.insert("b", "cut.gz", cut);
    let error = items(&reader("cut.gz", json!({ "InputType": "JSON" })), &objects).unwrap_err();
    assert_eq!(error, "States.ItemReaderFailed: Invalid gzip file");
}

#[test]
fn formats_that_are_not_read_are_named() {
    let objects = MemoryObjects::new();
    objects.insert("b", "rows.parquet", "PAR1");
    objects.insert("b", "items.zstd", [0x28, 0xb5, 0x2f, 0xfd, 0]);
    for (key, config, what) in [
        ("rows.parquet", json!({ "InputType": "PARQUET" }), "Parquet files as items"),
        ("items.zstd", json!({ "InputType": "JSON" }), "files compressed by Zstandard as items"),
    ] {
        let fault = try_run(&map(&reader(key, config)), &objects).unwrap_err();
        assert_eq!(fault, Fault::Unsupported(what.to_owned()));
    }
}

#[test]
fn tasks_write_and_read_objects() {
    let objects = MemoryObjects::new();
    let put = task("putObject", json!({ "Bucket": "b", "Key": "k", "Body": { "n": 1 } }));
    assert_eq!(run(&put, &objects).error.as_deref(), Some("S3.NoSuchBucketException"));
    objects.create_bucket("b");
    assert_eq!(run(&put, &objects).output.unwrap()["ETag"], "\"082c26c8a6bc75226a31da5495cc9292\"");
    let get = run(&task("getObject", json!({ "Bucket": "b", "Key": "k" })), &objects).output.unwrap();
    assert_eq!((&get["Body"], &get["ContentLength"]), (&json!("{\"n\":1}"), &json!(7)));
    let none = run(&task("getObject", json!({ "Bucket": "b", "Key": "none" })), &objects);
    assert_eq!(none.error.as_deref(), Some("S3.NoSuchKeyException"));
    assert!(none.cause.unwrap().starts_with("The specified key does not exist. (Service: S3, Status Code: 404, "));
}

#[test]
fn listings_come_in_pages() {
    let objects = MemoryObjects::new();
    for key in ["a/1", "a/2", "a/3", "b"] {
        objects.insert("b", key, "x");
    }
    let page = |action: &str, more: Value| {
        let mut arguments = json!({ "Bucket": "b", "Prefix": "a/", "MaxKeys": 2 });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let output = run(&task(action, arguments), &objects).output.unwrap();
        let keys: Vec<_> = output["Contents"].as_array().unwrap().iter().map(|entry| entry["Key"].clone()).collect();
        (json!(keys), output)
    };
    for (action, next, after) in
        [("listObjectsV2", "NextContinuationToken", "ContinuationToken"), ("listObjects", "NextMarker", "Marker")]
    {
        let (keys, first) = page(action, json!({}));
        assert_eq!((keys, &first["IsTruncated"]), (json!(["a/1", "a/2"]), &json!(true)));
        let (keys, second) = page(action, json!({ after: first[next] }));
        assert_eq!((keys, &second["IsTruncated"]), (json!(["a/3"]), &json!(false)));
        assert!(second.get(next).is_none());
    }
}
