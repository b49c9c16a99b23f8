//! The collector of mistakes.

use std::{cell::RefCell, fmt::Display};

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::diagnostic::Message;

/// The mistakes found so far. Checks report and go on, so that one build shows them all.
#[derive(Default)]
pub(crate) struct Errors {
    /// `None` once they were read.
    found: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    /// Runs an expansion, and puts what it reported behind what it emitted.
    pub(crate) fn collect(expand: impl FnOnce(&Errors) -> TokenStream) -> TokenStream {
        let errors = Errors { found: RefCell::new(Some(Vec::new())) };
        let emitted = expand(&errors);
        let reports = errors.read().into_iter().map(|error| error.into_compile_error());
        quote!(#emitted #(#reports)*)
    }

    /// What a check gives, unless it reported something: that is dropped.
    pub(crate) fn quietly<T>(check: impl FnOnce(&Errors) -> T) -> Option<T> {
        let errors = Errors { found: RefCell::new(Some(Vec::new())) };
        let value = check(&errors);
        errors.read().is_empty().then_some(value)
    }

    /// Reports a mistake at the smallest span that is wrong.
    pub(crate) fn report(&self, at: Span, message: &Message) {
        self.push(syn::Error::new(at, message.render("")));
    }

    /// Reports a mistake whose message names a piece of the source.
    pub(crate) fn report_about(&self, at: Span, message: &Message, subject: impl Display) {
        self.push(syn::Error::new(at, message.render(&subject.to_string())));
    }

    /// Reports what a parser found.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(error);
        }
    }

    /// The value, unless parsing it failed.
    pub(crate) fn ok<T>(&self, parsed: syn::Result<T>) -> Option<T> {
        parsed.map_err(|error| self.push(error)).ok()
    }

    /// How many mistakes were reported so far.
    pub(crate) fn count(&self) -> usize {
        self.found.borrow().as_ref().map_or(0, Vec::len)
    }

    /// The first mistake, for an item that reports it.
    pub(crate) fn take(&self) -> Option<TokenStream> {
        let mut found = self.found.borrow_mut();
        let first = found.as_mut().filter(|found| !found.is_empty()).map(|found| found.remove(0));
        first.map(syn::Error::into_compile_error)
    }

    fn read(&self) -> Vec<syn::Error> {
        self.found.borrow_mut().take().unwrap_or_default()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        let unread = self.found.borrow().is_some();
        debug_assert!(!unread || std::thread::panicking(), "mistakes were collected and never read");
    }
}
