//! The [Amazon States Language](https://states-language.net/spec.html) as Rust data.
//!
//! * [`StateMachine`] is a whole definition. All eight state types and all fields of both query languages are there;
//!   public fields, so that machines can be made in code with `..Default::default()`.
//! * Reading and printing is lossless: a definition that was parsed prints as the same JSON, with its members in the
//!   same order. What does not fit the language is refused, all of it at once, with a JSON pointer and a reason.
//! * [`validate()`] checks the rules that a definition must keep beyond that, expressions and paths included;
//!   [`Validation`] checks a text as the service's `ValidateStateMachineDefinition` does, and [`Rule`] lists all rules.
//! * [`graph`] draws a machine: as SVG, for Mermaid, for Graphviz.
//! * [`cost`] bounds what executions of a machine cost: state transitions and events of the history.
//!
//! ```
//! use stepwright_asl::{Pass, StateMachine, validate};
//!
//! let text = r#"{"StartAt": "Greet", "States": {"Greet": {"Type": "Pass", "Next": "Done"}}}"#;
//! let mut machine: StateMachine = text.parse()?;
//! assert_eq!(validate(&machine)[0].message, "Missing 'Next' target: Done");
//!
//! let done = Pass { end: Some(true), ..Default::default() };
//! machine.states.insert("Done".to_owned(), done.into());
//! assert_eq!(validate(&machine), []);
//! assert_eq!(machine.to_value()["States"]["Done"].to_string(), r#"{"Type":"Pass","End":true}"#);
//!
//! let errors = StateMachine::from_json(&text.replace("Next", "Nxt")).unwrap_err();
//! assert_eq!(errors.0[0].pointer.as_str(), "/States/Greet/Nxt");
//! # Ok::<(), stepwright_asl::ParseErrors>(())
//! ```
//!
//! Where to start reading: `machine.rs` and `state/` say what a definition consists of, `json/object.rs` how one table
//! gives a struct, its reader and its writer.

mod choice_rule;
mod convert;
pub mod cost;
mod dynamic;
pub mod error_name;
pub mod graph;
mod json;
pub mod jsonata;
pub mod jsonpath;
mod machine;
mod order;
mod pointer;
mod resource;
mod retry;
mod state;
mod validate;
mod walk;

pub use choice_rule::{ChoiceRule, Comparison, Operand, Relation, Test, TypeTest};
pub use dynamic::{Dynamic, Nullable, expression_body};
pub use json::{KeyOrder, Misfit, ParseError, ParseErrors};
pub use machine::{
    Branch, ExecutionType, ItemProcessor, ProcessorConfig, ProcessorMode, QueryLanguage, StateMachine, States,
};
pub use pointer::Pointer;
pub use resource::{Activity, LambdaFunction, Pattern, Resource, ServiceCall};
pub use retry::{Catcher, JitterStrategy, Retrier};
pub use state::{
    Choice, CsvDelimiter, CsvHeaderLocation, Fail, InputType, ItemBatcher, ItemReader, ManifestType, Map, OutputType,
    Parallel, Pass, ReaderConfig, ReaderTransformation, ResultWriter, State, StateKind, Succeed, Task, Wait,
    WriterConfig, WriterTransformation,
};
pub use validate::{Code, Finding, Report, Rule, Severity, Validation, validate, validate_as};
pub use walk::{PlacedState, Scope, Transition};
