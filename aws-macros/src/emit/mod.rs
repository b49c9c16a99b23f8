//! The items of a module.

pub(crate) mod docs;
mod error;
mod structure;
mod task;
mod values;

use proc_macro2::TokenStream;
use quote::quote;
use stepwright_services::Shape;

use crate::{
    integration::{Call, Integration},
    types::Types,
};
use structure::Structure;

/// The items of an integration: for each call its task, what it takes and answers, and its errors; then the types that these are
/// made of, by name.
pub(crate) fn module(integration: &Integration, calls: &[Call]) -> TokenStream {
    let types = Types::of(integration, calls);
    let of_calls = calls.iter().map(|call| self::call(&types, calls, call));
    let named = types.named().into_iter().filter_map(|(shape, name)| {
        let is_of_a_call =
            calls.iter().any(|call| ["Request", "Response"].iter().any(|kind| call.type_name(kind) == name));
        match types.shape(shape)? {
            _ if is_of_a_call => None,
            Shape::Structure { union: true, members, .. } => Some(structure::union(&types, shape, name, members)),
            Shape::Structure { .. } => Some(Structure::nested(&types, shape, name).emit()),
            Shape::String { values, .. } => Some(values::emit(name, values)),
            _ => None,
        }
    });
    quote!(#(#of_calls)* #(#named)*)
}

/// What belongs to one call. The errors of calls of one API are the same.
fn call(types: &Types<'_>, calls: &[Call], call: &Call) -> TokenStream {
    let task = task::emit(types, call);
    let first = calls.iter().find(|other| other.api == call.api).is_none_or(|first| first.action == call.action);
    let request = Structure::request(types, call).filter(|_| first).map(|request| request.emit());
    let response = Structure::response(types, call).map(|response| response.emit());
    let is_first_with_error = calls
        .iter()
        .filter(|other| other.api == call.api)
        .find(|other| !other.waits_for_token())
        .is_some_and(|first| first.action == call.action);
    let error = is_first_with_error.then(|| error::emit(types, calls, call));
    quote!(#task #request #response #error)
}
