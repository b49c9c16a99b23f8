//! Where expressions start.

use proc_macro2::Span;
use syn::{Expr, Label, Path, spanned::Spanned as _};

/// The span of an expression's first token. That is what [`Spanned`](syn::spanned::Spanned) gives where spans cannot be joined, but it
/// writes the whole expression out for it, at every level once more.
pub(super) fn start(mut expr: &Expr) -> Span {
    loop {
        expr = match expr {
            Expr::Assign(assign) => &assign.left,
            Expr::Await(wait) => &wait.base,
            Expr::Binary(binary) => &binary.left,
            Expr::Call(call) => &call.func,
            Expr::Cast(cast) => &cast.expr,
            Expr::Field(field) => &field.base,
            Expr::Index(index) => &index.expr,
            Expr::MethodCall(call) => &call.receiver,
            Expr::Try(question) => &question.expr,

            Expr::Block(block) => return labelled(block.label.as_ref(), block.block.brace_token.span.open()),
            Expr::ForLoop(repeat) => return labelled(repeat.label.as_ref(), repeat.for_token.span),
            Expr::Loop(repeat) => return labelled(repeat.label.as_ref(), repeat.loop_token.span),
            Expr::While(repeat) => return labelled(repeat.label.as_ref(), repeat.while_token.span),
            Expr::If(branch) => return branch.if_token.span,
            Expr::Match(branches) => return branches.match_token.span,
            Expr::Async(block) => return block.async_token.span,
            Expr::Return(leave) => return leave.return_token.span,
            Expr::Break(leave) => return leave.break_token.span,

            Expr::Array(array) => return array.bracket_token.span.open(),
            Expr::Paren(paren) => return paren.paren_token.span.open(),
            Expr::Tuple(tuple) => return tuple.paren_token.span.open(),
            Expr::Reference(reference) => return reference.and_token.span,
            Expr::Lit(literal) => return literal.lit.span(),
            Expr::Macro(call) => return first(&call.mac.path),
            Expr::Struct(literal) if literal.qself.is_none() => return first(&literal.path),
            Expr::Path(path) if path.qself.is_none() => return first(&path.path),
            other => return other.span(),
        };
    }
}

fn labelled(label: Option<&Label>, start: Span) -> Span {
    label.map_or(start, |label| label.name.apostrophe)
}

fn first(path: &Path) -> Span {
    match (&path.leading_colon, path.segments.first()) {
        (None, Some(segment)) => segment.ident.span(),
        _ => path.span(),
    }
}
