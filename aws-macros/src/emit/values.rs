//! The known values of an enumeration.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::line;
use crate::names;

/// Constants for a text's known values. The text itself stays a `String`: services add values at any time, and a machine that runs must
/// go on with them.
pub(super) fn emit(name: &str, values: &[String]) -> TokenStream {
    let ident = names::ident(name);
    let docs = line(&format!("Known values of `{name}`, which is a text: others may be added at any time."));
    let mut taken = Vec::new();
    let constants: Vec<_> = values
        .iter()
        .map(|value| {
            let mut constant = names::shouty(value);
            if constant.is_empty() || constant.starts_with(|first: char| first.is_ascii_digit()) {
                constant = format!("V{constant}");
            }
            while taken.contains(&constant) {
                constant.push('_');
            }
            taken.push(constant.clone());
            let (constant, docs) = (names::ident(&constant), line(&format!("`{value}`")));
            quote!(#docs pub const #constant: &'static str = #value;)
        })
        .collect();
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum #ident {}

        impl #ident {
            #(#constants)*
        }
    }
}
