use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{ObjectEntry, ObjectError, ObjectStore};
use crate::task_handler::BoxFuture;

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
