//! Write AWS Step Functions workflows in typed Rust.
