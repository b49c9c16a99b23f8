//! Reading options one by one, each of its kind.

use std::ops::RangeInclusive;

use proc_macro2::{Span, TokenStream};
use syn::{
    Expr, ExprLit, Lit, LitStr, Meta, MetaList, Token, parse::Parser as _, punctuated::Punctuated,
    spanned::Spanned as _,
};

use super::duration;
use crate::{diagnostic, errors::Errors};

/// The options of an attribute that were not read yet.
pub(crate) struct Options<'e> {
    items: Vec<Meta>,
    errors: &'e Errors,
}

impl<'e> Options<'e> {
    /// Parses options. One that is not among the valid ones is reported, with all that are.
    pub(crate) fn parse(tokens: TokenStream, valid: &[&str], errors: &'e Errors) -> Self {
        let parsed = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(tokens);
        let items = errors.ok(parsed).unwrap_or_default().into_iter();
        let items = items.filter(|item| known(item, valid, errors)).collect();
        Options { items, errors }
    }

    /// Where an option stands.
    pub(crate) fn span(&self, name: &str) -> Option<Span> {
        self.position(name).and_then(|index| self.items.get(index)).map(|item| item.path().span())
    }

    /// `name`
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        match self.take(name) {
            Some(Meta::Path(_)) => true,
            Some(other) => {
                self.misfit::<()>(other.span(), name, "stands alone");
                true
            }
            None => false,
        }
    }

    /// `name = "text"`
    pub(crate) fn text(&mut self, name: &str) -> Option<LitStr> {
        match self.value(name, "a text")? {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if text.value().is_empty() => {
                self.misfit(text.span(), name, "takes a text that is not empty")
            }
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
            other => self.misfit(other.span(), name, "takes a text"),
        }
    }

    /// `name = 3`
    pub(crate) fn integer(&mut self, name: &str, range: RangeInclusive<u64>) -> Option<u64> {
        let value = self.value(name, "a whole number")?;
        let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = &value else {
            return self.misfit(value.span(), name, "takes a whole number");
        };
        self.within(number.base10_parse().ok()?, range, number.span(), name)
    }

    /// `name = 2.0`, no less than `least`
    pub(crate) fn float(&mut self, name: &str, least: f64) -> Option<f64> {
        let value = self.value(name, "a number")?;
        let number = match &value {
            Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => number.base10_parse::<f64>().ok(),
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse::<f64>().ok(),
            _ => None,
        };
        match number {
            Some(number) if number >= least => Some(number),
            Some(_) => self.out_of_range(value.span(), name, &format!("at least {least}")),
            None => self.misfit(value.span(), name, "takes a number"),
        }
    }

    /// `name = "1h30m"`, or seconds as a whole number
    pub(crate) fn seconds(&mut self, name: &str, range: RangeInclusive<u64>) -> Option<u64> {
        let value = self.value(name, "a duration")?;
        let seconds = match &value {
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => duration::seconds(&text.value()),
            _ => None,
        };
        match seconds {
            Some(seconds) => self.within(seconds, range, value.span(), name),
            None => {
                self.errors.report_about(value.span(), &diagnostic::DURATION, name);
                None
            }
        }
    }

    /// `name = word`
    pub(crate) fn word(&mut self, name: &str, words: &[&'static str]) -> Option<&'static str> {
        let value = self.value(name, "a word")?;
        let ident = match &value {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        match ident.and_then(|ident| words.iter().find(|word| ident == *word)) {
            Some(word) => Some(word),
            None => self.misfit(value.span(), name, &format!("is one of {}", listed(words))),
        }
    }

    /// `name(…)`, which may be there several times
    pub(crate) fn lists(&mut self, name: &str) -> Vec<MetaList> {
        let mut lists = Vec::new();
        while let Some(item) = self.position(name).map(|index| self.items.remove(index)) {
            match item {
                Meta::List(list) => lists.push(list),
                Meta::Path(_) | Meta::NameValue(_) => {
                    self.misfit::<()>(item.span(), name, &format!("takes parentheses, `{name}(…)`"));
                }
            }
        }
        lists
    }

    /// `name = value`
    fn value(&mut self, name: &str, what: &str) -> Option<Expr> {
        match self.take(name)? {
            Meta::NameValue(pair) => Some(pair.value),
            other => self.misfit(other.span(), name, &format!("takes {what}")),
        }
    }

    /// The option of this name; a second one is reported.
    fn take(&mut self, name: &str) -> Option<Meta> {
        let first = self.position(name).map(|index| self.items.remove(index));
        while let Some(index) = self.position(name) {
            let again = self.items.remove(index);
            self.errors.report_about(again.span(), &diagnostic::DUPLICATE_OPTION, name);
        }
        first
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.items.iter().position(|item| item.path().is_ident(name))
    }

    fn within(&self, number: u64, range: RangeInclusive<u64>, at: Span, name: &str) -> Option<u64> {
        if range.contains(&number) {
            return Some(number);
        }
        self.out_of_range(at, name, &format!("{} to {}", range.start(), range.end()))
    }

    fn out_of_range<T>(&self, at: Span, name: &str, range: &str) -> Option<T> {
        self.errors.report_about(at, &diagnostic::OPTION_RANGE, format!("`{name}` is {range}"));
        None
    }

    fn misfit<T>(&self, at: Span, name: &str, form: &str) -> Option<T> {
        self.errors.report_about(at, &diagnostic::OPTION_VALUE, format!("`{name}` {form}"));
        None
    }
}

/// Names, each in backticks.
pub(crate) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn known(item: &Meta, valid: &[&str], errors: &Errors) -> bool {
    let known = valid.iter().any(|name| item.path().is_ident(name));
    if !known {
        let name = item.path().segments.last().map_or_else(String::new, |segment| segment.ident.to_string());
        let valid =
            if valid.is_empty() { "there are no options".to_owned() } else { format!("valid are {}", listed(valid)) };
        errors.report_about(item.path().span(), &diagnostic::UNKNOWN_OPTION, format!("`{name}`: {valid}"));
    }
    known
}
