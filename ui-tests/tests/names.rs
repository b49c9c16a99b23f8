//! Names that two items of one program share, which only the export can see.

use std::process::Command;

#[test]
fn duplicate_names() {
    let export = Command::new(env!("CARGO_BIN_EXE_duplicate_names")).args(["export", "--check"]).output().unwrap();
    assert!(!export.status.success());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../staged");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("duplicate_names", String::from_utf8_lossy(&export.stderr)));
}
