//! Expressions that need no engine: those that move data and compute with scalars.
//!
//! What is evaluated here means exactly what it means in the engine, only without conversion and without
//! copying: a path to a part of a large value gives that part itself. Whatever is not plain, a path through a
//! list, an operand of an unexpected type, anything that would be an error, gives no answer, and the engine is asked.
//! Only whole numbers beyond 2^53 fare better here than in the engine: they stay exact, as on the service.

use std::cmp::Ordering;
use std::sync::Arc;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, UnaryOp};

use super::Evaluated;
use crate::query::View;
use crate::scope::VariableId;
use crate::value::{Fields, Value, compare_numbers};

/// An expression of the plain kind.
#[derive(Debug)]
pub(super) enum Direct {
    Constant(Value),
    Path { root: Root, names: Vec<Arc<str>> },
    Array(Vec<Direct>),
    Object(Vec<(Arc<str>, Direct)>),
    Binary { op: BinaryOp, operands: Box<[Direct; 2]> },
    Negate(Box<Direct>),
    Conditional(Box<[Direct; 3]>),
    Call { function: Function, argument: Box<Direct> },
}

/// How many levels the service lets an expression have.
const DEEPEST: usize = 100;

/// Where a path begins.
#[derive(Debug)]
pub(super) enum Root {
    /// `$states`; the path names the member.
    States,
    Variable(VariableId),
}

/// The functions that are answered here.
#[derive(Clone, Copy, Debug)]
pub(super) enum Function {
    Count,
    Exists,
    Merge,
    Not,
}

impl Direct {
    /// The plain form of an expression, if it is of the plain kind all through and no deeper than the service allows.
    pub(super) fn compile(ast: &AstNode, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Direct> {
        Compiler { intern, room: DEEPEST }.node(ast)
    }

    /// The value, if it can be told without the engine.
    pub(super) fn eval(&self, view: &View<'_>) -> Option<Evaluated> {
        match self {
            Direct::Constant(value) => Some(Evaluated::Value(value.clone())),
            Direct::Path { root, names } => walk(root, names, view),
            Direct::Array(items) => array(items, view),
            Direct::Object(members) => object(members, view),
            Direct::Binary { op, operands } => {
                let [left, right] = operands.as_ref();
                let (left, right) = (left.value(view)?, right.value(view)?);
                Some(Evaluated::Value(binary(*op, &left, &right)?))
            }
            Direct::Negate(operand) => Some(Evaluated::Value(finite(-operand.value(view)?.as_f64()?)?)),
            Direct::Conditional(parts) => {
                let [condition, then, otherwise] = parts.as_ref();
                if flag(&condition.value(view)?)? { then.eval(view) } else { otherwise.eval(view) }
            }
            Direct::Call { function, argument } => Some(Evaluated::Value(function.call(argument.eval(view)?)?)),
        }
    }

    /// The value, if there is one; the engine knows what operators make of nothing.
    fn value(&self, view: &View<'_>) -> Option<Value> {
        match self.eval(view)? {
            Evaluated::Value(value) => Some(value),
            Evaluated::Undefined | Evaluated::Unsupported => None,
        }
    }
}

struct Compiler<'a> {
    intern: &'a mut dyn FnMut(&str) -> VariableId,
    /// How many levels there may still be.
    room: usize,
}

