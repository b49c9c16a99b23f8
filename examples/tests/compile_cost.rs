//! What `#[workflow]` costs when a user's crate is compiled, as ratios: run by `.ci/run compile-cost`, not with the other tests,
//! because it takes minutes.
//!
//! * `cargo check` of 100 workflows of 20 statements, against the same functions without the attribute;
//! * expansion and staging of 10, 100 and 400 workflows, which must grow no faster than their number.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::SystemTime,
};

use tempfile::TempDir;

/// How much longer `cargo check` may take with the attribute.
const CHECK_RATIO: f64 = 2.5;

/// How much longer a workflow among 400 may take than one among 100: measurements of seconds differ by about this much.
const GROWTH: f64 = 1.5;

const MANIFEST: &str = r#"
[package]
name = "compile-cost"
version = "1.0.0"
edition = "2024"

[workspace]

[dependencies]
schemars = "1.2"
serde = "1"
stepwright = { path = "ROOT", default-features = false }
"#;

const HEAD: &str = r#"
use std::time::Duration;
use stepwright::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order { pub id: String, pub lines: Vec<Line>, pub note: Option<String> }

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
pub struct Line { pub sku: String, pub quantity: u64, pub price: u64 }

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
pub enum Status { Waiting, Running { percent: u8 }, Done { url: String } }

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Refused { Declined { code: String }, Busy }

#[task] pub async fn charge(id: String, amount: u64) -> Result<String, Refused> { Ok(format!("{id}{amount}")) }
#[task] pub async fn pick(line: Line) -> String { line.sku }
#[task] pub async fn start(id: String) -> String { id }
#[task] pub async fn status(job: String, poll: u32) -> Status { if poll > 1 { Status::Done { url: job } } else { Status::Waiting } }
"#;

/// A workflow of 20 statements of all common kinds.
const WORKFLOW: &str = r#"
ATTRIBUTE
pub async fn workflow_NUMBER(order: Order, limit: u64) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.quantity).sum();
    if total > limit || total == 0 {
        return Err(Refused::Declined { code: format!("{total}") });
    }
    let receipt = match charge(order.id.clone(), total).await {
        Ok(receipt) => receipt,
        Err(Refused::Busy) => return Err(Refused::Busy),
        Err(Refused::Declined { code }) => code,
    };
    let mut picked: Vec<String> = Vec::new();
    for line in order.lines.clone() {
        let sku = pick(line).await;
        picked.push(sku);
    }
    let job = start(order.id.clone()).await;
    let mut polls: u32 = 0;
    let mut percent: u8 = 0;
    let url = loop {
        polls += 1;
        match status(job.clone(), polls).await {
            Status::Done { url } => break url,
            Status::Running { percent: now } => percent = now,
            Status::Waiting => {}
        }
        if polls > 10 { break String::new(); }
        sleep(Duration::from_secs(30)).await;
    };
    let note = order.note.clone().unwrap_or("none".to_string());
    let names = picked.join(", ");
    Ok(format!("{receipt} {url} {note} {names} {percent}"))
}
"#;

struct Package {
    root: TempDir,
}

impl Package {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fs::create_dir(root.path().join("src")).unwrap();
        fs::write(root.path().join("Cargo.toml"), MANIFEST.replace("ROOT", ours.to_str().unwrap())).unwrap();
        fs::copy(ours.join("Cargo.lock"), root.path().join("Cargo.lock")).unwrap();
        Package { root }
    }

    /// Writes so many workflows; `main` follows them.
    fn write(&self, number: usize, attribute: &str, main: &str) {
        let mut source = HEAD.to_owned();
        for number in 0..number {
            let _ =
                write!(source, "{}", WORKFLOW.replace("ATTRIBUTE", attribute).replace("NUMBER", &number.to_string()));
        }
        fs::write(self.root.path().join("src/main.rs"), source + main).unwrap();
    }

    /// Runs Cargo; gives the processor time that it took, which others on the machine do not change much.
    fn cargo(&self, command: &str) -> f64 {
        let mut shell = Command::new("sh");
        shell.args(["-c", r#""$0" "$@" && times"#, env!("CARGO"), command, "--quiet"]).current_dir(self.root.path());
        shell.env("CARGO_TARGET_DIR", target()).env("CARGO_INCREMENTAL", "0").env("RUSTFLAGS", "-Awarnings");
        let output = shell.stderr(Stdio::inherit()).output().unwrap();
        assert!(output.status.success());
        let times = String::from_utf8(output.stdout).unwrap();
        times.lines().nth(1).unwrap().split_whitespace().map(seconds).sum()
    }

    /// The shortest of some times of `cargo check`, in which nothing but the package itself is checked.
    fn check(&self) -> f64 {
        let time = || {
            let main = fs::File::options().append(true).open(self.root.path().join("src/main.rs")).unwrap();
            main.set_modified(SystemTime::now()).unwrap();
            self.cargo("check")
        };
        time();
        (0..5).map(|_| time()).fold(f64::INFINITY, f64::min)
    }
}

/// `1m2.5s`, as the shell's `times` says it.
fn seconds(time: &str) -> f64 {
    let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-cost")
}

const NO_MAIN: &str = "fn main() {}";

/// Compiles all workflows three times; prints the shortest time.
const STAGE: &str = r#"
fn main() {
    let stage = || {
        let started = std::time::Instant::now();
        DEFINITIONS
        started.elapsed()
    };
    println!("{}", (0..3).map(|_| stage()).min().unwrap().as_micros());
}
"#;

#[test]
#[ignore = "takes minutes: `.ci/run compile-cost`"]
fn check_with_and_without_the_attribute() {
    let package = Package::new();
    let mut times = Vec::new();
    for (number, attribute) in [(100, ""), (10, "#[workflow]"), (100, "#[workflow]"), (400, "#[workflow]")] {
        package.write(number, attribute, NO_MAIN);
        let time = package.check();
        println!(
            "cargo check of {number:3} {}: {time:.2} s",
            if attribute.is_empty() { "functions" } else { "workflows" }
        );
        times.push(time);
    }
    let [plain, ten, hundred, all] = times.try_into().unwrap();
    let ratio = hundred / plain;
    let growth = (all - ten) / 390.0 / ((hundred - ten) / 90.0);
    println!(
        "workflows against functions: {ratio:.2} of at most {CHECK_RATIO}; a workflow among 400 against one among 100: {growth:.2}"
    );
    assert!(ratio <= CHECK_RATIO && growth <= GROWTH);
}

#[test]
#[ignore = "takes minutes: `.ci/run compile-cost`"]
fn staging_grows_with_the_number_of_workflows() {
    let package = Package::new();
    let mut times = Vec::new();
    for number in [10_u32, 100, 400] {
        let definitions: String = (0..number).map(|number| format!("workflow_{number}::definition();")).collect();
        package.write(number as usize, "#[workflow]", &STAGE.replace("DEFINITIONS", &definitions));
        package.cargo("build");
        let output = Command::new(target().join("debug/compile-cost")).output().unwrap();
        let micros: f64 = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
        println!("staging of {number:3} workflows, unoptimized: {:.1} ms each", micros / 1_000.0 / f64::from(number));
        times.push(micros / f64::from(number));
    }
    assert!(times[2] <= times[1] * GROWTH && times[1] <= times[0] * GROWTH, "{times:?}");
}
