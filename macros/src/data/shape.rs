//! The shape of a type, as an expression.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use serde_derive_internals::{
    ast::{Container, Data, Field, Style, Variant},
    attr::{self, Default, TagType},
};
use syn::{ExprPath, Member, Type, ext::IdentExt as _, spanned::Spanned as _};

use crate::{
    attr::option,
    twin::{is_associated, without_generics},
    types,
};

/// The shape of a type that a workflow cannot look into.
pub(super) fn opaque() -> TokenStream {
    quote!(::stepwright::__private::Shape::Opaque)
}

/// The shape of a struct or enum. One that is read or written as another type is opaque.
pub(super) fn container(container: &Container<'_>) -> TokenStream {
    if is_converted(&container.attrs) {
        return opaque();
    }
    let name = container.ident.unraw().to_string();
    match &container.data {
        Data::Struct(style, list) => {
            let fields = struct_fields(container, *style, list);
            quote! {
                ::stepwright::__private::Shape::Struct(::stepwright::__private::StructShape { name: #name, fields: #fields })
            }
        }
        Data::Enum(variants) => {
            let (tagging, variants) =
                (tagging(container.attrs.tag()), variants.iter().map(|variant| self::variant(variant)));
            quote! {
                ::stepwright::__private::Shape::Enum(::stepwright::__private::EnumShape {
                    name: #name,
                    tagging: ::stepwright::__private::Tagging::#tagging,
                    variants: ::std::vec![#(#variants),*],
                })
            }
        }
    }
}

/// Whether serde reads or writes a type as another.
pub(super) fn is_converted(attributes: &attr::Container) -> bool {
    attributes.type_from().is_some() || attributes.type_try_from().is_some() || attributes.type_into().is_some()
}

fn struct_fields(container: &Container<'_>, style: Style, list: &[Field<'_>]) -> TokenStream {
    let default = |field: &Field<'_>| default_in_struct(container.attrs.default(), field);
    match list.iter().find(|field| field.attrs.transparent()) {
        Some(inner) if container.attrs.transparent() => fields(Style::Newtype, std::slice::from_ref(inner), &default),
        _ => fields(style, list, &default),
    }
}

fn variant(variant: &Variant<'_>) -> TokenStream {
    let ident = variant.ident.unraw().to_string();
    let name = &variant.attrs.name().serialize_name().value;
    let aliases = variant.attrs.aliases().iter().map(|alias| &alias.value).filter(|alias| *alias != name);
    let (other, fields) = (variant.attrs.other(), fields(variant.style, &variant.fields, &|_| None));
    quote! {
        ::stepwright::__private::Variant {
            ident: #ident,
            name: #name,
            aliases: &[#(#aliases),*],
            other: #other,
            fields: #fields,
        }
    }
}

/// The fields of a struct or variant; `default` is what the struct gives a field that is absent.
fn fields(style: Style, list: &[Field<'_>], default: &dyn Fn(&Field<'_>) -> Option<TokenStream>) -> TokenStream {
    let mut list = list.iter().map(|item| field(item, default(item)));
    let fields = match style {
        Style::Unit => quote!(Unit),
        Style::Newtype => {
            let only = list.next();
            quote!(Newtype(#only))
        }
        Style::Tuple => quote!(Tuple(::std::vec![#(#list),*])),
        Style::Struct => quote!(Named(::std::vec![#(#list),*])),
    };
    quote!(::stepwright::__private::Fields::#fields)
}

fn field(field: &Field<'_>, default: Option<TokenStream>) -> TokenStream {
    let attributes = &field.attrs;
    let (ident, key) = match &field.member {
        Member::Named(name) => (name.unraw().to_string(), attributes.name().serialize_name().value.clone()),
        Member::Unnamed(index) => (index.index.to_string(), String::new()),
    };
    let aliases = attributes.aliases().iter().map(|alias| &alias.value).filter(|alias| **alias != key);
    let skip = attributes.skip_serializing() || attributes.skip_deserializing();
    let flatten = attributes.flatten();
    let skip_if = option(attributes.skip_serializing_if().map(|predicate| skip_if(predicate, field.ty)));
    let default = option(default_of(attributes.default(), field).or(default).filter(|_| !skip));
    let shape = field_shape(field, skip);
    quote! {
        ::stepwright::__private::Field {
            ident: #ident,
            key: #key,
            aliases: &[#(#aliases),*],
            shape: #shape,
            flatten: #flatten,
            skip: #skip,
            default: #default,
            skip_if: #skip_if,
        }
    }
}

/// The shape of a field's type, where the type has one: that is for rustc to say.
fn field_shape(field: &Field<'_>, skip: bool) -> TokenStream {
    let (attributes, ty) = (&field.attrs, field.ty);
    if skip || attributes.serialize_with().is_some() || attributes.deserialize_with().is_some() {
        let opaque = opaque();
        return quote!(|| #opaque);
    }
    quote_spanned!(ty.span()=> ::stepwright::__private::ShapeOf::<#ty>::new().shape())
}

/// `#[serde(skip_serializing_if = "path")]`: a method, or a function that is staged if it is pure.
fn skip_if(predicate: &ExprPath, ty: &Type) -> TokenStream {
    if is_associated(predicate) {
        let method = predicate.path.segments.last().map(|segment| segment.ident.unraw().to_string());
        return quote!(::stepwright::__private::SkipIf::Method(#method));
    }
    let (path, generics) = without_generics(predicate);
    let ty = types::erase(ty);
    quote_spanned! {predicate.span()=>
        ::stepwright::__private::SkipIf::Function(|__value| {
            use ::stepwright::__private::predicate::*;
            use #path as __c;
            condition(|| __c #generics::stage((
                ::stepwright::__private::Builder,
                ::stepwright::__private::WorkflowValue::<#ty>::from_id(__value),
            )))
        })
    }
}

/// `#[serde(default)]`, `#[serde(default = "path")]` on a field.
fn default_of(default: &Default, field: &Field<'_>) -> Option<TokenStream> {
    let ty = field.ty;
    match default {
        Default::None => None,
        Default::Default => Some(value(&quote_spanned!(ty.span()=> <#ty as ::core::default::Default>::default()))),
        Default::Path(path) => Some(value(&quote!(#path()))),
    }
}

/// The same on the struct.
fn default_in_struct(default: &Default, field: &Field<'_>) -> Option<TokenStream> {
    let member = &field.member;
    match default {
        Default::None => None,
        Default::Default => Some(value(&quote!(<Self as ::core::default::Default>::default().#member))),
        Default::Path(path) => Some(value(&quote!(#path().#member))),
    }
}

fn value(expr: &TokenStream) -> TokenStream {
    quote!(|| ::stepwright::__private::to_value(&#expr))
}

fn tagging(tag: &TagType) -> TokenStream {
    match tag {
        TagType::External => quote!(External),
        TagType::Internal { tag } => quote!(Internal { tag: #tag }),
        TagType::Adjacent { tag, content } => quote!(Adjacent { tag: #tag, content: #content }),
        TagType::None => quote!(Untagged),
    }
}
