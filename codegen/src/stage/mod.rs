//! What a staged twin calls: typed handles for values, a builder for statements, and the library of methods.
//!
//! Generic functions here are shells of one line over functions of [`ExprId`](crate::ir::ExprId)s, so that a user's crate
//! compiles little of them. A function that only tells rustc a type, and is never called, comes as a pointer: a call that is
//! generic over a closure's type takes rustc twice as long to check.

mod builder;
mod canonical;
mod capture;
mod child;
mod constant;
mod control;
mod convert;
mod distributed;
mod effects;
mod expr;
mod fixed;
mod format;
mod json_text;
mod map_effect;
pub mod node;
mod omitted;
mod operands;
mod operators;
mod parallel;
mod parameters;
mod pattern;
mod pending;
mod place;
mod raised;
mod recorder;
mod shape;

mod assoc_fns;
pub mod attribute;
mod collect;
mod cursor;
mod float;
mod generic;
mod integer;
mod iter;
mod keyed;
mod list;
mod map;
mod number;
mod option;
mod order;
mod parse;
pub mod prelude;
mod range;
mod result;
mod retry;
mod sides;
mod sort;
mod status;
mod string;
mod sum;
pub(crate) mod time;
mod value;
mod vec;

pub mod assoc {
    //! The associated functions of std's types, as traits whose methods start with `stage_`.
    pub use super::{assoc_fns::*, constant::StageList};
}
pub mod fallback;
pub mod predicate;

pub use builder::Builder;
pub use collect::FromItems;
pub use constant::{Constant, K, Literal, StageConst};
pub use control::{Body, Else, If, Loop, Match};
pub use convert::StagedFrom;
pub use distributed::{DistributedEffect, DistributedStage, Listed, Results, Written};
pub use effects::{Awaits, Bind, Effect, RunTail};
pub(crate) use expr::Expr;
pub use expr::{Place, Star, StarRef, Var, WorkflowValue};
pub use format::{Align, Form, FormatSpec, Hole, Part, Precise, Show};
pub use generic::StagedTryFrom;
pub use iter::{Iter, Iterable};
pub use map_effect::MapStage;
pub use operands::Operands;
pub use order::Ordered;
pub use parallel::{Parallel, TryParallel, Tuple};
pub use parameters::Parameters;
pub use parse::Parse;
pub use pattern::{Binds, Choose};
pub use pending::Pending;
pub(crate) use raised::{foreign, raised};
pub use range::{Bounds, GetBy, RangeFrom, RangeFull, RangeTo};
pub(crate) use recorder::over;
pub use recorder::{Recorded, record};
pub use retry::Retry;
pub use status::status;
pub use sum::{ProductOf, SumOf};
pub use value::to_any;

#[cfg(test)]
mod tests;
