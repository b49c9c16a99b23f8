//! The guard: a twin whose native function does not compile is silent.
//!
//! The size of the native function's future is a constant, and evaluating it needs a body that type-checks and
//! borrow-checks. When it does not, `__N` is an error, `__G<T>` is rustc's error type, and every expression that starts
//! from a parameter of the twin is silent: one mistake gives one message. When it does, `__G<T>` is just `T`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{signature::Signature, types};

/// The items `__N` and `__G` for a native `async fn`, given as an expression.
pub(crate) fn items(signature: &Signature, receiver: Option<&TokenStream>, function: &TokenStream) -> TokenStream {
    let params = signature.params.iter().map(|param| {
        let ty = types::with_static(&param.ty);
        quote!(#ty,)
    });
    let receiver = receiver.map(|ty| quote!(#ty,));
    let probe = format_ident!("probe{}", signature.params.len() + usize::from(receiver.is_some()));
    quote! {
        const __N: usize = ::stepwright::__private::#probe::<#receiver #(#params)* _, _>(&#function);
        type __G<T> = <[(); __N] as ::stepwright::__private::Pass<T>>::Out;
    }
}

/// The same names without a guard, for functions whose types are not known here.
pub(crate) fn none() -> TokenStream {
    quote!(
        type __G<T> = T;
    )
}
