//! Paths and payload templates.

use super::finding::Findings;
use super::place::{Content, Tree};
use super::variables::Read;
use super::{Rule, jsonata};
use crate::Pointer;
use crate::jsonpath::{Intrinsic, Path, Root};
use serde_json::{Map, Value};

/// Checks what stands at `pointer`; gives the variables that it reads.
pub(super) fn check(
    pointer: &Pointer,
    content: &Content<'_>,
    member: Option<&str>,
    findings: &mut Findings,
) -> Vec<Read> {
    match content {
        Content::Jsonata(tree) => jsonata::check(pointer, *tree, member, findings),
        Content::Path(text) => {
            let path = Path::parse(text);
            if path.is_none() {
                findings.add(Rule::Path, pointer.clone(), "Value is not a valid JSONPath");
            }
            reads(pointer, &path)
        }
        Content::Reference(text) => {
            let path = Path::parse(text).filter(Path::is_reference);
            if path.is_none() {
                findings.add(Rule::ReferencePath, pointer.clone(), "Value is not a Reference Path");
            }
            reads(pointer, &path)
        }
        Content::Target(text) => {
            if !Path::parse(text).is_some_and(|path| path.is_reference() && path.root == Root::Input) {
                let message = "Value is not a Reference Path: it must begin with '$' and name one place of the input";
                findings.add(Rule::ReferencePath, pointer.clone(), message);
            }
            Vec::new()
        }
        Content::PathOrCall(text) => dynamic(pointer, text).unwrap_or_else(|| {
            let message = "The value must be a valid JSONPath or a valid intrinsic function call";
            findings.add(Rule::Path, pointer.clone(), message);
            Vec::new()
        }),
        Content::Template(tree) => check_template(pointer, *tree, findings),
    }
}

/// The variables that paths begin with.
fn reads<'p>(pointer: &Pointer, paths: impl IntoIterator<Item = &'p Path>) -> Vec<Read> {
    let variables = paths.into_iter().filter_map(|path| match &path.root {
        Root::Variable(name) => Some(Read { pointer: pointer.clone(), name: name.clone() }),
        Root::Input | Root::Context => None,
    });
    variables.collect()
}

/// The variables that a path or a call reads; `None` if the text is neither.
fn dynamic(pointer: &Pointer, text: &str) -> Option<Vec<Read>> {
    if text.starts_with('$') {
        return Path::parse(text).map(|path| reads(pointer, [&path]));
    }
    Intrinsic::parse(text).map(|call| reads(pointer, call.paths()))
}

fn check_template(pointer: &Pointer, tree: Tree<'_>, findings: &mut Findings) -> Vec<Read> {
    let mut reads = Vec::new();
    let mut pending = vec![(pointer.clone(), tree)];
    while let Some((pointer, tree)) = pending.pop() {
        match tree {
            Tree::Value(Value::Array(items)) => {
                let items = items.iter().enumerate().rev();
                pending.extend(items.map(|(index, item)| (pointer.index(index), Tree::Value(item))));
            }
            Tree::Value(Value::Object(members)) | Tree::Object(members) => {
                reads.extend(check_members(&pointer, members, findings));
                let members = members.iter().rev();
                pending.extend(members.map(|(key, member)| (pointer.key(key), Tree::Value(member))));
            }
            Tree::Text(_) | Tree::Value(_) => {}
        }
    }
    reads
}

fn check_members(pointer: &Pointer, members: &Map<String, Value>, findings: &mut Findings) -> Vec<Read> {
    let mut reads = Vec::new();
    for (key, value) in members {
        let Some(name) = key.strip_suffix(".$") else {
            if value.as_str().is_some_and(looks_dynamic) {
                let message =
                    format!("The value for the field '{key}' looks like a path, but the field does not end with '.$'");
                findings.add(Rule::Dollar, pointer.clone(), message);
            }
            continue;
        };
        if members.contains_key(name) {
            let message = format!("The fields '{name}' and '{key}' can not be given together");
            findings.add(Rule::TemplateField, pointer.clone(), message);
        }
        match value.as_str().and_then(|text| dynamic(&pointer.key(key), text)) {
            Some(found) => reads.extend(found),
            None => {
                let message = format!(
                    "The value for the field '{key}' must be a valid JSONPath or a valid intrinsic function call"
                );
                findings.add(Rule::Template, pointer.clone(), message);
            }
        }
    }
    reads
}

fn looks_dynamic(text: &str) -> bool {
    ["$.", "$$.", "$["].iter().any(|begin| text.starts_with(begin)) && Path::parse(text).is_some()
        || Intrinsic::parse(text).is_some()
}
