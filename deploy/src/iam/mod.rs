//! Policies of least privilege, computed from state machines.
//!
//! In reading order:
//!
//! * `policy.rs`: [`Policy`] and its [`Statement`]s, each with what needs it.
//! * `options.rs`: [`Options`], what the author has to say because no definition does.

mod options;
mod policy;

pub use options::Options;
pub use policy::{Condition, Need, Policy, Source, Statement, Text};
