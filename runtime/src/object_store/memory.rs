use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use super::{ObjectEntry, ObjectError, ObjectStore};
use crate::hash;
use crate::task_handler::BoxFuture;

/// A store in memory; clones share the objects.
#[derive(Clone, Debug, Default)]
pub struct MemoryObjects {
    buckets: Arc<Mutex<BTreeMap<String, Bucket>>>,
    written_at: Option<DateTime<Utc>>,
}

type Bucket = BTreeMap<String, Object>;

#[derive(Debug)]
struct Object {
    body: Vec<u8>,
    written: DateTime<Utc>,
    versions: BTreeMap<String, Vec<u8>>,
}

impl MemoryObjects {
    /// No buckets yet.
    #[must_use]
    pub fn new() -> MemoryObjects {
        MemoryObjects::default()
    }

    /// No buckets yet; all objects will have been written at the given time, whenever that is done.
    #[must_use]
    pub fn written_at(time: DateTime<Utc>) -> MemoryObjects {
        MemoryObjects { written_at: Some(time), ..MemoryObjects::default() }
    }

    /// Makes an empty bucket, unless it is there.
    pub fn create_bucket(&self, bucket: &str) {
        self.lock().entry(bucket.to_owned()).or_default();
    }

    /// Puts an object into a bucket, which is made if need be.
    pub fn insert(&self, bucket: &str, key: &str, body: impl Into<Vec<u8>>) {
        self.write(bucket, key, body.into());
    }

    /// The same for an object that can be had as this version, too, whatever is written later.
    pub fn insert_version(&self, bucket: &str, key: &str, version: &str, body: impl Into<Vec<u8>>) {
        let body = body.into();
        self.write(bucket, key, body.clone());
        let mut buckets = self.lock();
        let object = buckets.get_mut(bucket).and_then(|bucket| bucket.get_mut(key));
        object.into_iter().for_each(|object| drop(object.versions.insert(version.to_owned(), body.clone())));
    }

    /// The content of an object.
    ///
    /// # Errors
    ///
    /// If there is no such bucket or no such object.
    pub fn content(&self, bucket: &str, key: &str) -> Result<Vec<u8>, ObjectError> {
        self.look_at(bucket, key, |object| Ok(object.body.clone()))
    }

    fn version(&self, bucket: &str, key: &str, version: &str) -> Result<Vec<u8>, ObjectError> {
        self.look_at(bucket, key, |object| object.versions.get(version).cloned().ok_or(ObjectError::NoSuchVersion))
    }

    fn look_at<T>(
        &self,
        bucket: &str,
        key: &str,
        look: impl FnOnce(&Object) -> Result<T, ObjectError>,
    ) -> Result<T, ObjectError> {
        let buckets = self.lock();
        look(buckets.get(bucket).ok_or(ObjectError::NoSuchBucket)?.get(key).ok_or(ObjectError::NoSuchKey)?)
    }

    fn write(&self, bucket: &str, key: &str, body: Vec<u8>) {
        let written = self.written_at.unwrap_or_else(Utc::now);
        let mut buckets = self.lock();
        let bucket = buckets.entry(bucket.to_owned()).or_default();
        let versions = bucket.remove(key).map(|object| object.versions).unwrap_or_default();
        bucket.insert(key.to_owned(), Object { body, written, versions });
    }

    fn entries(&self, bucket: &str, prefix: &str) -> Result<Vec<ObjectEntry>, ObjectError> {
        let buckets = self.lock();
        let bucket = buckets.get(bucket).ok_or(ObjectError::NoSuchBucket)?;
        let entries = bucket.iter().filter(|(key, _)| key.starts_with(prefix)).map(|(key, object)| {
            let etag = format!("\"{}\"", hash::digest(&object.body, "MD5").unwrap_or_default());
            let (size, last_modified) = (object.body.len() as u64, object.written);
            ObjectEntry { key: key.clone(), etag, size, last_modified }
        });
        Ok(entries.collect())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ObjectStore for MemoryObjects {
    fn get(&self, bucket: &str, key: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        Box::pin(std::future::ready(self.content(bucket, key)))
    }

    fn get_version(&self, bucket: &str, key: &str, version: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        Box::pin(std::future::ready(self.version(bucket, key, version)))
    }

    fn list(&self, bucket: &str, prefix: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>> {
        Box::pin(std::future::ready(self.entries(bucket, prefix)))
    }

    fn put(&self, bucket: &str, key: &str, body: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>> {
        self.insert(bucket, key, body);
        Box::pin(std::future::ready(Ok(())))
    }
}
