//! Objects in buckets: where distributed Map states read items from and write results to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::hash;
use crate::task_handler::BoxFuture;

/// A store of objects, such as S3.
pub trait ObjectStore: Send + Sync {
    /// The content of an object.
    fn get(&self, bucket: &str, key: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>>;

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
pub enum ObjectError {
    /// There is no such bucket.
    #[error("The specified bucket does not exist")]
    NoSuchBucket,
    /// There is no such object in the bucket.
    #[error("The specified key does not exist.")]
    NoSuchKey,
    /// The store itself failed.
    #[error("{0}")]
    Other(String),
}

/// A store in memory; clones share the objects.
#[derive(Clone, Debug, Default)]
pub struct MemoryObjects {
    buckets: Arc<Mutex<BTreeMap<String, Bucket>>>,
    written_at: Option<DateTime<Utc>>,
}

type Bucket = BTreeMap<String, (Vec<u8>, DateTime<Utc>)>;

impl<T: ObjectStore + ?Sized> ObjectStore for Arc<T> {
    fn get(&self, bucket: &str, key: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        (**self).get(bucket, key)
    }

    fn list(&self, bucket: &str, prefix: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>> {
        (**self).list(bucket, prefix)
    }

    fn put(&self, bucket: &str, key: &str, body: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>> {
        (**self).put(bucket, key, body)
    }
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
        let written = self.written_at.unwrap_or_else(Utc::now);
        self.lock().entry(bucket.to_owned()).or_default().insert(key.to_owned(), (body.into(), written));
    }

    /// The content of an object.
    ///
    /// # Errors
    ///
    /// If there is no such bucket or no such object.
    pub fn content(&self, bucket: &str, key: &str) -> Result<Vec<u8>, ObjectError> {
        let buckets = self.lock();
        let bucket = buckets.get(bucket).ok_or(ObjectError::NoSuchBucket)?;
        bucket.get(key).map(|(body, _)| body.clone()).ok_or(ObjectError::NoSuchKey)
    }

    fn entries(&self, bucket: &str, prefix: &str) -> Result<Vec<ObjectEntry>, ObjectError> {
        let buckets = self.lock();
        let bucket = buckets.get(bucket).ok_or(ObjectError::NoSuchBucket)?;
        let entries = bucket.iter().filter(|(key, _)| key.starts_with(prefix)).map(|(key, (body, written))| {
            let etag = format!("\"{}\"", hash::digest(body, "MD5").unwrap_or_default());
            ObjectEntry { key: key.clone(), etag, size: body.len() as u64, last_modified: *written }
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

    fn list(&self, bucket: &str, prefix: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>> {
        Box::pin(std::future::ready(self.entries(bucket, prefix)))
    }

    fn put(&self, bucket: &str, key: &str, body: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>> {
        self.insert(bucket, key, body);
        Box::pin(std::future::ready(Ok(())))
    }
}

/// A store in a directory: buckets are its subdirectories, and keys are paths below them.
///
/// Keys that lead out of their bucket are refused.
#[derive(Clone, Debug)]
pub struct DirectoryObjects(PathBuf);

impl DirectoryObjects {
    /// The store in the given directory.
    pub fn new(root: impl Into<PathBuf>) -> DirectoryObjects {
        DirectoryObjects(root.into())
    }

    fn bucket(&self, bucket: &str) -> Result<PathBuf, ObjectError> {
        let path = below(&self.0, bucket)?;
        if path.is_dir() { Ok(path) } else { Err(ObjectError::NoSuchBucket) }
    }

    fn read(&self, bucket: &str, key: &str) -> Result<Vec<u8>, ObjectError> {
        std::fs::read(below(&self.bucket(bucket)?, key)?).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => ObjectError::NoSuchKey,
            _ => other(&error),
        })
    }

    fn write(&self, bucket: &str, key: &str, body: &[u8]) -> Result<(), ObjectError> {
        let path = below(&self.bucket(bucket)?, key)?;
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| other(&error))?;
        }
        std::fs::write(path, body).map_err(|error| other(&error))
    }

    fn entries(&self, bucket: &str, prefix: &str) -> Result<Vec<ObjectEntry>, ObjectError> {
        let (root, mut entries) = (self.bucket(bucket)?, Vec::new());
        collect(&root, &root, &mut entries).map_err(|error| other(&error))?;
        entries.retain(|entry| entry.key.starts_with(prefix));
        entries.sort_by(|left, right| left.key.cmp(&right.key));
        Ok(entries)
    }
}

impl ObjectStore for DirectoryObjects {
    fn get(&self, bucket: &str, key: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        Box::pin(std::future::ready(self.read(bucket, key)))
    }

    fn list(&self, bucket: &str, prefix: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>> {
        Box::pin(std::future::ready(self.entries(bucket, prefix)))
    }

    fn put(&self, bucket: &str, key: &str, body: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>> {
        Box::pin(std::future::ready(self.write(bucket, key, &body)))
    }
}

fn collect(root: &Path, folder: &Path, entries: &mut Vec<ObjectEntry>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let (path, metadata) = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)))?;
        if metadata.is_dir() {
            collect(root, &path, entries)?;
        } else if let Ok(key) = path.strip_prefix(root) {
            let parts: Vec<_> = key.iter().map(|part| part.to_string_lossy()).collect();
            let last_modified: DateTime<Utc> = metadata.modified()?.into();
            // Files change without their content being read.
            let etag = format!("\"{:x}-{:x}\"", last_modified.timestamp_micros(), metadata.len());
            entries.push(ObjectEntry { key: parts.join("/"), etag, size: metadata.len(), last_modified });
        }
    }
    Ok(())
}

/// The path of a name below a folder, if it stays there.
fn below(folder: &Path, name: &str) -> Result<PathBuf, ObjectError> {
    let stays = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if stays && !name.is_empty() { Ok(folder.join(name)) } else { Err(ObjectError::NoSuchKey) }
}

fn other(error: &std::io::Error) -> ObjectError {
    ObjectError::Other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_keep_objects_and_their_borders() {
        let root = std::env::temp_dir().join(format!("stepwright-objects-{}", std::process::id()));
        std::fs::create_dir_all(root.join("b")).unwrap();
        let store = DirectoryObjects::new(&root);
        store.write("b", "x/2", b"two").unwrap();
        store.write("b", "x/1", b"one").unwrap();
        assert_eq!(store.read("b", "x/1").unwrap(), b"one");
        let keys: Vec<_> = store.entries("b", "x/").unwrap().into_iter().map(|entry| entry.key).collect();
        assert_eq!(keys, ["x/1", "x/2"]);
        assert_eq!(store.read("b", "../../etc/passwd"), Err(ObjectError::NoSuchKey));
        assert_eq!(store.read("b", "none"), Err(ObjectError::NoSuchKey));
        assert_eq!(store.read("none", "x"), Err(ObjectError::NoSuchBucket));
        std::fs::remove_dir_all(root).unwrap();
    }
}
