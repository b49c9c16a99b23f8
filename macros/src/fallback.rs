//! What others refer to, when an item cannot be staged: so that its mistake is the only message.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{errors::Errors, function::Function, generics::Generics, signature::Role, task::is_on_call};

/// The lints that generated code does not answer for.
pub(crate) fn quiet() -> TokenStream {
    quote!(#[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)])
}

/// The function as written, under a name that nobody sees, and for all who name it what [`wrong`] emits.
pub(crate) fn function(function: &Function, errors: &Errors) -> TokenStream {
    taking(function.signature.inputs.len(), function, errors)
}

/// The same for callers who give so many arguments.
pub(crate) fn taking(arguments: usize, function: &Function, errors: &Errors) -> TokenStream {
    if function.signature.receiver().is_some() {
        return native(function);
    }
    let wrong = wrong(arguments, function, errors);
    let written = function.body.is_some().then(|| native(function));
    quote! {
        #wrong
        const _: () = { #written };
    }
}

/// A type that is the mistake found, and a function from it to it. What has such a type, rustc takes for told: it says no word
/// about the arguments of a call, about what is made of its result, or about the machine.
fn wrong(arguments: usize, function: &Function, errors: &Errors) -> TokenStream {
    let (quiet, visibility, signature) = (quiet(), &function.visibility, &function.signature);
    let (constness, name) = (&signature.constness, &signature.ident);
    let attributes = function.attributes.iter().filter(|attribute| is_on_call(attribute));
    let generics = Generics::of(&signature.generics, Role::Workflow);
    let (parameters, types) = generics.unbounded();
    let ty = generics.arguments();
    let params = (0..arguments).map(|_| quote!(_: #name #ty));
    let mistake = errors.take();
    quote! {
        #quiet
        #[doc(hidden)]
        #visibility type #name #parameters = <[(); { #mistake }] as ::stepwright::__private::Pass<#types>>::Out;
        #(#attributes)*
        #quiet
        #visibility #constness fn #name #parameters(#(#params),*) -> #name #ty { loop {} }
    }
}

/// The function as written; one without a body gets one that rustc accepts.
fn native(function: &Function) -> TokenStream {
    match &function.body {
        Some(_) => quote!(#[allow(dead_code)] #function),
        None => {
            let Function { attributes, visibility, signature, .. } = function;
            quote!(#(#attributes)* #[allow(unused)] #visibility #signature { loop {} })
        }
    }
}
