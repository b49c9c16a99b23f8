//! Literals.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Lit, LitInt};

use super::Stager;
use crate::diagnostic;

/// The greatest integer up to which every one is a JSON number of its own.
const MOST: u128 = 1 << 53;

impl Stager<'_> {
    /// A literal keeps its own type variable, so that inference is rustc's.
    pub(super) fn literal(&self, literal: &Lit) -> TokenStream {
        let span = literal.span();
        match literal {
            Lit::Str(text) => self.call(span, "text", [quote!(#text)]),
            Lit::Int(number) if !is_exact(number) => self.reject(span, &diagnostic::BIG_INTEGER),
            Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) | Lit::Byte(_) => {
                self.call(span, "lit", [quote!(#literal)])
            }
            _ => self.reject(span, &diagnostic::BYTES),
        }
    }
}

/// Whether an integer is a number in JSON.
fn is_exact(number: &LitInt) -> bool {
    let digits = number.base10_digits();
    digits.trim_start_matches('-').parse::<u128>().is_ok_and(|number| number <= MOST)
}
