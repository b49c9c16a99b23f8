//! JSONPath as the service has it: Jayway's paths, intrinsic functions, and the comparisons of choice rules.

pub(crate) mod comparison;
mod filter;
mod intrinsic;
pub(crate) mod intrinsics;
mod path;
mod reader;

pub(crate) use self::intrinsic::{ArgumentError, Intrinsic};
pub(crate) use self::path::{Missing, Path, ReferencePath};
