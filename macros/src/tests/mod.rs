//! Expansions of small sources.

mod attributes;
mod catalogue;
mod derives;
mod items;
mod messages;
mod twins;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Meta,
    parse::{ParseStream, Parser as _},
    punctuated::Punctuated,
};

use crate::{data, errors::Errors, pure, task, task_error, workflow};

/// What an item with one of our attributes or derives expands to, together with what was reported.
fn expand(source: &str) -> TokenStream {
    let (attributes, item) = split(source);
    let ours = attributes.iter().position(|attribute| {
        ["workflow", "task", "pure", "derive"].iter().any(|name| attribute.path().is_ident(name))
    });
    let (before, rest) = attributes.split_at(ours.expect("an attribute of ours"));
    let (attribute, after) = rest.split_first().expect("an attribute of ours");
    let options = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
    };
    let item = quote!(#(#before)* #(#after)* #item);
    let name = attribute.path().get_ident().expect("a plain attribute").to_string();
    Errors::collect(|errors| match (name.as_str(), options.to_string().as_str()) {
        ("workflow", _) => workflow::expand(options, item, errors),
        ("task", _) => task::expand(options, item, errors),
        ("pure", _) => pure::expand(options, item, errors),
        ("derive", "Data") => data::expand(item, errors),
        ("derive", "TaskError") => task_error::expand(item, errors),
        _ => panic!("not an attribute of ours: {name}({options})"),
    })
}

/// The expansion as a file: it has to parse.
fn pretty(source: &str) -> String {
    let expansion = expand(source);
    match syn::parse2::<syn::File>(expansion.clone()) {
        Ok(mut file) => {
            file.items.iter_mut().for_each(with_parentheses);
            prettyplease::unparse(&file)
        }
        Err(error) => panic!("the expansion does not parse: {error}\n{expansion}"),
    }
}

/// `compile_error! { … }` as `compile_error!(…);`: what stands in braces is printed without them, and without an end.
fn with_parentheses(item: &mut syn::Item) {
    if let syn::Item::Macro(item) = item
        && item.semi_token.is_none()
        && item.ident.is_none()
    {
        item.mac.delimiter = syn::MacroDelimiter::Paren(Default::default());
        item.semi_token = Some(Default::default());
    }
}

/// The expansion of an item with nothing to report.
fn accepted(source: &str) -> String {
    let expansion = pretty(source);
    assert_eq!(messages(&expansion), Vec::<String>::new(), "{source}");
    expansion
}

/// The body of the twin, without the imports.
fn twin(source: &str) -> String {
    struct Twin(Option<syn::Block>);
    impl<'ast> syn::visit::Visit<'ast> for Twin {
        fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
            if function.sig.ident == "__twin" {
                self.0 = Some((*function.block).clone());
            }
        }
    }
    let file = syn::parse_file(&accepted(source)).expect("a file");
    let mut twin = Twin(None);
    syn::visit::Visit::visit_file(&mut twin, &file);
    let body = twin.0.expect("a twin").stmts.into_iter().skip(1);
    let shown = prettyplease::unparse(&syn::parse_quote!(fn twin() { #(#body)* }));
    shown.replace("::stepwright::__private::", "")
}

/// The messages of `compile_error!`s.
fn messages(expansion: &str) -> Vec<String> {
    struct Messages(Vec<String>);
    impl<'ast> syn::visit::Visit<'ast> for Messages {
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            if mac.path.segments.last().is_some_and(|segment| segment.ident == "compile_error") {
                let texts = Punctuated::<syn::LitStr, syn::Token![,]>::parse_terminated;
                let texts = mac.parse_body_with(texts).expect("a text");
                self.0.extend(texts.iter().map(syn::LitStr::value));
            }
        }
    }
    let file = syn::parse_file(expansion).expect("a file");
    let mut messages = Messages(Vec::new());
    syn::visit::Visit::visit_file(&mut messages, &file);
    messages.0
}

fn split(source: &str) -> (Vec<Attribute>, TokenStream) {
    let parser = |input: ParseStream<'_>| Ok((Attribute::parse_outer(input)?, input.parse()?));
    parser.parse_str(source).expect("an item")
}
