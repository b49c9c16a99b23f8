//! `aws_sdk!(s3::{head_object, list_objects_v2}, dynamodb::query)`

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use stepwright_services::{ModelFolder, ServiceModel, ServiceModels as _};
use syn::{
    Token, braced,
    parse::{Parse, ParseStream, Parser as _},
    punctuated::Punctuated,
};

use crate::{
    emit,
    integration::{Call, Integration},
    names,
    spelling::{close, suggestion},
};

/// A service and its actions, as given.
struct Actions {
    service: Ident,
    actions: Vec<Ident>,
}

impl Parse for Actions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let service = input.parse()?;
        input.parse::<Token![::]>()?;
        if !input.peek(syn::token::Brace) {
            return Ok(Actions { service, actions: vec![input.parse()?] });
        }
        let inner;
        braced!(inner in input);
        let actions = Punctuated::<Ident, Token![,]>::parse_terminated(&inner)?;
        Ok(Actions { service, actions: actions.into_iter().collect() })
    }
}

/// A module for each service. All that is misspelt is reported at once.
pub(crate) fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let services = Punctuated::<Actions, Token![,]>::parse_terminated.parse2(input)?;
    let mut errors: Option<syn::Error> = None;
    let mut modules = TokenStream::new();
    for (index, actions) in services.iter().enumerate() {
        let before = services.iter().take(index);
        let module = match before.into_iter().any(|before| before.service == actions.service) {
            true => Err(syn::Error::new(
                actions.service.span(),
                format!("`{0}` stands here twice: name all of its actions in one place, `{0}::{{…}}`", actions.service),
            )),
            false => module(actions),
        };
        match module {
            Ok(module) => modules.extend(module),
            Err(error) => add(&mut errors, error),
        }
    }
    errors.map_or(Ok(modules), Err)
}

fn add(errors: &mut Option<syn::Error>, error: syn::Error) {
    match errors {
        Some(errors) => errors.combine(error),
        None => *errors = Some(error),
    }
}

fn module(Actions { service, actions }: &Actions) -> syn::Result<TokenStream> {
    let name = service.to_string();
    let models = ModelFolder::all();
    let model = models.service(&name).map_err(|error| syn::Error::new(service.span(), error))?;
    let Some(model) = model else { return Err(syn::Error::new(service.span(), no_service(&name, &models))) };
    let mut calls: Vec<Call> = Vec::new();
    let mut errors: Option<syn::Error> = None;
    for action in actions {
        match call(&name, &model, action) {
            Ok(call) if calls.iter().any(|other| other.action == call.action) => {}
            Ok(call) => calls.push(call),
            Err(error) => add(&mut errors, error),
        }
    }
    if let Some(errors) = errors {
        return Err(errors);
    }
    let items = emit::module(&Integration::sdk(&name, model), &calls);
    let docs = emit::docs::line(&format!("AWS SDK integration of `{name}`: `arn:aws:states:::aws-sdk:{name}:…`."));
    Ok(quote! {
        #docs
        pub mod #service {
            #items
        }
    })
}

/// Why there is no model of a service.
pub(crate) fn no_service(name: &str, models: &ModelFolder) -> String {
    let names = models.names();
    if names.is_empty() {
        let folder = models.path().display();
        return format!(
            "there are no models of services in {folder}, where the sources of `stepwright-services` have them"
        );
    }
    let help = suggestion(&close(name, names.iter().map(String::as_str)));
    format!("Step Functions knows no service `{name}`{help}")
}

fn call(service: &str, model: &ServiceModel, action: &Ident) -> syn::Result<Call> {
    let name = action.to_string();
    let wrong = |message: String| Err(syn::Error::new(action.span(), message));
    let mut apis = model.operations.iter().map(|(api, operation)| (names::snake(api), api, operation));
    let (plain, waits) =
        name.strip_suffix("_wait_for_task_token").map_or((name.as_str(), false), |plain| (plain, true));
    match apis.find(|(function, ..)| function == plain) {
        Some((_, api, operation)) if operation.unsupported => {
            wrong(format!("Step Functions does not offer `{api}` of `{service}`"))
        }
        Some((_, api, operation)) if waits && operation.input.is_none() => {
            wrong(format!("`{api}` of `{service}` takes nothing, so no token"))
        }
        Some((_, api, _)) => Ok(if waits { Call::new(api).with_token() } else { Call::new(api) }),
        None => {
            let offered = model.operations.iter().filter(|(_, operation)| !operation.unsupported);
            let functions: Vec<_> = offered.map(|(api, _)| names::snake(api)).collect();
            let help = suggestion(&close(&names::snake(&name), functions.iter().map(String::as_str)));
            wrong(format!("`{service}` has no action `{name}`{help}"))
        }
    }
}
