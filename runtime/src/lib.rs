//! Runs state machines in the Amazon States Language locally, with task handlers in process.
//!
//! ```
//! use serde_json::json;
//! use stepwright_runtime::{ExecutionStatus, Interpreter, Program, TaskRequest};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let machine = r#"{
//!     "QueryLanguage": "JSONata",
//!     "StartAt": "Pause",
//!     "States": {
//!         "Pause": { "Type": "Wait", "Seconds": 2592000, "Next": "Greet" },
//!         "Greet": {
//!             "Type": "Task",
//!             "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:greet",
//!             "Arguments": { "name": "{% $uppercase($states.input.name) %}" },
//!             "End": true
//!         }
//!     }
//! }"#;
//! let program = Program::compile(&machine.parse()?)?;
//!
//! let greet = |request: TaskRequest| async move {
//!     let name = request.arguments["name"].as_str().unwrap_or("nobody").to_owned();
//!     Ok(json!(format!("Hello, {name}!")))
//! };
//! // Time is virtual unless told otherwise, so the thirty days are over at once.
//! let result = Interpreter::new(&program).task_handler(greet).run(json!({ "name": "Ada" })).await?;
//!
//! assert_eq!(result.status, ExecutionStatus::Succeeded);
//! assert_eq!(result.output, Some(json!("Hello, ADA!")));
//! assert_eq!(result.transitions, 2);
//! assert_eq!((result.stopped_at - result.started_at).num_days(), 30);
//! let events: Vec<_> = result.history.iter().map(|event| event.event_type().as_str()).collect();
//! assert_eq!(events.first(), Some(&"ExecutionStarted"));
//! assert_eq!(events.last(), Some(&"ExecutionSucceeded"));
//! # Ok(())
//! # }
//! ```
//!
//! # How it works
//!
//! A [`Program`] is a compiled machine: names are indices, expressions are parsed. An execution is one future, polled by whoever
//! awaits [`Interpreter::run`]; its branches and iterations are futures inside it. The values that flow between
//! states are shared and `Send`; an expression is evaluated in one synchronous call that converts what it reads for the
//! query engine. So there are no threads and no channels between a workflow and its tasks, tokio's paused time works, and any number
//! of executions spread over a multi-threaded runtime like any other tasks.
//!
//! # What differs from the service
//!
//! * Whole numbers beyond 2^53 are exact in JSONPath states, and where JSONata moves, adds, compares or prints them;
//!   other functions of JSONata compute with them as floating-point numbers.
//! * Express executions have a history, with the bound of standard ones: it ends loops that never wait.
//! * Standard executions may take longer than a year.
//! * Map Runs that fail write no results. Items in Parquet, and files compressed by Zstandard, are a [`Fault`].
//! * Executions cannot be redriven.
//!
//! Where to start reading: `interpreter.rs` is the loop, `step/` has a file per state type, `io/` says what states
//! do with data, `query/` evaluates, `compile/` makes programs, `driver.rs` and `clock.rs` make time pass.

mod conclusion;
mod interpreter;
mod step;

mod compile;
mod program;
mod resource;

mod fields;
mod io;
mod query;
mod scope;
mod value;

mod activities;
mod clock;
mod context_object;
mod driver;
mod error;
mod execution;
mod hash;
mod history;
mod limits;
pub mod mocks;
mod object_store;
mod random;
mod retry;
mod service;
mod state_machines;
mod stop;
mod task_handler;
mod task_token;
pub mod test_state;
mod timestamp;
mod trial;

pub use activities::{Activities, ActivityDoesNotExist, ActivityTask};
pub use clock::Clock;
pub use conclusion::{ExecutionResult, ExecutionStatus, NestedExecution};
pub use context_object::Identity;
pub use error::{CompileError, Fault, Problem};
pub use history::{EventId, EventType, HistoryEvent};
pub use interpreter::Interpreter;
pub use limits::Limits;
pub use object_store::{DirectoryObjects, MemoryObjects, ObjectEntry, ObjectError, ObjectStore};
pub use program::Program;
pub use state_machines::StateMachines;
pub use stop::Stop;
pub use task_handler::{BoxFuture, LambdaCall, TaskFailure, TaskHandler, TaskRequest, lambda_invoke_result};
pub use task_token::{OpenToken, Signal, TaskTokens, TokenError};
