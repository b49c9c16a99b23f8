//! `#[pure] impl From<A> for B`

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ImplItemFn, ItemImpl, Path, PathArguments, Type, spanned::Spanned as _};

use super::{inlined, methods};
use crate::{
    diagnostic,
    errors::Errors,
    fallback,
    generics::Generics,
    guard,
    signature::{Role, Signature},
    types,
};

/// The conversion as written, and beside it how `?` and `.into()` follow it.
pub(super) fn expand(item: &ItemImpl, path: &Path, errors: &Errors) -> TokenStream {
    let (Some(from), Some(method)) = (converted(path), methods(item).next()) else {
        errors.report(path.span(), &diagnostic::PURE_TRAIT);
        return quote!(#item);
    };
    let before = errors.count();
    let signature = Signature::from_syn(&method.sig, Role::Pure, errors);
    let twin = inlined("from", &signature, None, &method.block, errors);
    let failed = errors.count() > before;
    let generics = Generics::of(&item.generics, Role::Pure);
    let guard = if failed || !generics.is_empty() { guard::none() } else { guard(item, method, &signature) };
    let (to, erased, quiet) = (&item.self_ty, types::erase(&from), fallback::quiet());
    let name = signature.names();
    let twin = if failed { quote!(loop {}) } else { twin };
    let (parameters, bounds) = (generics.parameters(), generics.bounds());
    quote! {
        #item
        #quiet
        const _: () = {
            #guard
            impl #parameters ::stepwright::__private::StagedFrom<#erased> for #to #bounds {
                fn staged_from(#(#name)*: ::stepwright::__private::WorkflowValue<#erased>) -> ::stepwright::__private::WorkflowValue<Self> {
                    #twin
                }
            }
        };
    }
}

/// The guard by the same function, `async`, in a trait of its own: an `impl` may be for a type of another crate.
fn guard(item: &ItemImpl, method: &ImplItemFn, signature: &Signature) -> TokenStream {
    let (to, body) = (&item.self_ty, &method.block);
    let types = signature.params.iter().map(|param| &param.ty);
    let mut probe = method.sig.clone();
    probe.asyncness = Some(syn::Token![async](method.sig.ident.span()));
    let items = guard::items(&signature.without_self(to), None, &quote!(<#to as __Probe>::from));
    quote! {
        trait __Probe {
            fn from(#(_: #types),*) -> impl ::core::future::Future<Output = Self>;
        }
        impl __Probe for #to {
            #probe #body
        }
        #items
    }
}

/// The `A` of `From<A>`.
fn converted(path: &Path) -> Option<Type> {
    let last = path.segments.last().filter(|segment| segment.ident == "From")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    })
}
