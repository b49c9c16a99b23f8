//! `if` and `match`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Arm, ExprIf, ExprMatch, spanned::Spanned as _};

use super::{
    Stager,
    condition::{Conjunct, Subject, question},
    start::start,
    words::words,
};

impl Stager<'_> {
    pub(super) fn if_(&mut self, branch: &ExprIf) -> TokenStream {
        let parts = Conjunct::all(&branch.cond);
        let span = branch.if_token.span;
        self.when(span, &parts, &mut |stager| stager.block(&branch.then_branch), &mut |stager| {
            branch.else_branch.as_ref().map(|(_, otherwise)| stager.expr(otherwise))
        })
    }

    /// `if` the parts hold, `then` with their names in scope, or else `otherwise`, where there is one.
    pub(super) fn when(
        &mut self,
        span: proc_macro2::Span,
        parts: &[Conjunct<'_>],
        then: &mut dyn FnMut(&mut Self) -> TokenStream,
        otherwise: &mut dyn FnMut(&mut Self) -> Option<TokenStream>,
    ) -> TokenStream {
        let late = parts.iter().skip(1).position(|part| self.is_late(part));
        match late {
            None => self.when_all(span, parts, then, otherwise),
            Some(_) => self.when_nested(span, parts, then, otherwise),
        }
    }

    fn when_all(
        &mut self,
        span: proc_macro2::Span,
        parts: &[Conjunct<'_>],
        then: &mut dyn FnMut(&mut Self) -> TokenStream,
        otherwise: &mut dyn FnMut(&mut Self) -> Option<TokenStream>,
    ) -> TokenStream {
        let asks = question(parts);
        if let [Conjunct::Test(test)] = parts {
            let (test, then, otherwise) = (self.expr(test), then(self), otherwise(self));
            return self.choose(span, &asks, test, then, otherwise);
        }
        let condition = self.conjunction(parts);
        let (test, held) = (self.fresh("c"), self.fresh("w"));
        let names = condition.names();
        let then = self.scoped(|stager| {
            let variables = stager.declare(&condition.bindings);
            let then = then(stager);
            quote!({ let (#(#names,)*) = #held; #variables #then })
        });
        let otherwise = otherwise(self);
        let tokens = &condition.tokens;
        let chosen = self.choose(span, &asks, quote!(#test), then, otherwise);
        quote_spanned!(span=> { let (#test, #held) = #tokens; #chosen })
    }

    /// A later `let` whose subject does more than read is only reached when the parts before it hold: an `if` in an `if`,
    /// out of which the inner one breaks with its value.
    fn when_nested(
        &mut self,
        span: proc_macro2::Span,
        parts: &[Conjunct<'_>],
        then: &mut dyn FnMut(&mut Self) -> TokenStream,
        otherwise: &mut dyn FnMut(&mut Self) -> Option<TokenStream>,
    ) -> TokenStream {
        let done = self.fresh("k");
        let open = self.call(span, "block_", []);
        let nested = self.when_segments(span, parts, &mut |stager| {
            let value = then(stager);
            quote_spanned!(span=> #done.break_(#value))
        });
        let otherwise = otherwise(self).unwrap_or_else(|| self.unit(span));
        quote_spanned! {span=> {
            let #done = #open;
            #nested;
            #done.leave(#otherwise)
        }}
    }

    fn when_segments(
        &mut self,
        span: proc_macro2::Span,
        parts: &[Conjunct<'_>],
        then: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let length = parts.iter().skip(1).position(|part| self.is_late(part)).map_or(parts.len(), |index| index + 1);
        let (segment, rest) = parts.split_at(length);
        self.when_all(
            span,
            segment,
            &mut |stager| if rest.is_empty() { then(stager) } else { stager.when_segments(span, rest, then) },
            &mut |_| None,
        )
    }

    fn is_late(&self, part: &Conjunct<'_>) -> bool {
        match part {
            Conjunct::Let { subject: Subject::Source(source), .. } => !self.only_reads(source),
            Conjunct::Let { subject: Subject::Staged(_), .. } | Conjunct::Test(_) => false,
        }
    }

    /// A cascade of conditions on one held value.
    pub(super) fn match_(&mut self, branches: &ExprMatch) -> TokenStream {
        let span = branches.match_token.span;
        let subject = self.expr(&branches.expr);
        let (held, handle) = (self.fresh("s"), self.fresh("m"));
        let asks = format!("match {}", words(&branches.expr));
        let open = self.call(span, "match_", [subject, quote!(#asks)]);
        let arms: TokenStream = branches.arms.iter().map(|arm| self.arm(arm, &held, &handle)).collect();
        quote_spanned! {span=> {
            let (#held, #handle) = #open;
            #arms
            #handle.end()
        }}
    }

    fn arm(&mut self, arm: &Arm, subject: &proc_macro2::Ident, handle: &proc_macro2::Ident) -> TokenStream {
        let condition = self.matching(&arm.pat, subject);
        let (names, tokens) = (condition.names(), &condition.tokens);
        let (variables, value) = self.scoped(|stager| (stager.declare(&condition.bindings), stager.expr(&arm.body)));
        let (start, end) = (arm.pat.span(), start(&arm.body));
        let open = quote_spanned!(start=> #handle.arm(#tokens));
        let close = quote_spanned!(end=> #handle.put(#value));
        quote_spanned!(end=> { let (#(#names,)*) = #open; #variables #close; })
    }
}
