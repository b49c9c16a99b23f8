//! Closures.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ExprClosure, Pat, ReturnType};

use super::{Stager, block::annotation, loops::Element, start::start, syntax::leaves};
use crate::types;

impl Stager<'_> {
    /// A closure stays one. If `return` or `?` can leave it, it opens a body of its own.
    pub(super) fn closure(&mut self, closure: &ExprClosure) -> TokenStream {
        let span = closure.inputs_begin.span;
        self.scoped(|stager| {
            let (params, apart): (Vec<_>, Vec<_>) =
                closure.inputs.iter().map(|input| stager.closure_param(input)).unzip();
            let value = stager.detached(|stager| stager.expr(&closure.body));
            let output = match &closure.output {
                ReturnType::Type(_, ty) => Some(types::erase(ty)),
                ReturnType::Default => None,
            };
            let opens = closure.asyncness.is_some() || output.is_some() || leaves(&closure.body);
            let value = if opens { stager.body(span, start(&closure.body), output.as_ref(), value) } else { value };
            quote_spanned!(span=> |#(#params),*| { #(#apart)* #value })
        })
    }

    /// A parameter, and what takes it apart.
    fn closure_param(&mut self, input: &Pat) -> (TokenStream, TokenStream) {
        let (pattern, ty) = match input {
            Pat::Type(typed) => (&*typed.pat, Some(types::erase(&typed.ty))),
            pattern => (pattern, None),
        };
        let Element { name, apart, .. } = self.element(pattern);
        let annotation = annotation("WorkflowValue", ty);
        (quote!(#name #annotation), apart)
    }
}
