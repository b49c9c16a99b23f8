//! The program that `stepwright::main!()` makes of a user's binary.

mod cost;
mod diff;
mod files;
mod graph;
pub(crate) mod names;
mod package;
mod policy;
mod run;
mod stack;
#[cfg(feature = "sfn")]
mod token;
#[cfg(feature = "sfn")]
mod worker;

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{self, ExitCode},
};

use clap::{Parser, Subcommand};
use serde_json::json;
use stepwright_codegen::{
    definition::Definition,
    export,
    position::Position,
    schema,
    task::{BoxFuture, TaskEntry, WorkflowEntry},
};

/// The body of a program that exports and runs the workflows that are linked into it.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// fn main() -> ExitCode {
///     stepwright::main!()
/// }
/// ```
///
/// * `export [DIR] [--check]` writes definitions, schemas and source maps, to `asl` in the package if no folder is given; with
///   `--check` it only tells what would change, and fails if anything would.
/// * `list` tells the workflows and tasks.
/// * `run NAME --input FILE` runs a machine in process; `-` reads the input from the standard input, `--history` shows the events,
///   `--mocks FILE --case NAME` lets the [mocked responses](crate::mocks::MockFile) of a test case answer Task states.
/// * `graph NAME` draws a machine as SVG, or for Mermaid or Graphviz with `--format mermaid` or `dot`; NAME may be the file of
///   any state machine, too.
/// * `cost [NAME]` tells what executions cost: transitions on the cheapest and the dearest way, price, size of the data, limits
///   that can be met; without a name, a line for each workflow.
/// * `worker NAME --activity-arn ARN` does the work of an activity task, until it is told to stop; `--concurrency N` tasks at a time.
///   It sends heartbeats, reports failures under their error names and panics as `Panic`. SIGTERM and SIGINT end it when its polls,
///   which take up to a minute, and what it works on are done; a second signal fails that with the error `WorkerStopped`. With the
///   feature `sfn`.
/// * `token succeed TOKEN --output JSON`, `token fail TOKEN --error NAME --cause TEXT`, `token heartbeat TOKEN` answer a call that
///   waits for its token. With the feature `sfn`.
/// * `schema NAME` prints the JSON Schemas of a workflow or task.
/// * `policy NAME` prints what the role of a workflow's machine has to be allowed and nothing else, for the place that `--region` and
///   `--account` tell; with `--explain`, which states need which right.
/// * `diff NAME --deployed FILE` compares a machine with what `DescribeStateMachine` or a template says, state by state; placeholders
///   and what a deployment puts in their place are the same. With `--input-schema FILE` and `--output-schema FILE` it tells as well
///   which callers and readers break. Its exit status is that of `diff`: 0 for the same, 1 for a difference, 2 for trouble.
/// * `stack FORMAT [DIR] [--check]` writes what deploys the machines with all that they need, for `cloudformation`, `sam`,
///   `terraform`, `cdk`, `kubernetes` or `meshery`, to `stack/FORMAT` in the package if no folder is given. `Stepwright.toml`
///   beside the `Cargo.toml` says what is wanted otherwise, see [`deploy::options`](crate::deploy::options::Options).
/// * `package PROGRAM` writes `stack/bootstrap.zip`, the code of all Lambda functions: the same for the same program. What cannot
///   run there is refused: a program for another processor or a newer C library, or without the feature `lambda`.
///
/// Started in Lambda, which sets `AWS_LAMBDA_RUNTIME_API`, the program takes no command: it serves a task, see the module `lambda`;
/// that is the feature `lambda`, without which it ends at once.
///
/// `stepwright::main!(set_up = FUNCTION)` awaits `async fn FUNCTION()` before the first task is served, by Lambda or by a worker: what
/// it makes, as clients of services, is there when the first task asks for it. If it panics, the process ends and serves nothing.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use stepwright::Shared;
///
/// static RATES: Shared<Vec<f64>> = Shared::new(|| Box::pin(async { vec![0.07, 0.19] }));
///
/// async fn set_up() {
///     RATES.get().await;
/// }
///
/// fn main() -> ExitCode {
///     stepwright::main!(set_up = set_up)
/// }
/// ```
#[macro_export]
macro_rules! main {
    () => {
        $crate::main!(set_up = || ::core::future::ready(()))
    };
    (set_up = $set_up:expr) => {
        $crate::__private::program(::core::env!("CARGO_MANIFEST_DIR"), ::core::env!("CARGO_PKG_NAME"), || {
            ::std::boxed::Box::pin(($set_up)())
        })
    };
}

