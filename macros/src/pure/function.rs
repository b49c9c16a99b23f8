//! `#[pure] fn`

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::inlined;
use crate::{
    diagnostic,
    errors::Errors,
    fallback,
    function::Function,
    generics::Generics,
    guard,
    signature::{Role, Signature},
};

/// The function as written, and a struct beside it that stages it.
pub(super) fn expand(function: &Function, errors: &Errors) -> TokenStream {
    let before = errors.count();
    if let Some(receiver) = function.signature.receiver() {
        errors.report(receiver.self_token.span, &diagnostic::PURE_METHOD);
        return quote!(#function);
    }
    let signature = Signature::from_syn(&function.signature, Role::Pure, errors);
    let Some(body) = &function.body else {
        errors.report_about(function.span(), &diagnostic::NO_BODY, Role::Pure);
        return fallback::function(function, errors);
    };
    let block = body.block(errors);
    let signed = errors.count() == before;
    let Some(block) = block.filter(|_| signed) else { return fallback::function(function, errors) };
    let twin = inlined(&function.ident_text(), &signature, None, block, errors);
    if errors.count() > before { stub(function, &signature) } else { emit(function, &signature, &twin) }
}

fn emit(function: &Function, signature: &Signature, twin: &TokenStream) -> TokenStream {
    let guard = match Generics::of(&function.signature.generics, Role::Pure).is_empty() {
        true => {
            let probe = probe(function);
            let items = guard::items(signature, None, &quote!(__probe));
            quote!(#probe #items)
        }
        false => guard::none(),
    };
    beside(function, signature, &guard, twin)
}

/// The struct and its `stage`, without a body that could be wrong.
fn stub(function: &Function, signature: &Signature) -> TokenStream {
    beside(function, signature, &TokenStream::new(), &quote!(loop {}))
}

fn beside(function: &Function, signature: &Signature, guard: &TokenStream, twin: &TokenStream) -> TokenStream {
    let (name, quiet) = (&function.signature.ident, fallback::quiet());
    let generics = Generics::of(&function.signature.generics, Role::Pure);
    let structure = generics.hidden_struct(&function.visibility, name);
    let (generic, arguments, bounds) = (generics.parameters(), generics.arguments(), generics.bounds());
    let parameters = signature.twin_parameters(&Ident::new("_", name.span()), &signature.names());
    let types = signature.twin_types();
    let output = signature.erased_output();
    quote! {
        #function
        #structure
        #quiet
        const _: () = {
            #guard
            impl #generic #name #arguments #bounds {
                #[doc(hidden)]
                pub fn stage(#parameters: #types) -> ::stepwright::__private::WorkflowValue<#output> {
                    #twin
                }
            }
        };
    }
}

/// The same function, `async`: its future has a size only if its body compiles.
fn probe(function: &Function) -> TokenStream {
    let mut signature = function.signature.clone();
    signature.constness = None;
    signature.asyncness = Some(syn::Token![async](function.span()));
    signature.ident = Ident::new("__probe", function.span());
    let body = &function.body;
    quote!(#signature #body)
}
