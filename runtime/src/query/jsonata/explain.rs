//! What the engine leaves out of its messages: the function or operator that failed, and the values it failed with.
//!
//! After such a failure the expression is evaluated once more, in a form in which calls and operators tell of themselves
//! before they are carried out: the last one to do so is the one that fails. Expressions that succeed pay nothing for it.

use std::cell::RefCell;
use std::rc::Rc;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage, UnaryOp};
use jsonata_core::evaluator::Evaluator;
use jsonata_core::value::JValue;

use super::{Evaluated, bridge, memory, signature};

/// Whether a message is one of those of which more can be said.
pub(super) fn is_incomplete(message: &str) -> bool {
    match message.split_once(": ") {
        Some(("T0410" | "T0411" | "T0412", text)) => !text.contains("of function \""),
        Some(("D1002" | "D2014" | "T2007" | "T2009" | "T2010" | "T2011" | "T2012", _)) => true,
        _ => false,
    }
}

/// What an evaluation told of itself.
#[derive(Default)]
pub(super) struct Account(Rc<RefCell<Told>>);

#[derive(Default)]
struct Told {
    /// The last operation and its operands.
    last: Option<(String, Vec<JValue>)>,
    /// What lists were sorted by.
    terms: Vec<JValue>,
}

/// The name of the function by which operations tell of themselves; no expression can call it.
const TELL: &str = "tell of operation";

/// How many levels an operation takes that tells of itself.
pub(super) const LEVELS: usize = 4;

/// The names under which what is no function tells of itself.
const TERM: &str = "^";
const UPDATE: &str = "update";
const DELETE: &str = "delete";

impl Account {
    /// Lets an evaluator write to this account.
    pub(super) fn register(&self, evaluator: &mut Evaluator) {
        let told = Rc::clone(&self.0);
        let registered = evaluator.register_fn_override(TELL, move |arguments: &[JValue]| {
            if let Some((JValue::String(operation), operands)) = arguments.split_first() {
                let mut told = told.borrow_mut();
                match (operation.as_ref(), operands) {
                    (TERM, [term]) => told.terms.push(term.clone()),
                    _ => told.last = Some((operation.to_string(), operands.to_vec())),
                }
            }
            Ok(JValue::Undefined)
        });
        debug_assert!(registered.is_ok(), "{TELL} cannot be registered");
    }

    /// The whole message for an incomplete one; `None` if nothing more is known.
    pub(super) fn completed(&self, message: &str) -> Option<String> {
        let told = self.0.borrow();
        let (code, text) = message.split_once(": ")?;
        if code == "T2007" {
            let [value, other] = unlike(&told.terms)?.map(text_of);
            return Some(format!("T2007: Type mismatch when comparing values {value} and {other} in order-by clause"));
        }
        let (operation, operands) = told.last.as_ref()?;
        let operand = |position: usize| operands.get(position).map(text_of);
        Some(match code {
            "D1002" => format!("D1002: Cannot negate a non-numeric value: {}", operand(0)?),
            "D2014" => {
                let [JValue::Number(first), JValue::Number(last)] = operands.as_slice() else { return None };
                format!(
                    "D2014: The size of the sequence allocated by the range operator (..) must not exceed 1e6.  Attempted to allocate {}.",
                    last - first + 1.0
                )
            }
            "T2009" => format!(
                "T2009: The values {} and {} either side of operator \"{operation}\" must be of the same data type",
                operand(0)?,
                operand(1)?
            ),
            "T2010" => format!(
                "T2010: The expressions either side of operator \"{operation}\" must evaluate to numeric or string values"
            ),
            "T2011" => format!(
                "T2011: The insert/update clause of the transform expression must evaluate to an object: {}",
                operand(0)?
            ),
            "T2012" => format!(
                "T2012: The delete clause of the transform expression must evaluate to a string or array of strings: {}",
                operand(0)?
            ),
            _ => of_call(operation, operands, text),
        })
    }
}

/// What is wrong with a call, or with the call of a function that it was given.
fn of_call(function: &str, arguments: &[JValue], text: &str) -> String {
    let given = arguments.iter().find_map(|argument| match argument {
        JValue::Builtin { name } => Some(signature::of_argument(1, name)),
        _ => None,
    });
    let known = signature::mismatch(function, arguments).or(given);
    known.or_else(|| signature::context_mismatch(function, arguments)).unwrap_or_else(|| of_own(function, text))
}

