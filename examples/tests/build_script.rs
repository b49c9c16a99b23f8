//! The way of a user: a package of one's own whose build script exports its workflows.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::SystemTime,
};

use tempfile::TempDir;

const MANIFEST: &str = r#"
[package]
name = "NAME"
version = "1.0.0"
edition = "2024"

[workspace]

[dependencies]
schemars = "1.2"
serde = "1"
stepwright = { path = "ROOT" }

[build-dependencies]
schemars = "1.2"
serde = "1"
stepwright = { path = "ROOT" }
"#;

const BUILD: &str = r#"
#[path = "src/workflows.rs"]
mod workflows;

fn main() -> stepwright::build::Outcome {
    stepwright::build::export("asl")
}
"#;

const MAIN: &str = r#"
mod workflows;

fn main() -> std::process::ExitCode {
    stepwright::main!()
}
"#;

const WORKFLOWS: &str = r#"
use stepwright::prelude::*;

#[task]
pub async fn double(value: u32) -> u32 {
    value * 2
}

#[workflow]
pub async fn first(value: u32) -> u32 {
    double(value + 1).await
}

#[workflow]
pub async fn second(value: u32) -> u32 {
    double(value + 2).await
}
"#;

/// A package outside of the workspace, which shares what is compiled already.
struct Package {
    root: TempDir,
}

impl Package {
    /// Packages that are built at the same time need names of their own.
    fn new(name: &str) -> Self {
        let package = Package { root: TempDir::new().unwrap() };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fs::create_dir(package.path("src")).unwrap();
        fs::copy(workspace.join("Cargo.lock"), package.path("Cargo.lock")).unwrap();
        package.write("Cargo.toml", &MANIFEST.replace("NAME", name).replace("ROOT", workspace.to_str().unwrap()));
        package.write("build.rs", BUILD);
        package.write("src/main.rs", MAIN);
        package.write("src/workflows.rs", WORKFLOWS);
        package
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).arg("--offline").current_dir(&self.root).env("CARGO_TARGET_DIR", target).output().unwrap()
    }

    /// What Cargo says when it builds.
    fn build(&self) -> String {
        let output = self.cargo(&["build"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        said
    }

    /// The exported files with their contents and the times of their last change.
    fn exported(&self) -> BTreeMap<String, (String, SystemTime)> {
        let files = fs::read_dir(self.path("asl")).unwrap().map(|file| file.unwrap().path());
        let read = |path: PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, (fs::read_to_string(&path).unwrap(), path.metadata().unwrap().modified().unwrap()))
        };
        files.map(read).collect()
    }
}

/// The names of the files that differ.
fn changed(
    before: &BTreeMap<String, (String, SystemTime)>,
    after: &BTreeMap<String, (String, SystemTime)>,
) -> Vec<String> {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

#[test]
fn a_build_exports_what_changed() {
    let package = Package::new("user-exports");
    package.build();
    let built = package.exported();
    let kinds = ["asl", "input.schema", "map", "output.schema"];
    let files = ["first", "second"].iter().flat_map(|name| kinds.map(|kind| format!("{name}.{kind}.json")));
    let files: Vec<_> = [".stepwright".to_owned()].into_iter().chain(files).collect();
    assert_eq!(built.keys().cloned().collect::<Vec<_>>(), files);

    let said = package.build();
    assert!(!said.contains("Compiling"), "the second build has something to do:\n{said}");
    assert_eq!(changed(&built, &package.exported()), [""; 0]);

    package.write("src/workflows.rs", &WORKFLOWS.replace("value + 1", "value + 3"));
    package.build();
    let edited = package.exported();
    assert_eq!(changed(&built, &edited), ["first.asl.json"]);

    fs::remove_file(package.path("asl/second.map.json")).unwrap();
    package.build();
    assert_eq!(package.exported()["second.map.json"].0, edited["second.map.json"].0);

    let (kept, _) = WORKFLOWS.rsplit_once("#[workflow]").unwrap();
    package.write("src/workflows.rs", kept);
    package.build();
    assert_eq!(package.exported().keys().filter(|name| name.starts_with("second")).count(), 0);
}

#[test]
fn a_mistake_fails_the_build_and_names_its_place() {
    let package = Package::new("user-errs");
    let mistaken =
        WORKFLOWS.replace("value: u32", "value: u64").replace("u32 {", "u64 {").replace("value + 2", "value + BIG");
    package.write("src/workflows.rs", &format!("{mistaken}\nconst BIG: u64 = 1 << 60;\n"));
    let output = package.cargo(&["build"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("error[SW"), "{said}");
    assert!(said.contains("--> src/workflows.rs:16:20"), "{said}");
    assert!(!package.path("asl").exists());
}

#[test]
fn a_packaged_package_is_left_alone() {
    let package = Package::new("user-packages");
    package.write("Cargo.toml.orig", "");
    package.build();
    assert!(!package.path("asl").exists());
}
