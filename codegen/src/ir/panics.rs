//! What may panic in an expression.
//!
//! A panic in an expression is a branch that is not taken: `if index < count(list) then list[index] else panic …`. Such an
//! [`Expr::If`] is a check.

use std::collections::HashSet;

use super::{Arena, Binary, Block, Expr, ExprId, StmtKind, visit};

impl Arena {
    /// The parts of an expression that may panic, and that evaluating it always evaluates.
    pub(crate) fn evaluated_checks(&self, id: ExprId) -> Vec<ExprId> {
        let mut parts = Vec::new();
        self.collect_evaluated(id, &mut parts);
        parts
    }

    fn collect_evaluated(&self, id: ExprId, out: &mut Vec<ExprId>) {
        if !self.may_panic(id) {
            return;
        }
        match self.get(id) {
            Expr::Object(_)
            | Expr::Array(_)
            | Expr::Merge(_)
            | Expr::Call(..)
            | Expr::Unary(..)
            | Expr::Field { .. }
            | Expr::Has { .. }
            | Expr::Without { .. }
            | Expr::Item { .. } => visit::operands(self.get(id), &mut |part| self.collect_evaluated(part, out)),
            Expr::Binary(op, left, right) if !matches!(op, Binary::And | Binary::Or) => {
                self.collect_evaluated(*left, out);
                self.collect_evaluated(*right, out);
            }
            _ => out.push(id),
        }
    }

    /// The operands of an expression that may panic, and that evaluating it always evaluates.
    pub(crate) fn panicking_operands(&self, expr: &Expr) -> Vec<ExprId> {
        let mut operands = Vec::new();
        match expr {
            Expr::If { .. } | Expr::Binary(Binary::And | Binary::Or, ..) => {}
            _ => visit::operands(expr, &mut |operand| operands.push(operand)),
        }
        operands.retain(|operand| self.may_panic(*operand));
        operands
    }

    /// What evaluating these always evaluates and may panic, and is nowhere in the expression that was made of them.
    pub(crate) fn lost_checks(&self, made_of: &[ExprId], made: ExprId) -> Vec<ExprId> {
        let mut left = HashSet::new();
        self.collect_checks(made, &mut left, &mut HashSet::new());
        let is_lost = |part: &ExprId| {
            let mut checks = HashSet::new();
            self.collect_checks(*part, &mut checks, &mut HashSet::new());
            !checks.is_subset(&left)
        };
        made_of.iter().flat_map(|part| self.evaluated_checks(*part)).filter(is_lost).collect()
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
            Expr::Panic(_) => {
                out.insert(id);
            }
            Expr::Block(..) => {
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
