//! The checked signature of a function that is staged.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    FnArg, GenericParam, Pat, PatIdent, PatType, Receiver, ReceiverKind, ReturnType, Safety, Type, ext::IdentExt as _,
    parse_quote_spanned, spanned::Spanned as _,
};

use crate::{diagnostic, errors::Errors, made::variable, types};

/// The greatest number of parameters that are staged.
const MOST_PARAMETERS: usize = 8;

/// What a function is to the compiler; decides the rules for its signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Workflow,
    Task,
    Pure,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Role::Workflow => "workflow",
            Role::Task => "task",
            Role::Pure => "pure function",
        })
    }
}

/// The parameters and the result of a function.
#[derive(Clone)]
pub(crate) struct Signature {
    pub(crate) params: Vec<Param>,
    /// As written, `()` where nothing is.
    pub(crate) output: Type,
    /// Where the parameters stand.
    span: Span,
}

/// A parameter.
#[derive(Clone)]
pub(crate) struct Param {
    /// Its name; a made one where the parameter is taken apart in place.
    pub(crate) name: Ident,
    /// As written.
    pub(crate) pattern: Pat,
    /// As written.
    pub(crate) ty: Type,
}

impl Signature {
    /// Reads a signature, and reports what its role does not allow.
    pub(crate) fn from_syn(signature: &syn::Signature, role: Role, errors: &Errors) -> Self {
        check_qualifiers(signature, role, errors);
        if role == Role::Workflow {
            check_generics(signature, errors);
        }
        let mut params = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => check_receiver(receiver, role, errors),
                FnArg::Typed(param) => params.push(Param::from_syn(param, params.len(), role, errors)),
            }
        }
        if let Some(extra) = params.get(MOST_PARAMETERS) {
            errors.report_about(extra.name.span(), &diagnostic::PARAMETER_COUNT, role);
        }
        let output = match &signature.output {
            ReturnType::Default => parse_quote_spanned!(signature.ident.span()=> ()),
            ReturnType::Type(_, ty) => (**ty).clone(),
        };
        check_type(&output, role, errors);
        if role != Role::Pure {
            check_owned(&output, role, errors);
        }
        Signature { params, output, span: signature.paren_token.span.join() }
    }

    /// The same, with `Self` spelt out.
    pub(crate) fn without_self(&self, self_type: &Type) -> Self {
        let params =
            self.params.iter().map(|param| Param { ty: types::without_self(&param.ty, self_type), ..param.clone() });
        Signature { params: params.collect(), output: types::without_self(&self.output, self_type), span: self.span }
    }

    /// The result as it is in a twin.
    pub(crate) fn erased_output(&self) -> Type {
        types::erase(&self.output)
    }

    /// `((__b, a), b)`: the parameters of a twin, as one value.
    pub(crate) fn twin_parameters(&self, builder: &Ident, names: &[impl ToTokens]) -> TokenStream {
        paired(self.span, quote!(#builder), names)
    }

    /// `((Builder, Expr<A>), Expr<B>)`: the type of that value.
    pub(crate) fn twin_types(&self) -> TokenStream {
        let types: Vec<TokenStream> = self.params.iter().map(Param::expr_type).collect();
        paired(self.span, quote!(::stepwright::__private::Builder), &types)
    }

    /// The names of the parameters.
    pub(crate) fn names(&self) -> Vec<&Ident> {
        self.params.iter().map(|param| &param.name).collect()
    }

    /// Variables for the arguments, which hide no function.
    pub(crate) fn variables(&self) -> Vec<Ident> {
        let numbered = |(index, param): (usize, &Param)| variable(&format!("__p{index}"), param.name.span());
        self.params.iter().enumerate().map(numbered).collect()
    }

    /// The same for the owned arguments, and the arguments from them.
    pub(crate) fn lent(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let variables = self.variables();
        let lent = self.params.iter().zip(&variables).map(|(param, variable)| param.lend(variable)).collect();
        (variables, lent)
    }

    /// An associated type with the owned types of the parameters.
    pub(crate) fn owned_types(&self, name: &str) -> TokenStream {
        let span = self.types_span();
        let (name, owned) = (Ident::new(name, span), self.params.iter().map(Param::owned_type));
        quote_spanned!(span=> type #name = (#(#owned,)*);)
    }

    /// The associated type with the types of the parameters in a twin.
    pub(crate) fn twin_types_item(&self) -> TokenStream {
        let types = self.twin_types();
        quote_spanned!(self.types_span()=> type Parameters = #types;)
    }

    /// Where it is said what is wrong with the type of a parameter. All these items share it: rustc says the same of each, and
    /// shows equal messages at equal places once.
    fn types_span(&self) -> Span {
        match self.params.as_slice() {
            [only] => only.ty.span(),
            _ => self.span,
        }
    }

    /// The associated type of the result.
    pub(crate) fn output_type(&self) -> TokenStream {
        let output = &self.output;
        quote_spanned!(output.span()=> type Output = #output;)
    }

    /// The names of the parameters as they are in JSON.
    pub(crate) fn name_texts(&self) -> Vec<String> {
        self.params.iter().map(|param| param.name.unraw().to_string()).collect()
    }
}

/// `((first, a), b)`: what `stage` takes. It is one value, so that closures among the operands are typed; and pairs, whose
/// parts rustc compares without a word about their number, as it has told that of the native call.
pub(crate) fn paired<T: ToTokens>(span: Span, first: TokenStream, others: &[T]) -> TokenStream {
    others.iter().fold(first, |before, operand| quote_spanned!(span=> (#before, #operand)))
}

impl Param {
    fn from_syn(param: &PatType, index: usize, role: Role, errors: &Errors) -> Self {
        let pattern = (*param.pat).clone();
        let name = match &pattern {
            Pat::Ident(PatIdent { ident, subpat: None, .. }) => ident.clone(),
            pattern => {
                if role != Role::Pure {
                    errors.report_about(pattern.span(), &diagnostic::PARAMETER_NAME, role);
                }
                variable(&format!("__p{index}"), pattern.span())
            }
        };
        check_type(&param.ty, role, errors);
        if role != Role::Pure {
            match &*param.ty {
                Type::Reference(reference) => check_owned(&reference.elem, role, errors),
                ty => check_owned(ty, role, errors),
            }
        }
        Param { name, pattern, ty: (*param.ty).clone() }
    }

    /// `Expr<T>`
    pub(crate) fn expr_type(&self) -> TokenStream {
        let ty = types::erase(&self.ty);
        quote_spanned!(self.ty.span()=> ::stepwright::__private::WorkflowValue<#ty>)
    }

    /// The type in which the argument is kept before the call.
    pub(crate) fn owned_type(&self) -> Type {
        types::owned(&self.ty)
    }

    /// The argument from a variable of the owned type: lent where the parameter is a reference.
    fn lend(&self, variable: &Ident) -> TokenStream {
        if self.is_borrowed() { quote!(&#variable) } else { quote!(#variable) }
    }

    /// Whether the function borrows the argument.
    pub(crate) fn is_borrowed(&self) -> bool {
        matches!(self.ty, Type::Reference(_))
    }
}

fn check_qualifiers(signature: &syn::Signature, role: Role, errors: &Errors) {
    match (role, &signature.asyncness) {
        (Role::Workflow | Role::Task, None) => {
            errors.report_about(signature.fn_token.span, &diagnostic::NOT_ASYNC, role)
        }
        (Role::Pure, Some(asyncness)) => errors.report(asyncness.span, &diagnostic::PURE_ASYNC),
        (Role::Workflow | Role::Task, Some(_)) | (Role::Pure, None) => {}
    }
    let constness = signature.constness.filter(|_| role != Role::Pure).map(|token| token.span);
    let safety = match &signature.safety {
        Safety::Safe(token) => Some(token.span()),
        Safety::Unsafe(token) => Some(token.span),
        Safety::Default => None,
    };
    let abi = signature.abi.as_ref().map(|abi| abi.extern_token.span);
    let variadic = signature.variadic.as_ref().map(|variadic| variadic.dots.span());
    for at in [constness, safety, abi, variadic].into_iter().flatten() {
        errors.report_about(at, &diagnostic::QUALIFIER, role);
    }
}

fn check_generics(signature: &syn::Signature, errors: &Errors) {
    for param in &signature.generics.params {
        match param {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(param) => errors.report(param.ident.span(), &diagnostic::GENERIC_WORKFLOW),
            GenericParam::Const(param) => errors.report(param.ident.span(), &diagnostic::GENERIC_WORKFLOW),
        }
    }
}

/// Methods are pure only, and take `self` by value or by reference.
fn check_receiver(receiver: &Receiver, role: Role, errors: &Errors) {
    match (&receiver.kind, role) {
        (_, Role::Workflow | Role::Task) => errors.report_about(receiver.self_token.span, &diagnostic::RECEIVER, role),
        (ReceiverKind::Reference(_, _, Some(mutability)), Role::Pure) => {
            errors.report(mutability.span, &diagnostic::MUTABLE_REFERENCE);
        }
        (ReceiverKind::Value | ReceiverKind::Reference(_, _, None), Role::Pure) => {}
        (_, Role::Pure) => errors.report(receiver.self_token.span, &diagnostic::TYPED_RECEIVER),
    }
}

fn check_type(ty: &Type, role: Role, errors: &Errors) {
    if let Some(at) = types::impl_trait(ty) {
        errors.report_about(at, &diagnostic::IMPL_TRAIT, role);
    }
    if let Some(at) = types::mutable_reference(ty) {
        errors.report(at, &diagnostic::MUTABLE_REFERENCE);
    }
}

fn check_owned(ty: &Type, role: Role, errors: &Errors) {
    let at: Option<Span> = types::reference(ty).filter(|_| types::mutable_reference(ty).is_none());
    if let Some(at) = at {
        errors.report_about(at, &diagnostic::BORROWED, role);
    }
}
