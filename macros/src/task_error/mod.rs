//! `#[derive(TaskError)]`

mod show;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Attribute, DataEnum, DeriveInput, Field, Fields, Ident, Member, Meta, Variant, ext::IdentExt as _,
    spanned::Spanned as _,
};

use crate::{
    attr::Options,
    data, diagnostic,
    errors::Errors,
    fallback,
    twin::{member_text, struct_text},
};

/// All that `derive(Data)` emits, the error names, and how `?` and `to_string` follow the error.
pub(crate) fn expand(item: TokenStream, errors: &Errors) -> TokenStream {
    let Some(input) = errors.ok(syn::parse2::<DeriveInput>(item)) else { return TokenStream::new() };
    let data = data::emit(&input, errors);
    let error = match (&input.data, input.generics.params.first()) {
        (_, Some(param)) => {
            errors.report(param.span(), &diagnostic::GENERIC_ERROR);
            stub(&input)
        }
        (syn::Data::Enum(variants), None) => match data::conversion(&input) {
            Some(attribute) => {
                errors.report(attribute, &diagnostic::CONVERTED_ERROR);
                stub(&input)
            }
            None => TaskError::from_syn(&input, variants, errors).emit(),
        },
        (syn::Data::Struct(_) | syn::Data::Union(_), None) => {
            errors.report(input.ident.span(), &diagnostic::NOT_AN_ENUM);
            stub(&input)
        }
    };
    quote!(#data #error)
}

/// A checked error enum.
struct TaskError<'a> {
    name: &'a Ident,
    variants: Vec<ErrorVariant<'a>>,
}

struct ErrorVariant<'a> {
    variant: &'a Variant,
    /// The error name; empty for `#[asl(other)]`.
    name: String,
    other: bool,
    foreign: bool,
}

impl<'a> TaskError<'a> {
    fn from_syn(input: &'a DeriveInput, data: &'a DataEnum, errors: &Errors) -> Self {
        let name = &input.ident;
        let variants: Vec<_> =
            data.variants.iter().map(|variant| ErrorVariant::from_syn(name, variant, errors)).collect();
        for again in variants.iter().filter(|variant| variant.other).skip(1) {
            errors.report(again.variant.ident.span(), &diagnostic::TWO_OTHERS);
        }
        TaskError { name, variants }
    }

    fn emit(&self) -> TokenStream {
        let (name, quiet) = (self.name, fallback::quiet());
        let entries = self.variants.iter().map(ErrorVariant::emit_entry);
        let arms = self.variants.iter().map(ErrorVariant::emit_name);
        let conversions = self.variants.iter().filter_map(|variant| variant.emit_conversion(name));
        let show = show::emit(name, self.variants.iter().map(|variant| variant.variant));
        quote! {
            #quiet
            const _: () = {
                impl ::stepwright::__private::TaskError for #name {
                    fn variants() -> &'static [::stepwright::__private::ErrorVariant] {
                        &[#(#entries),*]
                    }

                    fn name(&self) -> ::std::borrow::Cow<'_, str> {
                        match *self {
                            #(#arms)*
                        }
                    }
                }
                impl ::stepwright::__private::ErrorEnum for #name {}
                #(#conversions)*
                #show
            };
        }
    }
}

impl<'a> ErrorVariant<'a> {
    fn from_syn(of: &Ident, variant: &'a Variant, errors: &Errors) -> Self {
        let tokens = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("asl"));
        let tokens: TokenStream = tokens.filter_map(|attribute| list(attribute, errors)).collect();
        let mut options = Options::parse(tokens, &["error", "other", "foreign"], errors);
        let named = options.text("error").map(|name| name.value());
        let (other, foreign) = (options.flag("other"), options.flag("foreign"));
        let name = match named {
            Some(name) => name,
            None if other => String::new(),
            None => format!("{}.{}", of.unraw(), variant.ident.unraw()),
        };
        ErrorVariant { variant, name, other, foreign }
    }

    fn emit_entry(&self) -> TokenStream {
        let (ident, name) = (self.variant.ident.unraw().to_string(), &self.name);
        let (other, foreign) = (self.other, self.foreign);
        quote! {
            ::stepwright::__private::ErrorVariant { ident: #ident, name: #name, other: #other, foreign: #foreign }
        }
    }

    /// An arm that gives the name. A variant for the names of others holds the name in its first field.
    fn emit_name(&self) -> TokenStream {
        let (ident, name) = (&self.variant.ident, &self.name);
        match (self.other, members(&self.variant.fields).next()) {
            (true, Some((member, field))) => {
                let text = quote_spanned!(field.ty.span()=> ::core::convert::AsRef::<str>::as_ref(__name));
                quote!(Self::#ident { #member: ref __name, .. } => ::std::borrow::Cow::Borrowed(#text),)
            }
            (true, None) => {
                let name = ident.unraw().to_string();
                quote!(Self::#ident { .. } => ::std::borrow::Cow::Borrowed(#name),)
            }
            (false, _) => quote!(Self::#ident { .. } => ::std::borrow::Cow::Borrowed(#name),),
        }
    }

    /// `#[from]`: the conversion wraps the value.
    fn emit_conversion(&self, of: &Ident) -> Option<TokenStream> {
        let is_from = |field: &Field| field.attrs.iter().any(|attribute| attribute.path().is_ident("from"));
        let (member, field) = members(&self.variant.fields).find(|(_, field)| is_from(field))?;
        let (ident, ty) = (&self.variant.ident, &field.ty);
        let literal = struct_text(&ident.unraw().to_string(), &[format!("{}: 0", member_text(&member))]);
        let builder = quote!(::stepwright::__private::Builder);
        Some(quote_spanned! {ty.span()=>
            impl ::stepwright::__private::StagedFrom<#ty> for #of {
                fn staged_from(
                    __value: ::stepwright::__private::WorkflowValue<#ty>,
                ) -> ::stepwright::__private::WorkflowValue<Self> {
                    #builder.make(__value, |__value| Self::#ident { #member: __value }, #literal)
                }
            }
        })
    }
}

/// The fields and how they are named in patterns and literals.
fn members(fields: &Fields) -> impl Iterator<Item = (Member, &Field)> {
    fields.iter().enumerate().map(|(index, field)| match &field.ident {
        Some(name) => (Member::Named(name.clone()), field),
        None => (Member::Unnamed(index.into()), field),
    })
}

/// What stands in the parentheses of an attribute.
fn list(attribute: &Attribute, errors: &Errors) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::List(list) => {
            let tokens = &list.tokens;
            Some(quote!(#tokens,))
        }
        Meta::Path(path) => {
            errors.report_about(path.span(), &diagnostic::OPTION_VALUE, "`asl` takes parentheses");
            None
        }
        Meta::NameValue(pair) => {
            errors.report_about(pair.path.span(), &diagnostic::OPTION_VALUE, "`asl` takes parentheses");
            None
        }
    }
}

/// What is referred to of an error that is none.
fn stub(input: &DeriveInput) -> TokenStream {
    let (name, generics) = (&input.ident, data::bounded(&input.generics));
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        impl #parameters ::stepwright::__private::TaskError for #name #arguments #bounds {
            fn variants() -> &'static [::stepwright::__private::ErrorVariant] {
                &[]
            }

            fn name(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed("")
            }
        }

        impl #parameters ::stepwright::__private::ErrorEnum for #name #arguments #bounds {}
    }
}
