//! Writes the state machines of the examples to `asl/`.

#[path = "src/lib.rs"]
mod workflows;

fn main() -> stepwright::build::Outcome {
    stepwright::build::export("asl")
}
