//! The options in the parentheses of an attribute.

mod duration;
mod options;
mod retry;
mod task;
mod workflow;

pub(crate) use options::Options;
pub(crate) use retry::{Retry, option};
pub(crate) use task::{Kind, TaskOptions};
pub(crate) use workflow::WorkflowOptions;
