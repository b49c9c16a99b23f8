//! A workflow, or a small family of them, in each file.

mod approval;
mod catalogue;
mod deploy;
mod lock;
mod nested_loops;
mod options;
mod order;
mod pages;
mod pricing;
mod quorum;
mod saga;
mod small;
mod start_once;
mod stored_results;
mod tagged;
mod texts;
mod two_polls;
mod warehouses;
