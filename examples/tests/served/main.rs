//! Programs in AWS: as functions, as workers, with answers to task tokens; the services are the tests' own.

mod function;
mod http;
mod service;
mod tasks;
// What they are told by signals.
#[cfg(unix)]
mod workers;
