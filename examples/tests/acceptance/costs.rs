//! States and transitions of the acceptance programs, held against their targets and against what was reached before.
//!
//! `costs.txt` holds the best figures so far. They may only get better: `BLESS=1` writes better ones, and refuses worse ones.

use std::{env, fs, path::Path};

use serde_json::{Value, json};
use stepwright::prelude::*;

use super::{Expected, Tested, expected, tested};

const BEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/acceptance/costs.txt");

/// What a workflow costs: its states at all levels, then the transitions of each of its runs.
struct Costs {
    workflow: String,
    figures: Vec<usize>,
    targets: Vec<usize>,
}

impl Costs {
    async fn of(Expected { workflow, states, runs }: Expected) -> Self {
        let tested = tested(&workflow);
        let mut figures = vec![(tested.definition)().asl().all_states().count()];
        let mut targets = vec![states];
        for row in runs {
            figures.push(transitions(&tested, row.input).await);
            targets.push(row.transitions);
        }
        Costs { workflow, figures, targets }
    }

    fn line(&self) -> String {
        let figures: Vec<_> = self.figures.iter().map(|figure| format!("{figure:>3}")).collect();
        format!("{:26}{}\n", self.workflow, figures.join(""))
    }

    /// The line with the target behind each figure, for people.
    fn beside_targets(&self) -> String {
        let pairs = self
            .figures
            .iter()
            .zip(&self.targets)
            .map(|(figure, target)| format!("{:>7}", format!("{figure}/{target}")));
        format!("{:26}{}\n", self.workflow, pairs.collect::<String>())
    }
}

async fn transitions(tested: &Tested, input: Value) -> usize {
    (tested.local)(input).await.1
}

async fn all() -> Vec<Costs> {
    let mut all = Vec::new();
    for expected in expected() {
        all.push(Costs::of(expected).await);
    }
    all
}

/// The figures of a table by workflow, those of `costs.txt`.
fn read(table: &str) -> Vec<(&str, Vec<usize>)> {
    table
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.map(|figure| figure.parse().unwrap()).collect()))
        })
        .collect()
}

/// The figures that are greater than before, and the workflows that are missing.
fn worse(before: &str, now: &str) -> Vec<String> {
    let now = read(now);
    let mut worse = Vec::new();
    for (workflow, before) in read(before) {
        match now.iter().find(|(other, _)| *other == workflow) {
            None => worse.push(format!("{workflow} is gone")),
            Some((_, now)) if now.len() < before.len() || now.iter().zip(&before).any(|(now, before)| now > before) => {
                worse.push(format!("{workflow}: {now:?}, and was {before:?}"));
            }
            Some(_) => {}
        }
    }
    worse
}

#[tokio::test]
async fn costs_are_within_their_targets_and_only_improve() {
    let all = all().await;
    println!("{:26} states, then transitions of each run: found/target", "workflow");
    all.iter().for_each(|costs| print!("{}", costs.beside_targets()));
    let missed: Vec<_> = all
        .iter()
        .filter(|costs| costs.figures.iter().zip(&costs.targets).any(|(figure, target)| figure > target))
        .collect();
    assert!(missed.is_empty(), "{}", missed.iter().map(|costs| costs.beside_targets()).collect::<String>());

    let now: String = all.iter().map(Costs::line).collect();
    let before = if Path::new(BEST).exists() { fs::read_to_string(BEST).unwrap() } else { String::new() };
    let worse = worse(&before, &now);
    assert!(worse.is_empty(), "costs more than before:\n{}", worse.join("\n"));
    if env::var_os("BLESS").is_some() {
        fs::write(BEST, &now).unwrap();
    } else {
        assert_eq!(before, now, "better than before: `BLESS=1` keeps it");
    }
}

#[test]
fn a_worse_figure_is_noticed() {
    assert_eq!(worse("a 1 2\nb 3", "b 2\na 1 1 9"), [""; 0]);
    assert_eq!(worse("a 1 2", "a 1 3"), ["a: [1, 3], and was [1, 2]"]);
    assert_eq!(worse("a 1 2", "a 1"), ["a: [1], and was [1, 2]"]);
    assert_eq!(worse("a 1", "b 1"), ["a is gone"]);
}

#[task]
async fn hello(name: String) -> String {
    format!("hello {name}")
}

/// M: a default value, one call, a text.
#[workflow]
async fn greet(name: Option<String>) -> String {
    let greeting = hello(name.unwrap_or("world".to_string())).await;
    format!("{greeting}!")
}

/// The runs that other compilers were measured with come to 147 transitions there.
#[tokio::test]
async fn the_measured_runs_take_45_transitions() {
    let runs = [
        ('E', "double_all", json!([1, 2, 3])),
        ('G', "always_clean_up", json!("ok")),
        ('H', "first_found", json!({"a": 2, "b": 4})),
        ('I', "either", json!(true)),
        ('J', "complex_text", json!({"text": null, "items": ["x"]})),
        ('K', "seven_calls", json!(1)),
        ('L', "running_total", json!([1, 2])),
        ('P', "greet_everyone", json!({})),
        ('Q', "open_account", json!("a@b")),
    ];
    let mut sum = greet::local().run(None).await.transitions();
    println!("M {sum}");
    for (letter, workflow, input) in runs {
        let taken = transitions(&tested(&format!("classics::{workflow}")), input).await;
        println!("{letter} {taken}");
        sum += taken;
    }
    println!("sum {sum} of at most 45");
    assert!(sum <= 45, "{sum}");
}
