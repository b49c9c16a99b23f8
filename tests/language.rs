//! `docs/language.md`: every construct, and the machine that it becomes.
//!
//! The page is made of the files in `language/`: their first comment, their code, and what the compiler makes of it. Below
//! `runs!` stands what is not shown: inputs and what comes of them, natively and in the machine.
#![expect(unreachable_pub, reason = "the pages are written as a user's library is")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests and examples may panic")]

use std::{env, fs, path::Path};

use stepwright::{Definition, asl::validate};

/// Inputs of workflows and what comes of them.
macro_rules! runs {
    ($($workflow:ident($input:expr) => $expected:expr),+ $(,)? $(; $($other:ident),+)?) => {
        use crate::expected::*;

        #[tokio::test(start_paused = true)]
        async fn runs() {
            $({
                let expected = Expected::from($expected);
                expected.check("native", $workflow::native().run_json($input).await.result());
                expected.check("local", $workflow::local().run_json($input).await.result());
            })+
        }

        /// The machines, once each; of the others the page tests the runs itself.
        pub(crate) fn machines() -> Vec<stepwright::Definition> {
            let mut machines: Vec<stepwright::Definition> = Vec::new();
            for machine in [$($workflow::definition(),)+ $($($other::definition()),+)?] {
                if machines.iter().all(|known| known.name() != machine.name()) {
                    machines.push(machine);
                }
            }
            machines
        }
    };
}

macro_rules! pages {
    ($($page:ident)+) => {
        mod language {
            $(pub(crate) mod $page;)+
        }

        const PAGES: &[Page] = &[$(Page {
            source: include_str!(concat!("language/", stringify!($page), ".rs")),
            machines: language::$page::machines,
        }),+];
    };
}

pages! {
    tasks
    variables
    conditions
    matching
    let_else
    loops
    pure_loops
    iterators
    pure_functions
    errors
    try_blocks
    retries
    panics
    parallel
    maps_of_calls
    distributed_maps
    waiting
    workflows
    tokens
    activities
    enums
    left_out_keys
    options
    texts
    numbers
    lists
    key_maps
    times
    intrinsics
}

struct Page {
    source: &'static str,
    machines: fn() -> Vec<Definition>,
}

impl Page {
    fn markdown(&self) -> String {
        let is_prose = |line: &&str| line.starts_with("//!");
        let prose = self.source.lines().take_while(is_prose).map(|line| line.trim_start_matches("//!").trim_start());
        let prose = prose.collect::<Vec<_>>().join("\n").replacen("# ", "## ", 1);
        let code = self.source.lines().skip_while(is_prose).take_while(|line| !line.starts_with("runs! {"));
        let code = code.filter(|line| *line != "use stepwright::prelude::*;").collect::<Vec<_>>().join("\n");
        let machines = (self.machines)().iter().map(|machine| fenced("json", &machine.to_json())).collect::<String>();
        format!("{prose}\n\n{}{machines}", fenced("rust", &code))
    }
}

fn fenced(language: &str, code: &str) -> String {
    format!("```{language}\n{}\n```\n\n", code.trim())
}

#[test]
fn the_machines_are_valid() {
    for machine in PAGES.iter().flat_map(|page| (page.machines)()) {
        assert_eq!(validate(machine.asl()), [], "{}", machine.name());
    }
}

/// `BLESS=1` rewrites it.
#[test]
fn the_language_is_what_is_documented() {
    let intro = "# The language\n\n\
        What a workflow may be made of, and the state machine that it becomes.\n\
        Everything means what it means in Rust; what cannot is refused, with a [diagnostic](diagnostics.md).\n\
        This page is made by a test: the machines on it are what the compiler makes of the code, and both are run.\n\
        All code begins with `use stepwright::prelude::*;`.\n\n";
    let text = intro.to_owned() + &PAGES.iter().map(Page::markdown).collect::<String>();
    let text = text.trim_end().to_owned() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md");
    if env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        assert!(fs::read_to_string(path).unwrap() == text, "`BLESS=1` rewrites docs/language.md");
    }
}

mod expected {
    use serde::Serialize;
    use serde_json::{Value, to_value};
    use stepwright::RunFailure;

    pub(crate) use serde_json::json;

    /// What comes of a run.
    pub(crate) enum Expected {
        Gives(Value),
        Fails(Option<&'static str>),
    }

    impl From<Value> for Expected {
        fn from(output: Value) -> Self {
            Expected::Gives(output)
        }
    }

    /// The execution fails with this error name.
    pub(crate) fn fails(name: &'static str) -> Expected {
        Expected::Fails(Some(name))
    }

    /// The function panics; in the machine it is the service that says what is wrong.
    pub(crate) fn panics() -> Expected {
        Expected::Fails(None)
    }

    impl Expected {
        pub(crate) fn check<T: Serialize, E>(&self, way: &str, result: Result<T, RunFailure<E>>) {
            let result = result.map(|output| to_value(output).unwrap()).map_err(|failure| failure.name);
            match (self, &result) {
                (Expected::Gives(expected), Ok(output)) => assert_eq!(output, expected, "{way}"),
                (Expected::Fails(Some(expected)), Err(name)) => assert_eq!(name, expected, "{way}"),
                (Expected::Fails(None), Err(_)) => {}
                (Expected::Gives(_) | Expected::Fails(_), _) => panic!("{way}: {result:?}"),
            }
        }
    }
}
