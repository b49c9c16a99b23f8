//! How much memory executions hold while they wait.
//!
//! What is counted is what they have allocated, to the byte and the same in every run; `benches/waiting.rs` measures by how much a
//! process grows. Futures have the same size however they are optimized.
#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

mod kinds;

const EXECUTIONS: usize = 1_000;

/// For each execution, in bytes, with its share of what all of them have in common, such as the table of tokens.
const MOST: usize = 1_536;

#[test]
fn a_waiting_execution_holds_little() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _inside = runtime.enter();
    for (what, state) in kinds::kinds() {
        let interpreter = kinds::interpreter(&state);
        let mut executions = Vec::with_capacity(EXECUTIONS);
        let allocated = allocation_counter::measure(|| {
            executions.extend((0..EXECUTIONS).map(|_| kinds::waiting(&interpreter)));
        });
        let each = usize::try_from(allocated.bytes_current).unwrap() / EXECUTIONS;
        println!("waiting for {what}: {each} bytes each");
        assert!(each > 0 && each < MOST, "an execution that waits for {what} holds {each} bytes");
    }
}
