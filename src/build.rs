//! The export by `cargo build`.
//!
//! A build script includes the module with the workflows, as programs do to make their shell completions, and exports it:
//!
//! ```no_run
//! // build.rs
//! # /*
//! #[path = "src/workflows.rs"]
//! mod workflows;
//! # */
//!
//! fn main() -> stepwright::build::Outcome {
//!     stepwright::build::export("asl")
//! }
//! ```
//!
//! `stepwright` and what the module itself uses are then build-dependencies, too. The module has to stand on its own: `crate::…`
//! means the build script there.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{ExitCode, Termination},
};

use stepwright_codegen::{
    export,
    files::{Change, Files},
};

/// How an export in a build script ended: an error fails the build.
#[must_use = "return it from the build script's `main`"]
#[derive(Debug)]
pub struct Outcome(Result<(), String>);

/// Writes the definitions, schemas and source maps of all workflows to a folder of the package, given relative to it.
///
/// Files that are as they should be are not touched; those of workflows that are gone are removed. While a package is being
/// verified for publishing, or is built as somebody's dependency from a registry, nothing is written.
pub fn export(directory: impl AsRef<Path>) -> Outcome {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let outcome = export_package(&package, directory.as_ref());
    if let Err(message) = &outcome {
        eprintln!("{message}");
    }
    Outcome(outcome)
}

impl Termination for Outcome {
    fn report(self) -> ExitCode {
        if self.0.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn export_package(package: &Path, directory: &Path) -> Result<(), String> {
    let files = export::of_program(package).map_err(|error| error.to_string())?;
    if is_packaged(package) {
        return Ok(());
    }
    let folder = package.join(directory);
    write(&files, &folder).map_err(|error| format!("the export to {} failed: {error}", folder.display()))?;
    // The build script itself is run again when it changes, which it does with the module that it includes. What is left
    // is that somebody changed or removed an exported file.
    tell(files.paths(directory).map(|path| format!("cargo::rerun-if-changed={}", path.display())));
    Ok(())
}

fn write(files: &Files, folder: &Path) -> io::Result<()> {
    let made = fs::metadata(env::current_exe()?)?.modified()?;
    for change in files.changes(folder)? {
        change.apply()?;
        if let Change::Write { path, .. } = change {
            // As old as the program that made it: Cargo would take a newer file for a change that somebody made meanwhile,
            // and build once more.
            fs::File::options().write(true).open(path)?.set_modified(made)?;
        }
    }
    Ok(())
}

/// Whether the package was made by `cargo package`: Cargo then keeps the original manifest beside its own.
fn is_packaged(package: &Path) -> bool {
    package.join("Cargo.toml.orig").exists()
}

#[expect(clippy::print_stdout, reason = "this is how build scripts talk to Cargo")]
fn tell(lines: impl Iterator<Item = String>) {
    lines.for_each(|line| println!("{line}"));
}
