//! Expressions: their syntax, and what they may read in Step Functions, where they have no document to begin from.

use super::Rule;
use super::finding::Findings;
use super::place::Tree;
use super::variables::Read;
use crate::jsonata::{BinaryOperator, Expression, Id, Kind, parse};
use crate::{Pointer, expression_body};
use serde_json::Value;
use std::collections::HashSet;

/// The functions that expressions may call: those of JSONata 2.0.6 but `$eval`, and those that the service adds.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "abs", "append", "assert", "average", "base64decode", "base64encode", "boolean", "ceil", "clone", "contains",
    "count", "decodeUrl", "decodeUrlComponent", "distinct", "each", "encodeUrl", "encodeUrlComponent", "error",
    "exists", "filter", "floor", "formatBase", "formatInteger", "formatNumber", "fromMillis", "hash", "join", "keys",
    "length", "lookup", "lowercase", "map", "match", "max", "merge", "millis", "min", "not", "now", "number", "pad",
    "parse", "parseInteger", "partition", "power", "random", "range", "reduce", "replace", "reverse", "round",
    "shuffle", "sift", "single", "sort", "split", "spread", "sqrt", "string", "substring", "substringAfter",
    "substringBefore", "sum", "toMillis", "trim", "type", "uppercase", "uuid", "zip",
];

/// Checks all expressions in `tree`; gives the variables that they read.
pub(super) fn check(pointer: &Pointer, tree: Tree<'_>, member: Option<&str>, findings: &mut Findings) -> Vec<Read> {
    let mut reads = Vec::new();
    let mut pending = vec![(pointer.clone(), tree)];
    while let Some((pointer, tree)) = pending.pop() {
        match tree {
            Tree::Text(text) => reads.extend(check_text(&pointer, text, member, findings)),
            Tree::Value(Value::String(text)) => pending.push((pointer, Tree::Text(text))),
            Tree::Value(Value::Array(items)) => {
                let items = items.iter().enumerate().rev();
                pending.extend(items.map(|(index, item)| (pointer.index(index), Tree::Value(item))));
            }
            Tree::Value(Value::Object(members)) | Tree::Object(members) => {
                let members = members.iter().rev();
                pending.extend(members.map(|(key, member)| (pointer.key(key), Tree::Value(member))));
            }
            Tree::Value(Value::Null | Value::Bool(_) | Value::Number(_)) => {}
        }
    }
    reads
}

fn check_text(pointer: &Pointer, text: &str, member: Option<&str>, findings: &mut Findings) -> Vec<Read> {
    let Some(body) = expression_body(text) else {
        if text.starts_with("{%") || (text.ends_with("%}") && !text.contains("{%")) {
            let message = "A JSONata expression must begin with '{%' and end with '%}'";
            findings.add(Rule::Delimiters, pointer.clone(), message);
        }
        return Vec::new();
    };
    match parse(body) {
        Ok(expression) => Reader { pointer, member, expression: &expression, findings }.read(),
        Err(error) => {
            findings.add(Rule::Jsonata, pointer.clone(), error.message);
            Vec::new()
        }
    }
}