impl Compiler<'_> {
    fn node(&mut self, ast: &AstNode) -> Option<Direct> {
        self.room = self.room.checked_sub(1)?;
        let direct = self.plain(ast);
        self.room += 1;
        direct
    }

    fn plain(&mut self, ast: &AstNode) -> Option<Direct> {
        Some(match ast {
            AstNode::String(text) => Direct::Constant(Value::string(text.as_str())),
            AstNode::Number(number) => Direct::Constant(Value::number(*number)),
            AstNode::Boolean(flag) => Direct::Constant(Value::Bool(*flag)),
            AstNode::Null => Direct::Constant(Value::Null),
            AstNode::Variable(name) => self.path(name, &[])?,
            AstNode::Path { steps } => match steps.split_first()? {
                (first @ PathStep { node: AstNode::Variable(name), .. }, rest) if is_plain(first) => {
                    self.path(name, rest)?
                }
                _ => return None,
            },
            AstNode::Array(items) => Direct::Array(self.nodes(items)?),
            AstNode::Object(pairs) => Direct::Object(self.members(pairs)?),
            AstNode::Binary { op, lhs, rhs } if is_plain_operator(*op) => {
                let operands = Box::new([self.node(lhs)?, self.node(rhs)?]);
                Direct::Binary { op: *op, operands }
            }
            AstNode::Unary { op: UnaryOp::Negate, operand } => Direct::Negate(Box::new(self.node(operand)?)),
            AstNode::Conditional { condition, then_branch, else_branch: Some(otherwise) } => {
                let [condition, then] = [condition, then_branch].map(|node| self.node(node));
                Direct::Conditional(Box::new([condition?, then?, self.node(otherwise)?]))
            }
            AstNode::Function { name, args, .. } => match args.as_slice() {
                [argument] => {
                    let function = Function::named(name)?;
                    Direct::Call { function, argument: Box::new(self.node(argument)?) }
                }
                _ => return None,
            },
            AstNode::Block(nodes) => match nodes.as_slice() {
                [node] => self.node(node)?,
                _ => return None,
            },
            _ => return None,
        })
    }

    fn nodes(&mut self, nodes: &[AstNode]) -> Option<Vec<Direct>> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    /// The members of an object whose keys are all known and all different.
    fn members(&mut self, pairs: &[(AstNode, AstNode)]) -> Option<Vec<(Arc<str>, Direct)>> {
        let mut members: Vec<(Arc<str>, Direct)> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let AstNode::String(key) = key else { return None };
            if members.iter().any(|(other, _)| other.as_ref() == key) {
                return None;
            }
            members.push((key.as_str().into(), self.node(value)?));
        }
        Some(members)
    }

    fn path(&mut self, name: &str, steps: &[PathStep]) -> Option<Direct> {
        let plain_name = |step: &PathStep| match &step.node {
            AstNode::Name(name) if is_plain(step) => Some(Arc::from(name.as_str())),
            _ => None,
        };
        let names: Vec<Arc<str>> = steps.iter().map(plain_name).collect::<Option<_>>()?;
        // The steps of a path are one level below it.
        if self.room == 0 && !names.is_empty() {
            return None;
        }
        match name {
            "" => None,
            "states" => (!names.is_empty()).then_some(Direct::Path { root: Root::States, names }),
            _ => Some(Direct::Path { root: Root::Variable((self.intern)(name)), names }),
        }
    }
}

impl Function {
    fn named(name: &str) -> Option<Function> {
        match name {
            "count" => Some(Function::Count),
            "exists" => Some(Function::Exists),
            "merge" => Some(Function::Merge),
            "not" => Some(Function::Not),
            _ => None,
        }
    }

    fn call(self, argument: Evaluated) -> Option<Value> {
        match (self, argument) {
            (Function::Exists, Evaluated::Value(_)) => Some(Value::Bool(true)),
            (Function::Exists, Evaluated::Undefined) => Some(Value::Bool(false)),
            (Function::Count, Evaluated::Value(value)) => Some(Value::Number(value.as_items()?.len().into())),
            (Function::Merge, Evaluated::Value(value)) => merge(value.as_items()?),
            (Function::Not, Evaluated::Value(value)) => Some(Value::Bool(!flag(&value)?)),
            (Function::Count | Function::Merge | Function::Not, Evaluated::Undefined) => None,
            (_, Evaluated::Unsupported) => None,
        }
    }
}

fn is_plain_operator(op: BinaryOp) -> bool {
    match op {
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::Modulo
        | BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::LessThan
        | BinaryOp::LessThanOrEqual
        | BinaryOp::GreaterThan
        | BinaryOp::GreaterThanOrEqual
        | BinaryOp::And
        | BinaryOp::Or
        | BinaryOp::Concatenate => true,
        BinaryOp::In
        | BinaryOp::Range
        | BinaryOp::ColonEqual
        | BinaryOp::FocusBind
        | BinaryOp::IndexBind
        | BinaryOp::Coalesce
        | BinaryOp::Default
        | BinaryOp::ChainPipe => false,
    }
}

fn is_plain(step: &PathStep) -> bool {
    let binds = step.focus.is_some() || step.index_var.is_some() || step.ancestor_label.is_some();
    step.stages.is_empty() && !binds && !step.is_tuple && !step.inner_tuple
}

