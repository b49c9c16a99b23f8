//! Files that are brought up to date.

use std::{io, path::Path, process::ExitCode};

use stepwright_codegen::files::Files;

use super::{Done, say};

/// Writes what has to change in a directory, or only tells it; `command` makes the files.
pub(super) fn update(files: &Files, directory: &Path, check: bool, command: &str) -> Done {
    let failed = |error: io::Error| format!("error: cannot write to {}: {error}", directory.display());
    let changes = files.changes(directory).map_err(failed)?;
    for change in &changes {
        if !check {
            change.apply().map_err(failed)?;
        }
        say(change);
    }
    if check && !changes.is_empty() {
        return Err(format!("error: {} is not what the workflows say: run `{command}`", directory.display()));
    }
    Ok(ExitCode::SUCCESS)
}
