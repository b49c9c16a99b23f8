//! JSONPath as the service has it: Jayway's paths, intrinsic functions, and the comparisons of choice rules.
//!
//! What is written is read by `stepwright_asl::jsonpath`; here it is made ready and evaluated.

mod aggregate;
pub(crate) mod comparison;
mod filter;
mod intrinsic;
pub(crate) mod intrinsics;
mod java;
mod path;
mod reference_path;
mod select;
mod worth;

pub(crate) use self::intrinsic::{ArgumentError, Intrinsic};
pub(crate) use self::path::{NoResult, Path};
pub(crate) use self::reference_path::ReferencePath;
