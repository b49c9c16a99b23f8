//! Macros that a workflow knows, by name.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, Macro, Pat, Token, parse::ParseStream, punctuated::Punctuated, spanned::Spanned as _};

use super::{
    Stager,
    start::start,
    syntax::{macro_name, only_reads},
};
use crate::diagnostic;

type Expressions = Punctuated<Expr, Token![,]>;

/// The greatest number of branches.
const MOST_BRANCHES: usize = 8;

impl Stager<'_> {
    /// What does not parse is reported by the macro itself, in the native function.
    pub(super) fn macro_call(&mut self, mac: &Macro) -> TokenStream {
        let span = mac.path.span();
        let name = macro_name(mac);
        let staged = match name.as_str() {
            "vec" => self.vec(mac, span),
            "format" => parse(mac, Expressions::parse_terminated).map(|arguments| self.format(&arguments, span)),
            "join" | "try_join" => {
                parse(mac, Expressions::parse_terminated).map(|branches| self.branches(&name, &branches, span))
            }
            "matches" => parse(mac, matches).map(|(subject, pattern)| self.matches(&subject, &pattern, span)),
            "assert" => parse(mac, Expressions::parse_terminated).and_then(|arguments| self.assert(&arguments, span)),
            "assert_eq" | "assert_ne" => parse(mac, Expressions::parse_terminated)
                .and_then(|arguments| self.assert_compared(&name, &arguments, span)),
            "panic" => self.panic(mac, "explicit panic", "", span),
            "unreachable" => self.panic(
                mac,
                "internal error: entered unreachable code",
                "internal error: entered unreachable code: ",
                span,
            ),
            "todo" => self.panic(mac, "not yet implemented", "not yet implemented: ", span),
            "unimplemented" => self.panic(mac, "not implemented", "not implemented: ", span),
            // These are text and numbers before anything runs.
            "concat" | "stringify" | "line" | "column" | "file" | "module_path" | "env" => {
                Some(self.constant(&quote!(#mac), span))
            }
            name => Some(self.reject_about(span, &diagnostic::UNKNOWN_MACRO, name)),
        };
        staged.unwrap_or_else(|| self.never(span))
    }

    /// `vec![a, b]`, `vec![value; count]`
    fn vec(&mut self, mac: &Macro, span: Span) -> Option<TokenStream> {
        if let Some(items) = parse(mac, Expressions::parse_terminated) {
            return Some(self.list(span, &items));
        }
        let (value, count) = parse(mac, |input: ParseStream<'_>| {
            let value: Expr = input.parse()?;
            input.parse::<Token![;]>()?;
            Ok((value, input.parse::<Expr>()?))
        })?;
        Some(self.repeat(span, &value, &count))
    }

    /// `join!(a, b)`, `try_join!(a, b)`
    fn branches(&mut self, name: &str, branches: &Expressions, span: Span) -> TokenStream {
        if !(2..=MOST_BRANCHES).contains(&branches.len()) {
            return self.reject_about(span, &diagnostic::BRANCHES, name);
        }
        let branches = self.operands(branches);
        self.call(span, name, [quote!((#(#branches),*))])
    }

    /// `matches!(subject, PATTERN if guard)`: the condition alone.
    fn matches(&mut self, subject: &Expr, pattern: &Pat, span: Span) -> TokenStream {
        let value = self.expr(subject);
        let value =
            if only_reads(subject) { value } else { self.call(start(subject), "bind", [quote!("match"), value]) };
        let held = self.fresh("s");
        let condition = self.matching(pattern, &held).tokens;
        quote_spanned!(span=> { let #held = #value; #condition.0 })
    }

    /// `assert!(condition, "…", …)`
    fn assert(&mut self, arguments: &Expressions, span: Span) -> Option<TokenStream> {
        let condition = arguments.first()?;
        let message = match self.message(arguments, 1, "", span) {
            Some(message) => message,
            None => {
                self.call(span, "text", [quote!(::core::concat!("assertion failed: ", ::core::stringify!(#condition)))])
            }
        };
        let condition = self.expr(condition);
        Some(self.call(span, "assert", [condition, message]))
    }

    /// `assert_eq!(a, b, "…", …)`: the message leaves out what the two are.
    fn assert_compared(&mut self, name: &str, arguments: &Expressions, span: Span) -> Option<TokenStream> {
        let mut operands = arguments.iter();
        let (left, right) = (operands.next()?, operands.next()?);
        let (helper, operator) = if name == "assert_eq" { ("eq", "==") } else { ("ne", "!=") };
        let text = format!("assertion `left {operator} right` failed");
        let message = match self.message(arguments, 2, &format!("{text}: "), span) {
            Some(message) => message,
            None => self.call(span, "text", [quote!(#text)]),
        };
        let operands = self.operands([left, right]);
        let holds = self.call(span, helper, operands);
        Some(self.call(span, "assert", [holds, message]))
    }

    /// `panic!("…", …)` and its kin.
    fn panic(&mut self, mac: &Macro, bare: &str, prefix: &str, span: Span) -> Option<TokenStream> {
        let arguments = parse(mac, Expressions::parse_terminated)?;
        let message = match self.message(&arguments, 0, prefix, span) {
            Some(message) => message,
            None => self.call(span, "text", [quote!(#bare)]),
        };
        Some(self.call(span, "panic", [message]))
    }

    /// The formatted text in the arguments from a place on, if there are any.
    fn message(&mut self, arguments: &Expressions, from: usize, prefix: &str, span: Span) -> Option<TokenStream> {
        let arguments: Expressions = arguments.iter().skip(from).cloned().collect();
        if arguments.is_empty() {
            return None;
        }
        let text = self.format(&arguments, span);
        if prefix.is_empty() {
            return Some(text);
        }
        let prefix = self.call(span, "text", [quote!(#prefix)]);
        Some(self.call(span, "add", [prefix, text]))
    }
}

/// The parts of `matches!`.
fn matches(input: ParseStream<'_>) -> syn::Result<(Expr, Pat)> {
    let subject = input.parse()?;
    input.parse::<Token![,]>()?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    let guarded = match input.parse::<Option<Token![if]>>()? {
        Some(if_token) => {
            let guard = input.parse()?;
            Pat::Guard(syn::PatGuard { attrs: Vec::new(), pat: Box::new(pattern), if_token, guard: Box::new(guard) })
        }
        None => pattern,
    };
    input.parse::<Option<Token![,]>>()?;
    Ok((subject, guarded))
}

fn parse<T>(mac: &Macro, parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>) -> Option<T> {
    mac.parse_body_with(parser).ok()
}
