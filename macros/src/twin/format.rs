//! `format!` and the other macros that take a text with holes.

use std::{collections::BTreeSet, iter::Peekable, str::Chars};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, ExprAssign, ExprLit, Lit, Token, punctuated::Punctuated, spanned::Spanned as _};

use super::{
    Stager,
    syntax::{name_path, unparen},
};
use crate::{attr::option, diagnostic};

/// A format text.
#[derive(Default)]
struct Template {
    holes: Vec<Hole>,
    /// What stands after the last hole.
    end: String,
}

/// `{argument:spec}`
struct Hole {
    /// What stands between it and the hole before it.
    before: String,
    argument: String,
    spec: String,
}

/// What stands after the colon of a hole.
#[derive(Default, PartialEq)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    width: Option<usize>,
    precision: Option<usize>,
    zero: bool,
    sign: bool,
}

/// The arguments behind the text: each is evaluated once, before the text is made.
struct Arguments {
    /// Their holders, in order, with their names.
    holders: Vec<(Option<String>, Ident)>,
    /// The next that `{}` takes.
    next: usize,
}

impl Stager<'_> {
    /// A text with holes, and its arguments.
    pub(super) fn format(&mut self, arguments: &Punctuated<Expr, Token![,]>, span: Span) -> TokenStream {
        let mut sources = arguments.iter();
        let text = match sources.next().map(unparen) {
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => text,
            Some(other) => return self.reject(other.span(), &diagnostic::FORMAT_TEXT),
            None => return self.never(span),
        };
        let (names, values): (Vec<_>, Vec<_>) = sources.map(named_argument).unzip();
        let values = self.operands(values);
        let holders: Vec<Ident> = values.iter().map(|_| self.fresh("f")).collect();
        let mut arguments = Arguments { holders: names.into_iter().zip(holders.iter().cloned()).collect(), next: 0 };
        // A text that rustc does not accept is reported for the native function.
        let Template { holes, end } = Template::parse(&text.value()).unwrap_or_default();
        let holes: Vec<TokenStream> = holes.iter().map(|hole| self.hole(hole, text.span(), &mut arguments)).collect();
        let made = self.call(span, "format", [quote!([#(#holes),*]), quote!(#end)]);
        if holders.is_empty() { made } else { quote_spanned!(span=> { #(let #holders = #values;)* #made }) }
    }

    fn hole(&mut self, hole: &Hole, span: Span, arguments: &mut Arguments) -> TokenStream {
        let Hole { before, argument, spec } = hole;
        let value = match arguments.find(argument) {
            Some(holder) => quote!(#holder),
            None => self.inline(argument, span),
        };
        let Some(form) = Spec::parse(spec) else {
            return self.reject_about(span, &diagnostic::FORMAT_SPEC, format!(":{spec}"));
        };
        if form == Spec::default() {
            return self.call(span, "shown", [quote!(#before), value]);
        }
        let method = if form.precision.is_some() { "precise_part" } else { "part" };
        self.call(span, method, [quote!(#before), value, form.emit()])
    }

    /// `{name}`: a local or constant of this name.
    fn inline(&self, name: &str, span: Span) -> TokenStream {
        match syn::parse_str::<Ident>(name) {
            Ok(name) => {
                let name = Ident::new(&name.to_string(), span);
                self.path(&name_path(name))
            }
            Err(_) => self.never(span),
        }
    }
}

impl Arguments {
    /// The holder of what a hole asks for; none if it asks for a name in scope.
    fn find(&mut self, argument: &str) -> Option<&Ident> {
        let index = if argument.is_empty() {
            self.next += 1;
            Some(self.next - 1)
        } else {
            argument.parse().ok()
        };
        let found = match index {
            Some(index) => self.holders.get(index),
            None => self.holders.iter().find(|(name, _)| name.as_deref() == Some(argument)),
        };
        found.map(|(_, holder)| holder)
    }
}

impl Spec {
    /// None for what a workflow cannot format: `?`, `x`, `e`, `#`, and widths that are arguments.
    fn parse(text: &str) -> Option<Self> {
        let mut spec = Spec::default();
        let mut letters = text.trim_end().chars().peekable();
        let mut ahead = letters.clone();
        if let (Some(fill), Some(align @ ('<' | '^' | '>'))) = (ahead.next(), ahead.next()) {
            (spec.fill, spec.align) = (Some(fill), Some(align));
            letters = ahead;
        } else {
            spec.align = letters.next_if(|letter| "<^>".contains(*letter));
        }
        spec.sign = letters.next_if_eq(&'+').is_some();
        spec.zero = letters.next_if_eq(&'0').is_some();
        spec.width = number(&mut letters);
        if letters.next_if_eq(&'.').is_some() {
            spec.precision = Some(number(&mut letters)?);
        }
        letters.next().is_none().then_some(spec)
    }

    fn emit(&self) -> TokenStream {
        let Spec { fill, align, width, precision, zero, sign } = self;
        let align = match align {
            Some('<') => quote!(Left),
            Some('^') => quote!(Center),
            Some(_) => quote!(Right),
            None => quote!(None),
        };
        let fill = fill.unwrap_or(' ');
        let (width, precision) = (option(*width), option(*precision));
        quote! {
            ::stepwright::__private::FormatSpec {
                fill: #fill,
                align: ::stepwright::__private::Align::#align,
                width: #width,
                precision: #precision,
                zero: #zero,
                sign: #sign,
                debug: false,
            }
        }
    }
}

/// A name in a format text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown {
    pub(crate) name: String,
    /// Whether it is written with a precision.
    pub(crate) precise: bool,
}

/// A format text whose holes all name something, with the names replaced, and what they were. None if a workflow cannot
/// make the text.
pub(crate) fn format_holes(text: &str, rename: impl Fn(&str) -> String) -> Option<(String, BTreeSet<Shown>)> {
    let mut shown = BTreeSet::new();
    let mut renamed = String::new();
    let Template { holes, end } = Template::parse(text)?;
    let escaped = |text: &str| text.replace('{', "{{").replace('}', "}}");
    for Hole { before, argument, spec } in holes {
        let precise = Spec::parse(&spec)?.precision.is_some();
        renamed.push_str(&format!("{}{{{}:{spec}}}", escaped(&before), rename(&argument)));
        shown.insert(Shown { name: argument, precise });
    }
    renamed.push_str(&escaped(&end));
    shown.iter().all(|shown| !shown.name.is_empty()).then_some((renamed, shown))
}

/// `name = value`, or a value.
fn named_argument(argument: &Expr) -> (Option<String>, &Expr) {
    match argument {
        Expr::Assign(ExprAssign { left, right, .. }) => match &**left {
            Expr::Path(path) => (path.path.get_ident().map(ToString::to_string), right),
            _ => (None, argument),
        },
        argument => (None, argument),
    }
}

impl Template {
    /// None if the text is not well formed.
    fn parse(text: &str) -> Option<Self> {
        let mut template = Template::default();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '{' | '}' if letters.next_if_eq(&letter).is_some() => template.end.push(letter),
                '{' => {
                    let content = until_brace(&mut letters)?;
                    let (argument, spec) = content.split_once(':').unwrap_or((&content, ""));
                    let (argument, spec) = (argument.trim().to_owned(), spec.to_owned());
                    template.holes.push(Hole { before: std::mem::take(&mut template.end), argument, spec });
                }
                '}' => return None,
                letter => template.end.push(letter),
            }
        }
        Some(template)
    }
}

/// What stands before the next `}`, which is read, too.
fn until_brace(letters: &mut impl Iterator<Item = char>) -> Option<String> {
    let mut content = String::new();
    loop {
        match letters.next()? {
            '}' => return Some(content),
            letter => content.push(letter),
        }
    }
}

fn number(letters: &mut Peekable<Chars<'_>>) -> Option<usize> {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    // `5$` is the fifth argument, not a width.
    digits.parse().ok()
}
