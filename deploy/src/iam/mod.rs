//! Policies of least privilege, computed from state machines.
//!
//! ```
//! use stepwright_asl::StateMachine;
//! use stepwright_deploy::{arn::Location, iam::{Machine, Options, execution_policy}};
//!
//! let definition: StateMachine = r#"{
//!     "QueryLanguage": "JSONata",
//!     "StartAt": "Save",
//!     "States": {"Save": {
//!         "Type": "Task",
//!         "Resource": "arn:aws:states:::dynamodb:putItem",
//!         "Arguments": {"TableName": "orders", "Item": "{% $states.input %}"},
//!         "End": true
//!     }}
//! }"#.parse()?;
//! let options = Options::default();
//! let machine = Machine::new("keep", &definition, &options);
//! let policy = execution_policy(&machine).unwrap();
//! let [statement] = &policy.statements[..] else { panic!("one statement") };
//! assert_eq!(statement.actions, ["dynamodb:PutItem"]);
//! let ireland = Location::new("aws", "eu-west-1", "123456789012");
//! assert_eq!(statement.resources[0].at(&ireland), "arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
//! # Ok::<(), stepwright_asl::ParseErrors>(())
//! ```
//!
//! In reading order:
//!
//! * `policy.rs`: [`Policy`] and its [`Statement`]s, each with what needs it; `explain.rs` tells that as text.
//! * `options.rs`: [`Options`], what the author has to say because no definition does; `unknown.rs`: what is still not known.
//! * `execution.rs`: [`execution_policy`], the rights of a machine's own role. `needs.rs` collects them, with what `argument.rs`
//!   and `../constant.rs` tell of the arguments of calls, and `name.rs` of what they name.
//! * `integration/`, `sdk/`, `map.rs`, `settings.rs`: where rights come from.
//! * `roles.rs`: the policies of those around a machine.

mod argument;
mod execution;
mod explain;
mod integration;
mod map;
mod name;
mod needs;
mod options;
mod policy;
mod rights;
mod roles;
mod sdk;
mod settings;
mod unknown;

pub(crate) use execution::CREDENTIALS;
pub use execution::{Machine, execution_policy};
pub use options::Options;
pub use policy::{Condition, Need, Policy, Source, Statement, Text};
pub use roles::{
    answer_policy, deploy_policy, execution_trust, redrive_policy, service_trust, start_policy, worker_policy,
};
pub use unknown::{Problem, Unknown};
