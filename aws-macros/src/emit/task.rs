//! The task of a call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs::line, structure::Structure};
use crate::{integration::Call, names, types::Types};

/// A task without a body: the service does the work.
pub(super) fn emit(types: &Types<'_>, call: &Call) -> TokenStream {
    let arn = types.integration.arn(call);
    let function = names::ident(&call.function());
    let of_the_api = call.of_the_api();
    let request = Structure::request(types, call).map(|_| {
        let name = names::ident(&of_the_api.type_name("Request"));
        quote!(request: #name)
    });
    if call.waits_for_token() {
        let request = names::ident(&call.of_the_api().type_name("Request"));
        let docs = line(&format!("`{}`, then an answer to the token: `{arn}`", call.api));
        return quote! {
            #docs
            #[::stepwright::task(resource = #arn)]
            pub async fn #function<T, E: ::stepwright::TaskError>(
                request: impl FnOnce(::stepwright::TaskToken<Result<T, E>>) -> #request,
            ) -> Result<T, E>;
        };
    }
    let response = match &call.result {
        Some(shape) => types.rust(shape),
        None => {
            let name = names::ident(&call.type_name("Response"));
            quote!(#name)
        }
    };
    let error = names::ident(&of_the_api.type_name("Error"));
    // Machines have it as a comment, so it is short.
    let docs = line(&format!("`{}`: `{arn}`", call.api));
    quote! {
        #docs
        #[::stepwright::task(resource = #arn)]
        pub async fn #function(#request) -> Result<#response, #error>;
    }
}
