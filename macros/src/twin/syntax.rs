//! Questions that syntax alone answers.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{
    Block, Expr, ExprBreak, ExprClosure, ExprForLoop, ExprLoop, ExprMacro, ExprPath, ExprReturn, ExprTry, ExprWhile,
    Item, Label, Macro, Path, Stmt,
    ext::IdentExt as _,
    spanned::Spanned as _,
    visit::{self, Visit},
};

use super::start::start;

/// The expression without parentheses, and without the invisible groups of `macro_rules!`.
pub(super) fn unparen(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Paren(paren) => &paren.expr,
            Expr::Group(group) => &group.expr,
            other => return other,
        };
    }
}

/// Whether a name starts with a capital: by the naming lints a constant, a type or a constructor.
pub(super) fn is_capital(name: &Ident) -> bool {
    name.unraw().to_string().trim_start_matches('_').starts_with(char::is_uppercase)
}

/// Whether a name is written like that of a type or variant, not of a constant.
pub(super) fn is_camel(name: &Ident) -> bool {
    is_capital(name) && name.to_string().contains(char::is_lowercase)
}

/// The names of types that start with a small letter.
pub(super) fn is_primitive(name: &Ident) -> bool {
    const PRIMITIVES: [&str; 17] = [
        "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64",
        "u8", "usize",
    ];
    PRIMITIVES.iter().any(|primitive| name == primitive)
}

/// The last segment of a macro's path.
pub(super) fn macro_name(mac: &Macro) -> String {
    mac.path.segments.last().map_or_else(String::new, |segment| segment.ident.to_string())
}

/// The last segment of a path.
pub(super) fn last_segment(path: &Path) -> Option<&Ident> {
    path.segments.last().map(|segment| &segment.ident)
}

/// A name, as a path to a value.
pub(super) fn name_path(name: Ident) -> ExprPath {
    ExprPath { attrs: Vec::new(), qself: None, path: name.into() }
}

/// A statement that is a macro, as the expression that it is.
pub(super) fn macro_expr(mac: &Macro) -> Expr {
    Expr::Macro(ExprMacro { attrs: Vec::new(), mac: mac.clone() })
}

/// Where the value of a block stands.
pub(super) fn value_span(block: &Block) -> Span {
    match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => start(value),
        _ => block.brace_token.span.close(),
    }
}

/// Whether an expression never gives a value, as far as syntax shows.
pub(super) fn diverges(expr: &Expr) -> bool {
    match unparen(expr) {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Block(block) => block.label.is_none() && block_diverges(&block.block),
        Expr::If(branch) => match &branch.else_branch {
            Some((_, otherwise)) => block_diverges(&branch.then_branch) && diverges(otherwise),
            None => false,
        },
        Expr::Match(branches) => !branches.arms.is_empty() && branches.arms.iter().all(|arm| diverges(&arm.body)),
        Expr::Loop(repeat) => !has_break(&repeat.body, repeat.label.as_ref()),
        Expr::Macro(call) => is_panic(&call.mac),
        _ => false,
    }
}

/// Whether control never reaches the end of a block.
pub(super) fn block_diverges(block: &Block) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        Stmt::Expr(expr, _) => diverges(expr),
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| diverges(&init.expr)),
        Stmt::Macro(call) => is_panic(&call.mac),
        Stmt::Item(_) => false,
    })
}

/// `panic!` and its kin.
pub(super) fn is_panic(mac: &Macro) -> bool {
    ["panic", "unreachable", "todo", "unimplemented"].contains(&macro_name(mac).as_str())
}

/// Whether a `break` leaves this loop.
fn has_break(body: &Block, label: Option<&Label>) -> bool {
    let label = label.map(|label| label.name.ident.to_string());
    let mut breaks = Breaks { label, depth: 0, found: false };
    breaks.visit_block(body);
    breaks.found
}

struct Breaks {
    label: Option<String>,
    /// How many inner loops stand around.
    depth: usize,
    found: bool,
}

impl Breaks {
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.depth += 1;
        visit(self);
        self.depth -= 1;
    }
}

impl<'ast> Visit<'ast> for Breaks {
    fn visit_expr_break(&mut self, expr: &'ast ExprBreak) {
        self.found |= match &expr.label {
            None => self.depth == 0,
            label => label.as_ref().map(|label| label.ident.to_string()) == self.label,
        };
        visit::visit_expr_break(self, expr);
    }

    fn visit_expr_loop(&mut self, expr: &'ast ExprLoop) {
        self.inside(|breaks| visit::visit_expr_loop(breaks, expr));
    }

    fn visit_expr_while(&mut self, expr: &'ast ExprWhile) {
        self.inside(|breaks| visit::visit_expr_while(breaks, expr));
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast ExprForLoop) {
        self.inside(|breaks| visit::visit_expr_for_loop(breaks, expr));
    }

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}

/// Whether an expression is `None?` or `Err(error)?`, whose value is never there.
pub(super) fn always_leaves(expr: &Expr) -> bool {
    let Expr::Try(question) = unparen(expr) else { return false };
    let is = |path: &Expr, name: &str| matches!(path, Expr::Path(path) if path.path.is_ident(name));
    match unparen(&question.expr) {
        Expr::Call(call) => is(unparen(&call.func), "Err"),
        none => is(none, "None"),
    }
}

