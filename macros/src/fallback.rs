//! What others refer to, when an item cannot be staged: so that its mistake is the only message.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::{function::Function, types};

/// The lints that generated code does not answer for.
pub(crate) fn quiet() -> TokenStream {
    quote!(#[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)])
}

/// The function, a struct beside it, and a `stage` that takes anything.
pub(crate) fn function(function: &Function) -> TokenStream {
    let quiet = quiet();
    let name = &function.signature.ident;
    let visibility = &function.visibility;
    let native = native(function);
    if function.signature.receiver().is_some() {
        return native;
    }
    let output = match &function.signature.output {
        syn::ReturnType::Type(_, ty) if types::impl_trait(ty).is_none() => types::erase(ty),
        syn::ReturnType::Type(..) | syn::ReturnType::Default => unit(),
    };
    quote! {
        #native
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        #visibility struct #name {}
        #quiet
        const _: () = {
            impl #name {
                pub fn stage<T>(_: T) -> ::stepwright::__private::Pending<#output> {
                    loop {}
                }
                pub fn definition() -> ::stepwright::Definition {
                    loop {}
                }
            }
        };
    }
}

/// The function as written; one without a body gets one that rustc accepts.
fn native(function: &Function) -> TokenStream {
    match &function.body {
        Some(_) => quote!(#function),
        None => {
            let Function { attributes, visibility, signature, .. } = function;
            quote!(#(#attributes)* #[allow(unused)] #visibility #signature { loop {} })
        }
    }
}

fn unit() -> Type {
    syn::parse_quote!(())
}
