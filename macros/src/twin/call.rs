//! Calls of functions and methods.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{
    AngleBracketedGenericArguments, Expr, ExprAwait, ExprCall, ExprMethodCall, ExprPath, GenericArgument,
    PathArguments, Token, spanned::Spanned as _,
};

use super::{
    Stager,
    start::start,
    syntax::{is_capital, is_primitive, last_segment, operates, unparen},
};
use crate::{diagnostic, signature::paired, types};

/// What stands before the name of an associated function in a twin.
pub(crate) const STAGE: &str = "stage_";

/// The methods of the library that take a function: which of their arguments it is, and how many values it takes.
#[rustfmt::skip]
const TAKES_FUNCTION: &[(&str, usize, usize)] = &[
    ("all", 0, 1), ("and_then", 0, 1), ("any", 0, 1), ("dedup_by_key", 0, 1), ("filter", 0, 1), ("filter_map", 0, 1),
    ("find", 0, 1), ("find_map", 0, 1), ("flat_map", 0, 1), ("fold", 1, 2), ("for_each", 0, 1), ("inspect", 0, 1),
    ("is_none_or", 0, 1), ("is_ok_and", 0, 1), ("is_some_and", 0, 1), ("map", 0, 1), ("map_err", 0, 1), ("map_or", 1, 1),
    ("map_or_else", 1, 1), ("map_while", 0, 1), ("max_by", 0, 2), ("max_by_key", 0, 1), ("min_by", 0, 2),
    ("min_by_key", 0, 1), ("ok_or_else", 0, 0), ("or_else", 0, 0), ("partition", 0, 1), ("position", 0, 1),
    ("reduce", 0, 2), ("retain", 0, 1), ("skip_while", 0, 1), ("sort_by", 0, 2), ("sort_by_key", 0, 1),
    ("sort_unstable_by", 0, 2), ("sort_unstable_by_key", 0, 1), ("take_while", 0, 1), ("then", 0, 0),
    ("unwrap_or_else", 0, 0),
];

/// Methods that are named by their trait: a trait has no place for a staged function, so the method itself is called.
const TRAIT_METHODS: &[(&str, &str, &str)] = &[
    ("AsRef", "as_ref", "as_ref"),
    ("Clone", "clone", "clone"),
    ("From", "from", "into"),
    ("Into", "into", "into"),
    ("ToOwned", "to_owned", "to_owned"),
    ("ToString", "to_string", "to_string"),
];

/// What a path that is called names.
enum Callee {
    /// A local closure.
    Local,
    Constructor,
    /// The method of a known trait.
    TraitMethod(Ident),
    /// A function of a type.
    Associated,
    /// A function, beside which stands what knows how to stage it.
    Function,
}

