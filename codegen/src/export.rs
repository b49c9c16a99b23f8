//! The definitions of a program, and as files.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    definition::Definition,
    diagnostic::Diagnostics,
    files::Files,
    info::TaskKind,
    position::Position,
    task::{TaskEntry, WorkflowEntry},
};

/// The files of all workflows that are linked into this program; paths in them are relative to the package.
///
/// # Errors
///
/// All mistakes in all workflows, and names that two workflows or two tasks share.
pub fn of_program(package: &Path) -> Result<Files, ExportError> {
    let definitions = definitions()?;
    Ok(Files(definitions.iter().flat_map(|definition| files_of(definition, package)).collect()))
}

/// All workflows that are linked into this program, in the order of their places.
///
/// # Errors
///
/// All mistakes in all workflows, and names that two workflows or two tasks share.
pub fn definitions() -> Result<Vec<Definition>, ExportError> {
    let mut problems = collisions();
    let mut definitions = Vec::new();
    for entry in WorkflowEntry::all() {
        match (entry.definition)() {
            Ok(definition) => definitions.push(definition),
            Err(diagnostics) => problems.push(Problem::Definition(diagnostics)),
        }
    }
    if problems.is_empty() { Ok(definitions) } else { Err(ExportError { problems }) }
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

/// Names that two workflows share, or two tasks that are called by their names.
fn collisions() -> Vec<Problem> {
    let workflows =
        WorkflowEntry::all().into_iter().map(|entry| (entry.info)()).map(|info| (info.name, info.position()));
    let tasks = TaskEntry::all().into_iter().map(|entry| (entry.info)());
    let tasks = tasks.filter(|info| !matches!(info.kind, TaskKind::Resource(_)));
    let tasks = tasks.map(|info| (info.name, info.position()));
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
    use std::fs;

    use tempfile::TempDir;

    use super::*;

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
