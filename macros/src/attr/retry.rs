//! `retry(on(…), interval = …, …)`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    LitStr, MetaList, Path, Token,
    ext::IdentExt as _,
    parse::{Parse, ParseStream, Parser as _},
    punctuated::Punctuated,
    spanned::Spanned as _,
};

use super::Options;
use crate::{diagnostic, errors::Errors};

const VALID: &[&str] = &["on", "interval", "backoff", "max_attempts", "max_delay", "jitter"];

/// A retrier of a task.
pub(crate) struct Retry {
    /// None means all errors.
    pub(crate) on: Vec<Condition>,
    /// In seconds.
    pub(crate) interval: Option<u64>,
    pub(crate) backoff: Option<f64>,
    pub(crate) max_attempts: Option<u64>,
    /// In seconds.
    pub(crate) max_delay: Option<u64>,
    pub(crate) jitter: Option<&'static str>,
}

/// An error that is retried.
pub(crate) enum Condition {
    /// `PaymentError::Gateway`: the enum's path, and the variant's.
    Variant { of: Path, path: Path },
    /// `"States.Timeout"`
    Name(LitStr),
}

impl Retry {
    pub(crate) fn parse(tokens: TokenStream, errors: &Errors) -> Self {
        let mut options = Options::parse(tokens, VALID, errors);
        let delay_at = options.span("max_delay");
        let retry = Retry {
            on: options.lists("on").into_iter().flat_map(|list| conditions(list, errors)).collect(),
            interval: options.seconds("interval", 1..=99_999_999),
            backoff: options.float("backoff", 1.0),
            max_attempts: options.integer("max_attempts", 0..=99_999_999),
            max_delay: options.seconds("max_delay", 1..=31_622_400),
            jitter: options.word("jitter", &["full", "none"]),
        };
        let interval = retry.interval.unwrap_or(1);
        if let (Some(at), Some(delay)) = (delay_at, retry.max_delay)
            && delay <= interval
        {
            errors.report_about(at, &diagnostic::OPTION_RANGE, "`max_delay` is longer than `interval`");
        }
        retry
    }

    /// The `RetryInfo` of this retrier.
    pub(crate) fn emit(&self) -> TokenStream {
        let names = self.on.iter().map(Condition::emit);
        let (interval, backoff) = (option(self.interval), option(self.backoff));
        let (max_attempts, max_delay) = (option(self.max_attempts), option(self.max_delay));
        let jitter = match self.jitter {
            Some("full") => quote!(::core::option::Option::Some(::stepwright::__private::Jitter::Full)),
            Some(_) => quote!(::core::option::Option::Some(::stepwright::__private::Jitter::None)),
            None => quote!(::core::option::Option::None),
        };
        quote! {
            ::stepwright::__private::RetryInfo {
                on: || ::std::vec![#(#names),*],
                interval: #interval,
                backoff: #backoff,
                max_attempts: #max_attempts,
                max_delay: #max_delay,
                jitter: #jitter,
            }
        }
    }
}

impl Condition {
    /// The error name. That the variant exists is rustc's business: it gets a pattern to check.
    fn emit(&self) -> TokenStream {
        match self {
            Condition::Name(name) => quote!(::std::string::String::from(#name)),
            Condition::Variant { of, path } => {
                let span = path.span();
                let variant = path.segments.last().map(|segment| segment.ident.unraw().to_string());
                quote_spanned! {span=> {
                    let _: fn(&#of) -> bool = |__e| ::core::matches!(__e, #path { .. });
                    ::std::string::String::from(<#of as ::stepwright::__private::TaskError>::variant_name(#variant))
                }}
            }
        }
    }
}

impl Parse for Condition {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Condition::Name);
        }
        let path: Path = input.parse()?;
        let mut of = path.clone();
        of.segments.pop();
        of.segments.pop_punct();
        if of.segments.is_empty() {
            return Err(syn::Error::new(path.span(), diagnostic::RETRY_ON.render("")));
        }
        Ok(Condition::Variant { of, path })
    }
}

/// `Some(value)` or `None` as tokens.
pub(crate) fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn conditions(list: MetaList, errors: &Errors) -> Vec<Condition> {
    if list.tokens.is_empty() {
        errors.report(list.path.span(), &diagnostic::RETRY_ON);
    }
    let parsed = Punctuated::<Condition, Token![,]>::parse_terminated.parse2(list.tokens);
    errors.ok(parsed).unwrap_or_default().into_iter().collect()
}