/// Looks for what an expression reads.
struct Reader<'a> {
    pointer: &'a Pointer,
    /// What `$states` has besides `input` and `context`.
    member: Option<&'a str>,
    expression: &'a Expression,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Read> {
        let (mut names, mut bound) = (Vec::new(), HashSet::new());
        // Nodes, and whether there is a value that names stand for fields of.
        let mut pending = vec![(self.expression.root(), false)];
        while let Some((id, has_context)) = pending.pop() {
            let Some(node) = self.expression.node(id) else { continue };
            self.check_reference(&node.kind, has_context);
            match &node.kind {
                Kind::Variable(name) => names.push(name.as_str()),
                Kind::Focus(_, name) | Kind::Position(_, name) | Kind::Binding(name, _) => {
                    _ = bound.insert(name.as_str())
                }
                Kind::Function(parameters, _) => bound.extend(parameters.iter().map(String::as_str)),
                _ => {}
            }
            push_parts(&node.kind, has_context, &mut pending);
        }
        let is_free =
            |name: &&str| !["", "$", "states"].contains(name) && !FUNCTIONS.contains(name) && !bound.contains(name);
        let free = names.into_iter().filter(is_free);
        free.map(|name| Read { pointer: self.pointer.clone(), name: name.to_owned() }).collect()
    }

    fn check_reference(&mut self, kind: &Kind, has_context: bool) {
        match kind {
            Kind::Variable(name) if name == "$" => self.refuse("Reference to '$$' is not supported."),
            Kind::Variable(name) if name.is_empty() && !has_context => self.refuse_at_top("$"),
            Kind::Name(name) if !has_context => self.refuse_at_top(name),
            Kind::Wildcard if !has_context => self.refuse_at_top("*"),
            Kind::Descendants if !has_context => self.refuse_at_top("**"),
            Kind::Parent if !has_context => self.refuse_at_top("%"),
            Kind::Binary(BinaryOperator::Step, left, right) => {
                if let (Some(Kind::Text(name)), false) = (self.kind(*left), has_context) {
                    self.refuse_at_top(&name.clone());
                }
                if matches!(self.kind(*left), Some(Kind::Variable(name)) if name == "states") {
                    self.check_member(*right);
                }
            }
            _ => {}
        }
    }

    /// Checks the step that follows `$states`.
    fn check_member(&mut self, mut step: Id) {
        while let Some(
            Kind::Filter(inner, _) | Kind::KeepArray(inner) | Kind::Focus(inner, _) | Kind::Position(inner, _),
        ) = self.kind(step)
        {
            step = *inner;
        }
        let Some(Kind::Name(name) | Kind::Text(name)) = self.kind(step) else { return };
        if !matches!(name.as_str(), "input" | "context") && Some(name.as_str()) != self.member {
            self.refuse(&format!("Field '$states.{name}' does not exist."));
        }
    }

    fn kind(&self, id: Id) -> Option<&Kind> {
        self.expression.node(id).map(|node| &node.kind)
    }

    fn refuse_at_top(&mut self, name: &str) {
        self.refuse(&format!("Reference to '{name}' at the top level is not supported."));
    }

    fn refuse(&mut self, message: &str) {
        self.findings.add(Rule::Reference, self.pointer.clone(), message);
    }
}

/// Adds the parts of a node, with whether each has a context: inside of paths there is one.
fn push_parts(kind: &Kind, has_context: bool, pending: &mut Vec<(Id, bool)>) {
    let mut here = |id: &Id| pending.push((*id, has_context));
    match kind {
        Kind::Text(_)
        | Kind::Number(_)
        | Kind::Constant(_)
        | Kind::Regex
        | Kind::Name(_)
        | Kind::Variable(_)
        | Kind::Wildcard
        | Kind::Descendants
        | Kind::Parent
        | Kind::Placeholder => {}
        Kind::Negation(part)
        | Kind::KeepArray(part)
        | Kind::Focus(part, _)
        | Kind::Position(part, _)
        | Kind::Binding(_, part)
        | Kind::Function(_, part) => here(part),
        Kind::Array(parts) | Kind::Block(parts) => parts.iter().for_each(here),
        Kind::Object(pairs) => pairs.iter().for_each(|(key, value)| {
            here(key);
            here(value);
        }),
        Kind::Binary(BinaryOperator::Step, left, right) | Kind::Filter(left, right) => {
            here(left);
            pending.push((*right, true));
        }
        Kind::Binary(_, left, right) => {
            here(left);
            here(right);
        }
        Kind::Group(left, pairs) => {
            here(left);
            pending.extend(pairs.iter().flat_map(|(key, value)| [(*key, true), (*value, true)]));
        }
        Kind::Sort(left, terms) => {
            here(left);
            pending.extend(terms.iter().map(|term| (*term, true)));
        }
        Kind::Condition(condition, then, otherwise) => {
            [Some(condition), Some(then), otherwise.as_ref()].into_iter().flatten().for_each(here)
        }
        Kind::Call(callee, arguments) => {
            here(callee);
            arguments.iter().for_each(here);
        }
        Kind::Transform(pattern, update, delete) => {
            let parts = [Some(*pattern), Some(*update), *delete];
            pending.extend(parts.into_iter().flatten().map(|part| (part, true)));
        }
    }
}
