//! Operators.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    BinOp, Expr, ExprBinary, ExprCast, ExprIndex, ExprLit, ExprRange, ExprReference, ExprUnary, RangeLimits, UnOp,
    spanned::Spanned as _,
};

use super::{Stager, syntax};
use crate::{diagnostic, types};

/// What an operator becomes.
enum Operator {
    /// `__b.name(left, right)`
    Plain(&'static str),
    /// `&&` (true) or `||`
    Logic(bool),
    /// `__b.name(right, left)`
    Compound(&'static str),
    /// On bits.
    Bits,
}

impl Operator {
    fn of(op: &BinOp) -> Self {
        match op {
            BinOp::Add(_) => Operator::Plain("add"),
            BinOp::Sub(_) => Operator::Plain("sub"),
            BinOp::Mul(_) => Operator::Plain("mul"),
            BinOp::Div(_) => Operator::Plain("div"),
            BinOp::Rem(_) => Operator::Plain("rem"),
            BinOp::Eq(_) => Operator::Plain("eq"),
            BinOp::Ne(_) => Operator::Plain("ne"),
            BinOp::Lt(_) => Operator::Plain("lt"),
            BinOp::Le(_) => Operator::Plain("le"),
            BinOp::Gt(_) => Operator::Plain("gt"),
            BinOp::Ge(_) => Operator::Plain("ge"),
            BinOp::And(_) => Operator::Logic(true),
            BinOp::Or(_) => Operator::Logic(false),
            BinOp::AddAssign(_) => Operator::Compound("add_assign"),
            BinOp::SubAssign(_) => Operator::Compound("sub_assign"),
            BinOp::MulAssign(_) => Operator::Compound("mul_assign"),
            BinOp::DivAssign(_) => Operator::Compound("div_assign"),
            BinOp::RemAssign(_) => Operator::Compound("rem_assign"),
            _ => Operator::Bits,
        }
    }
}

impl Stager<'_> {
    pub(super) fn binary(&mut self, binary: &ExprBinary) -> TokenStream {
        let span = binary.op.span();
        match Operator::of(&binary.op) {
            Operator::Plain(name) => {
                let operands = self.operands([&*binary.left, &*binary.right]);
                self.call(span, name, operands)
            }
            Operator::Logic(and) => {
                let left = self.expr(&binary.left);
                self.shortcut(span, and, left, &binary.right)
            }
            Operator::Compound(name) => self.compound(span, name, &binary.left, &binary.right),
            Operator::Bits => self.reject(span, &diagnostic::BITS),
        }
    }

    pub(super) fn unary(&mut self, unary: &ExprUnary) -> TokenStream {
        let span = unary.op.span();
        match (&unary.op, &*unary.expr) {
            (UnOp::Neg(_), Expr::Lit(ExprLit { lit, .. })) => self.negative(span, lit),
            (UnOp::Neg(_), operand) => {
                let operand = self.expr(operand);
                self.call(span, "neg", [operand])
            }
            (UnOp::Not(_), operand) => {
                let operand = self.expr(operand);
                self.call(span, "not", [operand])
            }
            (_, operand) => {
                let operand = self.expr(operand);
                let star = self.call(span, "star", [operand]);
                quote_spanned!(span=> #star.star())
            }
        }
    }

    /// `-3i8`: negated by rustc, for its own type.
    fn negative(&self, span: proc_macro2::Span, literal: &syn::Lit) -> TokenStream {
        self.literal(literal);
        self.call(span, "lit", [quote!(-#literal)])
    }

    pub(super) fn cast(&mut self, cast: &ExprCast) -> TokenStream {
        let (value, ty, span) = (self.expr(&cast.expr), types::erase(&cast.ty), cast.as_token.span);
        let builder = self.builder(span);
        quote_spanned!(span=> #builder.cast::<_, #ty>(#value))
    }

    pub(super) fn range(&mut self, range: &ExprRange) -> TokenStream {
        let (span, closed) = (range.limits.span(), matches!(range.limits, RangeLimits::Closed(_)));
        let name = match (&range.start, &range.end, closed) {
            (Some(_), Some(_), false) => "range",
            (Some(_), Some(_), true) => "range_inclusive",
            (Some(_), None, _) => "range_from",
            (None, Some(_), false) => "range_to",
            (None, Some(_), true) => "range_to_inclusive",
            (None, None, _) => "range_full",
        };
        let ends = self.operands(range.start.as_deref().into_iter().chain(range.end.as_deref()));
        self.call(span, name, ends)
    }

    /// `base[index]`. A place is not held while its index is evaluated: what is assigned to it would be lost.
    pub(super) fn index(&mut self, index: &ExprIndex) -> TokenStream {
        let operands = if self.is_place(&index.expr) {
            vec![self.expr(&index.expr), self.expr(&index.index)]
        } else {
            self.operands([&*index.expr, &*index.index])
        };
        self.call(index.bracket_token.span.open(), "index", operands)
    }

    /// References vanish: a value of a workflow is JSON.
    pub(super) fn reference(&mut self, reference: &ExprReference) -> TokenStream {
        match &reference.mutability {
            Some(mutability) => self.reject(mutability.span, &diagnostic::MUTABLE_REFERENCE),
            None => self.expr(&reference.expr),
        }
    }

    /// Whether evaluating an expression, or not, makes no difference.
    pub(super) fn only_reads(&self, expr: &Expr) -> bool {
        syntax::only_reads(expr) && !self.changes(expr)
    }
}
