//! Types in the forms that twins and signatures need.

use proc_macro2::Span;
use syn::{
    ExprPath, GenericArgument, Lifetime, PathArguments, ReturnType, Type, TypeParamBound, TypeReference,
    parse_quote_spanned,
    spanned::Spanned as _,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

/// The type of a value in a twin: references vanish, `str` is `String`, slices and arrays are `Vec`.
pub(crate) fn erase(ty: &Type) -> Type {
    rewrite(&with_static(ty), |ty| match ty {
        Type::Reference(reference) => Some((*reference.elem).clone()),
        Type::Paren(paren) => Some((*paren.elem).clone()),
        Type::Group(group) => Some((*group.elem).clone()),
        Type::Slice(slice) => Some(vec_of(&slice.elem)),
        Type::Array(array) => Some(vec_of(&array.elem)),
        Type::Path(path) if path.path.is_ident("str") => {
            Some(parse_quote_spanned!(path.span()=> ::std::string::String))
        }
        _ => None,
    })
}

/// A path whose generic arguments are erased.
pub(crate) fn erase_path(path: &ExprPath) -> ExprPath {
    struct Erase;
    impl VisitMut for Erase {
        fn visit_generic_argument_mut(&mut self, argument: &mut GenericArgument) {
            if let GenericArgument::Type(ty) = argument {
                *ty = erase(ty);
            }
        }
    }
    let mut path = path.clone();
    Erase.visit_expr_path_mut(&mut path);
    path
}

/// The type in which an argument is kept before it is lent to the function: one reference less.
pub(crate) fn owned(ty: &Type) -> Type {
    match ty {
        Type::Reference(TypeReference { elem, .. }) => match &**elem {
            Type::Path(path) if path.path.is_ident("str") => parse_quote_spanned!(path.span()=> ::std::string::String),
            Type::Slice(slice) => vec_of(&slice.elem),
            elem => with_static(elem),
        },
        ty => with_static(ty),
    }
}

/// The same type, with a lifetime that can be written anywhere.
pub(crate) fn with_static(ty: &Type) -> Type {
    struct Static;
    impl VisitMut for Static {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            reference.lifetime = Some(Lifetime::new("'static", reference.and_token.span));
            visit_mut::visit_type_reference_mut(self, reference);
        }

        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            *lifetime = Lifetime::new("'static", lifetime.span());
        }
    }
    let mut ty = ty.clone();
    Static.visit_type_mut(&mut ty);
    ty
}

/// The type, with `Self` spelt out.
pub(crate) fn without_self(ty: &Type, self_type: &Type) -> Type {
    rewrite(ty, |ty| match ty {
        Type::Path(path) if path.path.is_ident("Self") => Some(self_type.clone()),
        _ => None,
    })
}

/// The first `impl Trait` in a type.
pub(crate) fn impl_trait(ty: &Type) -> Option<Span> {
    find(ty, |ty| matches!(ty, Type::ImplTrait(_)))
}

/// The parameter and the result of `impl FnOnce(A) -> B`.
pub(crate) fn closure_of_one(ty: &Type) -> Option<(&Type, &Type)> {
    let Type::ImplTrait(closure) = ty else { return None };
    let Some(TypeParamBound::Trait(bound)) = closure.bounds.first().filter(|_| closure.bounds.len() == 1) else {
        return None;
    };
    let last = bound.path.segments.last().filter(|last| last.ident == "FnOnce")?;
    let PathArguments::Parenthesized(arguments) = &last.arguments else { return None };
    match (arguments.inputs.first(), &arguments.output) {
        (Some(input), ReturnType::Type(_, output)) if arguments.inputs.len() == 1 => Some((&input.ty, output)),
        _ => None,
    }
}

/// The first reference in a type.
pub(crate) fn reference(ty: &Type) -> Option<Span> {
    find(ty, |ty| matches!(ty, Type::Reference(_)))
}

/// The first `&mut` in a type.
pub(crate) fn mutable_reference(ty: &Type) -> Option<Span> {
    find(ty, |ty| matches!(ty, Type::Reference(TypeReference { mutability: Some(_), .. })))
}

/// The `T` of `Name<T>`, if the type is a path of that form.
pub(crate) fn only_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

fn vec_of(item: &Type) -> Type {
    parse_quote_spanned!(item.span()=> ::std::vec::Vec<#item>)
}

/// The type with each part replaced for which `replace` gives another, outermost first, until it gives none.
fn rewrite(ty: &Type, replace: impl Fn(&Type) -> Option<Type>) -> Type {
    struct Rewrite<F>(F);
    impl<F: Fn(&Type) -> Option<Type>> VisitMut for Rewrite<F> {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            while let Some(other) = (self.0)(ty) {
                *ty = other;
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    let mut ty = ty.clone();
    Rewrite(replace).visit_type_mut(&mut ty);
    ty
}

fn find(ty: &Type, wanted: impl Fn(&Type) -> bool) -> Option<Span> {
    struct Find<F> {
        wanted: F,
        found: Option<Span>,
    }
    impl<'ast, F: Fn(&Type) -> bool> Visit<'ast> for Find<F> {
        fn visit_type(&mut self, ty: &'ast Type) {
            if self.found.is_none() && (self.wanted)(ty) {
                self.found = Some(ty.span());
            }
            visit::visit_type(self, ty);
        }
    }
    let mut find = Find { wanted, found: None };
    find.visit_type(ty);
    find.found
}
