//! `#[workflow]`

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, Block, visit::Visit};

use crate::{
    attr::{WorkflowOptions, option},
    diagnostic,
    errors::Errors,
    fallback,
    function::{Function, is_meant},
    guard,
    made::Names,
    signature::{Param, Role, Signature},
    task::{is_on_body, is_on_call},
    twin::Stager,
};

/// A checked workflow.
struct Workflow {
    function: Function,
    options: WorkflowOptions,
    signature: Signature,
    /// The body of the twin.
    twin: TokenStream,
}

/// A function that makes a call of the workflow, and under its name the machine of a type that holds the function as written,
/// and knows how to record it.
pub(crate) fn expand(options: TokenStream, item: TokenStream, errors: &Errors) -> TokenStream {
    let options = WorkflowOptions::parse(options, errors);
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => return not_a_function(item, "#[workflow]", error, errors),
    };
    let before = errors.count();
    let signature = Signature::from_syn(&function.signature, Role::Workflow, errors);
    let Some(body) = &function.body else {
        errors.report_about(function.span(), &diagnostic::NO_BODY, Role::Workflow);
        return fallback::function(&function, errors);
    };
    let Some(block) = body.block(errors) else { return fallback::function(&function, errors) };
    check_configuration(block, errors);
    let signed = errors.count() == before;
    let mut stager = Stager::new(Names::beside(function.span(), &signature, block), errors);
    let twin = stager.function(&signature, block);
    if !signed {
        return fallback::function(&function, errors);
    }
    let twin = if errors.count() == before { twin } else { nothing(&stager, &function.signature.ident) };
    Workflow { function, options, signature, twin }.emit(&stager)
}

