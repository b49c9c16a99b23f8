//! Tasks of S3 itself, such as `aws-sdk:s3:getObject`, on the objects of the interpreter's store.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Crc;
use serde_json::{Value as Json, json};

use super::{object, text};
use crate::hash;
use crate::object_store::{ObjectEntry, ObjectError, ObjectStore};
use crate::task_handler::{REQUEST_ID, TaskFailure};
use crate::timestamp::to_milliseconds;

/// `getObject`: the content as text, and what there is to say of it.
pub(super) async fn get(objects: &dyn ObjectStore, arguments: &Json) -> Result<Json, TaskFailure> {
    let (bucket, key) = place(arguments);
    let version = text(arguments, "VersionId");
    let body = match version {
        Some(version) => objects.get_version(bucket, key, version).await,
        None => objects.get(bucket, key).await,
    };
    let body = body.map_err(|error| refused(&error))?;
    let listed = objects.list(bucket, key).await.map_err(|error| refused(&error))?;
    let entry = listed.iter().find(|entry| entry.key == key);
    Ok(object([
        ("AcceptRanges", Some(json!("bytes"))),
        ("Body", Some(json!(String::from_utf8_lossy(&body)))),
        ("ContentLength", Some(json!(body.len()))),
        ("ContentType", Some(json!("binary/octet-stream"))),
        ("ETag", Some(json!(etag(&body)))),
        ("LastModified", entry.map(|entry| json!(to_milliseconds(entry.last_modified)))),
        ("Metadata", Some(json!({}))),
        ("ServerSideEncryption", Some(json!("AES256"))),
        ("VersionId", version.map(|version| json!(version))),
    ]))
}

/// `putObject`: the object's content is the JSON of the body, even if that is a text.
pub(super) async fn put(objects: &dyn ObjectStore, arguments: &Json) -> Result<Json, TaskFailure> {
    let (bucket, key) = place(arguments);
    let body = arguments.get("Body").map(Json::to_string).unwrap_or_default().into_bytes();
    let (etag, checksum) = (etag(&body), STANDARD.encode(crc32(&body).to_be_bytes()));
    // Writing to a store makes buckets, reading tells whether there is one.
    objects.list(bucket, key).await.map_err(|error| refused(&error))?;
    objects.put(bucket, key, body).await.map_err(|error| refused(&error))?;
    Ok(json!({
        "ChecksumCRC32": checksum,
        "ChecksumType": "FULL_OBJECT",
        "ETag": etag,
        "ServerSideEncryption": "AES256",
    }))
}

/// `listObjectsV2`, and `listObjects`, whose pages begin after a `Marker`.
pub(super) async fn list(
    objects: &dyn ObjectStore,
    arguments: &Json,
    is_second_version: bool,
) -> Result<Json, TaskFailure> {
    let bucket = text(arguments, "Bucket").unwrap_or_default();
    let prefix = text(arguments, "Prefix").unwrap_or_default();
    let most = arguments.get("MaxKeys").and_then(Json::as_u64).map_or(MOST_KEYS, |most| most.min(MOST_KEYS));
    let after = if is_second_version {
        text(arguments, "ContinuationToken").or_else(|| text(arguments, "StartAfter"))
    } else {
        text(arguments, "Marker")
    };
    let listed = objects.list(bucket, prefix).await.map_err(|error| refused(&error))?;
    let mut rest = listed.iter().filter(|entry| after.is_none_or(|after| entry.key.as_str() > after));
    let page: Vec<&ObjectEntry> = rest.by_ref().take(usize::try_from(most).unwrap_or(usize::MAX)).collect();
    let is_truncated = rest.next().is_some();
    let next = page.last().filter(|_| is_truncated).map(|last| json!(last.key));
    let next_name = if is_second_version { "NextContinuationToken" } else { "NextMarker" };
    Ok(object([
        ("Contents", Some(page.iter().map(|entry| described(entry)).collect())),
        ("IsTruncated", Some(json!(is_truncated))),
        ("KeyCount", is_second_version.then(|| json!(page.len()))),
        ("MaxKeys", Some(json!(most))),
        ("Name", Some(json!(bucket))),
        (next_name, next),
        ("Prefix", Some(json!(prefix))),
    ]))
}

/// The longest page of a listing.
const MOST_KEYS: u64 = 1_000;

fn described(entry: &ObjectEntry) -> Json {
    json!({
        "ETag": entry.etag,
        "Key": entry.key,
        "LastModified": to_milliseconds(entry.last_modified),
        "Size": entry.size,
        "StorageClass": "STANDARD",
    })
}

fn place(arguments: &Json) -> (&str, &str) {
    (text(arguments, "Bucket").unwrap_or_default(), text(arguments, "Key").unwrap_or_default())
}

fn etag(body: &[u8]) -> String {
    format!("\"{}\"", hash::digest(body, "MD5").unwrap_or_default())
}

/// The checksum of the service, CRC-32 as in gzip.
fn crc32(data: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(data);
    crc.sum()
}

/// What the service says if there is no such thing.
fn refused(error: &ObjectError) -> TaskFailure {
    let (name, status) = match error {
        ObjectError::NoSuchBucket => ("NoSuchBucketException", 404),
        ObjectError::NoSuchKey => ("NoSuchKeyException", 404),
        // The service has no name of its own for this one.
        ObjectError::NoSuchVersion => ("S3Exception", 404),
        ObjectError::Other(_) => ("S3Exception", 500),
    };
    let cause = format!(
        "{error} (Service: S3, Status Code: {status}, Request ID: {REQUEST_ID}, Extended Request ID: {REQUEST_ID})"
    );
    TaskFailure::new(format!("S3.{name}"), cause)
}
