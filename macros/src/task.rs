//! `#[task]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Attribute, FnArg, Type, ext::IdentExt as _, spanned::Spanned as _};

use crate::{
    attr::{Kind, Retry, TaskOptions, option},
    diagnostic,
    errors::Errors,
    fallback,
    function::Function,
    generics::{Generics, with_bounds},
    made::variable,
    signature::{Param, Role, Signature},
    types,
    workflow::not_a_function,
};

/// A checked task.
struct Task {
    function: Function,
    options: TaskOptions,
    /// Without the token of a task that waits for one.
    signature: Signature,
    token: Option<Param>,
    /// How the request of a service that waits for a token is made from the token. The signature has the request itself.
    request: Option<TokenRequest>,
}

/// `request: impl FnOnce(TaskToken<Answer>) -> Request`
struct TokenRequest {
    /// As written.
    closure: Type,
    token: Type,
}

/// A function that makes a call of the task, and beside it a struct that knows the task and holds its body.
pub(crate) fn expand(options: TokenStream, item: TokenStream, errors: &Errors) -> TokenStream {
    let options = TaskOptions::parse(options, errors);
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => return not_a_function(item, "#[task]", error, errors),
    };
    let before = errors.count();
    let mut plain = function.signature.clone();
    let request = options.kind.takes_token_request().then(|| take_request(&mut plain, errors)).flatten();
    let mut signature = Signature::from_syn(&plain, Role::Task, errors);
    if errors.count() > before {
        return fallback::function(&function, errors);
    }
    check_body(&function, &options.kind, errors);
    let token = match options.kind {
        Kind::WaitForTaskToken => match take_token(&function, &mut signature, errors) {
            Some(token) => Some(token),
            None => return misplaced_token(&function, errors),
        },
        Kind::Lambda | Kind::Activity | Kind::Resource(_) => None,
    };
    Task { function, options, signature, token, request }.emit()
}

