//! A workflow, or a small family of them, in each file.

mod approval;
mod catalogue;
mod conversions;
mod deploy;
mod events;
mod held;
mod lists;
mod lock;
mod nested_loops;
mod numbers;
mod options;
mod order;
mod pages;
mod panics;
mod pricing;
mod quorum;
mod saga;
mod shapes;
mod small;
mod start_once;
mod stored_results;
mod tagged;
mod teams;
mod texts;
mod two_polls;
mod warehouses;