impl Workflow {
    fn emit(&self, stager: &Stager<'_>) -> TokenStream {
        let (function, quiet) = (&self.function, fallback::quiet());
        let (name, visibility) = (&function.signature.ident, &function.visibility);
        let of = self.of();
        let guard = guard::items(&self.signature, None, &quote!(#of::__body));
        let (call, body) = (self.emit_call(), self.emit_body());
        let (twin, workflow) = (self.emit_twin(stager), self.emit_trait(stager));
        quote! {
            #call
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            #visibility type #name = ::stepwright::Machine<#of>;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            #visibility struct #of {}
            #body
            #quiet
            const _: () = {
                #guard
                #twin
                #workflow
                ::stepwright::__private::inventory::submit! {
                    ::stepwright::__private::WorkflowEntry::of::<#of>()
                }
            };
        }
    }

    /// The type that the machine is of.
    fn of(&self) -> Ident {
        format_ident!("__{}", self.function.signature.ident)
    }

    /// The function that users call.
    fn emit_call(&self) -> TokenStream {
        let signature = &self.function.signature;
        let (name, visibility, output) = (&signature.ident, &self.function.visibility, &self.signature.output);
        let attributes = self.function.attributes.iter().filter(|attribute| is_on_call(attribute));
        let (parameters, _, bounds) = signature.generics.split_for_impl();
        let names = self.signature.names();
        let types = self.signature.params.iter().map(|param| &param.ty);
        let of = self.of();
        quote_spanned! {name.span()=>
            #(#attributes)*
            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
            #visibility fn #name #parameters(#(#names: #types),*)
                -> ::stepwright::WorkflowCall<#of, impl ::core::future::Future<Output = #output>> #bounds
            {
                ::stepwright::__private::workflow_call(
                    ::stepwright::__private::nested::<#of>((#(&#names,)*)),
                    #of::__body(#(#names),*),
                )
            }
        }
    }

    /// The function as written, as a function of the type that the machine is of.
    fn emit_body(&self) -> TokenStream {
        let Function { attributes, visibility, signature, body } = &self.function;
        let attributes = attributes.iter().filter(|attribute| is_on_body(attribute));
        let of = self.of();
        let signature = syn::Signature { ident: Ident::new("__body", of.span()), ..signature.clone() };
        quote! {
            impl #of {
                #(#attributes)*
                #[doc(hidden)]
                #[allow(clippy::unused_async, missing_docs, private_interfaces, unreachable_pub)]
                #visibility #signature #body
            }
        }
    }

    /// The function that records the body.
    fn emit_twin(&self, stager: &Stager<'_>) -> TokenStream {
        let builder = stager.builder(self.function.signature.ident.span());
        let (erased, twin) = (self.signature.erased_output(), &self.twin);
        let params = self.signature.params.iter().map(|param| {
            let (name, ty) = (&param.name, param.expr_type());
            quote!(#name: __G<#ty>)
        });
        quote! {
            fn __twin(#builder: __G<::stepwright::__private::Builder>, #(#params),*)
                -> ::stepwright::__private::WorkflowValue<#erased>
            {
                #twin
            }
        }
    }

    /// What the compiler and the runtime call.
    fn emit_trait(&self, stager: &Stager<'_>) -> TokenStream {
        let of = self.of();
        let builder = stager.builder(of.span());
        let (variables, lent) = self.signature.lent();
        // A future that borrows its arguments has to hold them.
        let call = match self.signature.params.iter().any(Param::is_borrowed) {
            true => quote!(async move { #of::__body(#(#lent),*).await }),
            false => quote!(#of::__body(#(#lent),*)),
        };
        let input = self.signature.owned_types("Input");
        let parameters = self.signature.twin_parameters(&builder, &variables);
        let types = self.signature.twin_types_item();
        let (output, info) = (self.signature.output_type(), self.emit_info());
        quote! {
            impl ::stepwright::__private::Workflow for #of {
                #input
                #output
                #types

                #info

                fn record(#parameters: Self::Parameters) -> ::stepwright::__private::ExprId {
                    __twin(#builder, #(#variables),*).id()
                }

                fn call((#(#variables,)*): Self::Input) -> impl ::core::future::Future<Output = Self::Output> {
                    #call
                }
            }
        }
    }

    fn emit_info(&self) -> TokenStream {
        let WorkflowOptions { express, inline, timeout, name, max_transitions } = &self.options;
        let ident = self.function.ident_text();
        let name = name.clone().unwrap_or_else(|| ident.clone());
        let (params, docs) = (self.signature.name_texts(), self.function.docs());
        let (timeout, max_transitions) = (option(*timeout), option(*max_transitions));
        let place = self.function.place();
        quote! {
            fn info() -> &'static ::stepwright::__private::WorkflowInfo {
                static INFO: ::stepwright::__private::WorkflowInfo = ::stepwright::__private::WorkflowInfo {
                    name: #name,
                    ident: #ident,
                    #place
                    docs: #docs,
                    params: &[#(#params),*],
                    express: #express,
                    timeout: #timeout,
                    inline: #inline,
                    max_transitions: #max_transitions,
                };
                &INFO
            }
        }
    }
}

/// An item on which the attribute does not stand, or which is no item at all.
pub(crate) fn not_a_function(item: TokenStream, attribute: &str, error: syn::Error, errors: &Errors) -> TokenStream {
    if is_meant(&item) {
        errors.push(error);
        return item;
    }
    let at = item.clone().into_iter().find(|token| matches!(token, proc_macro2::TokenTree::Ident(_)));
    if let Some(at) = at {
        errors.report_about(at.span(), &diagnostic::NOT_A_FUNCTION, attribute);
    }
    item
}

/// The twin of a body in which something was reported.
pub(crate) fn nothing(stager: &Stager<'_>, name: &Ident) -> TokenStream {
    let builder = stager.builder(name.span());
    quote_spanned!(name.span()=> #builder.never())
}

/// The twin does not see which parts of a body are configured out.
pub(crate) fn check_configuration(body: &Block, errors: &Errors) {
    struct Configured<'e>(&'e Errors);
    impl<'ast> Visit<'ast> for Configured<'_> {
        fn visit_attribute(&mut self, attribute: &'ast Attribute) {
            let path = attribute.path();
            if path.is_ident("cfg") || path.is_ident("cfg_attr") {
                self.0.report(syn::spanned::Spanned::span(path), &diagnostic::CONFIGURED);
            }
        }
    }
    Configured(errors).visit_block(body);
}
