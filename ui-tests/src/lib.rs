//! What users see when they make a mistake: one mistake per file, which is named after it.
//!
//! * `fail/`: mistakes that fail the build of the user's crate, each with the messages that rustc prints;
//! * `staged/`: mistakes that only show when a workflow is compiled to its machine, each with what the export prints;
//! * `pass/`: what looks like a mistake and is none.
