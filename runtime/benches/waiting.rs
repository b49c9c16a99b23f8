//! How much memory a waiting execution takes.
//!
//! `cargo bench -p stepwright-runtime --bench waiting` starts 100,000 executions of each kind that wait in real time, and prints by how
//! much the process has grown for each. Linux only: the figure is read from `/proc`. A test holds what they allocate to its bar.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that fails has nothing else to say")]

#[path = "../tests/waiting/kinds.rs"]
mod kinds;

use serde_json::Value;

const EXECUTIONS: usize = 100_000;

fn main() {
    let kinds = kinds::kinds();
    let named = std::env::args().nth(1);
    match kinds.iter().find(|(what, _)| Some(*what) == named.as_deref()) {
        Some((what, state)) => measure(what, state),
        // Each in a process of its own, as freed memory is not given back.
        None => kinds.iter().for_each(|(what, _)| again(what)),
    }
}

fn again(what: &str) {
    let status = std::process::Command::new(std::env::current_exe().unwrap()).arg(what).status().unwrap();
    assert!(status.success());
}

fn measure(what: &str, state: &Value) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _inside = runtime.enter();
    let interpreter = kinds::interpreter(state);
    let before = resident();
    let executions: Vec<_> = (0..EXECUTIONS).map(|_| kinds::waiting(&interpreter)).collect();
    println!("waiting for {what}: {} bytes each", (resident() - before) / executions.len());
}

/// The memory that the process has, in bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap();
    status.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4_096
}
