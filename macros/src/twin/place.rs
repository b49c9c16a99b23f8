//! Places: what can be assigned to, and what changes them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Expr, ExprAssign, ExprBinary, ExprMethodCall, Pat, UnOp,
    visit::{self, Visit},
};

use super::{
    Stager,
    scope::{Kind, Scope},
    syntax::{is_assignment, unparen},
};
use crate::diagnostic;

impl Stager<'_> {
    /// `place = value`, `(a, b) = value`, `_ = value`
    pub(super) fn assign(&mut self, assign: &ExprAssign) -> TokenStream {
        let span = assign.eq_token.span;
        let value = self.assigned(&assign.right, &assign.left);
        if let Expr::Infer(_) = unparen(&assign.left) {
            let unit = self.unit(span);
            return quote_spanned!(span=> { let _ = #value; #unit });
        }
        if let Expr::Tuple(_) = unparen(&assign.left) {
            return self.assign_parts(span, &assign.left, value);
        }
        self.assign_place(span, &assign.left, value)
    }

    /// `place += value`, with the name of the operator.
    pub(super) fn compound(&mut self, span: Span, name: &str, place: &Expr, value: &Expr) -> TokenStream {
        if !self.can_stand_left(place) {
            return self.reject_place(place);
        }
        let (value, place) = (self.assigned(value, place), self.expr(place));
        self.call(span, name, [value, place])
    }

    /// What is assigned to a place, which is evaluated behind it.
    fn assigned(&mut self, value: &Expr, place: &Expr) -> TokenStream {
        let staged = self.expr(value);
        if self.changes(place) { self.held(value, staged) } else { staged }
    }

    /// Whether an expression leads to a mutable variable.
    pub(super) fn is_place(&self, expr: &Expr) -> bool {
        root(expr).is_some_and(|name| self.scope.kind(name) == Some(Kind::Variable))
    }

    /// Whether an assignment to an expression is staged: to what leads to a variable, and to what rustc refuses.
    fn can_stand_left(&self, expr: &Expr) -> bool {
        self.is_place(expr) || self.is_immutable(expr)
    }

    /// Whether an expression is a local name that cannot be assigned to, of which rustc tells.
    fn is_immutable(&self, expr: &Expr) -> bool {
        let Expr::Path(path) = unparen(expr) else { return false };
        path.path.get_ident().is_some_and(|name| self.scope.kind(name) == Some(Kind::Value))
    }

    /// Whether evaluating an expression may change a variable.
    pub(super) fn changes(&self, expr: &Expr) -> bool {
        let mut changes = Changes { scope: &self.scope, found: false };
        changes.visit_expr(expr);
        changes.found
    }

    fn assign_place(&mut self, span: Span, place: &Expr, value: TokenStream) -> TokenStream {
        if !self.can_stand_left(place) {
            return self.reject_place(place);
        }
        let place = self.expr(place);
        self.call(span, "assign", [value, place])
    }

    fn reject_place(&self, place: &Expr) -> TokenStream {
        self.reject(syn::spanned::Spanned::span(place), &diagnostic::ASSIGNED)
    }

    /// `(a, b.c, _) = value`: a pattern of made names, and an assignment for each.
    fn assign_parts(&mut self, span: Span, target: &Expr, value: TokenStream) -> TokenStream {
        let mut parts = Vec::new();
        let pattern = self.target_pattern(target, &mut parts);
        let subject = self.fresh("s");
        let bound = self.call(span, "bind", [quote!("_"), value]);
        let apart = self.destructure(&pattern, &subject);
        let assigned: Vec<TokenStream> =
            parts.iter().map(|(name, place)| self.assign_place(span, place, quote!(#name))).collect();
        let unit = self.unit(span);
        quote_spanned!(span=> { let #subject = #bound; #apart #(#assigned;)* #unit })
    }

    /// The pattern that takes apart what is assigned to a tuple of places.
    fn target_pattern<'a>(&mut self, target: &'a Expr, parts: &mut Vec<(Ident, &'a Expr)>) -> Pat {
        match unparen(target) {
            Expr::Infer(infer) => {
                Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token: infer.underscore_token })
            }
            Expr::Range(rest) if rest.start.is_none() && rest.end.is_none() => {
                Pat::Rest(syn::PatRest { attrs: Vec::new(), dot2_token: syn::Token![..](self.names.site) })
            }
            Expr::Tuple(tuple) => {
                let elems = tuple.elems.iter().map(|element| self.target_pattern(element, parts)).collect();
                Pat::Tuple(syn::PatTuple { attrs: Vec::new(), paren_token: tuple.paren_token, elems })
            }
            place => {
                let name = self.fresh("t");
                parts.push((name.clone(), place));
                Pat::Ident(syn::PatIdent {
                    attrs: Vec::new(),
                    by_ref: None,
                    mutability: None,
                    ident: name,
                    subpat: None,
                })
            }
        }
    }
}

/// The name that a place starts from.
fn root(expr: &Expr) -> Option<&Ident> {
    match unparen(expr) {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        Expr::Index(index) => root(&index.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => root(&unary.expr),
        _ => None,
    }
}

/// Looks for assignments, and for methods on mutable variables.
struct Changes<'s> {
    scope: &'s Scope,
    found: bool,
}

impl<'ast> Visit<'ast> for Changes<'_> {
    fn visit_expr_assign(&mut self, _: &'ast ExprAssign) {
        self.found = true;
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        self.found |= is_assignment(&binary.op);
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.found |= root(&call.receiver).is_some_and(|name| self.scope.kind(name) == Some(Kind::Variable));
        visit::visit_expr_method_call(self, call);
    }
}
