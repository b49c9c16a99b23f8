//! `docs/expert.md`: workflows of the cases, beside the machines that an expert wrote for them by hand.

use std::{env, fs, path::Path, thread};

use crate::{
    cases,
    support::{Case, Comparison, Figures, compare},
};

/// Workflows by the module of their case, and what each is.
macro_rules! experts {
    ($($module:ident::$workflow:ident => $what:literal),+ $(,)?) => {
        &[$(Expert {
            source: concat!("tests/cases/", stringify!($module), ".rs"),
            what: $what,
            case: cases::$module::case::$workflow,
            machine: include_str!(concat!(stringify!($workflow), ".asl.json")),
        }),+]
    };
}

/// Those whose generated machine is as good.
const REACHED: &[Expert] = experts! {
    order::ship => "an order: payment, a fan-out inside a parallel block, a refund",
    saga::five_steps => "a saga of five bookings, undone from the last",
    deploy::deploy => "a deployment stage by stage, undone when there are alarms",
    pages::list_all => "page after page of several sources at once",
    start_once::ensure_running => "a start that happens once, whoever is faster",
    quorum::poll => "a vote of all at once, and whether those who agree suffice",
    tokens::build_set => "work of activity workers, with time-outs and heartbeats",
    stored_results::second_source => "a fall-back to a second source, at once or after a wait",
    distributed::import_all => "a distributed map over a list that tolerates failures",
    distributed::resize_all => "a distributed map over the objects of a bucket",
    warehouses::stock => "maps in maps in a parallel block",
    reminders::call_together => "waiting until a time, in a parallel block in a map",
};

/// Those of which the expert makes more.
const BEHIND: &[Expert] = experts! {
    tokens::reimburse => "approval by token, with time-outs, by one reviewer after the other",
};

struct Expert {
    source: &'static str,
    what: &'static str,
    case: fn() -> Case,
    machine: &'static str,
}

impl Expert {
    /// Its row of a table, and whether the generated machine is worse.
    fn row(&self) -> (String, bool) {
        let case = (self.case)();
        let Comparison { generated, expert, is_worse } = compare(&case, &self.machine.parse().unwrap());
        let transitions = |Figures { transitions: (least, most), .. }: &Figures| format!("{least} to {most}");
        let row = format!(
            "| [`{name}`](../{}): {} | {} | [{}](../tests/expert/{name}.asl.json) | {} | {} |\n",
            self.source,
            self.what,
            generated.states,
            expert.states,
            transitions(&generated),
            transitions(&expert),
            name = case.name,
        );
        (row, is_worse)
    }
}

/// A table, once it is clear that all of its generated machines are worse, or that none is.
fn table(experts: &[Expert], are_worse: bool) -> String {
    let rows: Vec<_> = thread::scope(|scope| {
        let rows: Vec<_> = experts.iter().map(|expert| scope.spawn(|| expert.row())).collect();
        rows.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let rows: Vec<(String, bool)> = rows.into_iter().map(|row| row.unwrap()).collect();
    for (row, is_worse) in &rows {
        assert!(*is_worse == are_worse, "the generated machine is {}worse: {row}", if *is_worse { "" } else { "not " });
    }
    let head = "| workflow | states | expert's | transitions | expert's |\n|---|---|---|---|---|\n";
    rows.into_iter().fold(head.to_owned(), |table, (row, _)| table + &row)
}

/// `BLESS=1` rewrites the page.
#[test]
fn the_page_compares_with_an_expert() {
    let page = include_str!("page.md").replace("REACHED\n", &table(REACHED, false));
    let page = page.replace("BEHIND\n", &table(BEHIND, true));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/expert.md");
    if env::var_os("BLESS").is_some() {
        fs::write(path, page).unwrap();
    } else {
        assert!(fs::read_to_string(path).unwrap() == page, "`BLESS=1` rewrites docs/expert.md");
    }
}
