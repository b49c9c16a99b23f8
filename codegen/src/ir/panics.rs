//! What may panic in an expression.
//!
//! A panic in an expression is a branch that is not taken: `if index < count(list) then list[index] else panic …`. Such an
//! [`Expr::If`] is a check.

use std::collections::HashSet;

use super::{Arena, Binary, Block, Expr, ExprId, StmtKind, visit};
use crate::lower::evaluates;

impl Arena {
    /// The parts of an expression that may panic, and that evaluating it always evaluates.
    pub(crate) fn evaluated_checks(&self, id: ExprId) -> Vec<ExprId> {
        let mut parts = Vec::new();
        self.collect_evaluated(id, &mut parts, &mut HashSet::new());
        parts
    }

    fn collect_evaluated(&self, id: ExprId, out: &mut Vec<ExprId>, seen: &mut HashSet<ExprId>) {
        if !self.may_panic(id) || !seen.insert(id) {
            return;
        }
        match self.get(id) {
            Expr::Binary(Binary::And | Binary::Or, ..) => out.push(id),
            Expr::Object(_)
            | Expr::Array(_)
            | Expr::Merge(_)
            | Expr::Call(..)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Field { .. }
            | Expr::Has { .. }
            | Expr::Without { .. }
            | Expr::Item { .. } => visit::operands(self.get(id), &mut |part| self.collect_evaluated(part, out, seen)),
            _ => out.push(id),
        }
    }

    /// The operands of an expression that may panic, and that it always evaluates.
    pub(crate) fn panicking_operands(&self, expr: &Expr) -> Vec<ExprId> {
        let mut operands = Vec::new();
        visit::evaluated(expr, &mut |operand| operands.push(operand));
        operands.retain(|operand| self.may_panic(*operand));
        operands
    }

    /// What evaluating these always evaluates and may panic, and is not in what was made of them any more. A check has to be
    /// evaluated there in any case, and the checks in a part that is none have to be somewhere.
    pub(crate) fn lost_checks(&self, made_of: &[ExprId], made: &[ExprId]) -> Vec<ExprId> {
        let left = self.checks(made);
        let is_lost = |part: &ExprId| {
            let checks = self.checks(&[*part]);
            let evaluated = || made.iter().any(|made| evaluates(self, *made, *part));
            !checks.is_subset(&left) || checks.contains(part) && !evaluated()
        };
        made_of.iter().flat_map(|part| self.evaluated_checks(*part)).filter(is_lost).collect()
    }

    fn checks(&self, parts: &[ExprId]) -> HashSet<ExprId> {
        let (mut checks, mut seen) = (HashSet::new(), HashSet::new());
        parts.iter().for_each(|part| self.collect_checks(*part, &mut checks, &mut seen));
        checks
    }

    /// The checks in an expression, and the closures whose statements may panic.
    fn collect_checks(&self, id: ExprId, out: &mut HashSet<ExprId>, seen: &mut HashSet<ExprId>) {
        if !self.may_panic(id) || !seen.insert(id) {
            return;
        }
        let is_panic = |id: ExprId| matches!(self.get(id), Expr::Panic(_));
        match *self.get(id) {
            Expr::If { then, otherwise, .. } if is_panic(then) || is_panic(otherwise) => {
                out.insert(id);
            }
            Expr::Panic(_) | Expr::Block(..) => {
                out.insert(id);
            }
            _ => {}
        }
        visit::operands(self.get(id), &mut |part| {
            if !is_panic(part) {
                self.collect_checks(part, out, seen);
            }
        });
    }

    /// Whether an expression may panic by itself or by one of its operands.
    pub(super) fn panics(&self, expr: &Expr) -> bool {
        let mut found = match expr {
            Expr::Panic(_) => true,
            Expr::Block(stmts, _) => self.block(*stmts).is_some_and(|stmts| self.block_panics(stmts)),
            _ => false,
        };
        visit::operands(expr, &mut |operand| found |= self.may_panic(operand));
        found
    }

    fn block_panics(&self, block: &Block) -> bool {
        let mut found = false;
        visit::stmts(block, &mut |stmt| {
            found |= matches!(stmt.kind, StmtKind::Panic { .. });
            visit::values_mut(&mut stmt.clone(), &mut |value| found |= self.may_panic(*value));
        });
        found
    }
}
