//! What it takes to deploy state machines, computed from the machines themselves: data in, data out, no IO.
//!
//! In reading order:
//!
//! * [`arn`]: names of resources whose partition, region and account are filled in by whoever deploys.
//! * [`iam`]: policies of least privilege.
//! * [`drift`]: what is different about a machine that is deployed.
//! * [`stack`]: what is to be deployed, as the program describes it; [`options`]: what its author wants of that.
//! * `plan/`: the resources that this comes to; `text.rs` and `tree.rs` are texts and JSON of which parts are open.
//! * [`target`]: the same in the words of those who deploy it.

pub mod arn;
mod constant;
mod draft4;
pub mod drift;
mod fingerprint;
pub mod iam;
mod id;
pub mod nearest;
pub mod options;
mod placeholder;
mod plan;
pub mod stack;
pub mod target;
mod text;
mod tree;

pub use plan::{StackError, StackErrors};