/// What is awaited before the first task is served.
pub(crate) type SetUp = fn() -> BoxFuture<'static, ()>;

/// Exports and runs the workflows of this program.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes state machines, JSON Schemas and source maps.
    Export {
        /// The folder to write to; `asl` in the program's package if not given.
        directory: Option<PathBuf>,
        /// Writes nothing: tells what would change, and fails if anything would.
        #[arg(long)]
        check: bool,
    },
    /// Tells the workflows and tasks of this program.
    List,
    /// Runs a workflow's state machine in this process, in virtual time, with the tasks of this program.
    Run {
        /// The name of the workflow.
        name: String,
        /// The file with the input as JSON; `-` is the standard input.
        #[arg(long, value_name = "FILE")]
        input: PathBuf,
        #[command(flatten)]
        mocks: run::MockCase,
        /// Shows the events as well.
        #[arg(long)]
        history: bool,
    },
    /// Draws a state machine.
    Graph {
        /// The name of the workflow, or a file with a state machine (`.json`).
        name: String,
        /// What to print.
        #[arg(long, value_enum, default_value_t = graph::Format::Svg)]
        format: graph::Format,
    },
    /// Tells what executions cost: state transitions, price, size of the data, limits that can be met.
    Cost {
        /// The name of the workflow; all if not given.
        name: Option<String>,
    },
    /// Prints what a state machine has to be allowed: the policy of its role.
    Policy {
        /// The name of the workflow.
        name: String,
        #[command(flatten)]
        place: policy::Place,
        /// Tells which states need which right instead.
        #[arg(long)]
        explain: bool,
    },
    /// Compares a state machine with what is deployed of it.
    Diff {
        /// The name of the workflow.
        name: String,
        #[command(flatten)]
        files: diff::DeployedFiles,
    },
    /// Writes what deploys the state machines, with all that they need.
    Stack {
        /// Who deploys them.
        #[arg(value_enum)]
        format: stack::Format,
        /// The folder to write to; `stack/FORMAT` in the program's package if not given.
        directory: Option<PathBuf>,
        /// Writes nothing: tells what would change, and fails if anything would.
        #[arg(long)]
        check: bool,
    },
    /// Writes the code of the Lambda functions, `bootstrap.zip`.
    Package {
        /// The program, built for Lambda's Linux and the processor of the stack.
        program: PathBuf,
        /// The file to write; `stack/bootstrap.zip` in the program's package if not given.
        file: Option<PathBuf>,
    },
    /// Prints the JSON Schemas of what a workflow or task takes and returns.
    Schema {
        /// The name of the workflow or task.
        name: String,
    },
    /// Does the work of an activity task, until it is told to stop.
    #[cfg(feature = "sfn")]
    Worker {
        /// The name of the task.
        name: String,
        #[command(flatten)]
        options: worker::Options,
    },
    /// Answers a call that waits for its task token.
    #[cfg(feature = "sfn")]
    #[command(subcommand)]
    Token(token::Command),
}

/// Runs the program; `package` is the folder of the user's package, `name` its name.
#[doc(hidden)]
pub fn program(package: &str, name: &str, set_up: SetUp) -> ExitCode {
    package::declare_service();
    let done = if env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        serve(set_up)
    } else {
        run(Cli::parse().command, Path::new(package), name, set_up)
    };
    done.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::FAILURE
    })
}

#[cfg(feature = "lambda")]
use crate::lambda::serve;

#[cfg(not(feature = "lambda"))]
fn serve(_: SetUp) -> Done {
    Err("error: this program is started in Lambda: serving tasks needs the feature `lambda` of `stepwright`".to_owned())
}

