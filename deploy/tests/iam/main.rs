//! Tests of policies.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod collected;
mod goldens;
mod maps;
mod roles;
mod unknown;
