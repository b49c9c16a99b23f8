//! What of serde's attributes a workflow cannot follow.

use serde_derive_internals::{
    ast::{Container, Data, Variant},
    attr::TagType,
    name::MultiName,
};
use syn::spanned::Spanned as _;

use crate::{diagnostic, errors::Errors};

/// Reports it, at the attribute.
pub(super) fn check(container: &Container<'_>, errors: &Errors) {
    match &container.data {
        Data::Enum(variants) => {
            for variant in variants {
                check_variant(variant, errors);
            }
        }
        Data::Struct(..) => {
            if let TagType::Internal { .. } = container.attrs.tag() {
                errors.report(container.ident.span(), &diagnostic::TAGGED_STRUCT);
            }
        }
    }
    for field in container.data.all_fields() {
        check_name(field.attrs.name(), errors);
    }
}

fn check_variant(variant: &Variant<'_>, errors: &Errors) {
    check_name(variant.attrs.name(), errors);
    if variant.attrs.untagged() {
        errors.report(variant.ident.span(), &diagnostic::UNTAGGED_VARIANT);
    }
    let with = variant.attrs.serialize_with().or(variant.attrs.deserialize_with());
    if let Some(with) = with {
        errors.report(with.span(), &diagnostic::VARIANT_WITH);
    }
}

fn check_name(name: &MultiName, errors: &Errors) {
    let (written, read) = (name.serialize_name(), name.deserialize_name());
    if written != read {
        errors.report_about(read.span, &diagnostic::TWO_NAMES, &written.value);
    }
}
