//! Operators, and what conditions tell of keys that may be absent.

use serde_json::Value;

use super::{AND, ATOM, BLOCK, COMPARISON, CONDITIONAL, OR, PRODUCT, Power, Printer, SUM};
use crate::{
    ir::{Binary, Expr, ExprId},
    lower::presence,
    pass::asks_within,
};

impl Printer<'_> {
    pub(super) fn binary(&mut self, op: Binary, left: ExprId, right: ExprId) -> (String, Power) {
        let (symbol, power) = match op {
            Binary::And => return (self.and(left, right), AND),
            Binary::Or => return (self.or(left, right), OR),
            Binary::Range => {
                let (left, right) = (self.expr(left, SUM), self.expr(right, SUM));
                return (format!("[{left}..{right}]"), ATOM);
            }
            Binary::Ne if self.names.arena.is_null(right) => {
                return (format!("{} != null", self.raw(left, COMPARISON + 1)), COMPARISON);
            }
            Binary::Eq if self.names.arena.literal(right).is_some_and(|value| !value.is_null()) => {
                let (left, right) = (self.raw(left, COMPARISON + 1), self.expr(right, COMPARISON + 1));
                return (format!("{left} = {right}"), COMPARISON);
            }
            Binary::Eq => ("=", COMPARISON),
            Binary::Ne => ("!=", COMPARISON),
            Binary::Lt => ("<", COMPARISON),
            Binary::Le => ("<=", COMPARISON),
            Binary::Gt => (">", COMPARISON),
            Binary::Ge => (">=", COMPARISON),
            Binary::In => ("in", COMPARISON),
            Binary::Add => ("+", SUM),
            Binary::Sub => ("-", SUM),
            Binary::Concat => ("&", SUM),
            Binary::Mul => ("*", PRODUCT),
            Binary::Div => ("/", PRODUCT),
            Binary::Rem => ("%", PRODUCT),
        };
        let left_power = if power == COMPARISON { power + 1 } else { power };
        let left = self.operand(op, left, left_power, left_power);
        let right = self.operand(op, right, if op == Binary::Concat { power } else { power + 1 }, power + 1);
        (format!("{left} {symbol} {right}"), power)
    }

    /// `&` writes numbers and booleans as texts by itself. A sum binds as tightly as `&` does, so what becomes a text must
    /// bind with `written`.
    fn operand(&mut self, op: Binary, id: ExprId, least: Power, written: Power) -> String {
        match (op, self.names.arena.get(id)) {
            (Binary::Concat, Expr::Call(function, arguments))
                if function.name == "string" && !self.shared.contains_key(&id) =>
            {
                arguments.first().map_or_else(String::new, |argument| self.expr(*argument, written))
            }
            _ => self.expr(id, least),
        }
    }

    /// What is never undefined may be compared with `null` either way.
    pub(super) fn not(&mut self, operand: ExprId) -> (String, Power) {
        match *self.names.arena.get(operand) {
            Expr::Binary(Binary::Ne, left, right) if self.names.arena.is_null(right) && !self.may_be_absent(left) => {
                (format!("{} = null", self.expr(left, COMPARISON + 1)), COMPARISON)
            }
            _ => (format!("$not({})", self.expr(operand, BLOCK)), ATOM),
        }
    }

    fn may_be_absent(&self, id: ExprId) -> bool {
        match self.names.arena.get(id) {
            Expr::Field { default, .. } => default.is_some(),
            Expr::If { then, otherwise, .. } => self.may_be_absent(*then) || self.may_be_absent(*otherwise),
            Expr::Known { value, .. } => self.may_be_absent(*value),
            _ => false,
        }
    }

    /// A key that may be absent, where absent and `null` do the same.
    pub(super) fn raw(&mut self, id: ExprId, least: Power) -> String {
        match self.names.arena.get(id) {
            Expr::Field { default: Some(Value::Null), .. } => {
                self.known_present(&[id], |printer| printer.expr(id, least))
            }
            _ => self.expr(id, least),
        }
    }

    pub(super) fn known_present<T>(&mut self, keys: &[ExprId], print: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.present.len();
        self.present.extend(keys);
        let printed = print(self);
        self.present.truncate(before);
        printed
    }

    pub(super) fn presents(&self, cond: ExprId, holds: bool) -> Vec<ExprId> {
        presence::keys(self.names.arena, cond, holds)
    }

    fn and(&mut self, left: ExprId, right: ExprId) -> String {
        if asks_within(self.names.arena, left, right) {
            let present = self.presents(left, true);
            return self.known_present(&present, |printer| printer.expr(right, AND));
        }
        self.logic(left, "and", AND, right, true)
    }

    fn or(&mut self, left: ExprId, right: ExprId) -> String {
        self.logic(left, "or", OR, right, false)
    }

    /// Two conditions, of which the right one is only asked where the left is `reached`.
    fn logic(&mut self, left: ExprId, operator: &str, power: Power, right: ExprId, reached: bool) -> String {
        let present = self.presents(left, reached);
        let left = self.expr(left, power);
        let right = self.known_present(&present, |printer| printer.expr(right, power));
        format!("{left} {operator} {right}")
    }

    pub(super) fn conditional(&mut self, cond: ExprId, then: ExprId, otherwise: ExprId) -> (String, Power) {
        let (holding, failing) = (self.presents(cond, true), self.presents(cond, false));
        let cond = self.expr(cond, CONDITIONAL + 1);
        let then = self.known_present(&holding, |printer| printer.expr(then, CONDITIONAL + 1));
        let otherwise = self.known_present(&failing, |printer| printer.expr(otherwise, CONDITIONAL));
        (format!("{cond} ? {then} : {otherwise}"), CONDITIONAL)
    }
}
