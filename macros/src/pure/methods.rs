//! `#[pure] impl Type`

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{
    ImplItemFn, ItemImpl, PathArguments, ReceiverKind, Type, TypePath, ext::IdentExt as _, spanned::Spanned as _,
};

use super::{given_receiver, inlined, methods};
use crate::{
    diagnostic,
    errors::Errors,
    fallback,
    generics::Generics,
    guard,
    signature::{Param, Role, Signature},
    twin::STAGE,
    types,
};

/// The block as written, and for each function a staged one: beside it on the type, and as a method of the handle that
/// `derive(Data)` puts beside the type.
pub(super) fn expand(item: &ItemImpl, errors: &Errors) -> TokenStream {
    let Type::Path(of) = &*item.self_ty else {
        errors.report(item.self_ty.span(), &diagnostic::PURE_TYPE);
        return quote!(#item);
    };
    let target = Target { item, of, generics: Generics::of(&item.generics, Role::Pure) };
    let staged: TokenStream = methods(item).map(|method| target.method(method, errors)).collect();
    quote!(#item #staged)
}

/// The type whose functions are staged.
struct Target<'a> {
    item: &'a ItemImpl,
    of: &'a TypePath,
    generics: Generics,
}

impl Target<'_> {
    fn method(&self, method: &ImplItemFn, errors: &Errors) -> TokenStream {
        let name = method.sig.ident.unraw().to_string();
        let before = errors.count();
        let signature = Signature::from_syn(&method.sig, Role::Pure, errors);
        let twin = inlined(&name, &signature, method.sig.receiver(), &method.block, errors);
        let (guard, twin) = match errors.count() > before {
            true => (TokenStream::new(), quote!(loop {})),
            false => (self.guard(method, &signature), twin),
        };
        let quiet = fallback::quiet();
        let (on_type, on_handle) = (self.on_type(method, &signature, &twin), self.on_handle(method, &signature));
        quote!(#quiet const _: () = { #guard #on_type #on_handle };)
    }

    /// `fn stage_total(__self: Expr<Self>, …) -> Expr<R>`, on the type.
    fn on_type(&self, method: &ImplItemFn, signature: &Signature, twin: &TokenStream) -> TokenStream {
        let (of, visibility, name) = (self.of, &method.vis, staged_name(&method.sig.ident));
        let receiver = method.sig.receiver().map(|_| {
            let name = given_receiver(&method.block);
            quote!(#name: ::stepwright::__private::WorkflowValue<Self>,)
        });
        let params = signature.params.iter().map(|param| {
            let (name, ty) = (&param.name, param.expr_type());
            quote!(#name: #ty)
        });
        let output = signature.erased_output();
        let (parameters, bounds) = (self.generics.parameters(), self.generics.bounds());
        quote! {
            impl #parameters #of #bounds {
                #[doc(hidden)]
                #visibility fn #name(#receiver #(#params),*) -> ::stepwright::__private::WorkflowValue<#output> {
                    #twin
                }
            }
        }
    }

    /// `fn total(&self, …) -> Expr<R>`, on the handle to which a value of the type leads.
    fn on_handle(&self, method: &ImplItemFn, signature: &Signature) -> Option<TokenStream> {
        method.sig.receiver()?;
        let (of, visibility, name) = (self.of, &method.vis, &method.sig.ident);
        let (handle, staged) = (self.handle()?, staged_name(name));
        let written: Type = (*self.item.self_ty).clone();
        let names = signature.names();
        let params = signature.params.iter().map(|param| {
            let spelt = Param { ty: types::without_self(&param.ty, &written), ..param.clone() };
            let (name, ty) = (&spelt.name, spelt.expr_type());
            quote!(#name: #ty)
        });
        let output = types::without_self(&signature.erased_output(), &written);
        let (parameters, bounds) = (self.generics.parameters(), self.generics.bounds());
        Some(quote! {
            impl #parameters #handle #bounds {
                #visibility fn #name(&self, #(#params),*) -> ::stepwright::__private::WorkflowValue<#output> {
                    <#of>::#staged(::stepwright::__private::WorkflowValue::from_id(self.__id()), #(#names),*)
                }
            }
        })
    }

    /// The handle of the type, which stands where the type does.
    fn handle(&self) -> Option<TypePath> {
        let mut handle = self.of.clone();
        let last = handle.path.segments.last_mut()?;
        last.ident = handle_name(&last.ident);
        Some(handle)
    }

    fn guard(&self, method: &ImplItemFn, signature: &Signature) -> TokenStream {
        if !self.generics.is_empty() || !plain(self.of) {
            return guard::none();
        }
        let of = self.of;
        let mut probe = method.clone();
        probe.attrs.clear();
        probe.vis = syn::Visibility::Inherited;
        probe.sig.constness = None;
        probe.sig.asyncness = Some(syn::Token![async](method.sig.ident.span()));
        probe.sig.ident = format_ident!("__probe_{}", method.sig.ident.unraw(), span = method.sig.ident.span());
        let receiver = method.sig.receiver().map(|receiver| match &receiver.kind {
            ReceiverKind::Reference(..) => quote!(&'static #of),
            _ => quote!(#of),
        });
        let name = &probe.sig.ident;
        let spelt = signature.without_self(&self.item.self_ty);
        let items = guard::items(&spelt, receiver.as_ref(), &quote!(<#of>::#name));
        quote!(impl #of { #probe } #items)
    }
}

/// The name of the handle beside a type.
pub(crate) fn handle_name(name: &Ident) -> Ident {
    format_ident!("__{}Methods", name.unraw(), span = name.span())
}

fn staged_name(name: &Ident) -> Ident {
    format_ident!("{STAGE}{}", name.unraw(), span = name.span())
}

/// Whether a type has no arguments.
fn plain(of: &TypePath) -> bool {
    of.path.segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None))
}
