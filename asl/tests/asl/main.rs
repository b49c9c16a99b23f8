//! Tests of the crate's whole surface: real definitions, refusals, printing, rules, random documents.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests fail by panicking, and say why they are skipped"
)]

mod catalogue;
mod collected;
mod conformance;
mod costs;
mod graphs;
mod hostile;
mod jsonata;
mod printing;
mod random;
mod recorded;
mod refusals;
mod rules;
mod walks;
