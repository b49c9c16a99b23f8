//! Making expressions: the functions of the library are composed from these.

use serde_json::Value;

use super::{
    Expr,
    recorder::{self, FrameKind},
};
use crate::{
    data::Shape,
    ir::{self, Binary, ExprId, Function, Kind, Unary, VarId},
    position::Position,
};

/// Stores an expression in its simplest form.
pub(crate) fn build(expr: ir::Expr) -> ExprId {
    recorder::with(|recorder| recorder.build(expr))
}

/// A constant.
pub(crate) fn constant(value: impl Into<Value>) -> ExprId {
    build(ir::Expr::Literal(value.into()))
}

/// `null`.
pub(crate) fn null() -> ExprId {
    constant(Value::Null)
}

/// An operator with one operand.
pub(crate) fn unary(op: Unary, operand: ExprId) -> ExprId {
    build(ir::Expr::Unary(op, operand))
}

/// `!a`
pub(crate) fn not(operand: ExprId) -> ExprId {
    unary(Unary::Not, operand)
}

/// An operator with two operands.
pub(crate) fn binary(op: Binary, left: ExprId, right: ExprId) -> ExprId {
    build(ir::Expr::Binary(op, left, right))
}

/// `a && b && …`; no operand is `true`.
pub(crate) fn all(conditions: impl IntoIterator<Item = ExprId>) -> ExprId {
    conditions.into_iter().reduce(|left, right| binary(Binary::And, left, right)).unwrap_or_else(|| constant(true))
}

/// `a || b || …`; no operand is `false`.
pub(crate) fn any(conditions: impl IntoIterator<Item = ExprId>) -> ExprId {
    conditions.into_iter().reduce(|left, right| binary(Binary::Or, left, right)).unwrap_or_else(|| constant(false))
}

/// `if cond { then } else { otherwise }`
pub(crate) fn if_(cond: ExprId, then: ExprId, otherwise: ExprId) -> ExprId {
    build(ir::Expr::If { cond, then, otherwise })
}

/// A function of the target whose result is no array.
pub(crate) fn call(name: &'static str, arguments: &[ExprId]) -> ExprId {
    call_as(name, Kind::SCALAR, arguments)
}

/// A function of the target whose result is an array.
pub(crate) fn call_list(name: &'static str, arguments: &[ExprId]) -> ExprId {
    call_as(name, Kind::LIST, arguments)
}

/// A function of the target.
pub(crate) fn call_as(name: &'static str, kind: Kind, arguments: &[ExprId]) -> ExprId {
    build(ir::Expr::Call(Function { name, kind, stable: true }, arguments.to_vec()))
}

/// A function of the target that gives another value each time.
pub(crate) fn call_unstable(name: &'static str, arguments: &[ExprId]) -> ExprId {
    build(ir::Expr::Call(Function { name, kind: Kind::SCALAR, stable: false }, arguments.to_vec()))
}

/// A key that is always present.
pub(crate) fn key(base: ExprId, key: &str, kind: Kind) -> ExprId {
    build(ir::Expr::Field { base, keys: vec![key.to_owned()], default: None, kind })
}

/// An item whose index is in range.
pub(crate) fn item(list: ExprId, index: ExprId, kind: Kind) -> ExprId {
    build(ir::Expr::Item { list, index, kind })
}

/// `list.len()`
pub(crate) fn count(list: ExprId) -> ExprId {
    call("count", &[list])
}

/// Whether an `Option` of a type that is never `null` holds a value. An absent key is `None` too.
pub(crate) fn is_some(option: ExprId) -> ExprId {
    let known = recorder::with(|recorder| {
        let known = recorder.conditions.get(&option).copied();
        if let Some(condition) = known {
            recorder.keep_checks(&[option], condition);
        }
        known
    });
    known.unwrap_or_else(|| binary(Binary::Ne, option, null()))
}

/// A value that is never `null`, where its type alone does not tell. It is an expression of its own: what is in an `Option` is
/// the same expression as the `Option`, of which nothing is noted.
pub(crate) fn never_null(value: ExprId) -> ExprId {
    let always = constant(true);
    if is_some(value) == always {
        return value;
    }
    recorder::with(|recorder| {
        let known = recorder.arena.push(ir::Expr::Known { value, form: value });
        recorder.conditions.insert(known, always);
        known
    })
}

/// What is flattened into an object: the object, told apart from it by what can be assigned.
pub(crate) fn flattened(object: ExprId) -> ExprId {
    recorder::with(|recorder| recorder.arena.push(ir::Expr::Known { value: object, form: object }))
}

/// `condition.then_some(value)`, of a value that is never `null`.
pub(crate) fn some_if(condition: ExprId, value: ExprId) -> ExprId {
    let option = if_(condition, value, null());
    recorder::with(|recorder| recorder.conditions.insert(option, condition));
    option
}