/// What is wrong with a call of a function that the expression defines; the engine tells the place.
fn of_own(function: &str, text: &str) -> String {
    let number = |after: &str| -> Option<usize> {
        let digits = text.split_once(after)?.1;
        digits.split(|next: char| !next.is_ascii_digit()).next()?.parse().ok()
    };
    let count = || Some(number("expected ")?.min(number("got ")?) + 1);
    let position = number("Argument ").or_else(count).unwrap_or(1);
    match text.split_once("must be an array of ").and_then(|(_, items)| items.chars().next()) {
        Some(items) => signature::of_items(position, function, items.to_ascii_lowercase()),
        None => signature::of_argument(position, function),
    }
}

/// Two neighbours of which one is a number and the other is not.
fn unlike(terms: &[JValue]) -> Option<[&JValue; 2]> {
    let is_number = |term: &JValue| matches!(term, JValue::Number(_));
    terms.windows(2).find_map(|pair| match pair {
        [left, right] if is_number(left) != is_number(right) => Some([left, right]),
        _ => None,
    })
}

/// A value as messages show it.
fn text_of(value: &JValue) -> String {
    match bridge::from_engine(value) {
        Evaluated::Value(value) => value.to_string(),
        Evaluated::Undefined | Evaluated::Unsupported => String::new(),
    }
}

/// Makes all operations in a node tell of themselves, the node itself among them.
pub(super) fn instrument(node: &mut AstNode) {
    instrument_inside(node);
    if let Some(telling) = telling(node) {
        *node = telling;
    }
}

/// The same for all that is inside of a node, which the engine wants to find as it is.
fn instrument_inside(node: &mut AstNode) {
    match node {
        AstNode::Path { steps } => steps.iter_mut().for_each(instrument_step),
        AstNode::Binary { op, lhs, rhs } => match op {
            BinaryOp::ColonEqual => instrument(rhs),
            BinaryOp::FocusBind | BinaryOp::IndexBind => instrument_inside(lhs),
            BinaryOp::ChainPipe => {
                instrument(lhs);
                instrument_inside(rhs);
            }
            _ => [lhs, rhs].into_iter().for_each(|side| instrument(side)),
        },
        AstNode::Unary { operand: inner, .. } | AstNode::FunctionApplication(inner) => instrument(inner),
        AstNode::Function { args, .. } => args.iter_mut().for_each(instrument),
        AstNode::Call { procedure, args } => {
            instrument_inside(procedure);
            args.iter_mut().for_each(instrument);
        }
        AstNode::Lambda { body, .. } => instrument(body),
        AstNode::Array(items) | AstNode::ArrayGroup(items) => items.iter_mut().for_each(|item| match item {
            AstNode::Array(_) => instrument_inside(item),
            _ => instrument(item),
        }),
        AstNode::Block(nodes) => nodes.iter_mut().for_each(instrument),
        AstNode::Object(pairs) => instrument_pairs(pairs),
        AstNode::ObjectTransform { input, pattern } => {
            instrument_inside(input);
            instrument_pairs(pattern);
        }
        AstNode::Conditional { condition, then_branch, else_branch } => {
            let branches = [Some(condition), Some(then_branch), else_branch.as_mut()];
            branches.into_iter().flatten().for_each(|branch| instrument(branch));
        }
        AstNode::Sort { input, terms } => {
            instrument_inside(input);
            terms.iter_mut().for_each(|(term, _)| instrument_value(term, TERM));
        }
        AstNode::Transform { location, update, delete } => {
            instrument(location);
            instrument_value(update, UPDATE);
            delete.iter_mut().for_each(|delete| instrument_value(delete, DELETE));
        }
        AstNode::String(_)
        | AstNode::Name(_)
        | AstNode::Number(_)
        | AstNode::Boolean(_)
        | AstNode::Null
        | AstNode::Undefined
        | AstNode::Placeholder
        | AstNode::Regex { .. }
        | AstNode::Variable(_)
        | AstNode::ParentVariable(_)
        | AstNode::Wildcard
        | AstNode::Descendant
        | AstNode::Parent(_) => {}
    }
}

fn instrument_pairs(pairs: &mut [(AstNode, AstNode)]) {
    for (key, value) in pairs {
        instrument(key);
        instrument(value);
    }
}

