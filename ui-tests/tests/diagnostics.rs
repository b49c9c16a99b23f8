//! `docs/diagnostics.md`: every code, with code that is rejected and code that is accepted instead.
//!
//! The macros' catalogue has both, and the tests of the macros expand them. For all other codes they are the cases here: a
//! mistake in `fail/` or `staged/`, and the file of the same name in `pass/`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use stepwright::Code;

// The file needs nothing but the standard library. Procedural macros cannot be linked to.
#[path = "../../macros/src/diagnostic.rs"]
mod catalogue;

/// What is said of a code.
struct Entry {
    code: String,
    message: String,
    rejected: String,
    accepted: String,
}

impl Entry {
    fn markdown(&self) -> String {
        let Entry { code, message, rejected, accepted } = self;
        format!(
            "### {code}\n\n```text\n{message}\n```\n\nRejected:\n\n```rust\n{rejected}\n```\n\nAccepted:\n\n\
             ```rust\n{accepted}\n```\n\n"
        )
    }
}

/// A mistake with what is printed for it.
struct Case {
    name: String,
    source: String,
    printed: String,
}

#[test]
fn every_code_is_shown_by_a_case() {
    let printed: String =
        [cases("fail", "stderr"), cases("staged", "snap")].iter().flatten().map(|case| case.printed.as_str()).collect();
    let missing: Vec<_> = all_codes().into_iter().filter(|code| !printed.contains(&format!("[{code}]"))).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

/// `BLESS=1` rewrites it.
#[test]
fn the_catalogue_is_what_is_documented() {
    let text = document();
    let path = root().join("../docs/diagnostics.md");
    if env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        assert!(fs::read_to_string(path).unwrap() == text, "`BLESS=1` rewrites docs/diagnostics.md");
    }
}

fn document() -> String {
    let intro = "# Diagnostics\n\n\
        What Stepwright reports, by code. A code never changes its meaning, and none is used again.\n\
        This page is made by a test: all code on it is compiled, and what is shown as printed is printed.\n\n";
    let macros = "## Found in the source\n\n\
        The attributes and derives report these, and the build goes on to find more.\n\n";
    let staged = "## Found when a workflow is compiled\n\n\
        These need values, not types: `cargo build` reports them where a build script exports, and otherwise `export`, \
        `definition()` and `try_definition()`.\n\n";
    let traits = "## Found by rustc\n\n\
        Types that a workflow cannot use: the message is rustc's, the words are ours. Some are shown shortened.\n\n";
    let sections = [(macros, found_in_source()), (staged, found_when_compiled()), (traits, found_by_rustc())];
    let body = sections
        .map(|(heading, entries)| heading.to_owned() + &entries.iter().map(Entry::markdown).collect::<String>());
    (intro.to_owned() + &body.concat()).trim_end().to_owned() + "\n"
}

fn found_in_source() -> Vec<Entry> {
    let entry = |message: &catalogue::Message| Entry {
        code: message.code.to_owned(),
        message: format!("error: {}", message.render("…")),
        rejected: message.rejected.to_owned(),
        accepted: message.accepted.to_owned(),
    };
    catalogue::ALL.iter().map(entry).collect()
}

fn found_when_compiled() -> Vec<Entry> {
    let cases = cases("staged", "snap");
    compiler_codes().map(|code| of_cases(code.as_str(), &cases, |printed| printed.to_owned())).collect()
}

fn found_by_rustc() -> Vec<Entry> {
    let cases = cases("fail", "stderr");
    trait_codes().iter().map(|code| of_cases(code, &cases, shortened)).collect()
}

/// An entry made of the case that prints the least, of those that show a code and have a counterpart.
fn of_cases(code: &str, cases: &[Case], shorten: impl Fn(&str) -> String) -> Entry {
    let tag = format!("[{code}]");
    let shows = |case: &&Case| case.printed.contains(&tag) && counterpart(&case.name).exists();
    let case = cases.iter().filter(shows).min_by_key(|case| case.printed.len());
    let case = case.unwrap_or_else(|| panic!("no case shows {code} and has a counterpart in `pass/`"));
    let message = case.printed.split("\n\n").find(|message| message.contains(&tag)).unwrap();
    Entry {
        code: code.to_owned(),
        message: shorten(message.trim_end()),
        rejected: shown(&case.source),
        accepted: shown(&fs::read_to_string(counterpart(&case.name)).unwrap()),
    }
}

/// What rustc says before it explains which impls there are.
fn shortened(message: &str) -> String {
    let explains =
        |line: &&str| line.trim_start_matches([' ', '=']).starts_with("help: the") || line.starts_with("note:");
    let notes = message.lines().filter(|line| line.trim_start().starts_with("= note: "));
    let notes = notes.filter(|line| !line.contains("required for") && !line.contains("this error originates"));
    let start: Vec<&str> = message.lines().take_while(|line| !explains(line)).collect();
    let rest: Vec<&str> = notes.filter(|line| !start.contains(line)).collect();
    [start, rest].concat().join("\n").trim_end_matches([' ', '|', '\n']).to_owned()
}

/// A source file without what all of them have.
fn shown(source: &str) -> String {
    let kept = source.lines().filter(|line| !["use stepwright::prelude::*;", "fn main() {}"].contains(line));
    kept.collect::<Vec<_>>().join("\n").replace("pub(crate) ", "").trim().to_owned()
}

fn all_codes() -> BTreeSet<String> {
    let source = catalogue::ALL.iter().map(|message| message.code.to_owned());
    source.chain(compiler_codes().map(|code| code.to_string())).chain(trait_codes()).collect()
}

/// All but the one for mistakes of the compiler's own.
fn compiler_codes() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| *code != Code::Internal)
}

/// The codes in the messages of traits, `[SW2…]`.
fn trait_codes() -> BTreeSet<String> {
    let mut sources = BTreeMap::new();
    for folder in ["../codegen/src", "../src"] {
        read_folder(&root().join(folder), &mut sources);
    }
    let codes = sources.values().flat_map(|text| text.split('[').filter_map(|rest| rest.split_once(']')));
    codes.map(|(code, _)| code.to_owned()).filter(|code| code.len() == 5 && code.starts_with("SW2")).collect()
}

fn cases(folder: &str, output: &str) -> Vec<Case> {
    let mut files = BTreeMap::new();
    read_folder(&root().join(folder), &mut files);
    let printed = |path: &Path| files.get(&path.with_extension(output));
    let case = |(path, source): (&PathBuf, &String)| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let printed = printed(path)?.split("---\n").last()?.to_owned();
        (path.extension()? == "rs").then(|| Case { name, source: source.clone(), printed })
    };
    files.iter().filter_map(case).collect()
}

fn counterpart(name: &str) -> PathBuf {
    root().join("pass").join(name).with_extension("rs")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read_folder(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, files);
        } else {
            files.insert(path.clone(), fs::read_to_string(&path).unwrap());
        }
    }
}
