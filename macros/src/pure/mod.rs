//! `#[pure]`

mod conversion;
mod function;
mod methods;

pub(crate) use methods::handle_name;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Block, ImplItemFn, ItemImpl, Receiver};

use crate::{
    attr::Options,
    errors::Errors,
    function::Function,
    made::{Names, variable},
    signature::Signature,
    twin::Stager,
    workflow::{check_configuration, not_a_function},
};

/// The item as written, and beside it what stages it.
pub(crate) fn expand(options: TokenStream, item: TokenStream, errors: &Errors) -> TokenStream {
    Options::parse(options, &[], errors);
    let no_function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => return function::expand(&function, errors),
        Err(error) => error,
    };
    let Ok(item_impl) = syn::parse2::<ItemImpl>(item.clone()) else {
        return not_a_function(item, "#[pure]", no_function, errors);
    };
    match &item_impl.trait_ {
        None => methods::expand(&item_impl, errors),
        Some((path, _)) => conversion::expand(&item_impl, path, errors),
    }
}

/// The twin of a function that is inlined where it is called: under the guard, and under the eye of the builder, which
/// finds recursion.
fn inlined(
    name: &str,
    signature: &Signature,
    receiver: Option<&Receiver>,
    body: &Block,
    errors: &Errors,
) -> TokenStream {
    let site = body.brace_token.span.open();
    let before = errors.count();
    check_configuration(body, errors);
    let mut stager = Stager::new(Names::beside(site, signature, body), errors);
    let builder = stager.builder(site);
    let (given, receiver_name) = (given_receiver(body), stager.receiver(site));
    let twin = stager.method(signature, receiver, body);
    if errors.count() > before {
        return quote!(loop {});
    }
    let params = signature.params.iter().map(|param| {
        let (name, ty) = (&param.name, param.expr_type());
        quote!(let #name: __G<#ty> = #builder.unread(#name);)
    });
    let receiver =
        receiver.map(|_| quote!(let #receiver_name: __G<::stepwright::__private::WorkflowValue<Self>> = #given;));
    quote! {
        let #builder: __G<::stepwright::__private::Builder> = ::stepwright::__private::Builder;
        #receiver
        #(#params)*
        #builder.pure(#name, || { #twin })
    }
}

/// `self`, as a staged method is given it.
fn given_receiver(body: &Block) -> Ident {
    variable("__self", body.brace_token.span.open())
}

/// The methods of an `impl`.
fn methods(item: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    item.items.iter().filter_map(|item| match item {
        syn::ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}
