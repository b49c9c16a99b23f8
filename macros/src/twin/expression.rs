//! Expressions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{
    Expr, ExprField, ExprPath, ExprStruct, ExprTuple, FieldValue, Member, ext::IdentExt as _, punctuated::Punctuated,
    spanned::Spanned as _,
};

use super::{
    Stager,
    pattern::{path_text, struct_text},
    scope::Kind,
    start::start,
    syntax::{self, computes, effect},
};
use crate::diagnostic;

/// The greatest number of parts of a tuple.
const MOST_PARTS: usize = 8;

impl Stager<'_> {
    /// Any expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> TokenStream {
        let span = start(expr);
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),

            Expr::Lit(literal) => self.literal(&literal.lit),
            Expr::Path(path) => self.path(path),
            Expr::Field(field) => self.field(field),
            Expr::Tuple(tuple) => self.tuple(tuple),
            Expr::Array(array) => self.list(span, &array.elems),
            Expr::Repeat(repeat) => self.repeat(span, &repeat.expr, &repeat.len),
            Expr::Struct(literal) => self.struct_literal(literal),

            Expr::Unary(unary) => self.unary(unary),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Cast(cast) => self.cast(cast),
            Expr::Range(range) => self.range(range),
            Expr::Index(index) => self.index(index),
            Expr::Reference(reference) => self.reference(reference),
            Expr::Assign(assign) => self.assign(assign),

            Expr::Call(call) => self.path_call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Closure(closure) => self.closure(closure),
            Expr::Macro(call) => self.macro_call(&call.mac),

            Expr::Block(block) => self.labelled_block(block),
            Expr::If(branch) => self.if_(branch),
            Expr::Match(branches) => self.match_(branches),
            Expr::Loop(repeat) => self.loop_(repeat),
            Expr::While(repeat) => self.while_(repeat),
            Expr::ForLoop(repeat) => self.for_(repeat),
            Expr::Break(leave) => self.break_(leave),
            Expr::Continue(next) => self.continue_(next),
            Expr::Return(leave) => self.return_(leave),

            Expr::Try(question) => {
                let value = self.expr(&question.expr);
                let span = question.question_token.span;
                let leaving = self.leaving(span);
                quote_spanned!(span=> #leaving.try_(#value))
            }
            Expr::Await(wait) => self.awaited(wait, "wait"),
            Expr::Async(block) => self.async_block(block),

            Expr::Unsafe(block) => self.reject_about(block.unsafe_token.span, &diagnostic::EXPRESSION, "`unsafe`"),
            Expr::Const(block) => self.reject_about(block.const_token.span, &diagnostic::EXPRESSION, "a `const` block"),
            Expr::TryBlock(block) => self.reject_about(block.try_token.span, &diagnostic::EXPRESSION, "a `try` block"),
            Expr::RawAddr(raw) => self.reject_about(raw.and_token.span, &diagnostic::EXPRESSION, "a raw pointer"),
            // `yield`, a `let` or `_` out of place, syntax newer than the parser.
            _ => self.reject_about(span, &diagnostic::EXPRESSION, "this"),
        }
    }

    /// Expressions that are evaluated one after the other.
    pub(super) fn operands<'a>(&mut self, operands: impl IntoIterator<Item = &'a Expr>) -> Vec<TokenStream> {
        let operands: Vec<&Expr> = operands.into_iter().collect();
        self.operands_by(&operands, |stager, _, operand| stager.expr(operand))
    }

    /// The same, each staged by a function of its place. When a later one changes a variable, the earlier ones are held
    /// first: what they read is what it was. When a later one waits or leaves, what may panic in the earlier ones does so
    /// before.
    pub(super) fn operands_by(
        &mut self,
        operands: &[&Expr],
        stage: impl Fn(&mut Self, usize, &Expr) -> TokenStream,
    ) -> Vec<TokenStream> {
        let last_change = operands.iter().rposition(|operand| self.changes(operand)).unwrap_or(0);
        let last_effect = operands.iter().rposition(|operand| effect(operand).is_some()).unwrap_or(0);
        let staged = operands.iter().enumerate().map(|(index, operand)| {
            let value = stage(self, index, operand);
            match index {
                _ if index < last_change => self.held(operand, value),
                _ if index < last_effect && computes(operand) => self.call(start(operand), "early", [value]),
                _ => value,
            }
        });
        staged.collect()
    }

    /// A value that later changes of what it reads leave alone.
    pub(super) fn held(&self, source: &Expr, value: TokenStream) -> TokenStream {
        match syntax::unparen(source) {
            Expr::Lit(_) | Expr::Closure(_) => value,
            source => self.call(start(source), "bind", [quote!("_"), value]),
        }
    }

    /// A name: a local, or a path to a value, which is evaluated natively.
    pub(super) fn path(&self, path: &ExprPath) -> TokenStream {
        let local = path.path.get_ident().and_then(|name| self.local_name(name));
        local.unwrap_or_else(|| self.named_value(path))
    }

    /// A local, read.
    fn local_name(&self, name: &Ident) -> Option<TokenStream> {
        let local = if name == "self" { self.receiver(name.span()) } else { name.clone() };
        self.scope.kind(name).map(|kind| match kind {
            Kind::Value | Kind::Function => quote!(#local),
            Kind::Variable => quote_spanned!(name.span()=> #local.get()),
        })
    }

    fn field(&mut self, field: &ExprField) -> TokenStream {
        let base = self.expr(&field.base);
        let member = &field.member;
        let name = member_text(member);
        self.call(member.span(), "field", [base, quote!(|__o| &__o.#member), quote!(#name)])
    }

    fn tuple(&mut self, tuple: &ExprTuple) -> TokenStream {
        let span = tuple.paren_token.span.open();
        match tuple.elems.len() {
            0 => self.unit(span),
            2..=MOST_PARTS => {
                let parts = self.operands(&tuple.elems);
                self.call(span, "tuple", [quote!((#(#parts),*))])
            }
            _ => self.reject(span, &diagnostic::TUPLE_SIZE),
        }
    }

    /// `[a, b]`, `vec![a, b]`
    pub(super) fn list(&mut self, span: Span, items: &Punctuated<Expr, syn::Token![,]>) -> TokenStream {
        let items = self.operands(items);
        self.call(span, "list", [quote!([#(#items),*])])
    }

    /// `[value; count]`, `vec![value; count]`
    pub(super) fn repeat(&mut self, span: Span, value: &Expr, count: &Expr) -> TokenStream {
        let operands = self.operands([value, count]);
        self.call(span, "repeat", operands)
    }

    /// `Name { field: value, ..base }`: rustc checks a constructor that is never called.
    fn struct_literal(&mut self, literal: &ExprStruct) -> TokenStream {
        let path = ExprPath { attrs: Vec::new(), qself: literal.qself.clone(), path: literal.path.clone() };
        let (span, name) = (literal.path.span(), path_text(&literal.path));
        let sources = literal.fields.iter().map(|field| &field.expr).chain(literal.rest.as_deref());
        let values = self.operands(sources);
        let parts: Vec<TokenStream> = values.iter().map(|_| self.fresh("f").into_token_stream()).collect();
        let inits = literal.fields.iter().zip(&parts).map(|(FieldValue { member, .. }, part)| quote!(#member: #part));
        let rest = parts.get(literal.fields.len()).map(|base| quote!(..#base));
        let texts: Vec<String> = (literal.fields.iter().enumerate())
            .map(|(index, field)| format!("{}: {index}", member_text(&field.member)))
            .collect();
        let text = struct_text(&name, &texts);
        let construct = quote!(#path { #(#inits,)* #rest });
        let (values, parts) = (grouped(values), grouped(parts));
        self.call(span, "make", [values, quote!(|#parts| #construct), quote!(#text)])
    }

    /// `Name(a, b)`. The path itself is a function of one value.
    pub(super) fn constructor(&mut self, path: &ExprPath, values: Vec<TokenStream>) -> TokenStream {
        let (span, name) = (path.span(), path_text(&path.path));
        let construct = if values.len() == 1 {
            quote!(#path)
        } else {
            let parts: Vec<TokenStream> = values.iter().map(|_| self.fresh("a").into_token_stream()).collect();
            let group = grouped(parts.clone());
            let call = self.guarded_call(path, &parts);
            quote!(|#group| #call)
        };
        self.call(span, "wrap", [grouped(values), construct, quote!(#name)])
    }
}

/// Operands, or names for them, as one: many are groups of groups, as there is no tuple of any length.
fn grouped(mut operands: Vec<TokenStream>) -> TokenStream {
    while operands.len() > MOST_PARTS {
        operands = operands.chunks(MOST_PARTS).map(|group| grouped(group.to_vec())).collect();
    }
    match operands.as_slice() {
        [only] => quote!(#only),
        operands => quote!((#(#operands),*)),
    }
}

/// The Rust name of a field, or the index of one without.
pub(crate) fn member_text(member: &Member) -> String {
    match member {
        Member::Named(name) => name.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}
