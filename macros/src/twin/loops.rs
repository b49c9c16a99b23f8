//! Loops, labelled blocks, and the ways out of them and of functions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Expr, ExprAsync, ExprBlock, ExprBreak, ExprContinue, ExprForLoop, ExprLoop, ExprReturn, ExprWhile, Label, Pat,
    PatIdent, ext::IdentExt as _, spanned::Spanned as _,
};

use super::{
    Stager,
    condition::Conjunct,
    scope::Binding,
    syntax::{diverges, value_span},
};

/// One value after the other, under a name.
pub(super) struct Element {
    pub(super) name: Ident,
    /// The name in the recording.
    text: String,
    /// What takes the value apart.
    pub(super) apart: TokenStream,
}

impl Stager<'_> {
    /// `{ … }`, `'label: { … }`: a block that is left with its value at its end.
    pub(super) fn labelled_block(&mut self, block: &ExprBlock) -> TokenStream {
        let Some(label) = &block.label else { return self.block(&block.block) };
        let span = label.name.span();
        let handle = self.fresh("k");
        let open = self.call(span, "block_", []);
        let value = self.inside(Some(label), &handle, false, |stager| stager.block(&block.block));
        quote_spanned! {span=> {
            let #handle = #open;
            #handle.leave(#value)
        }}
    }

    /// A loop without a `break` for it never gives a value.
    pub(super) fn loop_(&mut self, repeat: &ExprLoop) -> TokenStream {
        let span = repeat.loop_token.span;
        let (builder, handle) = (self.builder(span), self.fresh("k"));
        let body = self.inside(repeat.label.as_ref(), &handle, true, |stager| stager.block(&repeat.body));
        if diverges(&Expr::Loop(repeat.clone())) {
            let never = self.never(span);
            return quote_spanned!(span=> { let #handle = #builder.loop_::<()>(); #handle.end(#body); #never });
        }
        quote_spanned!(span=> { let #handle = #builder.loop_(); #handle.end(#body) })
    }

    /// A loop that is left when the condition does not hold.
    pub(super) fn while_(&mut self, repeat: &ExprWhile) -> TokenStream {
        let span = repeat.while_token.span;
        let handle = self.fresh("k");
        let open = self.call(span, "loop_", []);
        let parts = Conjunct::all(&repeat.cond);
        let body = self.inside(repeat.label.as_ref(), &handle, true, |stager| {
            stager.when(span, &parts, &mut |stager| stager.block(&repeat.body), &mut |stager| {
                let unit = stager.unit(span);
                Some(quote_spanned!(span=> #handle.break_(#unit)))
            })
        });
        quote_spanned!(span=> { let #handle = #open; #handle.end(#body) })
    }

    pub(super) fn for_(&mut self, repeat: &ExprForLoop) -> TokenStream {
        let (span, list_span) = (repeat.for_token.span, repeat.expr.span());
        let list = self.expr(&repeat.expr);
        let handle = self.fresh("k");
        let (item, body) = self.inside(repeat.label.as_ref(), &handle, true, |stager| {
            (stager.element(&repeat.pat), stager.block(&repeat.body))
        });
        let Element { name, text, apart } = item;
        let open = self.call(list_span, "for_", [quote!(#text), list]);
        quote_spanned!(span=> { let (#handle, #name) = #open; #apart #handle.end(#body) })
    }

    pub(super) fn break_(&mut self, leave: &ExprBreak) -> TokenStream {
        let span = leave.break_token.span;
        let Some(handle) = self.targets.find(leave.label.as_ref()).cloned() else { return self.never(span) };
        let value = self.optional(leave.expr.as_deref(), span);
        quote_spanned!(span=> #handle.break_(#value))
    }

    pub(super) fn continue_(&mut self, next: &ExprContinue) -> TokenStream {
        let span = next.continue_token.span;
        match self.targets.find(next.label.as_ref()) {
            Some(handle) => quote_spanned!(span=> #handle.continue_()),
            None => self.never(span),
        }
    }

    pub(super) fn return_(&mut self, leave: &ExprReturn) -> TokenStream {
        let span = leave.return_token.span;
        let leaving = self.leaving(span);
        let value = self.optional(leave.expr.as_deref(), span);
        quote_spanned!(span=> #leaving.ret(#value))
    }

    /// `async { … }`: a body that is recorded apart.
    pub(super) fn async_block(&mut self, block: &ExprAsync) -> TokenStream {
        let span = block.async_token.span;
        let value = self.detached(|stager| stager.block(&block.block));
        let body = self.body(span, value_span(&block.block), None, value);
        let helper = if block.capture.is_some() { "async_move" } else { "async_" };
        self.call(span, helper, [quote!(|| #body)])
    }

    /// Stages what stands in a loop or labelled block.
    fn inside<T>(
        &mut self,
        label: Option<&Label>,
        handle: &Ident,
        is_loop: bool,
        stage: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.targets.open(label, handle.clone(), is_loop);
        let staged = self.scoped(stage);
        self.targets.close();
        staged
    }

    /// What the pattern of a loop or closure makes of each value.
    pub(super) fn element(&mut self, pattern: &Pat) -> Element {
        match pattern {
            Pat::Reference(reference) => self.element(&reference.pat),
            Pat::Paren(paren) => self.element(&paren.pat),
            Pat::Ident(PatIdent { ident, mutability, subpat: None, .. }) => {
                let binding = Binding { name: ident.clone(), mutable: mutability.is_some() };
                let apart = self.declare(&[binding]);
                Element { name: ident.clone(), text: ident.unraw().to_string(), apart }
            }
            pattern => {
                let name = self.fresh("x");
                let apart = self.destructure(pattern, &name);
                Element { name, text: "item".to_owned(), apart }
            }
        }
    }

    fn optional(&mut self, value: Option<&Expr>, span: Span) -> TokenStream {
        match value {
            Some(value) => self.expr(value),
            None => self.unit(span),
        }
    }
}
