//! Definitions as files: stable, written only when they change, removed when their workflow is gone.
//!
//! A manifest beside the files lists those that an export has written, so that it never removes any other.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    definition::Definition,
    diagnostic::Diagnostics,
    position::Position,
    task::{TaskEntry, WorkflowEntry},
};

/// The name of the manifest.
const MANIFEST: &str = ".stepwright";

/// The files of all workflows of a program, by name.
#[derive(Debug)]
pub struct Export {
    files: BTreeMap<String, String>,
}

impl Export {
    /// The files of all workflows that are linked into this program; paths in them are relative to the package.
    ///
    /// # Errors
    ///
    /// All mistakes in all workflows, and names that two workflows or two tasks share.
    pub fn of_program(package: &Path) -> Result<Self, ExportError> {
        let mut problems = collisions();
        let mut files = BTreeMap::new();
        for entry in WorkflowEntry::all() {
            match (entry.definition)() {
                Ok(definition) => files.extend(files_of(&definition, package)),
                Err(diagnostics) => problems.push(Problem::Definition(diagnostics)),
            }
        }
        if problems.is_empty() { Ok(Export { files }) } else { Err(ExportError { problems }) }
    }

    /// What would have to change in a directory, in the order of the file names; nothing if all is as it should be.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn changes(&self, directory: &Path) -> io::Result<Vec<Change>> {
        let manifest: String = self.files.keys().map(|name| format!("{name}\n")).collect();
        let written =
            self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).chain([(MANIFEST, manifest.as_str())]);
        let mut changes = Vec::new();
        for (name, text) in written {
            let path = directory.join(name);
            match read(&path)? {
                Some(found) if found == text => {}
                found => changes.push(Change::Write { path, text: text.to_owned(), is_new: found.is_none() }),
            }
        }
        let former = read(&directory.join(MANIFEST))?.unwrap_or_default();
        let stale = former.lines().filter(|name| !self.files.contains_key(*name) && is_file_name(name));
        let stale = stale.map(|name| directory.join(name)).filter(|path| path.exists());
        changes.extend(stale.map(|path| Change::Remove { path }));
        Ok(changes)
    }

    /// The files in a directory, the manifest among them.
    pub fn paths(&self, directory: &Path) -> impl Iterator<Item = PathBuf> {
        self.files.keys().map(String::as_str).chain([MANIFEST]).map(move |name| directory.join(name))
    }
}

fn files_of(definition: &Definition, package: &Path) -> [(String, String); 4] {
    let name = definition.name();
    [
        (format!("{name}.asl.json"), definition.to_json()),
        (format!("{name}.input.schema.json"), pretty(definition.input_schema())),
        (format!("{name}.output.schema.json"), pretty(definition.output_schema())),
        (format!("{name}.map.json"), pretty(&source_map(definition, package))),
    ]
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// For each state the place that it came from.
fn source_map(definition: &Definition, package: &Path) -> Value {
    let place = |at: Position| Value::from(format!("{}:{}:{}", relative(at.file, package), at.line, at.column));
    Value::Object(definition.source_map().iter().map(|(state, at)| (state.to_owned(), place(at))).collect())
}

/// The path of a file in a package, given as rustc names it: relative to the package, or to a folder above it.
fn relative(file: &str, package: &Path) -> String {
    let parts: Vec<_> = file.split(['/', '\\']).collect();
    let inside = (0..parts.len()).rev().find_map(|skipped| {
        let (above, inside) = parts.split_at_checked(skipped)?;
        let inside: PathBuf = inside.iter().collect();
        (package.ends_with(above.iter().collect::<PathBuf>()) && package.join(&inside).is_file()).then_some(inside)
    });
    let inside = inside.map(|path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"));
    inside.unwrap_or_else(|| file.to_owned())
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
    /// A file has to go: its workflow is no longer there.
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

/// Why there is nothing to export: every mistake that was found.
#[derive(Clone, Debug)]
pub struct ExportError {
    problems: Vec<Problem>,
}

#[derive(Clone, Debug)]
enum Problem {
    Definition(Diagnostics),
    Collision { what: &'static str, name: &'static str, places: [Position; 2] },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems.iter().try_for_each(|problem| writeln!(f, "{problem}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Definition(diagnostics) => diagnostics.fmt(f),
            Problem::Collision { what, name, places: [first, second] } => {
                writeln!(f, "error: two {what}s of this program are called `{name}`")?;
                writeln!(f, "  --> {first}")?;
                writeln!(f, "  --> {second}")?;
                write!(f, "  = help: give one of them another name: `#[{what}(name = \"…\")]`")
            }
        }
    }
}

impl std::error::Error for ExportError {}

/// Names that two workflows or two tasks share.
fn collisions() -> Vec<Problem> {
    let workflows =
        WorkflowEntry::all().into_iter().map(|entry| (entry.info)()).map(|info| (info.name, info.position()));
    let tasks = TaskEntry::all().into_iter().map(|entry| (entry.info)()).map(|info| (info.name, info.position()));
    let mut problems = same_names("workflow", workflows);
    problems.extend(same_names("task", tasks));
    problems
}

fn same_names(what: &'static str, named: impl Iterator<Item = (&'static str, Position)>) -> Vec<Problem> {
    let mut first = BTreeMap::new();
    named
        .filter_map(|(name, at)| {
            let earlier = *first.entry(name).or_insert(at);
            (earlier != at).then_some(Problem::Collision { what, name, places: [earlier, at] })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn export(files: &[(&str, &str)]) -> Export {
        Export { files: files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    /// Brings a directory up to date; gives the names of the files that changed.
    fn update(directory: &Path, files: &[(&str, &str)]) -> Vec<String> {
        let changes = export(files).changes(directory).unwrap();
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

    #[test]
    fn paths_are_relative_to_the_package() {
        let root = TempDir::new().unwrap();
        let package = root.path().join("examples");
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("src/orders.rs"), "").unwrap();
        assert_eq!(relative("examples/src/orders.rs", &package), "src/orders.rs");
        assert_eq!(relative(r"examples\src\orders.rs", &package), "src/orders.rs");
        assert_eq!(relative("src/orders.rs", &package), "src/orders.rs");
        assert_eq!(relative("elsewhere/src/orders.rs", &package), "elsewhere/src/orders.rs");
    }

    #[test]
    fn two_of_one_name_are_told_with_both_places() {
        let at = |line| Position { file: "src/a.rs", line, column: 1 };
        let named = [("fulfil", at(1)), ("charge", at(3)), ("fulfil", at(5)), ("charge", at(3))];
        let problems = same_names("workflow", named.into_iter());
        assert_eq!(
            ExportError { problems }.to_string(),
            "error: two workflows of this program are called `fulfil`\n  --> src/a.rs:1:1\n  --> src/a.rs:5:1\n  = help: give one of \
             them another name: `#[workflow(name = \"…\")]`\n"
        );
    }
}