fn walk(root: &Root, names: &[Arc<str>], view: &View<'_>) -> Option<Evaluated> {
    let (start, rest) = match root {
        Root::States => {
            let (member, rest) = view.states_path(names)?;
            match member {
                Some(value) => (value, rest),
                None => return Some(Evaluated::Undefined),
            }
        }
        // What is no variable may be a function, which the engine knows.
        Root::Variable(id) => (view.scope.get(*id)?.clone(), names),
    };
    let mut value = start;
    for name in rest {
        value = match &value {
            Value::Object(object) => match object.fields().get(name.as_ref()) {
                Some(field) => field.clone(),
                None => return Some(Evaluated::Undefined),
            },
            Value::Array(_) => return None,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return Some(Evaluated::Undefined),
        };
    }
    Some(Evaluated::Value(value))
}

/// An array constructor: nothing adds no item, and a list that is not written as one adds its items.
fn array(items: &[Direct], view: &View<'_>) -> Option<Evaluated> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        match (item, item.eval(view)?) {
            (Direct::Array(_), Evaluated::Value(list)) => values.push(list),
            (_, Evaluated::Value(Value::Array(list))) => values.extend_from_slice(list.items()),
            (_, Evaluated::Value(value)) => values.push(value),
            (_, Evaluated::Undefined) => {}
            (_, Evaluated::Unsupported) => return None,
        }
    }
    Some(Evaluated::Value(Value::array(values)))
}

/// An object constructor: nothing makes no member.
fn object(members: &[(Arc<str>, Direct)], view: &View<'_>) -> Option<Evaluated> {
    let mut fields = Fields::with_capacity(members.len());
    for (name, member) in members {
        match member.eval(view)? {
            Evaluated::Value(value) => {
                fields.insert(Arc::clone(name), value);
            }
            Evaluated::Undefined => {}
            Evaluated::Unsupported => return None,
        }
    }
    Some(Evaluated::Value(Value::object(fields)))
}

fn binary(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    match op {
        BinaryOp::Add => arithmetic(left, right, i64::checked_add, |left, right| left + right),
        BinaryOp::Subtract => arithmetic(left, right, i64::checked_sub, |left, right| left - right),
        BinaryOp::Multiply => arithmetic(left, right, i64::checked_mul, |left, right| left * right),
        BinaryOp::Divide => finite(left.as_f64()? / right.as_f64()?),
        BinaryOp::Modulo => arithmetic(left, right, i64::checked_rem, |left, right| left % right),
        BinaryOp::LessThan => Some(Value::Bool(order(left, right)?.is_lt())),
        BinaryOp::LessThanOrEqual => Some(Value::Bool(order(left, right)?.is_le())),
        BinaryOp::GreaterThan => Some(Value::Bool(order(left, right)?.is_gt())),
        BinaryOp::GreaterThanOrEqual => Some(Value::Bool(order(left, right)?.is_ge())),
        BinaryOp::Equal => Some(Value::Bool(equal(left, right)?)),
        BinaryOp::NotEqual => Some(Value::Bool(!equal(left, right)?)),
        BinaryOp::And => Some(Value::Bool(flag(left)? && flag(right)?)),
        BinaryOp::Or => Some(Value::Bool(flag(left)? || flag(right)?)),
        BinaryOp::Concatenate => Some(Value::string(left.as_str()?.to_owned() + right.as_str()?)),
        BinaryOp::In
        | BinaryOp::Range
        | BinaryOp::ColonEqual
        | BinaryOp::FocusBind
        | BinaryOp::IndexBind
        | BinaryOp::Coalesce
        | BinaryOp::Default
        | BinaryOp::ChainPipe => None,
    }
}

/// The result of an operator on numbers: exact as long as whole numbers of 64 bits hold it.
fn arithmetic(
    left: &Value,
    right: &Value,
    exact: fn(i64, i64) -> Option<i64>,
    rounded: fn(f64, f64) -> f64,
) -> Option<Value> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else { return None };
    let whole = left.as_i64().zip(right.as_i64()).and_then(|(left, right)| exact(left, right));
    match whole {
        Some(whole) => Some(Value::Number(whole.into())),
        None => finite(rounded(left.as_f64()?, right.as_f64()?)),
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare_numbers(left, right),
        _ => None,
    }
}

/// Whether two scalars are equal.
fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => None,
        (Value::Number(left), Value::Number(right)) => Some(compare_numbers(left, right)?.is_eq()),
        _ => Some(left == right),
    }
}

fn merge(objects: &[Value]) -> Option<Value> {
    let mut merged = Fields::new();
    for object in objects {
        merged.extend(object.as_fields()?.iter().map(|(name, value)| (Arc::clone(name), value.clone())));
    }
    Some(Value::object(merged))
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn finite(number: f64) -> Option<Value> {
    number.is_finite().then(|| Value::number(number))
}
