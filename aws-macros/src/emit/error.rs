//! The errors of an API as an enum.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::line;
use crate::{integration::Call, names, types::Types};

/// An enum with a variant for each error that the API's model has, those of the integration itself, and one for all others.
pub(super) fn emit(types: &Types<'_>, calls: &[Call], call: &Call) -> TokenStream {
    let integration = types.integration;
    let of_the_api = call.of_the_api();
    let name = names::ident(&of_the_api.type_name("Error"));
    let mut errors: Vec<String> = integration.operation(call).map_or_else(Vec::new, |operation| {
        operation.errors.iter().map(|error| integration.spelling.error(&error.shape)).collect()
    });
    errors.push("SdkClient".to_owned());
    let mut named: Vec<(String, String)> = errors
        .into_iter()
        .map(|error| (names::camel(&error), format!("{}.{error}Exception", integration.prefix)))
        .collect();
    named.extend(
        integration.own_errors.iter().map(|error| (names::camel(error), format!("{}.{error}", integration.prefix))),
    );
    if calls.iter().any(|other| other.api == call.api && other.result.is_some()) {
        named.push(("TaskFailed".to_owned(), "States.TaskFailed".to_owned()));
    }
    // Two names of shapes may be one name of an error.
    let mut taken = HashSet::from(["Other"]);
    let variants: Vec<_> = named
        .iter()
        .filter(|(variant, _)| taken.insert(variant))
        .map(|(variant, error)| {
            let (variant, docs) = (names::ident(variant), line(&format!("`{error}`, with its cause.")));
            let foreign = (!error.starts_with("States.")).then(|| quote!(, foreign));
            quote!(#docs #[asl(error = #error #foreign)] #variant(String),)
        })
        .collect();
    let docs = line(&format!("How `{}` fails.", call.api));
    let statuses = integration.statuses.as_ref().map(|prefix| of_statuses(&name, prefix));
    quote! {
        #docs
        #[derive(
            Clone,
            Debug,
            PartialEq,
            ::stepwright::__private::serde::Serialize,
            ::stepwright::__private::serde::Deserialize,
            ::stepwright::__private::schemars::JsonSchema,
            ::stepwright::TaskError
        )]
        #[serde(crate = "::stepwright::__private::serde")]
        #[schemars(crate = "::stepwright::__private::schemars")]
        pub enum #name {
            #(#variants)*
            /// Any other error.
            #[asl(other)]
            Other {
                /// Its name.
                name: String,
                /// Its cause.
                cause: String,
            },
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&::stepwright::__private::TaskFailure::of(self), f)
            }
        }

        impl ::std::error::Error for #name {}

        #statuses
    }
}

/// The errors that are named after HTTP statuses: there are too many for a variant each.
fn of_statuses(name: &Ident, prefix: &str) -> TokenStream {
    let read = line(&format!("The status that was answered, where the error is one: 404 of `{prefix}404`."));
    let made = line(&format!("The error of a status: `{prefix}404` of 404."));
    let error = format!("{prefix}{{status}}");
    quote! {
        #[::stepwright::pure]
        impl #name {
            #read
            #[must_use]
            pub fn status(&self) -> Option<u16> {
                match self {
                    Self::Other { name, .. } => ::stepwright::__private::status(name, #prefix),
                    _ => None,
                }
            }
        }

        impl #name {
            #made
            #[must_use]
            pub fn from_status(status: u16, cause: impl Into<String>) -> Self {
                Self::Other { name: format!(#error), cause: cause.into() }
            }
        }
    }
}
