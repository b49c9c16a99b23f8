//! Expressions that need no engine: those that move data and compute with scalars.
//!
//! What is evaluated here means exactly what it means in the engine, only without conversion and without
//! copying: a path to a part of a large value gives that part itself. Whatever is not plain, a path through a
//! list, an operand of an unexpected type, anything that would be an error, gives no answer, and the engine is asked.
//! Only whole numbers beyond 2^53 fare better here than in the engine: they stay exact, as on the service.

mod compile;
mod operators;

use std::sync::Arc;

use jsonata_core::ast::{AstNode, BinaryOp};

use self::compile::Compiler;
use self::operators::{binary, finite, flag, text};
use super::Evaluated;
use crate::query::View;
use crate::scope::VariableId;
use crate::value::{Fields, Value};

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
    String,
}

impl Direct {
    /// The plain form of an expression, if it is of the plain kind all through and no deeper than the service allows.
    pub(super) fn compile(ast: &AstNode, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Direct> {
        Compiler::new(intern).node(ast)
    }

    /// The value, if it can be told without the engine, which also knows what to say of values that are very large.
    pub(super) fn eval(&self, view: &View<'_>) -> Option<Evaluated> {
        /// Far below the service's bound for values, in bytes.
        const LARGE: usize = 1024 * 1024;
        let evaluated = self.any_eval(view)?;
        match &evaluated {
            Evaluated::Value(value) if self.builds() && value.json_len() > LARGE => None,
            Evaluated::Value(_) | Evaluated::Undefined | Evaluated::Unsupported => Some(evaluated),
        }
    }

    /// Whether the value is made here, and not only found.
    fn builds(&self) -> bool {
        match self {
            Direct::Array(_) | Direct::Object(_) | Direct::Binary { .. } | Direct::Call { .. } => true,
            Direct::Constant(_) | Direct::Path { .. } | Direct::Negate(_) | Direct::Conditional(_) => false,
        }
    }

    fn any_eval(&self, view: &View<'_>) -> Option<Evaluated> {
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

impl Function {
    fn named(name: &str) -> Option<Function> {
        match name {
            "count" => Some(Function::Count),
            "exists" => Some(Function::Exists),
            "merge" => Some(Function::Merge),
            "not" => Some(Function::Not),
            "string" => Some(Function::String),
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
            (Function::String, Evaluated::Value(value)) => Some(Value::string(text(&value)?)),
            (Function::Count | Function::Merge | Function::Not | Function::String, Evaluated::Undefined) => None,
            (_, Evaluated::Unsupported) => None,
        }
    }
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

fn merge(objects: &[Value]) -> Option<Value> {
    let mut merged = Fields::new();
    for object in objects {
        merged.extend(object.as_fields()?.iter().map(|(name, value)| (Arc::clone(name), value.clone())));
    }
    Some(Value::object(merged))
}
