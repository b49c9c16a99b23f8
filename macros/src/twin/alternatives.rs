//! Alternatives of patterns: `a | b`, wherever they stand.

use proc_macro2::Ident;
use syn::{
    Expr, Pat, PatIdent, PatTuple, PatTupleStruct, Token,
    punctuated::Punctuated,
    visit::{self, Visit},
};

use super::syntax::is_capital;

type Patterns = Punctuated<Pat, Token![,]>;

/// The patterns without alternatives that a pattern stands for. Alternatives without names stay inside: they are tests.
pub(super) fn alternatives(pattern: &Pat) -> Vec<Pat> {
    match pattern {
        Pat::Or(or) => or.cases.iter().flat_map(alternatives).collect(),
        Pat::Paren(paren) => alternatives(&paren.pat),
        Pat::Reference(reference) => alternatives(&reference.pat),
        Pat::Ident(PatIdent { subpat: Some((at, inner)), .. }) => inner_alternatives(inner)
            .into_iter()
            .map(|inner| {
                let mut name = pattern.clone();
                if let Pat::Ident(name) = &mut name {
                    name.subpat = Some((*at, Box::new(inner)));
                }
                name
            })
            .collect(),
        Pat::Tuple(tuple) => product(&tuple.elems, |elems| Pat::Tuple(PatTuple { elems, ..tuple.clone() })),
        Pat::TupleStruct(pattern) => {
            product(&pattern.elems, |elems| Pat::TupleStruct(PatTupleStruct { elems, ..pattern.clone() }))
        }
        Pat::Struct(pattern) => {
            let inner = pattern.fields.iter().map(|field| (*field.pat).clone()).collect();
            product(&inner, |inner| {
                let mut pattern = pattern.clone();
                pattern.fields.iter_mut().zip(inner).for_each(|(field, inner)| *field.pat = inner);
                Pat::Struct(pattern)
            })
        }
        other => vec![other.clone()],
    }
}

fn inner_alternatives(pattern: &Pat) -> Vec<Pat> {
    match pattern {
        Pat::Or(_) if names(pattern).is_empty() => vec![pattern.clone()],
        Pat::Paren(paren) => inner_alternatives(&paren.pat),
        other => alternatives(other),
    }
}

/// All ways to choose one alternative for each element.
fn product(elements: &Patterns, build: impl Fn(Patterns) -> Pat) -> Vec<Pat> {
    let start = vec![Punctuated::new()];
    let ways = elements.iter().fold(start, |ways: Vec<Patterns>, element| {
        let choices = inner_alternatives(element);
        let extended = ways.iter().flat_map(|way| {
            choices.iter().map(|choice| way.iter().cloned().chain([choice.clone()]).collect::<Punctuated<_, _>>())
        });
        extended.collect()
    });
    ways.into_iter().map(build).collect()
}

/// The names that a pattern binds.
pub(super) fn names(pattern: &Pat) -> Vec<&Ident> {
    struct Names<'ast>(Vec<&'ast Ident>);
    impl<'ast> Visit<'ast> for Names<'ast> {
        fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
            if name.subpat.is_some() || !is_capital(&name.ident) {
                self.0.push(&name.ident);
            }
            visit::visit_pat_ident(self, name);
        }

        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pattern);
    names.0
}
