//! Patterns.
//!
//! A pattern without alternatives becomes three things: a *real* pattern in a closure that is never called, from which
//! rustc reads the types of the names; a *spec* that is followed when the workflow is recorded; and *tests*. Names stay,
//! `ref`, `mut` and `&` go, and what compares with a value (literals, ranges, constants, unit variants) becomes a made
//! name and a test.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    ExprLit, ExprPath, FieldPat, Member, Pat, PatIdent, PatRange, PatStruct, PatTupleStruct, Path, QSelf, RangeLimits,
    ext::IdentExt as _, punctuated::Punctuated, spanned::Spanned as _,
};

use super::{
    Stager,
    alternatives::{alternatives, names},
    condition::Condition,
    expression::member_text,
    scope::Binding,
    syntax::{is_camel, is_capital, last_segment, name_path},
};
use crate::diagnostic;

/// The greatest number of names in one pattern, made ones included.
const MOST_NAMES: usize = 12;

impl Stager<'_> {
    /// The condition that `subject` matches, and the names.
    pub(super) fn pattern(&mut self, pattern: &Pat, subject: &Ident) -> Condition {
        let alternatives = alternatives(pattern);
        let conditions: Vec<Condition> =
            alternatives.iter().map(|pattern| self.alternative(pattern, subject)).collect();
        let chosen = conditions.into_iter().reduce(|chosen, other| self.either(pattern.span(), chosen, &other));
        chosen.unwrap_or_else(|| self.single(pattern, subject))
    }

    /// One of two alternatives. The names stand in the order of the first; that both have the same, rustc checks.
    fn either(&self, span: Span, chosen: Condition, other: &Condition) -> Condition {
        let (names, other_names) = (chosen.names(), other.names());
        if names.len() != other_names.len() || names.iter().any(|name| !other_names.contains(name)) {
            return chosen;
        }
        let (first, second) = (&chosen.tokens, &other.tokens);
        let holds = self.names.name("c", span);
        let second = quote!({ let (#holds, (#(#other_names,)*)) = #second; (#holds, (#(#names,)*)) });
        let tokens = self.call(span, "either", [quote!(#first), second]);
        Condition { tokens, bindings: chosen.bindings }
    }

    /// A pattern without alternatives at its top.
    fn alternative(&mut self, pattern: &Pat, subject: &Ident) -> Condition {
        match pattern {
            Pat::Paren(paren) => self.alternative(&paren.pat, subject),
            Pat::Reference(reference) => self.alternative(&reference.pat, subject),
            Pat::Wild(_) => {
                let holds = self.call(pattern.span(), "lit", [quote!(true)]);
                Condition { tokens: quote!((#holds, ())), bindings: Vec::new() }
            }
            Pat::Ident(PatIdent { ident, mutability, subpat: None, .. }) if !is_capital(ident) => {
                let holds = self.call(ident.span(), "lit", [quote!(true)]);
                let binding = Binding { name: ident.clone(), mutable: mutability.is_some() };
                Condition { tokens: quote!((#holds, (#subject,))), bindings: vec![binding] }
            }
            pattern => match self.test(pattern, subject) {
                Some(test) => Condition { tokens: quote!((#test, ())), bindings: Vec::new() },
                None => self.single(pattern, subject),
            },
        }
    }

    /// A pattern that is taken apart.
    fn single(&mut self, pattern: &Pat, subject: &Ident) -> Condition {
        let mut split = Split { stager: self, slots: Vec::new(), bindings: Vec::new(), tests: Vec::new() };
        let Part { real, spec } = split.split(pattern);
        let Split { slots, bindings, tests, .. } = split;
        let span = pattern.span();
        if slots.len() > MOST_NAMES {
            self.errors.report(span, &diagnostic::PATTERN_NAMES);
        }
        let closure = quote!(|__v| match __v { #real => (#(#slots,)*), _ => loop {} });
        let matched = self.call(span, "pat", [quote!(#subject), closure, quote!(#spec)]);
        let tokens = if tests.is_empty() {
            matched
        } else {
            let names = bindings.iter().map(|binding| &binding.name);
            let fits = self.fresh("c");
            let all = self.call(span, "all", [quote!([#fits, #(#tests),*])]);
            quote_spanned!(span=> { let (#fits, (#(#slots,)*)) = #matched; (#all, (#(#names,)*)) })
        };
        Condition { tokens, bindings }
    }

    /// The test of a pattern that only compares. Whether a plain name is one, its capital tells: a wrong guess is an error
    /// of rustc's.
    fn test(&mut self, pattern: &Pat, subject: &Ident) -> Option<TokenStream> {
        let span = pattern.span();
        let subject_tokens = quote!(#subject);
        match pattern {
            Pat::Paren(paren) => self.test(&paren.pat, subject),
            Pat::Reference(reference) => self.test(&reference.pat, subject),
            Pat::Lit(ExprLit { lit, .. }) => {
                let value = self.literal(lit);
                Some(self.call(span, "eq", [subject_tokens, value]))
            }
            Pat::Ident(PatIdent { ident, subpat: None, .. }) if is_capital(ident) => {
                let value = self.named_value(&name_path(ident.clone()));
                Some(self.call(span, "eq", [subject_tokens, value]))
            }
            Pat::Path(path) => {
                let value = self.named_value(path);
                Some(self.call(span, "eq", [subject_tokens, value]))
            }
            Pat::Range(range) => Some(self.range_test(range, subject)),
            Pat::Or(or) if names(pattern).is_empty() => {
                let tests: Vec<TokenStream> = or.cases.iter().map(|case| self.holds(case, subject)).collect();
                Some(self.call(span, "any", [quote!([#(#tests),*])]))
            }
            _ => None,
        }
    }

    /// Whether a pattern without names matches.
    fn holds(&mut self, pattern: &Pat, subject: &Ident) -> TokenStream {
        self.test(pattern, subject).unwrap_or_else(|| {
            let condition = self.pattern(pattern, subject).tokens;
            quote!(#condition.0)
        })
    }

    fn range_test(&mut self, range: &PatRange, subject: &Ident) -> TokenStream {
        let span = range.span();
        let upper = if matches!(range.limits, RangeLimits::Closed(_)) { "le" } else { "lt" };
        let ends = [("ge", &range.start), (upper, &range.end)];
        let tests: Vec<TokenStream> = ends
            .into_iter()
            .filter_map(|(helper, end)| {
                let end = self.expr(end.as_deref()?);
                Some(self.call(span, helper, [quote!(#subject), end]))
            })
            .collect();
        self.call(span, "all", [quote!([#(#tests),*])])
    }

    /// A path to a value. One that is named like a type or variant is of its own type, and needs no search for it.
    pub(super) fn named_value(&self, path: &ExprPath) -> TokenStream {
        if last_segment(&path.path).is_some_and(is_camel) {
            return self.call(path.span(), "variant", [quote!(#path)]);
        }
        self.constant(&quote!(#path), path.span())
    }

    /// A value that is evaluated natively, and written by serde.
    pub(super) fn constant(&self, value: &TokenStream, span: Span) -> TokenStream {
        let constant = self.call(span, "k", [quote!(&#value)]);
        quote_spanned!(span=> #constant.stage())
    }
}

/// A piece of a pattern, for rustc and for the recording.
struct Part {
    real: TokenStream,
    /// As `stage::pattern::spec` reads it.
    spec: String,
}

/// Takes a pattern without alternatives apart.
struct Split<'s, 'e> {
    stager: &'s mut Stager<'e>,
    /// All names in the order of the tuple that the closure gives.
    slots: Vec<Ident>,
    /// Those that the user wrote.
    bindings: Vec<Binding>,
    tests: Vec<TokenStream>,
}

impl Split<'_, '_> {
    fn split(&mut self, pattern: &Pat) -> Part {
        match pattern {
            Pat::Wild(_) => Part { real: quote!(_), spec: "_".to_owned() },
            Pat::Paren(paren) => self.split(&paren.pat),
            Pat::Reference(reference) => self.split(&reference.pat),
            Pat::Ident(name) if name.subpat.is_some() || !is_capital(&name.ident) => self.name(name),
            Pat::Tuple(tuple) => self.tuple(&tuple.elems),
            Pat::TupleStruct(pattern) => self.tuple_struct(pattern),
            Pat::Struct(pattern) => self.struct_(pattern),
            pattern => self.compared(pattern),
        }
    }

    /// What only compares: a made name and a test. Anything else is no pattern of a workflow's.
    fn compared(&mut self, pattern: &Pat) -> Part {
        let slot = self.stager.fresh("l");
        match self.stager.test(pattern, &slot) {
            Some(test) => self.tests.push(test),
            None => {
                let message =
                    if let Pat::Slice(_) = pattern { &diagnostic::SLICE_PATTERN } else { &diagnostic::PATTERN };
                self.stager.errors.report(pattern.span(), message);
            }
        }
        self.slot(slot)
    }

    fn name(&mut self, name: &PatIdent) -> Part {
        let ident = &name.ident;
        self.bindings.push(Binding { name: ident.clone(), mutable: name.mutability.is_some() });
        let index = self.slots.len();
        let outer = self.slot(ident.clone());
        match &name.subpat {
            None => outer,
            Some((_, inner)) => {
                let Part { real, spec: inner } = self.split(inner);
                Part { real: quote!(#ident @ #real), spec: format!("{index} @ {inner}") }
            }
        }
    }

    fn slot(&mut self, name: Ident) -> Part {
        let index = self.slots.len();
        self.slots.push(name.clone());
        Part { real: quote!(#name), spec: index.to_string() }
    }

    fn tuple(&mut self, elements: &Punctuated<Pat, syn::Token![,]>) -> Part {
        let (real, spec) = self.elements(elements);
        let comma = (elements.len() == 1).then(|| quote!(,));
        Part { real: quote!((#real #comma)), spec }
    }

    fn tuple_struct(&mut self, pattern: &PatTupleStruct) -> Part {
        let (real, elements) = self.elements(&pattern.elems);
        let path = qualified(pattern.qself.as_ref(), &pattern.path);
        Part { real: quote!(#path(#real)), spec: path_text(&pattern.path) + &elements }
    }

    fn struct_(&mut self, pattern: &PatStruct) -> Part {
        let path = qualified(pattern.qself.as_ref(), &pattern.path);
        let fields: Vec<(&Member, Part)> =
            pattern.fields.iter().map(|FieldPat { member, pat, .. }| (member, self.split(pat))).collect();
        let real = fields.iter().map(|(member, part)| {
            let real = &part.real;
            quote!(#member: #real,)
        });
        let specs: Vec<String> =
            fields.iter().map(|(member, part)| format!("{}: {}", member_text(member), part.spec)).collect();
        let rest = pattern.rest.as_ref().map(|_| quote!(..));
        let spec = struct_text(&path_text(&pattern.path), &specs);
        Part { real: quote!(#path { #(#real)* #rest }), spec }
    }

    /// The elements of a tuple.
    fn elements(&mut self, elements: &Punctuated<Pat, syn::Token![,]>) -> (TokenStream, String) {
        let parts = elements.iter().map(|element| match element {
            Pat::Rest(_) => (quote!(..), "..".to_owned()),
            element => {
                let Part { real, spec } = self.split(element);
                (real, spec)
            }
        });
        let (real, specs): (Vec<_>, Vec<_>) = parts.unzip();
        (quote!(#(#real),*), format!("({})", specs.join(", ")))
    }
}

fn qualified(qself: Option<&QSelf>, path: &Path) -> TokenStream {
    let path = syn::ExprPath { attrs: Vec::new(), qself: qself.cloned(), path: path.clone() };
    quote!(#path)
}

/// `Name { field: pattern, … }`
pub(crate) fn struct_text(name: &str, fields: &[String]) -> String {
    format!("{name} {{ {} }}", fields.join(", "))
}

/// The last segment of a path, by which variants are told.
pub(super) fn path_text(path: &Path) -> String {
    last_segment(path).map_or_else(String::new, |name| name.unraw().to_string())
}
