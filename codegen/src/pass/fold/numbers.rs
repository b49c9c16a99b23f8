//! Constant numbers and texts, computed as Rust does, where the target's numbers hold the result exactly.

use serde_json::Value;

use super::{Folded, constant};
use crate::ir::{Arena, Binary, Expr, ExprId, Unary};

/// 2^53: up to here every integer is exact.
const EXACT: i64 = 1 << 53;

/// `a op b` of constants, unless it is not exact.
pub(super) fn compute(op: Binary, a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Number(_), Value::Number(_)) => {
            let (a, b) = (a.as_i64()?, b.as_i64()?);
            let value = match op {
                Binary::Add => a.checked_add(b)?,
                Binary::Sub => a.checked_sub(b)?,
                Binary::Mul => a.checked_mul(b)?,
                Binary::Rem => a.checked_rem(b)?,
                Binary::Div if b != 0 && a % b == 0 => a.checked_div(b)?,
                Binary::Eq => return Some((a == b).into()),
                Binary::Ne => return Some((a != b).into()),
                Binary::Lt => return Some((a < b).into()),
                Binary::Le => return Some((a <= b).into()),
                Binary::Gt => return Some((a > b).into()),
                Binary::Ge => return Some((a >= b).into()),
                _ => return None,
            };
            (value.abs() <= EXACT).then(|| value.into())
        }
        (Value::String(a), Value::String(b)) if op == Binary::Concat => Some(format!("{a}{b}").into()),
        _ => None,
    }
}

/// `-a`
pub(super) fn negate(arena: &mut Arena, operand: ExprId) -> Folded {
    match arena.literal(operand).and_then(Value::as_i64).and_then(i64::checked_neg) {
        Some(value) => constant(arena, value),
        None => Folded::Expr(Expr::Unary(Unary::Neg, operand)),
    }
}

/// `a + 1 + 1`, `a + 1 - 1`: constants at the end are added up.
pub(super) fn sum(arena: &mut Arena, op: Binary, left: ExprId, right: ExprId) -> Folded {
    let as_it_is = Folded::Expr(Expr::Binary(op, left, right));
    let Expr::Binary(inner @ (Binary::Add | Binary::Sub), base, first) = arena.get(left).clone() else {
        return as_it_is;
    };
    let signed = |op, id| {
        let value = arena.literal(id).and_then(Value::as_i64)?;
        if op == Binary::Sub { value.checked_neg() } else { Some(value) }
    };
    let Some(total) = signed(inner, first).zip(signed(op, right)).and_then(|(a, b)| a.checked_add(b)) else {
        return as_it_is;
    };
    let (op, amount) = if total < 0 { (Binary::Sub, -total) } else { (Binary::Add, total) };
    let amount = arena.constant(amount);
    Folded::Is(arena.binary(op, base, amount))
}
