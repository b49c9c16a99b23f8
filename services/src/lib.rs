//! What AWS's APIs take and answer: the shapes of it, and whether a value has such a shape.
//!
//! The models are those of Python's `botocore`, without documentation, made by `generate.py` beside this crate. [`CommonModels`] contains the
//! services that state machines call most, [`ModelFolder`] reads all of them, or any others, from files.
//!
//! ```
//! use stepwright_services::{CommonModels, ServiceModels, Spelling, Strictness};
//!
//! let lambda = CommonModels.service("lambda")?.expect("a common service");
//! let shape = lambda.result_of("getFunction").flatten().expect("an API with a result");
//! let result = serde_json::json!({ "Configuration": { "MemorySize": 64 } });
//! let result = result.as_object().expect("an object");
//! let mismatch = lambda.check(shape, result, Spelling::Sdk, Strictness::Strict).unwrap_err();
//! assert_eq!(mismatch.to_string(), "Field 'MemorySize' is less than the minimum value");
//! # Ok::<(), stepwright_services::ModelError>(())
//! ```
//!
//! Where to start reading: `model.rs` is a service's model, `spelling.rs` how Step Functions writes its names, `check.rs` compares
//! values with it.

mod check;
mod common;
mod folder;
mod model;
mod spelling;

pub use check::{Mismatch, Strictness};
pub use common::CommonModels;
pub use folder::ModelFolder;
pub use model::{Bounds, ErrorCode, Metadata, ModelError, Operation, ServiceModel, ServiceModels, Shape, ShapeRef};
pub use spelling::{Spelling, action, capitalized};
