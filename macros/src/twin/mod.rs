//! Function bodies to twins.
//!
//! A twin is straight-line code with real Rust blocks: a value of type `T` is an `Expr<T>`, a mutable variable a `Var<T>`,
//! a call that is not awaited yet a `Pending<T>`. Whatever a construct records goes through a method of the builder `__b`,
//! spanned at the user's token that it stands for, so that its position and its messages are the user's. Where a path
//! decides a type, the user's own construct stands in a closure that is never called: rustc checks it, we only name
//! things.
//!
//! Staging never stops: a construct that a workflow cannot express is reported, and something that is thrown away stands
//! in its place. What rustc reports about the native function (a `break` outside of a loop, a wrong `format!`) is not
//! reported again.

mod alternatives;
mod block;
mod branch;
mod call;
mod closure;
mod condition;
mod expression;
mod format;
mod literal;
mod loops;
mod macros;
mod operator;
mod pattern;
mod place;
mod scope;
mod start;
mod syntax;
mod words;

pub(crate) use call::{STAGE, is_associated, without_generics};
pub(crate) use expression::member_text;
pub(crate) use format::{Shown, format_holes};
pub(crate) use pattern::struct_text;

use std::fmt::Display;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream};
use quote::{TokenStreamExt as _, quote, quote_spanned};
use syn::{Block, Expr, Receiver, Type};

use self::{
    scope::{Kind, Scope, Targets},
    syntax::value_span,
};
use crate::{
    diagnostic::Message,
    errors::Errors,
    made::Names,
    signature::{Param, Signature},
};

/// Translates one function body.
pub(crate) struct Stager<'e> {
    errors: &'e Errors,
    names: Names,
    scope: Scope,
    targets: Targets,
    /// How many names were made.
    made: usize,
}

impl<'e> Stager<'e> {
    pub(crate) fn new(names: Names, errors: &'e Errors) -> Self {
        Stager { errors, names, scope: Scope::new(), targets: Targets::default(), made: 0 }
    }

    /// The twin's body: the parameters are in scope under their names, and so is the builder.
    pub(crate) fn function(&mut self, signature: &Signature, body: &Block) -> TokenStream {
        self.method(signature, None, body)
    }

    /// The same for a method: `self` is in scope, too.
    pub(crate) fn method(&mut self, signature: &Signature, receiver: Option<&Receiver>, body: &Block) -> TokenStream {
        let (imports, receiver) = (self.imports(), receiver.map(|receiver| self.self_param(receiver)));
        let params: TokenStream = signature.params.iter().map(|param| self.param(param)).collect();
        let output = signature.erased_output();
        let end = value_span(body);
        let body = self.block(body);
        let body = self.body(self.names.site, end, Some(&output), body);
        quote! {
            #imports
            #receiver
            #params
            #body
        }
    }

    /// An expression in which only `self` is in scope.
    pub(crate) fn method_value(&mut self, value: &Expr) -> TokenStream {
        self.scope.declare(&Ident::new("self", self.names.site), Kind::Value);
        let (imports, value) = (self.imports(), self.expr(value));
        quote!(#imports #value)
    }

    /// The builder, as the twin names it.
    pub(crate) fn builder(&self, span: Span) -> Ident {
        self.names.name("b", span)
    }

    /// `self`, as the twin names it.
    pub(crate) fn receiver(&self, span: Span) -> Ident {
        self.names.name("self", span)
    }

    /// What a function that is called is imported as.
    fn callee_name(&self, span: Span) -> Ident {
        self.names.name("c", span)
    }

    /// The body that `return` and `?` leave, as the twin names it.
    fn leaving(&self, span: Span) -> Ident {
        self.names.name("r", span)
    }

    /// A name that nothing else has.
    fn fresh(&mut self, prefix: &str) -> Ident {
        self.made += 1;
        self.names.name(&format!("{prefix}{}", self.made), self.names.site)
    }

    /// What a twin names without a path.
    fn imports(&self) -> TokenStream {
        let callee = self.callee_name(self.names.site);
        quote! {
            use ::stepwright::__private::{assoc::*, fallback::__c as #callee, StageConst as _, StarRef as _};
        }
    }

    /// `__b.name(arguments)`, at the user's token that it stands for.
    fn call<I>(&self, span: Span, name: &str, arguments: I) -> TokenStream
    where
        I: IntoIterator<Item = TokenStream>,
    {
        let (builder, name) = (self.builder(span), Ident::new(name, span));
        // Streams that are moved together: each that is quoted into another costs a few calls of rustc's.
        let separated = arguments.into_iter().map(|mut argument| {
            argument.append(Punct::new(',', Spacing::Alone));
            argument
        });
        let mut arguments = Group::new(Delimiter::Parenthesis, separated.collect());
        arguments.set_span(span);
        let mut call = quote_spanned!(span=> #builder.#name);
        call.append(arguments);
        call
    }

    /// A body of its own: `return` and `?` inside belong to it. Its value stands at `end`.
    fn body(&self, span: Span, end: Span, output: Option<&Type>, value: TokenStream) -> TokenStream {
        let (builder, leaving) = (self.builder(span), self.leaving(span));
        let output = output.map(|ty| quote!(::<#ty>));
        let leave = quote_spanned!(end=> .leave(#value));
        quote_spanned!(span=> { let #leaving = #builder.body #output (); #leaving #leave })
    }

    /// The value of code that is never reached.
    fn never(&self, span: Span) -> TokenStream {
        self.call(span, "never", [])
    }

    /// `()`
    fn unit(&self, span: Span) -> TokenStream {
        self.call(span, "unit", [])
    }

    /// Stages in a scope of its own.
    fn scoped<T>(&mut self, stage: impl FnOnce(&mut Self) -> T) -> T {
        self.scope.open();
        let staged = stage(self);
        self.scope.close();
        staged
    }

    /// Stages a body whose loops are not those around it.
    fn detached<T>(&mut self, stage: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::take(&mut self.targets);
        let staged = stage(self);
        self.targets = around;
        staged
    }

    /// Reports a construct; what stands in its place is thrown away.
    fn reject(&self, at: Span, message: &Message) -> TokenStream {
        self.errors.report(at, message);
        self.never(at)
    }

    /// Reports a construct by a piece of its source.
    fn reject_about(&self, at: Span, message: &Message, subject: impl Display) -> TokenStream {
        self.errors.report_about(at, message, subject);
        self.never(at)
    }

    fn self_param(&mut self, receiver: &Receiver) -> TokenStream {
        let span = receiver.self_token.span;
        let mutable = receiver.mutability.is_some();
        self.scope.declare(&Ident::new("self", span), if mutable { Kind::Variable } else { Kind::Value });
        if !mutable {
            return TokenStream::new();
        }
        let name = self.receiver(span);
        let var = self.call(span, "var", [quote!("self"), quote!(#name)]);
        quote!(let #name = #var;)
    }

    /// A parameter as the body sees it: what is `mut` becomes a variable, what is taken apart is.
    fn param(&mut self, param: &Param) -> TokenStream {
        let name = &param.name;
        match &param.pattern {
            syn::Pat::Ident(pattern) if pattern.subpat.is_none() => {
                let binding = scope::Binding { name: name.clone(), mutable: pattern.mutability.is_some() };
                self.declare(&[binding])
            }
            pattern => {
                self.scope.declare(name, Kind::Value);
                self.destructure(pattern, name)
            }
        }
    }
}
