//! The names of variables that the user did not write.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{
    Block, Expr, Macro, PatIdent,
    ext::IdentExt as _,
    visit::{self, Visit},
};

use crate::signature::Signature;

/// A variable of generated code around the user's: no name of the user's means it, as Rust tells the two apart by where they
/// were made.
///
/// An expression that begins with it has no place in the user's source. Twins are full of such expressions, so their variables
/// are [`Names`].
pub(crate) fn variable(name: &str, at: Span) -> Ident {
    Ident::new(name, at.resolved_at(Span::mixed_site()))
}

/// The names of the variables that a twin makes: they begin with more underscores than any variable of the user's.
pub(crate) struct Names {
    underscores: String,
    /// Where the function stands.
    pub(crate) site: Span,
}

impl Names {
    /// For the twin of a function whose name stands at `site`.
    pub(crate) fn beside(site: Span, signature: &Signature, body: &Block) -> Self {
        let mut most = Underscores(1);
        signature.params.iter().for_each(|param| most.visit_pat(&param.pattern));
        most.visit_block(body);
        most.and_one(site)
    }

    /// For the twin of an expression.
    pub(crate) fn beside_value(site: Span, value: &Expr) -> Self {
        let mut most = Underscores(1);
        most.visit_expr(value);
        most.and_one(site)
    }

    pub(crate) fn name(&self, name: &str, at: Span) -> Ident {
        Ident::new(&format!("{}{name}", self.underscores), at.resolved_at(self.site))
    }
}

/// The most underscores that a variable begins with.
struct Underscores(usize);

impl Underscores {
    fn and_one(&self, site: Span) -> Names {
        Names { underscores: "_".repeat(self.0 + 1), site }
    }

    fn see(&mut self, name: &Ident) {
        let name = name.unraw().to_string();
        self.0 = self.0.max(name.len() - name.trim_start_matches('_').len());
    }

    fn see_all(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => self.see(&name),
                TokenTree::Group(group) => self.see_all(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Underscores {
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        self.see(&pattern.ident);
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.see_all(mac.tokens.clone());
    }
}
