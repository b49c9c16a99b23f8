//! Write AWS Step Functions workflows in typed Rust.
//!
//! A workflow is an `async fn`. It can be called like any other, and it is a state machine: conditions, arithmetic and
//! reshaping become JSONata inside of its states, calls of tasks become Task states. The exported machine runs in process as
//! well, with the Rust functions as its tasks, and gives the same results.
//!
//! ```
//! use std::time::Duration;
//! use stepwright::prelude::*;
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TaskError)]
//! enum PaymentError {
//!     Declined { code: String },
//!     Gateway,
//! }
//!
//! /// Charges a card; done by a Lambda function of this name.
//! #[task(timeout = "30s", retry(on(PaymentError::Gateway), max_attempts = 3))]
//! async fn charge(card: &str, amount: u64) -> Result<String, PaymentError> {
//!     if card == "stolen" { Err(PaymentError::Declined { code: "51".into() }) } else { Ok(format!("r-{amount}")) }
//! }
//!
//! #[workflow]
//! async fn buy(card: String, prices: Vec<u64>) -> Result<Option<String>, PaymentError> {
//!     let total: u64 = prices.iter().sum();
//!     if total == 0 {
//!         return Ok(None);
//!     }
//!     let receipt = charge(&card, total).await?;
//!     sleep(Duration::from_secs(3600)).await;
//!     Ok(Some(receipt))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! // The exported machine, in virtual time.
//! let run = buy::local().run(("mine".into(), vec![3, 4])).await;
//! assert_eq!(run.result(), Ok(Some("r-7".into())));
//! assert_eq!(run.transitions(), 3);
//!
//! let run = buy::local().run(("stolen".into(), vec![3, 4])).await;
//! let failure = run.result().unwrap_err();
//! assert_eq!(failure.name, "PaymentError.Declined");
//! assert_eq!(failure.error, Some(PaymentError::Declined { code: "51".into() }));
//!
//! // The same with a stand-in for the task.
//! let run = buy::local().mock::<charge>(|card, amount| Ok(format!("{card} {amount}"))).run(("x".into(), vec![1])).await;
//! assert_eq!(run.result(), Ok(Some("x 1".into())));
//!
//! // What is deployed.
//! let machine = buy::definition().to_json();
//! assert!(machine.contains("arn:aws:states:::lambda:invoke"));
//! # }
//! ```
//!
//! * [`prelude`] is what a module with workflows imports. `serde` and `schemars` have to be dependencies, too, and `thiserror`
//!   where errors are to have a text.
//! * [`build`] exports the machines by `cargo build`; [`main!`] makes a program of a binary that exports and runs them.
//! * [`test_state`] tests a single state of a machine as the service does, and shows each step of its data's way; [`mocks`] let
//!   Task states answer by name, resource and attempt, also from the mock files of Step Functions Local.
//! * Natively, waiting and time-outs are tokio's, so a workflow runs inside a tokio runtime, and paused time works. Its future moves
//!   between threads (is `Send`) unless a closure in [`map()`] captures variables.
//! * What tasks share, such as clients of services, is kept in a [`Shared`].
//!
//! Features:
//!
//! * `cli`, on by default, is what [`main!`] needs.
//! * `lambda`: a program that calls [`main!`] is the handler of its tasks when Lambda starts it; the module `lambda` tells the rules.
//! * `aws-sdk` has `aws_sdk!`, typed tasks for any action of any AWS service; the features `aws-…` have those of the optimized
//!   integrations, in the module [`aws`].
//! * `sfn`: the commands `worker` and `token` of [`main!`], and answers to a [`TaskToken`] through the service.

// Code that this crate generates for itself names it as that of users does.
extern crate self as stepwright;

mod answer;
#[cfg(feature = "cli")]
mod cli;
mod guard;
mod local;
mod machine;
mod mock;
mod native;
mod run_failure;
#[cfg(feature = "sfn")]
mod sfn;
mod shared;
mod token;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod aws;
pub mod build;
#[cfg(feature = "lambda")]
pub mod lambda;
pub mod prelude;

pub use local::{FailurePlace, Local, LocalRun};
pub use machine::Machine;
pub use mock::{Arguments, MockTask};
pub use native::{
    Call, Context, DistributedMap, MapCall, Native, NativeRun, StartCall, TaskCall, WorkflowCall, base64_decode,
    base64_encode, context, distributed_map, hash, map, now, random, sleep, sleep_until, uuid,
};
pub use run_failure::RunFailure;
pub use shared::Shared;
pub use stepwright_asl as asl;
/// Typed tasks for actions of AWS services: `aws_sdk!(s3::{head_object, list_objects_v2}, dynamodb::query);`
///
/// Each service becomes a module of its name, in which each action is a task without a body: an `async fn` that takes a `…Request`, answers
/// a `…Response` and fails with an `…Error`. A service is named as in the resource `arn:aws:states:::aws-sdk:<service>:<action>`, an
/// action as its API in Rust's spelling.
///
/// * Members that the API requires are plain fields, others are `Option`s, so that a request is written with what it has and
///   `..Default::default()`. Of an answer, what the API always gives is plain: Step Functions holds mocked results against the same rule.
/// * A member with known values is a `String`, because services add values at any time; the values are constants of a type of its name,
///   such as `s3::StorageClass::GLACIER`.
/// * The variants of an error are those of the API's model, then `SdkClient`, when the service could not be reached, and `Other`. Each
///   holds the cause.
/// * `…_wait_for_task_token` behind an action's name gives the task that waits for an answer to the token that its request is made of.
/// * Times are `chrono::DateTime<Utc>`, bytes texts, documents `serde_json::Value`, which is `null` where there is none.
///
/// ```
/// use stepwright::prelude::*;
///
/// stepwright::aws_sdk!(s3::head_object);
///
/// #[workflow]
/// async fn size(bucket: String, key: String) -> Result<Option<i64>, s3::HeadObjectError> {
///     match s3::head_object(s3::HeadObjectRequest { bucket, key, ..Default::default() }).await {
///         Ok(object) => Ok(object.content_length),
///         Err(s3::HeadObjectError::NoSuchKey(_)) => Ok(None),
///         Err(error) => Err(error),
///     }
/// }
/// ```
///
/// The functions are called in workflows only: natively and locally they need a mock, `.mock::<s3::head_object>(…)`.
#[cfg(feature = "aws-sdk")]
pub use stepwright_aws_macros::aws_sdk;
pub use stepwright_codegen::stage::WorkflowValue;
pub use stepwright_codegen::{
    cost::CostReport,
    data::Data,
    definition::{Definition, TaskDefinition},
    diagnostic::{Code, Diagnostic, Diagnostics},
    distributed::{
        S3Csv, S3Inventory, S3InventoryObject, S3Json, S3JsonLines, S3Object, S3Objects, S3Prefix, WrittenResults,
    },
    error::{Failure, TaskError, TaskFailure},
    hash::Hash,
    info::Jitter,
    outcome::Never,
    retry::Retry,
    started::Started,
};
#[cfg(feature = "cli")]
pub use stepwright_deploy as deploy;
pub use stepwright_macros::{Data, TaskError, pure, task, workflow};
pub use stepwright_runtime::{
    DirectoryObjects, ExecutionStatus, HistoryEvent, MemoryObjects, ObjectStore, mocks, test_state,
};
pub use token::{TaskToken, TokenError};
