//! Files that are made: stable, written only when they change, removed when they are no longer made.
//!
//! A manifest beside the files lists those that were written, so that no other file is ever removed.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// The name of the manifest.
const MANIFEST: &str = ".stepwright";

/// Files of one directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(
    /// Their texts, by name.
    pub BTreeMap<String, String>,
);

impl Files {
    /// What would have to change in a directory, in the order of the file names; nothing if all is as it should be.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn changes(&self, directory: &Path) -> io::Result<Vec<Change>> {
        let manifest: String = self.0.keys().map(|name| format!("{name}\n")).collect();
        let written =
            self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).chain([(MANIFEST, manifest.as_str())]);
        let mut changes = Vec::new();
        for (name, text) in written {
            let path = directory.join(name);
            match read(&path)? {
                Some(found) if found == text => {}
                found => changes.push(Change::Write { path, text: text.to_owned(), is_new: found.is_none() }),
            }
        }
        let former = read(&directory.join(MANIFEST))?.unwrap_or_default();
        let stale = former.lines().filter(|name| !self.0.contains_key(*name) && is_file_name(name));
        let stale = stale.map(|name| directory.join(name)).filter(|path| path.exists());
        changes.extend(stale.map(|path| Change::Remove { path }));
        Ok(changes)
    }

    /// The files in a directory, the manifest among them.
    pub fn paths(&self, directory: &Path) -> impl Iterator<Item = PathBuf> {
        self.0.keys().map(String::as_str).chain([MANIFEST]).map(move |name| directory.join(name))
    }
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_file_name(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|file| file == name)
}

/// What has to change on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file has to be written.
    Write {
        /// Which.
        path: PathBuf,
        /// What it shall hold.
        text: String,
        /// Whether there is none yet.
        is_new: bool,
    },
    /// A file has to go: it is no longer made.
    Remove {
        /// Which.
        path: PathBuf,
    },
}

impl Change {
    /// Makes the change.
    ///
    /// # Errors
    ///
    /// If the file cannot be written or removed.
    pub fn apply(&self) -> io::Result<()> {
        match self {
            Change::Write { path, text, .. } => {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(path, text)
            }
            Change::Remove { path } => fs::remove_file(path),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Change::Write { path, .. } | Change::Remove { path } => path,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Write { path, is_new: true, .. } => write!(f, "new      {}", path.display()),
            Change::Write { path, .. } => write!(f, "changed  {}", path.display()),
            Change::Remove { path } => write!(f, "removed  {}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn of(files: &[(&str, &str)]) -> Files {
        Files(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    /// Brings a directory up to date; gives the names of the files that changed.
    fn update(directory: &Path, files: &[(&str, &str)]) -> Vec<String> {
        let changes = of(files).changes(directory).unwrap();
        changes.iter().for_each(|change| change.apply().unwrap());
        changes.iter().map(|change| change.path().file_name().unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn only_what_changed_is_written() {
        let root = TempDir::new().unwrap();
        let directory = root.path().join("deep/asl");
        assert_eq!(update(&directory, &[("a.json", "1"), ("b.json", "2")]), ["a.json", "b.json", MANIFEST]);
        assert_eq!(update(&directory, &[("a.json", "1"), ("b.json", "2")]), [""; 0]);
        assert_eq!(update(&directory, &[("a.json", "1"), ("b.json", "3")]), ["b.json"]);
        assert_eq!(fs::read_to_string(directory.join("b.json")).unwrap(), "3");
    }

    #[test]
    fn what_is_gone_is_removed_and_nothing_else() {
        let root = TempDir::new().unwrap();
        let directory = root.path().join("asl");
        update(&directory, &[("a.json", "1"), ("b.json", "2")]);
        fs::write(directory.join("mine.json"), "").unwrap();
        fs::write(root.path().join("above.json"), "").unwrap();
        let manifest = directory.join(MANIFEST);
        fs::write(&manifest, fs::read_to_string(&manifest).unwrap() + "../above.json\n").unwrap();
        assert_eq!(update(&directory, &[("a.json", "1")]), [MANIFEST, "b.json"]);
        assert!(!directory.join("b.json").exists());
        assert!(directory.join("mine.json").exists());
        assert!(root.path().join("above.json").exists());
    }
}
