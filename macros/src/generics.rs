//! The type parameters of a function, on the struct beside it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericParam, Ident, Visibility, WherePredicate, parse_quote};

use crate::signature::Role;

/// Type and const parameters: lifetimes vanish, as references do.
pub(crate) struct Generics {
    inner: syn::Generics,
}

impl Generics {
    pub(crate) fn of(generics: &syn::Generics, role: Role) -> Self {
        let mut inner = with_bounds(generics, role);
        inner.params = inner.params.into_iter().filter(|param| !matches!(param, GenericParam::Lifetime(_))).collect();
        if let Some(clause) = &mut inner.where_clause {
            let predicates = std::mem::take(&mut clause.predicates).into_iter();
            clause.predicates =
                predicates.filter(|predicate| !matches!(predicate, WherePredicate::Lifetime(_))).collect();
        }
        Generics { inner }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.inner.params.is_empty()
    }

    /// `<T: Bound>`
    pub(crate) fn parameters(&self) -> TokenStream {
        let (parameters, _, _) = self.inner.split_for_impl();
        quote!(#parameters)
    }

    /// `<T>`
    pub(crate) fn arguments(&self) -> TokenStream {
        let (_, arguments, _) = self.inner.split_for_impl();
        quote!(#arguments)
    }

    /// `::<T>`
    pub(crate) fn turbofish(&self) -> TokenStream {
        let (_, arguments, _) = self.inner.split_for_impl();
        let turbofish = arguments.as_turbofish();
        quote!(#turbofish)
    }

    /// `where …`
    pub(crate) fn bounds(&self) -> TokenStream {
        let (_, _, bounds) = self.inner.split_for_impl();
        quote!(#bounds)
    }

    /// The struct beside a function, in the namespace of types: it goes wherever `use` takes the function.
    pub(crate) fn hidden_struct(&self, visibility: &Visibility, name: &Ident) -> TokenStream {
        let (parameters, types) = self.unbounded();
        let fields = (!self.is_empty()).then(|| quote!(__of: ::core::marker::PhantomData<fn() -> #types>));
        quote!(#[doc(hidden)] #[allow(non_camel_case_types)] #visibility struct #name #parameters { #fields })
    }

    /// The parameters without their bounds, and the types among them as a tuple.
    pub(crate) fn unbounded(&self) -> (TokenStream, TokenStream) {
        let mut parameters = self.inner.clone();
        parameters.params.iter_mut().for_each(strip_bounds);
        let (parameters, _, _) = parameters.split_for_impl();
        let types = self.inner.type_params().map(|param| &param.ident);
        (quote!(#parameters), quote!((#(#types,)*)))
    }
}

/// The same parameters, with what a value of a workflow needs; what a task takes and gives has a schema, too.
pub(crate) fn with_bounds(generics: &syn::Generics, role: Role) -> syn::Generics {
    let mut generics = generics.clone();
    for param in generics.type_params_mut() {
        param.bounds.push(parse_quote!(::stepwright::__private::Data));
        if role == Role::Task {
            param.bounds.push(parse_quote!(::stepwright::__private::schemars::JsonSchema));
        }
    }
    generics
}

fn strip_bounds(param: &mut GenericParam) {
    if let GenericParam::Type(param) = param {
        param.bounds.clear();
        param.colon_token = None;
    }
}
