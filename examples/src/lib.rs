//! Example workflows; the machines they become are in `asl/`.

pub mod classics;
pub mod jobs;
pub mod orders;
pub mod saga;
