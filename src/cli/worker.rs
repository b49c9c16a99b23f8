//! `worker NAME --activity-arn ARN`

use std::process::ExitCode;

use stepwright_codegen::{
    info::{TaskInfo, TaskKind},
    task::TaskEntry,
};

use super::{Done, SetUp, names};
use crate::sfn::worker;

/// How a worker works.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The ARN of the activity.
    #[arg(long, value_name = "ARN")]
    activity_arn: String,
    /// How many tasks are worked on at the same time.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000))]
    concurrency: u16,
}

/// Works until it is told to stop, or cannot go on.
pub(super) fn worker(name: &str, options: Options, set_up: SetUp) -> Done {
    let mut tasks = TaskEntry::all();
    tasks.retain(|task| is_worked((task.info)()));
    let Some(task) = tasks.iter().find(|task| (task.info)().name == name) else {
        let names = tasks.iter().map(|task| (task.info)().name);
        return Err(format!("error: {}", names::unknown("activity task with a body", name, names)));
    };
    // Several threads: a task that does not yield must not keep its heartbeats back.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("error: no tokio runtime: {error}"))?;
    let worked = runtime.block_on(async {
        set_up().await;
        worker::work(task, options.activity_arn, options.concurrency).await
    });
    // Work that was given up and does not yield must not keep the process.
    runtime.shutdown_background();
    worked.map(|()| ExitCode::SUCCESS).map_err(|error| format!("error: {error}"))
}

fn is_worked(task: &TaskInfo) -> bool {
    task.kind == TaskKind::Activity && task.has_body
}