impl Task {
    fn emit(&self) -> TokenStream {
        let (call, structure) = (self.emit_call(), self.emit_struct());
        let (body, staged, task) = (self.emit_body(), self.emit_staged(), self.emit_trait());
        let name = &self.function.signature.ident;
        let submitted = self.generics().is_empty().then(|| {
            quote!(::stepwright::__private::inventory::submit! { ::stepwright::__private::TaskEntry::of::<#name>() })
        });
        quote! {
            #call
            #structure
            const _: () = {
                #body
                #staged
                #task
                #submitted
            };
        }
    }

    fn generics(&self) -> Generics {
        Generics::of(&self.function.signature.generics, Role::Task)
    }

    /// The function that users call.
    fn emit_call(&self) -> TokenStream {
        let signature = &self.function.signature;
        let (name, visibility) = (&signature.ident, &self.function.visibility);
        let attributes = self.function.attributes.iter().filter(|attribute| is_on_call(attribute));
        let generics = with_bounds(&signature.generics, Role::Task);
        let (parameters, _, bounds) = generics.split_for_impl();
        let arguments = self.generics().arguments();
        let names = self.signature.names();
        let types = self.signature.params.iter().map(|param| &param.ty);
        if let Some(TokenRequest { closure, .. }) = &self.request {
            let request = self.signature.names();
            let token = variable("__token", closure.span());
            let made = quote_spanned!(closure.span()=> #(#request)*(#token));
            return quote_spanned! {name.span()=>
                #(#attributes)*
                #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
                #visibility fn #name #parameters(#(#request)*: #closure) -> ::stepwright::TaskCall<#name #arguments> #bounds {
                    ::stepwright::TaskCall::request(|#token| #made)
                }
            };
        }
        quote_spanned! {name.span()=>
            #(#attributes)*
            #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
            #visibility fn #name #parameters(#(#names: #types),*) -> ::stepwright::TaskCall<#name #arguments> #bounds {
                ::stepwright::TaskCall::new((#(&#names,)*))
            }
        }
    }

    /// The struct beside it, in the namespace of types: it goes wherever `use` takes the function.
    fn emit_struct(&self) -> TokenStream {
        self.generics().hidden_struct(&self.function.visibility, &self.function.signature.ident)
    }

    /// The body as written, under the lints of its own place.
    fn emit_body(&self) -> Option<TokenStream> {
        let Function { attributes, signature, body, .. } = &self.function;
        let attributes = attributes.iter().filter(|attribute| is_on_body(attribute));
        body.as_ref().map(|body| quote!(#(#attributes)* #[allow(clippy::unused_async)] #signature #body))
    }

    /// What workflows call.
    fn emit_staged(&self) -> TokenStream {
        let (name, quiet) = (&self.function.signature.ident, fallback::quiet());
        let output = &self.signature.output;
        let generics = self.generics();
        let (parameters, arguments, bounds) = (generics.parameters(), generics.arguments(), generics.bounds());
        let (types, call) = match &self.request {
            Some(TokenRequest { token, .. }) => {
                let token = types::erase(token);
                let types = self.signature.params.iter().map(Param::expr_type);
                (
                    quote! {
                        (
                            ::stepwright::__private::Builder,
                            impl ::core::ops::FnOnce(::stepwright::__private::WorkflowValue<#token>) -> #(#types)*,
                        )
                    },
                    quote!(request::<Self, _, _>),
                )
            }
            None => (self.signature.twin_types(), quote!(task::<Self>)),
        };
        quote! {
            #quiet
            impl #parameters #name #arguments #bounds {
                #[doc(hidden)]
                pub fn stage(__parameters: #types) -> ::stepwright::__private::Pending<#output> {
                    ::stepwright::__private::Pending::#call(__parameters)
                }
            }
        }
    }

    /// What the compiler and the runtimes call.
    fn emit_trait(&self) -> TokenStream {
        let (name, quiet) = (&self.function.signature.ident, fallback::quiet());
        let (args, output) = (self.signature.owned_types("Args"), self.signature.output_type());
        let (info, invoke) = (self.emit_info(), self.emit_invoke());
        let generics = self.generics();
        let (parameters, arguments, bounds) = (generics.parameters(), generics.arguments(), generics.bounds());
        quote! {
            #quiet
            impl #parameters ::stepwright::__private::Task for #name #arguments #bounds {
                #args
                #output

                #info
                #invoke
            }
        }
    }

    fn emit_info(&self) -> TokenStream {
        let TaskOptions { name, kind, timeout, heartbeat, retry } = &self.options;
        let ident = self.function.ident_text();
        let name = name.clone().unwrap_or_else(|| ident.clone());
        let (params, docs) = (self.signature.name_texts(), self.function.docs());
        let (timeout, heartbeat) = (option(*timeout), option(*heartbeat));
        let (kind, retry) = (emit_kind(kind), retry.iter().map(Retry::emit));
        let (place, has_body) = (self.function.place(), self.function.body.is_some());
        let token = option(self.token.as_ref().map(|token| token.name.unraw().to_string()));
        quote! {
            fn info() -> &'static ::stepwright::__private::TaskInfo {
                static INFO: ::stepwright::__private::TaskInfo = ::stepwright::__private::TaskInfo {
                    name: #name,
                    ident: #ident,
                    #place
                    docs: #docs,
                    params: &[#(#params),*],
                    token: #token,
                    kind: ::stepwright::__private::TaskKind::#kind,
                    timeout: #timeout,
                    heartbeat: #heartbeat,
                    retry: &[#(#retry),*],
                    has_body: #has_body,
                };
                &INFO
            }
        }
    }

    fn emit_invoke(&self) -> TokenStream {
        let name = &self.function.signature.ident;
        let (variables, lent) = self.signature.lent();
        let generics = self.generics().turbofish();
        let work = match (&self.function.body, &self.token) {
            (Some(_), Some(token)) => self.emit_handing_over(token),
            (Some(_), None) => quote_spanned! {name.span()=>
                let (#(#variables,)*) = ::stepwright::__private::decode_for::<Self>(__arguments)?;
                ::stepwright::__private::into_wire::<Self>(#name #generics(#(#lent),*).await)
            },
            (None, _) => quote!(::core::result::Result::Err(::stepwright::__private::no_body(Self::info()))),
        };
        quote_spanned! {name.span()=>
            fn invoke(
                __arguments: ::stepwright::__private::serde_json::Value,
            ) -> ::stepwright::__private::BoxFuture<
                'static,
                ::core::result::Result<
                    ::stepwright::__private::serde_json::Value,
                    ::stepwright::__private::TaskFailure,
                >,
            > {
                ::std::boxed::Box::pin(async move { #work })
            }
        }
    }
}

impl Task {
    /// The work of a body that hands its token on.
    fn emit_handing_over(&self, token: &Param) -> TokenStream {
        let name = &self.function.signature.ident;
        let mut all = self.signature.clone();
        all.params.push(token.clone());
        let (variables, lent) = all.lent();
        let (texts, owned) = (all.name_texts(), all.params.iter().map(Param::owned_type));
        let generics = self.generics().turbofish();
        let (of, answer) = (token.owned_type(), &self.signature.output);
        let checked = quote_spanned!(token.ty.span()=> ::stepwright::__private::hands_over::<#of, #answer>(););
        quote_spanned! {name.span()=>
            #checked
            let (#(#variables,)*) =
                ::stepwright::__private::decode_named::<(#(#owned,)*)>(&[#(#texts),*], __arguments)?;
            ::stepwright::__private::Outcome::into_wire(#name #generics(#(#lent),*).await)
        }
    }
}

fn emit_kind(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Lambda => quote!(Lambda),
        Kind::Activity => quote!(Activity),
        Kind::WaitForTaskToken => quote!(WaitForTaskToken),
        Kind::Resource(arn) => quote!(Resource(#arn)),
    }
}

/// Attributes of the function that is called: how it is documented and whether it is there.
pub(crate) fn is_on_call(attribute: &Attribute) -> bool {
    ["doc", "deprecated", "must_use", "cfg"].iter().any(|name| attribute.path().is_ident(name))
}

/// Attributes of the body: how it is compiled.
pub(crate) fn is_on_body(attribute: &Attribute) -> bool {
    !["doc", "deprecated", "must_use"].iter().any(|name| attribute.path().is_ident(name))
}

/// A task has a body, unless something else does the work.
fn check_body(function: &Function, kind: &Kind, errors: &Errors) {
    match (kind, &function.body) {
        (Kind::Lambda | Kind::WaitForTaskToken, None) => errors.report(function.span(), &diagnostic::NO_RESOURCE),
        (Kind::Resource(_), Some(body)) => {
            errors.report(body.span(), &diagnostic::BODY_AND_RESOURCE);
        }
        (Kind::Lambda | Kind::WaitForTaskToken, Some(_)) | (Kind::Resource(_), None) | (Kind::Activity, _) => {}
    }
}

/// The only parameter of a service that waits for a token makes the request: the signature gets the request instead.
fn take_request(signature: &mut syn::Signature, errors: &Errors) -> Option<TokenRequest> {
    let span = signature.ident.span();
    let only = match signature.inputs.first_mut() {
        Some(FnArg::Typed(only)) => Some(only),
        _ => None,
    };
    let request = only.and_then(|only| {
        let (token, request) = types::closure_of_one(&only.ty).map(|(token, made)| (token.clone(), made.clone()))?;
        types::only_argument(&token)?;
        let closure = std::mem::replace(&mut *only.ty, request);
        Some(TokenRequest { closure, token })
    });
    if request.is_none() || signature.inputs.len() != 1 {
        errors.report(span, &diagnostic::NO_TOKEN_REQUEST);
        return None;
    }
    request
}

/// What callers expect of a task whose last parameter is no token: to leave out another that looks like it, where there is one.
fn misplaced_token(function: &Function, errors: &Errors) -> TokenStream {
    let inputs = &function.signature.inputs;
    let looks_like_it = |input: &&FnArg| match input {
        FnArg::Typed(param) => types::only_argument(&param.ty).is_some(),
        FnArg::Receiver(_) => false,
    };
    let left_out = usize::from(inputs.iter().filter(looks_like_it).count() == 1);
    fallback::taking(inputs.len() - left_out, function, errors)
}

/// The last parameter of a task that waits for a token: callers leave it out, and get what its type says.
fn take_token(function: &Function, signature: &mut Signature, errors: &Errors) -> Option<Param> {
    let token = signature.params.pop();
    let answer = token.as_ref().and_then(|token| types::only_argument(&token.ty)).cloned();
    match answer {
        Some(answer) => signature.output = answer,
        None => {
            let at = token.map_or_else(|| function.span(), |token| token.ty.span());
            errors.report(at, &diagnostic::NO_TASK_TOKEN);
            return None;
        }
    }
    token
}
