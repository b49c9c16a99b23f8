//! What it takes to deploy state machines, computed from the machines themselves: data in, data out, no IO.
//!
//! In reading order:
//!
//! * [`arn`]: names of resources whose partition, region and account are filled in by whoever deploys.

pub mod arn;
