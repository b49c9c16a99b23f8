//! `format!` and the other macros that take a text with holes.

use std::{collections::BTreeSet, iter::Peekable, str::Chars};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, ExprAssign, ExprLit, Lit, LitStr, Token, punctuated::Punctuated, spanned::Spanned as _};

use super::{
    Stager,
    syntax::{name_path, unparen},
};
use crate::{attr::option, diagnostic};

/// A piece of a format text.
enum Piece {
    Text(String),
    Hole(Hole),
}

/// `{argument:spec}`
struct Hole {
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
        let pieces = pieces(&text.value()).unwrap_or_default();
        let parts: Vec<TokenStream> = pieces.iter().map(|piece| self.part(piece, text, &mut arguments)).collect();
        let made = self.call(span, "format", [quote!(&[#(#parts),*])]);
        if holders.is_empty() { made } else { quote_spanned!(span=> { #(let #holders = #values;)* #made }) }
    }

    fn part(&mut self, piece: &Piece, text: &LitStr, arguments: &mut Arguments) -> TokenStream {
        let span = text.span();
        match piece {
            Piece::Text(text) => self.call(span, "literal_part", [quote!(#text)]),
            Piece::Hole(hole) => {
                let value = match arguments.find(&hole.argument) {
                    Some(holder) => quote!(#holder),
                    None => self.inline(&hole.argument, span),
                };
                let Some(spec) = Spec::parse(&hole.spec) else {
                    return self.reject_about(span, &diagnostic::FORMAT_SPEC, format!(":{}", hole.spec));
                };
                if spec == Spec::default() {
                    return self.call(span, "shown", [value]);
                }
                let method = if spec.precision.is_some() { "precise_part" } else { "part" };
                self.call(span, method, [value, spec.emit()])
            }
        }
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
    for piece in pieces(text)? {
        match piece {
            Piece::Text(text) => renamed.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Hole(Hole { argument, spec }) => {
                let precise = Spec::parse(&spec)?.precision.is_some();
                renamed.push_str(&format!("{{{}:{spec}}}", rename(&argument)));
                shown.insert(Shown { name: argument, precise });
            }
        }
    }
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

/// The pieces of a format text; none if it is not well formed.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' if letters.next_if_eq(&letter).is_some() => plain.push(letter),
            '{' => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Hole(hole(&mut letters)?));
            }
            '}' => return None,
            letter => plain.push(letter),
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Some(pieces)
}

fn hole(letters: &mut Peekable<Chars<'_>>) -> Option<Hole> {
    let mut content = String::new();
    loop {
        match letters.next()? {
            '}' => break,
            letter => content.push(letter),
        }
    }
    let (argument, spec) = content.split_once(':').unwrap_or((&content, ""));
    Some(Hole { argument: argument.trim().to_owned(), spec: spec.to_owned() })
}

fn number(letters: &mut Peekable<Chars<'_>>) -> Option<usize> {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    // `5$` is the fifth argument, not a width.
    digits.parse().ok()
}
