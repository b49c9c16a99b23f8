//! Compiles staged Rust workflows to the Amazon States Language.