/// `condition.then_some(value)`, of a value of this shape.
pub(crate) fn option(condition: ExprId, value: ExprId, shape: &Shape) -> ExprId {
    if shape.is_nullable() { if_(condition, value, null()) } else { some_if(condition, value) }
}

/// `panic!(message)` as a value.
pub(crate) fn panic(message: &str) -> ExprId {
    panic_with(constant(message))
}

/// `panic!("{message}")` as a value.
pub(crate) fn panic_with(message: ExprId) -> ExprId {
    build(ir::Expr::Panic(message))
}

/// A value that is there if a condition holds, or else a panic: a statement of its own, but in a closure, which has only
/// expressions.
pub(crate) fn required(holds: ExprId, value: ExprId, message: ExprId, at: Position) -> ExprId {
    if recorder::in_closure() {
        return if_(holds, value, panic_with(message));
    }
    recorder::assert(holds, message, at);
    value
}

/// Texts one after the other, as one.
pub(crate) fn concat(parts: impl IntoIterator<Item = ExprId>) -> ExprId {
    parts.into_iter().reduce(|left, right| binary(Binary::Concat, left, right)).unwrap_or_else(|| constant(""))
}

/// What a text is searched for, by a function of the target.
pub(crate) fn regex(pattern: &'static str) -> ExprId {
    build(ir::Expr::Regex(pattern))
}

/// An object with one key.
pub(crate) fn entry(key: ExprId, value: ExprId) -> ExprId {
    build(ir::Expr::Entry { key, value })
}

/// `body` on an argument, which is evaluated even where the body does not read it: it may panic.
pub(crate) fn evaluated(value: ExprId, body: impl FnOnce(ExprId) -> ExprId) -> ExprId {
    if recorder::with(|recorder| recorder.arena.is_movable(value)) { body(value) } else { held("value", value, body) }
}

/// `{ let name = value; body }`, unless the value is a constant.
pub(crate) fn held(name: &str, value: ExprId, body: impl FnOnce(ExprId) -> ExprId) -> ExprId {
    if literal(value).is_some() {
        return body(value);
    }
    let var = recorder::new_var(name, false, kind(value));
    let body = closure(|| body(recorder::read(var)));
    build(ir::Expr::Let { var, value, body })
}

/// Evaluates what may panic in a value, whether something reads it or not.
pub(crate) fn unread(value: ExprId) {
    recorder::with(|recorder| {
        let checks = recorder.arena.evaluated_checks(value);
        recorder.evaluate(checks);
    });
}

/// The value of code that is never reached.
pub(crate) fn never() -> ExprId {
    panic("internal error: entered unreachable code")
}

/// Whether a value is that of code that is never reached.
pub(crate) fn is_never(value: ExprId) -> bool {
    value == never()
}

/// Whether an expression may panic.
pub(crate) fn may_panic(id: ExprId) -> bool {
    recorder::with(|recorder| recorder.arena.may_panic(id))
}

/// What is known of an expression's JSON.
pub(crate) fn kind(id: ExprId) -> Kind {
    recorder::with(|recorder| recorder.arena.kind(id))
}

/// The constant that an expression is or reads.
pub(crate) fn literal(id: ExprId) -> Option<Value> {
    recorder::literal(id)
}

/// A variable that an expression introduces: the parameter of a closure.
pub(crate) fn parameter(name: &str, shape: &Shape) -> VarId {
    recorder::new_var(name, false, shape.kind())
}

/// The handle of a variable.
pub(crate) fn read<T: ?Sized>(var: VarId) -> Expr<T> {
    Expr::from_id(recorder::read(var))
}

/// The value of a closure's body. What it records besides is part of the value.
pub(crate) fn closure(body: impl FnOnce() -> ExprId) -> ExprId {
    let (block, value) = recorder::detached(FrameKind::Closure, body);
    if block.stmts.is_empty() {
        return value;
    }
    recorder::with(|recorder| {
        let block = recorder.arena.push_block(block);
        recorder.arena.push(ir::Expr::Block(block, value))
    })
}

/// The parameters of a workflow: one is the execution's input itself, several are read from it by name.
pub(crate) fn parameters(names: &[&str], shapes: &[fn() -> Shape]) -> Vec<ExprId> {
    let input = build(ir::Expr::ExecutionInput);
    let at = Position::caller();
    let several = names.len() != 1;
    names
        .iter()
        .zip(shapes)
        .map(|(name, shape)| {
            let shape = shape();
            let default = matches!(shape, Shape::Option(_)).then_some(Value::Null);
            let value = ir::Expr::Field { base: input, keys: vec![(*name).to_owned()], default, kind: shape.kind() };
            let value = if several { build(value) } else { input };
            let var = recorder::new_var(name, false, shape.kind());
            recorder::push(ir::StmtKind::Let { var, value }, at);
            recorder::read(var)
        })
        .collect()
}
