//! Runs Amazon States Language machines locally, with task handlers in process.
