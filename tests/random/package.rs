//! The package that the programs are written into.

use std::{env, fmt::Write, fs, path::Path, process::Command};

const MANIFEST: &str = r#"
[package]
name = "random-programs"
version = "0.0.0"
edition = "2024"

[workspace]

[[bin]]
name = "random-programs"
path = "main.rs"

[dependencies]
insta = "1.49"
proptest = { version = "1.12", default-features = false, features = ["std"] }
schemars = { version = "1.2", features = ["preserve_order", "chrono04"] }
serde = { version = "1", features = ["derive"] }
serde_json = { version = "1", features = ["preserve_order"] }
stepwright = { path = "ROOT" }
thiserror = "2"
tokio = { version = "1", features = ["rt", "time", "sync", "macros", "test-util"] }

[profile.dev]
debug = 0
"#;

/// Programs in one module: rustc's memory and the time of a rebuild grow with it.
const PER_MODULE: usize = 25;

/// Builds the package of these programs and runs each with so many inputs.
pub(crate) fn run(programs: &[String], inputs: u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random");
    fs::create_dir_all(package.join("programs")).unwrap();
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let write = |name: &str, text: &str| {
        fs::write(package.join(name), text.replace("ROOT", root.to_str().unwrap())).unwrap();
    };
    write("Cargo.toml", MANIFEST);
    write("main.rs", include_str!("package/main.rs"));
    write("programs/mod.rs", &index(programs.len()));
    for (number, chunk) in programs.chunks(PER_MODULE).enumerate() {
        write(&format!("programs/p{number}.rs"), &module(number * PER_MODULE, chunk));
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--offline"]).current_dir(&package);
    cargo.env("CARGO_TARGET_DIR", target).env("PROPTEST_CASES", inputs.to_string());
    let output = cargo.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "in {}:\n{complained}\n{said}", package.display());
}

/// The list of all programs.
fn index(count: usize) -> String {
    let mut text = String::new();
    for module in 0..count.div_ceil(PER_MODULE) {
        writeln!(text, "mod p{module};").unwrap();
    }
    writeln!(text, "pub const ALL: &[crate::Program] = &[").unwrap();
    for index in 0..count {
        writeln!(text, "    (\"w{index}\", p{}::c{index}),", index / PER_MODULE).unwrap();
    }
    text + "];\n"
}

fn module(first: usize, programs: &[String]) -> String {
    let mut text = "use std::collections::BTreeMap;\nuse stepwright::prelude::*;\nuse crate::world::*;\n".to_owned();
    for (index, program) in (first..).zip(programs) {
        writeln!(text, "\n{program}").unwrap();
        writeln!(text, "pub fn c{index}() -> crate::support::Case {{ program!(w{index}) }}").unwrap();
    }
    text
}
