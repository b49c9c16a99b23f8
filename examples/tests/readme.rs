//! The README shows what there is: code of the examples, the machine that it becomes, and what the program prints.

use std::{env, fs, path::Path, process::Command};

use stepwright_examples::jobs::run_job;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

/// The blocks of one language.
fn blocks(language: &str) -> Vec<String> {
    let readme = text("README.md");
    let blocks = readme.split("```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).map(str::to_owned).collect()
}

#[test]
fn the_workflow_is_one_of_the_examples() {
    let source = text("examples/src/jobs.rs");
    let shown = &blocks("rust")[0];
    assert!(shown.split("\n\n").all(|part| source.contains(part.trim_end())), "{shown}");
}

/// `BLESS=1` rewrites it.
#[test]
fn the_machine_is_what_the_workflow_becomes() {
    let readme = text("README.md");
    let (before, rest) = readme.split_once("```json\n").unwrap();
    let (shown, after) = rest.split_once("```\n").unwrap();
    let machine = run_job::definition().to_json();
    if env::var_os("BLESS").is_some() {
        fs::write(repository().join("README.md"), format!("{before}```json\n{machine}```\n{after}")).unwrap();
    } else {
        assert_eq!(shown, machine);
    }
}

#[test]
fn the_program_prints_what_is_shown() {
    let console = &blocks("console")[0];
    let (command, shown) = console.split_once('\n').unwrap();
    let arguments = command.strip_prefix("$ cargo run -p stepwright-examples -- ").unwrap().split(' ');
    let run = Command::new(env!("CARGO_BIN_EXE_stepwright-examples"))
        .args(arguments)
        .current_dir(repository())
        .output()
        .unwrap();
    let printed = [run.stderr, run.stdout].concat();
    assert_eq!(String::from_utf8(printed).unwrap(), shown);
}
