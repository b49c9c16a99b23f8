//! Conditions: tests and `let` patterns joined by `&&`, and what they bind.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{BinOp, Expr, ExprLet, Pat};

use super::{
    Stager,
    scope::{Binding, Kind},
    start::start,
    syntax::{effect, unparen},
    words::words,
};
use crate::diagnostic;

/// `(Expr<bool>, (Expr<A>, …))`: whether it holds, and the names that then hold values.
pub(super) struct Condition {
    pub(super) tokens: TokenStream,
    pub(super) bindings: Vec<Binding>,
}

impl Condition {
    pub(super) fn names(&self) -> Vec<&Ident> {
        self.bindings.iter().map(|binding| &binding.name).collect()
    }
}

/// One of the parts that `&&` joins.
pub(super) enum Conjunct<'a> {
    /// `let PATTERN = subject`
    Let { pattern: &'a Pat, subject: Subject<'a> },
    /// A `bool`.
    Test(&'a Expr),
}

/// What a pattern is matched with.
pub(super) enum Subject<'a> {
    Source(&'a Expr),
    /// A name of the twin's.
    Staged(&'a Ident),
}

impl<'a> Conjunct<'a> {
    /// The parts of a condition.
    pub(super) fn all(condition: &'a Expr) -> Vec<Self> {
        match unparen(condition) {
            Expr::Binary(both) if matches!(both.op, BinOp::And(_)) && has_let(condition) => {
                let mut parts = Conjunct::all(&both.left);
                parts.extend(Conjunct::all(&both.right));
                parts
            }
            Expr::Let(ExprLet { pat, expr, .. }) => {
                vec![Conjunct::Let { pattern: pat, subject: Subject::Source(expr) }]
            }
            _ => vec![Conjunct::Test(condition)],
        }
    }
}

/// The words of a condition, as the name of the state that asks for it.
pub(super) fn question(parts: &[Conjunct<'_>]) -> String {
    let part = |part: &Conjunct<'_>| match part {
        Conjunct::Test(expr) => words(expr),
        Conjunct::Let { pattern, subject: Subject::Source(source) } => {
            format!("let {} = {}", words(pattern), words(source))
        }
        Conjunct::Let { pattern, subject: Subject::Staged(_) } => words(pattern),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" && ")
}

impl Stager<'_> {
    /// A pattern, with its guard, on a name of the twin's.
    pub(super) fn matching(&mut self, pattern: &Pat, subject: &Ident) -> Condition {
        let Pat::Guard(guarded) = pattern else { return self.pattern(pattern, subject) };
        let mut parts = vec![Conjunct::Let { pattern: &guarded.pat, subject: Subject::Staged(subject) }];
        parts.extend(Conjunct::all(&guarded.guard));
        for part in parts.iter().skip(1) {
            self.check_guard(part);
        }
        self.conjunction(&parts)
    }

    /// All parts together. What a part does is only reached when those before it hold.
    pub(super) fn conjunction(&mut self, parts: &[Conjunct<'_>]) -> Condition {
        self.scoped(|stager| {
            let (mut setup, mut tests, mut bindings) = (TokenStream::new(), Vec::new(), Vec::<Binding>::new());
            for (index, part) in parts.iter().enumerate() {
                let test = stager.fresh("c");
                match part {
                    Conjunct::Let { pattern, subject } => {
                        let condition = stager.let_part(pattern, subject, &tests, &mut setup);
                        let (names, tokens) = (condition.names(), &condition.tokens);
                        setup.extend(quote!(let (#test, (#(#names,)*)) = #tokens;));
                        names.iter().for_each(|name| stager.scope.declare(name, Kind::Value));
                        bindings.retain(|old| !names.contains(&&old.name));
                        bindings.extend(condition.bindings.iter().cloned());
                    }
                    Conjunct::Test(expr) if index == 0 => {
                        let value = stager.expr(expr);
                        setup.extend(quote!(let #test = #value;));
                    }
                    Conjunct::Test(expr) => {
                        let before = stager.all(&std::mem::take(&mut tests));
                        let value = stager.shortcut(start(expr), true, before, expr);
                        setup.extend(quote!(let #test = #value;));
                    }
                }
                tests.push(test);
            }
            let all = stager.all(&tests);
            let names = bindings.iter().map(|binding| &binding.name);
            Condition { tokens: quote!({ #setup (#all, (#(#names,)*)) }), bindings }
        })
    }

    /// One `let` part. The subject of the first is evaluated once and held; what later ones do is only reached when the
    /// tests before them hold.
    fn let_part(
        &mut self,
        pattern: &Pat,
        subject: &Subject<'_>,
        before: &[Ident],
        setup: &mut TokenStream,
    ) -> Condition {
        match subject {
            Subject::Staged(name) => self.pattern(pattern, name),
            Subject::Source(source) => {
                let (name, value) = (self.fresh("s"), self.expr(source));
                let held = if before.is_empty() {
                    self.call(start(source), "bind", [quote!("match"), value])
                } else {
                    self.call(start(source), "reached", [self.all(before), quote!(|| #value)])
                };
                setup.extend(quote!(let #name = #held;));
                self.pattern(pattern, &name)
            }
        }
    }

    /// `a && b && …`
    fn all(&self, tests: &[Ident]) -> TokenStream {
        match tests {
            [only] => quote!(#only),
            tests => self.call(self.names.site, "all", [quote!([#(#tests),*])]),
        }
    }

    /// `left && right`, `left || right`
    pub(super) fn shortcut(&mut self, span: Span, and: bool, left: TokenStream, right: &Expr) -> TokenStream {
        let right = self.expr(right);
        self.call(span, if and { "and" } else { "or" }, [left, quote!(|| #right)])
    }

    /// `if condition { then } else { otherwise }`, all of them staged. `asks` is the condition in the words of the source.
    pub(super) fn choose(
        &self,
        span: Span,
        asks: &str,
        condition: TokenStream,
        then: TokenStream,
        otherwise: Option<TokenStream>,
    ) -> TokenStream {
        let open = self.call(span, "if_", [condition, quote!(#asks)]);
        match otherwise {
            Some(otherwise) => quote_spanned!(span=> #open.then(#then).end(#otherwise)),
            None => quote_spanned!(span=> #open.end(#then)),
        }
    }

    /// A guard is tested in the middle of a `match`: it cannot wait, leave or change anything.
    fn check_guard(&self, part: &Conjunct<'_>) {
        let expr = match part {
            Conjunct::Test(expr) => expr,
            Conjunct::Let { subject: Subject::Source(expr), .. } => expr,
            Conjunct::Let { subject: Subject::Staged(_), .. } => return,
        };
        if let Some(at) = effect(expr) {
            self.errors.report(at, &diagnostic::GUARD_EFFECT);
        }
    }
}

fn has_let(condition: &Expr) -> bool {
    match unparen(condition) {
        Expr::Let(_) => true,
        Expr::Binary(both) if matches!(both.op, BinOp::And(_)) => has_let(&both.left) || has_let(&both.right),
        _ => false,
    }
}