impl Stager<'_> {
    /// `path(arguments)`
    pub(super) fn path_call(&mut self, call: &ExprCall) -> TokenStream {
        let Expr::Path(path) = unparen(&call.func) else {
            return self.reject(call.func.span(), &diagnostic::CALLEE);
        };
        let mut arguments = self.operands(&call.args);
        if self.is_local(path) {
            // The body may leave them unread.
            for (argument, source) in arguments.iter_mut().zip(&call.args).filter(|(_, source)| operates(source)) {
                *argument = self.call(start(source), "unread", [argument.clone()]);
            }
        }
        self.call_of(path, arguments)
    }

    /// `effect.await`
    pub(super) fn awaited(&mut self, wait: &ExprAwait, helper: &str) -> TokenStream {
        let effect = match self.called_function(&wait.base) {
            Some((call, path)) => {
                let arguments = self.operands(&call.args);
                self.staged(path, &arguments)
            }
            None => self.expr(&wait.base),
        };
        self.call(wait.await_token.span, helper, [effect])
    }

    fn call_of(&mut self, path: &ExprPath, arguments: Vec<TokenStream>) -> TokenStream {
        match self.callee(path) {
            Callee::Local => quote_spanned!(path.span()=> #path(#(#arguments),*)),
            Callee::Constructor => self.constructor(path, arguments),
            Callee::TraitMethod(method) => self.trait_call(&method, arguments),
            Callee::Associated => self.associated(path, &arguments),
            Callee::Function => {
                let staged = self.staged(path, &arguments);
                self.call(name_span(path), "called", [staged])
            }
        }
    }

    /// What a path names: the letter case decides, and a wrong guess is an error of rustc's or at recording.
    fn callee(&self, path: &ExprPath) -> Callee {
        if self.is_local(path) {
            Callee::Local
        } else if last_segment(&path.path).is_some_and(is_capital) {
            Callee::Constructor
        } else if let Some(method) = trait_method(path) {
            Callee::TraitMethod(method)
        } else if is_associated(path) {
            Callee::Associated
        } else {
            Callee::Function
        }
    }

    /// `Type::function(arguments)`: the staged function stands beside it.
    fn associated(&self, path: &ExprPath, arguments: &[TokenStream]) -> TokenStream {
        let mut path = types::erase_path(path);
        if let Some(last) = path.path.segments.last_mut() {
            last.ident = format_ident!("{STAGE}{}", last.ident, span = last.ident.span());
        }
        self.guarded_call(&path, arguments)
    }

    /// A call that says nothing about the number of its arguments where rustc has told it of the native one.
    pub(super) fn guarded_call(&self, path: &ExprPath, arguments: &[TokenStream]) -> TokenStream {
        let span = path.span();
        let function = self.names.name("g", span);
        quote_spanned!(span=> { let #function: __G<_> = #path; #function(#(#arguments),*) })
    }

    /// The call of a function.
    fn called_function<'a>(&self, expr: &'a Expr) -> Option<(&'a ExprCall, &'a ExprPath)> {
        let Expr::Call(call) = unparen(expr) else { return None };
        let Expr::Path(path) = unparen(&call.func) else { return None };
        matches!(self.callee(path), Callee::Function).then_some((call, path))
    }

    fn trait_call(&self, method: &Ident, arguments: Vec<TokenStream>) -> TokenStream {
        let mut arguments = arguments.into_iter();
        match arguments.next() {
            Some(receiver) => quote_spanned!(method.span()=> #receiver.#method(#(#arguments),*)),
            None => self.call(method.span(), "default", []),
        }
    }

    /// `use` finds the type beside the function, under any path or rename; a plain function has none, and falls through
    /// to one that says so.
    fn staged(&self, path: &ExprPath, arguments: &[TokenStream]) -> TokenStream {
        let span = name_span(path);
        let (path, generics) = without_generics(path);
        let (builder, callee) = (self.builder(span), self.callee_name(span));
        let operands = paired(span, quote!(#builder), arguments);
        quote_spanned!(span=> { use #path as #callee; #callee #generics::stage(#operands) })
    }

    /// `receiver.method::<T>(arguments)`
    pub(super) fn method_call(&mut self, call: &ExprMethodCall) -> TokenStream {
        let (method, span) = (&call.method, call.method.span());
        let receiver = self.method_receiver(call);
        let sources: Vec<&Expr> = call.args.iter().collect();
        let name = method.to_string();
        let arguments = self.operands_by(&sources, |stager, index, argument| stager.argument(&name, index, argument));
        let generics = call.turbofish.as_ref().map(erase_arguments);
        quote_spanned!(span=> #receiver.#method #generics (#(#arguments),*))
    }

    /// A method on a mutable variable may change it.
    fn method_receiver(&mut self, call: &ExprMethodCall) -> TokenStream {
        let receiver = self.expr(&call.receiver);
        if self.is_place(&call.receiver) {
            return self.call(start(&call.receiver), "place", [receiver]);
        }
        let changed = call.args.iter().any(|argument| self.changes(argument));
        if changed { self.held(&call.receiver, receiver) } else { receiver }
    }

    /// An argument of a method: a path to a function becomes a closure that calls it.
    fn argument(&mut self, method: &str, index: usize, argument: &Expr) -> TokenStream {
        let function = TAKES_FUNCTION.iter().find(|(name, position, _)| *name == method && *position == index);
        match (function, unparen(argument)) {
            (Some(_), Expr::Closure(closure)) if closure.asyncness.is_some() => {
                self.reject(closure.asyncness.span(), &diagnostic::ASYNC_CLOSURE)
            }
            (Some((_, _, count)), Expr::Path(path)) if !self.is_local(path) => self.eta(path, *count),
            _ => self.expr(argument),
        }
    }

    fn is_local(&self, path: &ExprPath) -> bool {
        path.path.get_ident().is_some_and(|name| self.scope.kind(name).is_some())
    }

    /// `|a, b| path(a, b)`
    fn eta(&mut self, path: &ExprPath, count: usize) -> TokenStream {
        let values: Vec<Ident> =
            (0..count).map(|index| self.names.name(&format!("x{index}"), self.names.site)).collect();
        let call = self.call_of(path, values.iter().map(|value| quote!(#value)).collect());
        quote_spanned!(path.span()=> |#(#values),*| #call)
    }
}

/// The span of what a path names.
fn name_span(path: &ExprPath) -> Span {
    last_segment(&path.path).map_or_else(|| path.span(), Ident::span)
}

/// The method that a path through a known trait names.
fn trait_method(path: &ExprPath) -> Option<Ident> {
    let mut segments = path.path.segments.iter().rev().map(|segment| &segment.ident);
    let (method, of) = (segments.next()?, segments.next()?);
    if path.qself.is_some() {
        return None;
    }
    let known = TRAIT_METHODS.iter().find(|(name, called, _)| of == name && method == called);
    let default = (of == "Default" && method == "default").then_some("default");
    known.map(|(_, _, staged)| *staged).or(default).map(|staged| Ident::new(staged, method.span()))
}

/// The path to a function that `use` takes, and the generic arguments of the function.
pub(crate) fn without_generics(path: &ExprPath) -> (ExprPath, Option<TokenStream>) {
    let mut path = types::erase_path(path);
    let generics = path.path.segments.last_mut().and_then(|last| match std::mem::take(&mut last.arguments) {
        PathArguments::AngleBracketed(generics) => {
            let colon2_token = Some(Token![::](last.ident.span()));
            let generics = AngleBracketedGenericArguments { colon2_token, ..generics };
            Some(quote!(#generics))
        }
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    });
    (path, generics)
}

/// Whether a path names an associated function: of `<T>`, of a primitive type, or of what starts with a capital.
pub(crate) fn is_associated(path: &ExprPath) -> bool {
    let of = path.path.segments.iter().rev().nth(1).map(|segment| &segment.ident);
    path.qself.is_some() || of.is_some_and(|of| is_capital(of) || is_primitive(of))
}

fn erase_arguments(generics: &AngleBracketedGenericArguments) -> TokenStream {
    let erased = generics.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => {
            let ty = types::erase(ty);
            quote!(#ty)
        }
        other => quote!(#other),
    });
    quote!(::<#(#erased),*>)
}
