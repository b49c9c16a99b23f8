//! `#[derive(Data)]`

mod check;
mod shape;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use serde_derive_internals::{Ctxt, Derive, ast::Container, attr};
use syn::{Attribute, DeriveInput, GenericParam, Generics, spanned::Spanned as _};

use crate::{diagnostic, errors::Errors, fallback, generics::with_bounds, pure::handle_name, signature::Role};

/// The JSON form of a type, and the handle for its pure methods.
pub(crate) fn expand(item: TokenStream, errors: &Errors) -> TokenStream {
    match errors.ok(syn::parse2::<DeriveInput>(item)) {
        Some(input) if owns(&input.generics, errors) => emit(&input, errors),
        Some(_) | None => TokenStream::new(),
    }
}

/// The same for an item that is parsed already.
pub(crate) fn emit(input: &DeriveInput, errors: &Errors) -> TokenStream {
    let shape = shape(input, errors);
    let serde = shape.is_none().then(|| serde_stand_ins(input));
    let shape = shape.unwrap_or_else(shape::opaque);
    let (handle, name, quiet) = (handle_name(&input.ident), &input.ident, fallback::quiet());
    let visibility = &input.vis;
    let generics = bounded(&input.generics);
    let (parameters, bounds) = (generics.split_for_impl().0, generics.split_for_impl().2);
    let (_, arguments, _) = input.generics.split_for_impl();
    let types = input.generics.type_params().map(|param| &param.ident);
    quote! {
        #quiet
        #[doc(hidden)]
        #visibility struct #handle #parameters #bounds {
            id: ::stepwright::__private::ExprId,
            of: ::core::marker::PhantomData<fn() -> (#(#types,)*)>,
        }
        #quiet
        const _: () = {
            impl #parameters #handle #arguments #bounds {
                #[doc(hidden)]
                #visibility fn __id(&self) -> ::stepwright::__private::ExprId {
                    self.id
                }
            }
            impl #parameters ::stepwright::__private::Methods for #handle #arguments #bounds {
                fn of(id: ::stepwright::__private::ExprId) -> Self {
                    #handle { id, of: ::core::marker::PhantomData }
                }
            }
            impl #parameters ::stepwright::__private::Shaped for #name #arguments #bounds {
                fn shape() -> ::stepwright::__private::Shape {
                    use ::stepwright::__private::OpaqueShape as _;
                    #shape
                }
            }
            impl #parameters ::stepwright::__private::Data for #name #arguments #bounds {
                type Methods = #handle #arguments;
            }
            #serde
        };
    }
}

/// The shape as serde's attributes say it. What they get wrong is reported, in serde's own words.
fn shape(input: &DeriveInput, errors: &Errors) -> Option<TokenStream> {
    let context = Ctxt::new();
    let private = syn::Ident::new("__private", proc_macro2::Span::call_site());
    let written = Container::from_ast(&context, input, Derive::Serialize, &private);
    errors.ok(context.check())?;
    let container = written?;
    check::check(&container, errors);
    Some(shape::container(&container))
}

/// The attribute by which serde reads or writes a type as another.
pub(crate) fn conversion(input: &DeriveInput) -> Option<Span> {
    let converts = |attribute: &&Attribute| {
        let alone = DeriveInput { attrs: vec![(*attribute).clone()], ..input.clone() };
        let context = Ctxt::new();
        let read = attr::Container::from_ast(&context, &alone);
        // What is wrong in it is reported with the shape.
        let _ = context.check();
        shape::is_converted(&read)
    };
    let mut serde = input.attrs.iter().filter(|attribute| attribute.path().is_ident("serde"));
    serde.find(converts).map(|attribute| attribute.span())
}

/// What serde's derives leave out when they report the same.
fn serde_stand_ins(input: &DeriveInput) -> TokenStream {
    let name = &input.ident;
    let (parameters, arguments, bounds) = input.generics.split_for_impl();
    let read = input.generics.params.iter();
    quote! {
        impl #parameters ::stepwright::__private::serde::Serialize for #name #arguments #bounds {
            fn serialize<__S: ::stepwright::__private::serde::Serializer>(&self, _: __S)
                -> ::core::result::Result<__S::Ok, __S::Error>
            {
                loop {}
            }
        }
        impl<'de, #(#read),*> ::stepwright::__private::serde::Deserialize<'de> for #name #arguments #bounds {
            fn deserialize<__D: ::stepwright::__private::serde::Deserializer<'de>>(_: __D)
                -> ::core::result::Result<Self, __D::Error>
            {
                loop {}
            }
        }
    }
}

/// Whether a type has no lifetimes. No `impl` for one that has is any good.
fn owns(generics: &Generics, errors: &Errors) -> bool {
    for lifetime in generics.lifetimes() {
        errors.report(lifetime.lifetime.span(), &diagnostic::DATA_LIFETIME);
    }
    generics.lifetimes().next().is_none()
}

/// A type is `Data` where its parameters are.
pub(crate) fn bounded(generics: &Generics) -> Generics {
    let mut generics = with_bounds(generics, Role::Pure);
    for param in &mut generics.params {
        match param {
            GenericParam::Type(param) => param.default = None,
            GenericParam::Const(param) => param.default = None,
            GenericParam::Lifetime(_) => {}
        }
    }
    generics
}
