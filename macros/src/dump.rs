//! `STEPWRIGHT_DUMP=name` prints the expansion of the item of that name.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use proc_macro2::{TokenStream, TokenTree};

/// The name of an item, if its expansion is wanted.
pub(crate) fn wanted(item: &TokenStream) -> Option<String> {
    let wanted = std::env::var("STEPWRIGHT_DUMP").ok()?;
    (name(item)? == wanted).then_some(wanted)
}

/// Prints an expansion, formatted where `rustfmt` is at hand.
pub(crate) fn print(name: Option<String>, expansion: &TokenStream) {
    if let Some(name) = name {
        let text = expansion.to_string();
        eprintln!("// {name}\n{}", rustfmt(&text).unwrap_or(text));
    }
}

/// The name behind `fn`, `struct`, `enum` or `impl`.
fn name(item: &TokenStream) -> Option<String> {
    let mut idents = item.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    });
    idents.find(|ident| ["fn", "struct", "enum", "impl"].contains(&ident.as_str()))?;
    idents.next()
}

fn rustfmt(text: &str) -> Option<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()
}
