//! Facts for doc comments.

use proc_macro2::TokenStream;
use quote::quote;
use stepwright_services::{Bounds, Shape};

use crate::types::Types;

/// A line of documentation.
pub(crate) fn line(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#[doc = #text])
}

/// What is known of a value beside its type: limits, and where its known values are.
pub(super) fn value(types: &Types<'_>, shape: &str) -> Vec<String> {
    match types.shape(shape) {
        Some(Shape::String { values, .. }) if !values.is_empty() => {
            types.type_of(shape).map(|name| format!("Values: [`{name}`].")).into_iter().collect()
        }
        Some(Shape::String { length, .. }) => limits(*length, "characters"),
        Some(Shape::Blob(length)) => [vec!["Bytes as text.".to_owned()], limits(*length, "bytes")].concat(),
        Some(Shape::List { member, length }) => [limits(*length, "items"), items(types, &member.shape)].concat(),
        Some(Shape::Integer(bounds) | Shape::Long(bounds) | Shape::Float(bounds)) => range(*bounds),
        _ => Vec::new(),
    }
}

/// Of the items of a list only where their values are.
fn items(types: &Types<'_>, shape: &str) -> Vec<String> {
    match types.shape(shape) {
        Some(Shape::String { values, .. }) if !values.is_empty() => value(types, shape),
        _ => Vec::new(),
    }
}

/// A length. That it is not negative goes without saying.
fn limits(Bounds { min, max }: Bounds, of: &str) -> Vec<String> {
    match (min.filter(|min| *min > 0.0), max) {
        (Some(min), Some(max)) if min >= max => vec![format!("{}.", count(min, of))],
        (Some(min), Some(max)) => vec![format!("{min} to {max} {of}.")],
        (Some(min), None) => vec![format!("At least {}.", count(min, of))],
        (None, Some(max)) => vec![format!("At most {}.", count(max, of))],
        (None, None) => Vec::new(),
    }
}

fn count(number: f64, of: &str) -> String {
    #[expect(clippy::float_cmp, reason = "whole numbers are exact")]
    let of = if number == 1.0 { of.trim_end_matches('s') } else { of };
    format!("{number} {of}")
}

fn range(Bounds { min, max }: Bounds) -> Vec<String> {
    match (min, max) {
        (Some(min), Some(max)) => vec![format!("{min} to {max}.")],
        (Some(min), None) => vec![format!("At least {min}.")],
        (None, Some(max)) => vec![format!("At most {max}.")],
        (None, None) => Vec::new(),
    }
}
