//! Objects in buckets: where distributed Map states read items from and write results to.

mod directory;
mod memory;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use self::directory::DirectoryObjects;
pub use self::memory::MemoryObjects;
use crate::task_handler::BoxFuture;

/// A store of objects, such as S3.
///
/// Nobody owns its buckets, so they belong to whoever is the `ExpectedBucketOwner`.
pub trait ObjectStore: Send + Sync {
    /// The content of an object.
    fn get(&self, bucket: &str, key: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>>;

    /// The content of a version of an object; a store without versions has none of them.
    fn get_version(&self, bucket: &str, key: &str, version: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        let _ = (bucket, key, version);
        Box::pin(std::future::ready(Err(ObjectError::NoSuchVersion)))
    }

    /// The objects of a bucket whose keys begin with the prefix, in the order of their keys.
    fn list(&self, bucket: &str, prefix: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>>;

    /// Writes an object, over one that is there.
    fn put(&self, bucket: &str, key: &str, body: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>>;
}

/// What a listing says of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectEntry {
    /// The object's key.
    pub key: String,
    /// A text that changes with the content, in double quotes.
    pub etag: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was written.
    pub last_modified: DateTime<Utc>,
}

/// Why an object cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ObjectError {
    /// There is no such bucket.
    #[error("The specified bucket does not exist")]
    NoSuchBucket,
    /// There is no such object in the bucket.
    #[error("The specified key does not exist.")]
    NoSuchKey,
    /// There is no such version of the object.
    #[error("The specified version does not exist.")]
    NoSuchVersion,
    /// The store itself failed.
    #[error("{0}")]
    Other(String),
}

impl<T: ObjectStore + ?Sized> ObjectStore for Arc<T> {
    fn get(&self, bucket: &str, key: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        (**self).get(bucket, key)
    }

    fn get_version(&self, bucket: &str, key: &str, version: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        (**self).get_version(bucket, key, version)
    }

    fn list(&self, bucket: &str, prefix: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>> {
        (**self).list(bucket, prefix)
    }

    fn put(&self, bucket: &str, key: &str, body: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>> {
        (**self).put(bucket, key, body)
    }
}
