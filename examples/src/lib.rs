//! Example workflows; the machines they become are in `asl/`.

// The programs stay as they were given, to the letter.
#[rustfmt::skip]
pub mod classics;
#[rustfmt::skip]
pub mod jobs;
#[rustfmt::skip]
pub mod orders;
#[rustfmt::skip]
pub mod saga;
