//! The acceptance programs, natively and as exported machines: each row of `runs.json` gives what it states.

mod costs;

use std::pin::Pin;

use serde::{Deserialize, Serialize};
use serde_json::{Value, to_value};
use stepwright::{Definition, RunFailure};
use stepwright_examples::{classics, jobs, orders, saga};

/// A workflow and what its runs give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    workflow: String,
    /// The largest number of states to aim at.
    states: usize,
    runs: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    input: Value,
    #[serde(default)]
    output: Value,
    error: Option<Value>,
    #[serde(rename = "errorName")]
    error_name: Option<String>,
    calls: Option<Vec<String>>,
    /// The largest number of transitions to aim at.
    transitions: usize,
}

/// What came of a run.
#[derive(Debug, PartialEq)]
struct Ran {
    result: Result<Value, (String, Option<Value>)>,
    calls: Vec<String>,
}

type Runner = fn(Value) -> Pin<Box<dyn Future<Output = (Ran, usize)>>>;

/// A workflow of the acceptance programs.
struct Tested {
    name: &'static str,
    definition: fn() -> Definition,
    native: Runner,
    local: Runner,
}

macro_rules! tested {
    ($($module:ident::$workflow:ident),+ $(,)?) => {
        [$(Tested {
            name: concat!(stringify!($module), "::", stringify!($workflow)),
            definition: $module::$workflow::definition,
            native: |input| Box::pin(async {
                let run = $module::$workflow::native().run_json(input).await;
                (ran(run.result(), run.calls()), 0)
            }),
            local: |input| Box::pin(async {
                let run = $module::$workflow::local().run_json(input).await;
                (ran(run.result(), run.calls()), run.transitions())
            }),
        }),+]
    };
}

fn all() -> [Tested; 14] {
    tested![
        orders::fulfil,
        jobs::run_job,
        saga::book_trip,
        classics::nested_loops,
        classics::double_all,
        classics::prefix_all,
        classics::always_clean_up,
        classics::first_found,
        classics::either,
        classics::complex_text,
        classics::seven_calls,
        classics::running_total,
        classics::greet_everyone,
        classics::open_account,
    ]
}

fn ran<T: Serialize, E: Serialize>(result: Result<T, RunFailure<E>>, calls: &[stepwright::Call]) -> Ran {
    let result = match result {
        Ok(value) => Ok(to_value(value).unwrap()),
        Err(failure) => Err((failure.name, failure.error.map(|error| to_value(error).unwrap()))),
    };
    Ran { result, calls: calls.iter().map(|call| call.task.clone()).collect() }
}

fn expected() -> Vec<Expected> {
    serde_json::from_str(include_str!("runs.json")).unwrap()
}

fn tested(name: &str) -> Tested {
    all().into_iter().find(|tested| tested.name == name).unwrap_or_else(|| panic!("{name} is not tested"))
}

impl Row {
    /// What is not as stated.
    fn misses(&self, ran: &Ran) -> Option<String> {
        let result = match &self.error_name {
            Some(name) => Err((name.clone(), self.error.clone())),
            None => Ok(self.output.clone()),
        };
        let calls = self.calls.as_ref().unwrap_or(&ran.calls);
        let expected = Ran { result, calls: calls.clone() };
        (*ran != expected).then(|| format!("expected {expected:?}\n     got {ran:?}"))
    }
}

/// Checks every row of every workflow, and shows all that fail.
async fn check_rows(check: impl AsyncFn(&Tested, &Row) -> Option<String>) {
    let mut failures = Vec::new();
    let mut rows = 0;
    for Expected { workflow, runs, .. } in expected() {
        let tested = tested(&workflow);
        for row in runs {
            rows += 1;
            failures.extend(check(&tested, &row).await.map(|miss| format!("{workflow} with {}\n{miss}", row.input)));
        }
    }
    assert!(failures.is_empty(), "{} of {rows} rows fail:\n\n{}", failures.len(), failures.join("\n\n"));
}

#[tokio::test(start_paused = true)]
async fn native_runs_give_what_is_stated() {
    check_rows(async |tested, row| row.misses(&(tested.native)(row.input.clone()).await.0)).await;
}

#[tokio::test]
async fn local_runs_give_what_is_stated() {
    check_rows(async |tested, row| row.misses(&(tested.local)(row.input.clone()).await.0)).await;
}

#[tokio::test(start_paused = true)]
async fn native_and_local_runs_agree() {
    check_rows(async |tested, row| {
        let (native, _) = (tested.native)(row.input.clone()).await;
        let (local, _) = (tested.local)(row.input.clone()).await;
        (native != local).then(|| format!("native {native:?}\n local {local:?}"))
    })
    .await;
}