fn instrument_step(step: &mut PathStep) {
    if memory::is_bare(step) {
        instrument_inside(&mut step.node)
    } else {
        instrument(&mut step.node)
    }
    for stage in &mut step.stages {
        if let Stage::Filter(predicate) = stage {
            instrument(predicate);
        }
    }
}

/// Makes a node tell of its value.
fn instrument_value(node: &mut AstNode, name: &str) {
    instrument(node);
    let value = std::mem::replace(node, AstNode::Undefined);
    *node = carried_out(name, vec![value], |mut operands| operands.pop().unwrap_or(AstNode::Undefined));
}

/// The form of an operation in which it tells of itself; `None` for what cannot fail in a way that needs it.
fn telling(node: &mut AstNode) -> Option<AstNode> {
    match node {
        AstNode::Function { name, args, is_builtin } => {
            // Names with a blank stand for checks and calls of our own.
            if name.contains(' ') || args.iter().any(|argument| matches!(argument, AstNode::Placeholder)) {
                return None;
            }
            let (name, is_builtin) = (std::mem::take(name), *is_builtin);
            let call = |args| AstNode::Function { name: name.clone(), args, is_builtin };
            Some(carried_out(&name, std::mem::take(args), call))
        }
        AstNode::Binary { op: op @ BinaryOp::ChainPipe, lhs, rhs } => {
            let AstNode::Variable(name) = rhs.as_ref() else { return None };
            let (op, name, rhs) = (*op, name.clone(), rhs.clone());
            let left = std::mem::replace(lhs.as_mut(), AstNode::Undefined);
            Some(carried_out(&name, vec![left], |mut operands| AstNode::Binary {
                op,
                lhs: Box::new(operands.pop().unwrap_or(AstNode::Undefined)),
                rhs,
            }))
        }
        AstNode::Binary { op, lhs, rhs } => {
            let (op, written) = (*op, written(*op)?);
            let sides = [lhs, rhs].map(|side| std::mem::replace(side.as_mut(), AstNode::Undefined));
            Some(carried_out(written, sides.into(), |operands| {
                let mut operands = operands.into_iter().map(Box::new);
                let mut next = || operands.next().unwrap_or_else(|| Box::new(AstNode::Undefined));
                AstNode::Binary { op, lhs: next(), rhs: next() }
            }))
        }
        AstNode::Unary { op: op @ UnaryOp::Negate, operand } => {
            let (op, operand) = (*op, std::mem::replace(operand.as_mut(), AstNode::Undefined));
            Some(carried_out("-", vec![operand], |mut operands| AstNode::Unary {
                op,
                operand: Box::new(operands.pop().unwrap_or(AstNode::Undefined)),
            }))
        }
        _ => None,
    }
}

/// The operators of whose failures more can be said.
fn written(op: BinaryOp) -> Option<&'static str> {
    match op {
        BinaryOp::LessThan => Some("<"),
        BinaryOp::LessThanOrEqual => Some("<="),
        BinaryOp::GreaterThan => Some(">"),
        BinaryOp::GreaterThanOrEqual => Some(">="),
        BinaryOp::Range => Some(".."),
        _ => None,
    }
}

/// An operation on operands that are evaluated once, and told of before: `($1 := a; $2 := b; $tell("<", $1, $2); $1 < $2)`.
fn carried_out(name: &str, operands: Vec<AstNode>, operation: impl FnOnce(Vec<AstNode>) -> AstNode) -> AstNode {
    let mut nodes = Vec::new();
    let operands: Vec<AstNode> = operands
        .into_iter()
        .enumerate()
        .map(|(position, operand)| match operand {
            // The engine looks at functions and patterns as they are written; to evaluate them twice does nothing.
            AstNode::Lambda { .. } | AstNode::Regex { .. } => operand,
            operand => {
                let variable = AstNode::Variable(format!("operand {position}"));
                nodes.push(AstNode::Binary {
                    op: BinaryOp::ColonEqual,
                    lhs: Box::new(variable.clone()),
                    rhs: Box::new(operand),
                });
                variable
            }
        })
        .collect();
    let args = std::iter::once(AstNode::String(name.to_owned())).chain(operands.iter().cloned()).collect();
    nodes.push(AstNode::Function { name: TELL.to_owned(), args, is_builtin: true });
    nodes.push(operation(operands));
    AstNode::Block(nodes)
}
