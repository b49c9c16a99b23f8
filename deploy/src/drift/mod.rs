//! What is different between a machine and what is deployed of it.
//!
//! ```
//! use stepwright_asl::StateMachine;
//! use stepwright_deploy::drift::{Comparison, Deployed};
//!
//! let machine: StateMachine = r#"{"StartAt": "A", "States": {
//!     "A": {"Type": "Task", "Resource": "${Charge}", "TimeoutSeconds": 30, "End": true}
//! }}"#.parse()?;
//! let deployed = r#"{"StartAt": "A", "States": {
//!     "A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:charge", "TimeoutSeconds": 60, "End": true}
//! }}"#;
//! let deployed = Deployed::find(&deployed.parse().unwrap(), "orders").unwrap();
//! let drift = Comparison::new("orders").compare(&machine, &deployed);
//! assert_eq!(drift.states[0].changes[0].pointer, "/States/A/TimeoutSeconds");
//! # Ok::<(), stepwright_asl::ParseErrors>(())
//! ```
//!
//! In reading order:
//!
//! * `deployed.rs`: [`Deployed`], the machine in what the service or a template says.
//! * `compare.rs`: [`Comparison`], which gives a [`Drift`], state by state; `rename.rs` finds states that only have another name,
//!   `equal.rs` says which values mean the same.
//! * `running.rs`: [`Effect`], what the difference means for executions that run.
//! * `schema.rs`: [`Break`], what input is no longer taken, and what output is new; `bounds.rs` has the keywords that
//!   bound values.
//! * `report.rs`: all of it as text.

mod bounds;
mod compare;
mod deployed;
mod equal;
mod rename;
mod report;
mod running;
mod schema;

pub use compare::{Change, Comparison, Drift, Fate, StateDrift};
pub use deployed::{Deployed, NoDefinition};
pub use running::Effect;
pub use schema::{Break, Broken, Side, breaks};