#[cfg_attr(not(feature = "sfn"), expect(unused_variables, reason = "only workers serve tasks"))]
fn run(command: Command, package: &Path, name: &str, set_up: SetUp) -> Done {
    match command {
        Command::Export { directory, check } => {
            export::of_program(package).map_err(|error| error.to_string()).and_then(|files| {
                files::update(&files, &directory.unwrap_or_else(|| package.join("asl")), check, "export")
            })
        }
        Command::List => list(),
        Command::Run { name, input, mocks, history } => {
            definition(&name).and_then(|found| run::run(&found, &input, &mocks, history))
        }
        Command::Graph { name, format } => graph::graph(&name, format),
        Command::Cost { name: None } => cost::all(),
        Command::Cost { name: Some(name) } => definition(&name).and_then(|found| cost::one(&found)),
        Command::Policy { name: workflow, place, explain } => policy::policy(package, name, &workflow, place, explain),
        Command::Diff { name, files } => Ok(diff::diff(definition(&name), &files)),
        Command::Stack { format, directory, check } => stack::stack(package, name, format, directory, check),
        Command::Package { program, file } => package::package(package, &program, file),
        Command::Schema { name } => print_schemas(&name),
        #[cfg(feature = "sfn")]
        Command::Worker { name, options } => worker::worker(&name, options, set_up),
        #[cfg(feature = "sfn")]
        Command::Token(command) => token::token(command),
    }
}

type Done = Result<ExitCode, String>;

fn list() -> Done {
    let workflows = WorkflowEntry::all().into_iter().map(|entry| (entry.info)());
    let tasks = own_tasks().map(|entry| (entry.info)());
    say_all("workflows", workflows.map(|info| (info.name, info.position(), info.docs)).collect());
    say_all("tasks", tasks.map(|info| (info.name, info.position(), info.docs)).collect());
    Ok(ExitCode::SUCCESS)
}

/// The tasks of this program, without the integrations of [`aws`](crate::aws) that are linked into it.
fn own_tasks() -> impl Iterator<Item = &'static TaskEntry> {
    let integrations = concat!(env!("CARGO_CRATE_NAME"), "::aws::");
    TaskEntry::all().into_iter().filter(move |entry| !(entry.info)().module.starts_with(integrations))
}

fn say_all(title: &str, items: Vec<(&str, Position, &str)>) {
    say(format!("{title}:"));
    let width = items.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
    for (name, at, docs) in items {
        let summary = docs.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        say(format!("  {name:width$}  {at}  {summary}").trim_end());
    }
}

fn print_schemas(name: &str) -> Done {
    let (tasks, workflows) = (own_tasks().collect::<Vec<_>>(), WorkflowEntry::all());
    let task = tasks.iter().find(|entry| (entry.info)().name == name);
    let (input, output) = match task {
        Some(entry) => (schema::input(name, entry.input_schema), schema::output(name, entry.output_schema)),
        None if !workflows.iter().any(|entry| (entry.info)().name == name) => {
            let names =
                workflows.iter().map(|entry| (entry.info)().name).chain(tasks.iter().map(|entry| (entry.info)().name));
            return Err(format!("error: {}", names::unknown("workflow or task", name, names)));
        }
        None => definition(name).map(|found| (found.input_schema().clone(), found.output_schema().clone()))?,
    };
    say(format!("{:#}", json!({ "input": input, "output": output })));
    Ok(ExitCode::SUCCESS)
}

/// The workflow of this name, compiled.
fn definition(name: &str) -> Result<Definition, String> {
    let all = WorkflowEntry::all();
    let Some(entry) = all.iter().find(|entry| (entry.info)().name == name) else {
        return Err(format!(
            "error: {}",
            names::unknown("workflow", name, all.iter().map(|entry| (entry.info)().name))
        ));
    };
    (entry.definition)().map_err(|diagnostics| diagnostics.to_string())
}

/// What shells say of a program that SIGPIPE ended, which Rust's programs do not get.
const BROKEN_PIPE: i32 = 128 + 13;

/// Prints a line. The program ends where nobody reads its output any more (`list | head`), or where it cannot be written.
fn say(line: impl std::fmt::Display) {
    let Err(error) = writeln!(io::stdout(), "{line}") else { return };
    if error.kind() == io::ErrorKind::BrokenPipe {
        process::exit(BROKEN_PIPE);
    }
    eprintln!("error: cannot write the output: {error}");
    process::exit(1);
}
