//! `error.to_string()` in a workflow: the texts that thiserror's `#[error("…")]` gives.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Arm, Expr, LitStr, Meta, Type, Variant, parse_quote};

use super::members;
use crate::{
    errors::Errors,
    made::Names,
    twin::{Shown, Stager, format_holes, member_text},
};

/// `impl Show`, unless a variant has a text that a workflow cannot make: then `to_string` is refused where it is called.
pub(super) fn emit<'a>(name: &Ident, variants: impl Iterator<Item = &'a Variant>) -> Option<TokenStream> {
    let texts: Vec<Text<'_>> = variants.map(Text::of).collect::<Option<_>>()?;
    let arms = texts.iter().map(Text::arm);
    let body: Expr = parse_quote!(match self { #(#arms)* });
    let span = Span::call_site();
    let (builder, receiver, staged) = Errors::quietly(|errors| {
        let mut stager = Stager::new(Names::beside_value(span, &body), errors);
        (stager.builder(span), stager.receiver(span), stager.method_value(&body))
    })?;
    let (shown, bounds): (Vec<_>, Vec<_>) = texts.iter().flat_map(|text| text.shown.iter().cloned()).unzip();
    // A bound for any lifetime is not judged before it is used: a type that cannot be shown is no mistake here.
    Some(quote! {
        impl ::stepwright::__private::Show for #name
        where
            #(for<'__a> #shown: ::stepwright::__private::#bounds,)*
        {
            fn show(#receiver: ::stepwright::__private::WorkflowValue<Self>) -> ::stepwright::__private::WorkflowValue<::std::string::String> {
                let #builder = ::stepwright::__private::Builder;
                #staged
            }
        }
    })
}

/// The text of a variant.
struct Text<'a> {
    variant: &'a Variant,
    /// A format text whose holes are names; none for `#[error(transparent)]`.
    format: Option<String>,
    /// The fields that stand in the holes: their place, and the name in the text.
    bound: BTreeSet<String>,
    /// The types of these fields, and the trait that writes each.
    shown: Vec<(&'a Type, Ident)>,
}

impl<'a> Text<'a> {
    fn of(variant: &'a Variant) -> Option<Self> {
        let attribute = variant.attrs.iter().find(|attribute| attribute.path().is_ident("error"))?;
        let Meta::List(list) = &attribute.meta else { return None };
        if list.tokens.to_string() == "transparent" {
            let inner = members(&variant.fields).next().map(|(member, _)| member_text(&member))?;
            return Text::new(variant, None, BTreeSet::from([Shown { name: inner, precise: false }]));
        }
        // A text alone; further arguments are expressions of the error's own.
        let text: LitStr = syn::parse2(list.tokens.clone()).ok()?;
        let (format, holes) = format_holes(&text.value(), binding)?;
        Text::new(variant, Some(format), holes)
    }

    fn new(variant: &'a Variant, format: Option<String>, holes: BTreeSet<Shown>) -> Option<Self> {
        let show = |hole: &Shown| {
            let (_, field) = members(&variant.fields).find(|(member, _)| member_text(member) == hole.name)?;
            let writes = if hole.precise { "Precise" } else { "Show" };
            Some((&field.ty, Ident::new(writes, Span::call_site())))
        };
        let shown = holes.iter().map(show).collect::<Option<_>>()?;
        Some(Text { variant, format, bound: holes.into_iter().map(|hole| hole.name).collect(), shown })
    }

    /// `Self::Variant { field: name, .. } => format!("…"),`
    fn arm(&self) -> Arm {
        let ident = &self.variant.ident;
        let (patterns, names): (Vec<_>, Vec<_>) = members(&self.variant.fields)
            .filter(|(member, _)| self.bound.contains(&member_text(member)))
            .map(|(member, _)| {
                let name = format_ident!("{}", binding(&member_text(&member)));
                (quote!(#member: #name), name)
            })
            .unzip();
        let value: Expr = match &self.format {
            Some(text) => parse_quote!(format!(#text)),
            None => parse_quote!(#(#names.to_string())*),
        };
        parse_quote!(Self::#ident { #(#patterns,)* .. } => #value,)
    }
}

/// The name under which a field stands in the text.
fn binding(field: &str) -> String {
    if field.starts_with(|letter: char| letter.is_ascii_digit()) { format!("_{field}") } else { field.to_owned() }
}