/// Whether an expression is more than a name, a literal or something that waits: it may panic.
pub(super) fn computes(expr: &Expr) -> bool {
    matches!(unparen(expr), Expr::Call(_) | Expr::MethodCall(_)) || operates(expr)
}

/// Whether an expression makes a value of others, without a call.
pub(super) fn operates(expr: &Expr) -> bool {
    match unparen(expr) {
        Expr::Binary(binary) => !is_assignment(&binary.op),
        Expr::Reference(reference) => operates(&reference.expr),
        Expr::Array(_) | Expr::Cast(_) | Expr::Index(_) | Expr::Struct(_) | Expr::Tuple(_) | Expr::Unary(_) => true,
        _ => false,
    }
}

/// Whether a closure's body has a `return` or `?` of its own.
pub(super) fn leaves(body: &Expr) -> bool {
    struct Leaves(bool);
    impl<'ast> Visit<'ast> for Leaves {
        fn visit_expr_return(&mut self, _: &'ast ExprReturn) {
            self.0 = true;
        }

        fn visit_expr_try(&mut self, _: &'ast ExprTry) {
            self.0 = true;
        }

        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= mentions(&mac.tokens, |token| match token {
                TokenTree::Ident(ident) => ident == "return",
                TokenTree::Punct(punct) => punct.as_char() == '?',
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            });
        }

        fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}

        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut leaves = Leaves(false);
    leaves.visit_expr(body);
    leaves.0
}

/// Whether an expression only reads: it records no statement, so that evaluating it or not makes no difference.
/// Anything whose syntax does not show that is taken to record.
pub(super) fn only_reads(expr: &Expr) -> bool {
    match unparen(expr) {
        Expr::Lit(_) | Expr::Path(_) | Expr::Closure(_) => true,
        Expr::Field(field) => only_reads(&field.base),
        Expr::Reference(reference) => only_reads(&reference.expr),
        Expr::Unary(unary) => only_reads(&unary.expr),
        Expr::Cast(cast) => only_reads(&cast.expr),
        Expr::Index(index) => only_reads(&index.expr) && only_reads(&index.index),
        Expr::Binary(binary) => !is_assignment(&binary.op) && only_reads(&binary.left) && only_reads(&binary.right),
        Expr::Range(range) => range.start.iter().chain(&range.end).all(|end| only_reads(end)),
        Expr::Tuple(tuple) => tuple.elems.iter().all(only_reads),
        Expr::Array(array) => array.elems.iter().all(only_reads),
        Expr::MethodCall(call) => {
            !may_panic(&call.method) && only_reads(&call.receiver) && call.args.iter().all(only_reads)
        }
        Expr::Call(call) => is_constructor(&call.func) && call.args.iter().all(only_reads),
        Expr::Macro(call) => {
            ["format", "matches", "vec"].contains(&macro_name(&call.mac).as_str()) && macro_only_reads(&call.mac)
        }
        _ => false,
    }
}

/// The methods that record a panic.
fn may_panic(method: &Ident) -> bool {
    ["unwrap", "expect", "unwrap_err", "expect_err"].iter().any(|name| method == name)
}

/// The first thing in an expression that waits, leaves or changes a variable.
pub(super) fn effect(expr: &Expr) -> Option<Span> {
    struct Effect(Option<Span>);
    impl<'ast> Visit<'ast> for Effect {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            let here = match expr {
                Expr::Await(wait) => Some(wait.await_token.span),
                Expr::Try(question) => Some(question.question_token.span),
                Expr::Return(leave) => Some(leave.return_token.span),
                Expr::Break(leave) => Some(leave.break_token.span),
                Expr::Continue(next) => Some(next.continue_token.span),
                Expr::Assign(assign) => Some(assign.eq_token.span),
                Expr::Binary(binary) if is_assignment(&binary.op) => Some(binary.op.span()),
                _ => None,
            };
            self.0 = self.0.or(here);
            visit::visit_expr(self, expr);
        }

        fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
    }
    let mut effect = Effect(None);
    effect.visit_expr(expr);
    effect.0
}

/// Whether an operator is `+=` or one of its kin.
pub(super) fn is_assignment(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

fn is_constructor(func: &Expr) -> bool {
    match unparen(func) {
        Expr::Path(path) => last_segment(&path.path).is_some_and(is_capital),
        _ => false,
    }
}

/// The tokens of a macro are not parsed here: blocks and `?` are taken to record.
fn macro_only_reads(mac: &Macro) -> bool {
    !mentions(&mac.tokens, |token| match token {
        TokenTree::Ident(ident) => ident == "await" || ident == "return" || may_panic(ident),
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Group(group) => group.delimiter() == proc_macro2::Delimiter::Brace,
        TokenTree::Literal(_) => false,
    })
}

fn mentions(tokens: &TokenStream, wanted: impl Fn(&TokenTree) -> bool + Copy) -> bool {
    tokens.clone().into_iter().any(|token| {
        wanted(&token)
            || match &token {
                TokenTree::Group(group) => mentions(&group.stream(), wanted),
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => false,
            }
    })
}
