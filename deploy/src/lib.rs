//! What it takes to deploy state machines, computed from the machines themselves: data in, data out, no IO.
//!
//! In reading order:
//!
//! * [`arn`]: names of resources whose partition, region and account are filled in by whoever deploys.
//! * [`iam`]: policies of least privilege.

pub mod arn;
pub mod iam;
