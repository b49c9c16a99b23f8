//! Blocks and `let`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Block, Expr, ExprClosure, Item, Local, LocalInit, Pat, PatIdent, Stmt, Token, Type, ext::IdentExt as _,
    spanned::Spanned as _,
};

use super::{
    Stager,
    alternatives::names,
    scope::{Binding, Kind},
    start::start,
    syntax::{always_leaves, block_diverges, diverges, is_capital, is_panic, macro_expr, operates, unparen},
    words::words,
};
use crate::{diagnostic, types};

impl Stager<'_> {
    /// `{ … }`
    pub(super) fn block(&mut self, block: &Block) -> TokenStream {
        let end = block.brace_token.span.close();
        let statements = self.scoped(|stager| match block.stmts.split_last() {
            None => stager.unit(end),
            Some((last, before)) => {
                let before: TokenStream = before.iter().map(|stmt| stager.statement(stmt)).collect();
                let last = stager.tail(last, block);
                quote!(#before #last)
            }
        });
        quote_spanned!(block.brace_token.span.open()=> { #statements })
    }

    /// The last statement, and the value of its block.
    fn tail(&mut self, stmt: &Stmt, block: &Block) -> TokenStream {
        match stmt {
            Stmt::Expr(expr, None) => self.expr(expr),
            Stmt::Macro(call) if call.semi_token.is_none() => self.expr(&macro_expr(&call.mac)),
            Stmt::Expr(Expr::Await(wait), Some(_)) => self.awaited(wait, "run_tail"),
            // What never ends is of any type.
            Stmt::Expr(expr, Some(_)) if diverges(expr) => self.expr(expr),
            Stmt::Macro(call) if is_panic(&call.mac) => self.expr(&macro_expr(&call.mac)),
            stmt => {
                let (statement, end) = (self.statement(stmt), block.brace_token.span.close());
                let value = if block_diverges(block) { self.never(end) } else { self.unit(end) };
                quote!(#statement #value)
            }
        }
    }

    fn statement(&mut self, stmt: &Stmt) -> TokenStream {
        match stmt {
            Stmt::Local(local) => self.local(local),
            Stmt::Item(item) => self.item(item),
            Stmt::Expr(Expr::Await(wait), Some(_)) => {
                let run = self.awaited(wait, "run");
                quote!(#run;)
            }
            Stmt::Expr(expr, semi) => self.expression_statement(expr, semi.as_ref()),
            Stmt::Macro(call) => self.expression_statement(&macro_expr(&call.mac), call.semi_token.as_ref()),
        }
    }

    /// `expression;`: of any type, unless it has to be `()` or would have no type at all.
    fn expression_statement(&mut self, expr: &Expr, semi: Option<&Token![;]>) -> TokenStream {
        let ty = (semi.is_none() || diverges(expr) || always_leaves(expr)).then(|| unit_type(start(expr)));
        let value = self.unread(expr);
        quote_spanned!(start(expr)=> let _ #ty = #value;)
    }

    /// A value that nothing reads.
    fn unread(&mut self, expr: &Expr) -> TokenStream {
        let value = self.expr(expr);
        if operates(expr) { self.call(start(expr), "unread", [value]) } else { value }
    }

    /// Items stand in the twin as well. What would be registered twice is refused.
    fn item(&self, item: &Item) -> TokenStream {
        if let Item::Fn(function) = item {
            let registered = |path: &syn::Path| {
                path.segments.last().is_some_and(|segment| segment.ident == "task" || segment.ident == "workflow")
            };
            if let Some(attribute) = function.attrs.iter().find(|attribute| registered(attribute.path())) {
                self.errors.report(attribute.path().span(), &diagnostic::NESTED_ITEM);
            }
        }
        quote!(#item)
    }

    fn local(&mut self, local: &Local) -> TokenStream {
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(types::erase(&typed.ty))),
            pattern => (pattern, None),
        };
        let Some(init) = &local.init else { return self.late(pattern, ty) };
        match (unparen(&init.expr), name_of(pattern)) {
            (Expr::Closure(closure), Some(name)) => self.function_value(&name.ident, closure),
            (_, Some(name)) => self.named(name, ty, init),
            (_, None) => self.taken_apart(pattern, ty, init),
        }
    }

    /// `let name;`, `let (a, b);`
    fn late(&mut self, pattern: &Pat, ty: Option<Type>) -> TokenStream {
        let names = names(pattern);
        let annotation = annotation("Var", ty.filter(|_| name_of(pattern).is_some()));
        let declared = names.into_iter().map(|name| {
            self.scope.declare(name, Kind::Variable);
            let declared = self.call(name.span(), "declare", [name_text(name)]);
            quote!(let #name #annotation = #declared;)
        });
        declared.collect()
    }

    /// `let name = |x| …;`
    fn function_value(&mut self, name: &Ident, closure: &ExprClosure) -> TokenStream {
        if let Some(asyncness) = &closure.asyncness {
            return self.reject(asyncness.span, &diagnostic::ASYNC_CLOSURE);
        }
        let value = self.closure(closure);
        self.scope.declare(name, Kind::Function);
        quote!(let #name = #value;)
    }

    /// `let name = value;`, `let mut name = value;`
    fn named(&mut self, pattern: &PatIdent, ty: Option<Type>, init: &LocalInit) -> TokenStream {
        let name = &pattern.ident;
        let value = self.initial(&init.expr, ty.is_some());
        let (helper, handle, kind) = match pattern.mutability {
            Some(_) => ("var", "Var", Kind::Variable),
            None => ("bind", "WorkflowValue", Kind::Value),
        };
        let annotation = annotation(handle, ty);
        let bound = self.call(name.span(), helper, [name_text(name), value]);
        self.scope.declare(name, kind);
        quote!(let #name #annotation = #bound;)
    }

    /// `let PATTERN = value;`, `let PATTERN = value else { … };`
    fn taken_apart(&mut self, pattern: &Pat, ty: Option<Type>, init: &LocalInit) -> TokenStream {
        let annotation = annotation("WorkflowValue", ty.clone());
        let value = self.initial(&init.expr, ty.is_some());
        if let Pat::Wild(_) = pattern {
            let value = if operates(&init.expr) { self.call(pattern.span(), "unread", [value]) } else { value };
            return quote!(let _ #annotation = #value;);
        }
        let subject = self.fresh("s");
        let bound = self.call(pattern.span(), "bind", [quote!("_"), value]);
        let apart = match &init.diverge {
            None => self.destructure(pattern, &subject),
            Some((_, otherwise)) => self.let_else(pattern, &subject, otherwise),
        };
        quote!(let #subject #annotation = #bound; #apart)
    }

    /// The half of a pattern that cannot fail: its names.
    pub(super) fn destructure(&mut self, pattern: &Pat, subject: &Ident) -> TokenStream {
        let condition = self.matching(pattern, subject);
        let names = condition.names();
        let tokens = &condition.tokens;
        let variables = self.declare(&condition.bindings);
        quote!(let (_, (#(#names,)*)) = #tokens; #variables)
    }

    fn let_else(&mut self, pattern: &Pat, subject: &Ident, otherwise: &Expr) -> TokenStream {
        let otherwise_span = start(otherwise);
        let otherwise = self.expr(otherwise);
        let condition = self.matching(pattern, subject);
        let (test, held) = (self.fresh("c"), self.fresh("w"));
        let fails = self.call(pattern.span(), "not", [quote!(#test)]);
        let leave = self.choose(otherwise_span, &format!("let {} else", words(pattern)), fails, otherwise, None);
        let names = condition.names();
        let tokens = &condition.tokens;
        let variables = self.declare(&condition.bindings);
        quote!(let (#test, #held) = #tokens; #leave; let (#(#names,)*) = #held; #variables)
    }

    /// Brings the names of a pattern into scope; those that are `mut` become variables.
    pub(super) fn declare(&mut self, bindings: &[Binding]) -> TokenStream {
        let mut variables = TokenStream::new();
        for Binding { name, mutable } in bindings {
            if *mutable {
                let var = self.call(name.span(), "var", [name_text(name), quote!(#name)]);
                variables.extend(quote!(let #name = #var;));
            }
            self.scope.declare(name, if *mutable { Kind::Variable } else { Kind::Value });
        }
        variables
    }

    /// The value of a `let`. One that is never reached has no type, unless one is written.
    fn initial(&mut self, value: &Expr, typed: bool) -> TokenStream {
        let staged = self.expr(value);
        if typed || !diverges(value) {
            return staged;
        }
        let span = start(value);
        let (ty, unit) = (unit_type(span), self.unit(span));
        quote_spanned!(span=> { let _ #ty = #staged; #unit })
    }
}

/// A name as text, for the recording.
pub(super) fn name_text(name: &Ident) -> TokenStream {
    let text = name.unraw().to_string();
    quote!(#text)
}

/// The pattern of a plain name.
fn name_of(pattern: &Pat) -> Option<&PatIdent> {
    match pattern {
        Pat::Ident(name) if name.subpat.is_none() && !is_capital(&name.ident) => Some(name),
        Pat::Paren(paren) => name_of(&paren.pat),
        _ => None,
    }
}

/// `: WorkflowValue<()>`
fn unit_type(span: Span) -> TokenStream {
    quote_spanned!(span=> : ::stepwright::__private::WorkflowValue<()>)
}

/// `: Handle<T>`
pub(super) fn annotation(handle: &str, ty: Option<Type>) -> Option<TokenStream> {
    ty.map(|ty| {
        let handle = Ident::new(handle, ty.span());
        quote_spanned!(ty.span()=> : ::stepwright::__private::#handle<#ty>)
    })
}
