//! Reading and making the JSON of structs and enums.

use serde_json::Value;

use super::{node, omitted, place, recorder};
use crate::{
    data::{EnumShape, Field, Fields, Shape, StructShape, Tagging, Variant},
    diagnostic::Code,
    ir::{Binary, Expr, ExprId, Kind},
    position::Position,
};

/// `base.name`, where `name` is a field's Rust name or a tuple's index.
pub(crate) fn read(shape: &Shape, base: ExprId, name: &str, at: Position) -> ExprId {
    match shape {
        Shape::Tuple(items) => match name.parse::<usize>().ok().and_then(|index| Some((index, items.get(index)?))) {
            Some((index, item)) => element(base, index, item().kind()),
            None => unknown(name, at),
        },
        Shape::Struct(shape) => read_field(&shape.fields, base, name, at),
        _ => unknown(name, at),
    }
}

/// A field of a struct or of a variant whose content is `base`.
pub(crate) fn read_field(fields: &Fields, base: ExprId, name: &str, at: Position) -> ExprId {
    let found = fields.list().iter().enumerate().find(|(_, field)| field.ident == name);
    match (fields, found) {
        (_, None) | (Fields::Unit, _) => unknown(name, at),
        (_, Some((_, field))) if field.skip => match field.default {
            Some(default) => node::constant(default()),
            None => unknown(name, at),
        },
        (Fields::Newtype(_), Some(_)) => base,
        (Fields::Tuple(_), Some((index, field))) => element(base, index, (field.shape)().kind()),
        (Fields::Named(_), Some((_, field))) if field.flatten => node::flattened(base),
        (Fields::Named(_), Some((_, field))) => keyed(base, field),
    }
}

pub(super) fn keyed(base: ExprId, field: &Field) -> ExprId {
    let (default, kind) = (absent(field), (field.shape)().kind());
    let read = node::build(Expr::Field { base, keys: keys(field), default, kind });
    if field.skip_if.is_some() {
        recorder::with(|recorder| recorder.skipped.insert(read, field.clone()));
    }
    read
}

/// The keys under which a field is read.
pub(super) fn keys(field: &Field) -> Vec<String> {
    std::iter::once(field.key).chain(field.aliases.iter().copied()).map(str::to_owned).collect()
}

/// What an absent key means, where it may be absent.
pub(super) fn absent(field: &Field) -> Option<Value> {
    let nothing = || matches!((field.shape)(), Shape::Option(_) | Shape::Unit).then_some(Value::Null);
    field.default.map(|default| default()).or_else(|| omitted::omitted(field)).or_else(nothing)
}

fn element(list: ExprId, index: usize, kind: Kind) -> ExprId {
    let index = node::constant(index);
    node::item(list, index, kind)
}

fn unknown(name: &str, at: Position) -> ExprId {
    recorder::report(
        Code::UnknownField,
        at,
        format!("serde does not tell where `{name}` lies in the JSON of this type"),
    );
    node::null()
}

/// `Name { field: value, ..base }`, `Name(value)`: the fields by Rust name.
pub(crate) fn make(shape: &Shape, name: &str, values: &[(&str, ExprId)], base: Option<ExprId>, at: Position) -> ExprId {
    match shape {
        Shape::Struct(shape) => make_fields(&shape.fields, values, base, at),
        Shape::Enum(shape) => match shape.variant(name) {
            Some(variant) => make_content(shape, variant, make_fields(&variant.fields, values, None, at)),
            None => renamed(name, shape.name, at),
        },
        Shape::Option(_) => values.first().map_or_else(node::null, |(_, value)| *value),
        Shape::Result(..) => {
            let value = values.first().map_or_else(node::null, |(_, value)| *value);
            node::build(Expr::Object(vec![(name.to_owned(), value)]))
        }
        _ => unknown(name, at),
    }
}

fn renamed(name: &str, of: &str, at: Position) -> ExprId {
    let message =
        format!("`{name}` is not a variant of `{of}` by that name: a workflow cannot follow a renamed variant");
    recorder::report(Code::RenamedVariant, at, message);
    node::null()
}

/// `Name(value, …)`: the fields by position.
pub(crate) fn wrap(shape: &Shape, name: &str, values: &[ExprId], at: Position) -> ExprId {
    let named: Vec<(String, ExprId)> =
        values.iter().enumerate().map(|(index, value)| (index.to_string(), *value)).collect();
    let named: Vec<(&str, ExprId)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    make(shape, name, &named, None, at)
}

fn make_fields(fields: &Fields, values: &[(&str, ExprId)], base: Option<ExprId>, at: Position) -> ExprId {
    match fields {
        Fields::Unit => node::null(),
        Fields::Newtype(_) => values.first().map_or_else(node::null, |(_, value)| *value),
        Fields::Tuple(_) => node::build(Expr::Array(values.iter().map(|(_, value)| *value).collect())),
        Fields::Named(fields) => make_named(fields, values, base, at),
    }
}

/// Later keys win, so what the base has of keys that may be left out goes first.
fn make_named(fields: &[Field], values: &[(&str, ExprId)], base: Option<ExprId>, at: Position) -> ExprId {
    let given = |field: &Field| values.iter().find(|(name, _)| *name == field.ident).map(|(_, value)| *value);
    let (mut flattened, mut own, mut replaced) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let Some(value) = given(field) else { continue };
        replaced.extend_from_slice(field.aliases);
        if field.skip {
            continue;
        }
        let part = omitted::written(field, value, at);
        if field.flatten {
            flattened.push(part);
            continue;
        }
        if part != omitted::pair(field, value) {
            replaced.push(field.key);
        }
        own.push(part);
    }
    let base = base.map_or_else(omitted::nothing, |base| place::without(base, &replaced));
    node::build(Expr::Merge([base].into_iter().chain(flattened).chain(own).collect()))
}

/// A variant with this content.
pub(crate) fn make_content(shape: &EnumShape, variant: &Variant, content: ExprId) -> ExprId {
    let unit = matches!(variant.fields, Fields::Unit);
    let name = node::constant(variant.name);
    match shape.tagging {
        Tagging::External if unit => name,
        Tagging::External => node::build(Expr::Object(vec![(variant.name.to_owned(), content)])),
        Tagging::Internal { tag } if unit => node::build(Expr::Object(vec![(tag.to_owned(), name)])),
        Tagging::Internal { tag } => {
            let tag = node::build(Expr::Object(vec![(tag.to_owned(), name)]));
            node::build(Expr::Merge(vec![tag, content]))
        }
        Tagging::Adjacent { tag, .. } if unit => node::build(Expr::Object(vec![(tag.to_owned(), name)])),
        Tagging::Adjacent { tag, content: key } => {
            node::build(Expr::Object(vec![(tag.to_owned(), name), (key.to_owned(), content)]))
        }
        Tagging::Untagged => content,
    }
}

/// Whether `subject` is this variant.
pub(crate) fn is_variant(shape: &EnumShape, variant: &Variant, subject: ExprId) -> ExprId {
    let unit = matches!(variant.fields, Fields::Unit);
    match shape.tagging {
        Tagging::Untagged => is_untagged(shape, variant, subject),
        _ if variant.other => {
            let others = shape.variants.iter().filter(|other| other.ident != variant.ident);
            let known = node::any(others.map(|other| is_variant(shape, other, subject)));
            node::not(known)
        }
        Tagging::External if unit => named(subject, variant),
        Tagging::External => {
            node::any(names(variant).map(|key| node::build(Expr::Has { base: subject, key: key.to_owned() })))
        }
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
            named(node::key(subject, tag, Kind::SCALAR), variant)
        }
    }
}

fn names(variant: &Variant) -> impl Iterator<Item = &'static str> {
    std::iter::once(variant.name).chain(variant.aliases.iter().copied())
}

fn named(text: ExprId, variant: &Variant) -> ExprId {
    node::any(names(variant).map(|name| {
        let name = node::constant(name);
        node::binary(Binary::Eq, text, name)
    }))
}

/// What a variant holds, once it is known that `subject` is it.
pub(crate) fn content(shape: &EnumShape, variant: &Variant, subject: ExprId) -> ExprId {
    content_of_kind(shape, variant, subject, variant.fields.kind())
}

/// The same, of which no more is known than this.
pub(super) fn content_of_kind(shape: &EnumShape, variant: &Variant, subject: ExprId, kind: Kind) -> ExprId {
    match shape.tagging {
        Tagging::External => {
            let keys = names(variant).map(str::to_owned).collect();
            node::build(Expr::Field { base: subject, keys, default: None, kind })
        }
        Tagging::Adjacent { content, .. } => node::key(subject, content, kind),
        Tagging::Internal { .. } | Tagging::Untagged => subject,
    }
}

/// serde tries the variants in order: the first whose form fits.
fn is_untagged(shape: &EnumShape, variant: &Variant, subject: ExprId) -> ExprId {
    let earlier = shape.variants.iter().take_while(|other| other.ident != variant.ident);
    let not_earlier: Vec<ExprId> = earlier.map(|other| node::not(fits_fields(&other.fields, subject))).collect();
    node::all(not_earlier.into_iter().chain([fits_fields(&variant.fields, subject)]))
}

fn fits_fields(fields: &Fields, subject: ExprId) -> ExprId {
    match fields {
        Fields::Unit => is_type(subject, "null"),
        Fields::Newtype(field) => fits(&(field.shape)(), subject),
        Fields::Tuple(fields) => fits_items(&fields.iter().map(|field| field.shape).collect::<Vec<_>>(), subject),
        Fields::Named(fields) => {
            let object = is_type(subject, "object");
            let required = fields.iter().filter(|field| !field.flatten && !field.skip);
            node::all(std::iter::once(object).chain(required.map(|field| fits_key(field, subject)).collect::<Vec<_>>()))
        }
    }
}

fn fits_key(field: &Field, subject: ExprId) -> ExprId {
    let shape = (field.shape)();
    let has = node::build(Expr::Has { base: subject, key: field.key.to_owned() });
    let fit = fits(&shape, node::key(subject, field.key, shape.kind()));
    if absent(field).is_some() {
        let absent = node::not(has);
        node::binary(Binary::Or, absent, fit)
    } else {
        node::binary(Binary::And, has, fit)
    }
}

fn fits_items(items: &[fn() -> Shape], subject: ExprId) -> ExprId {
    let list = is_type(subject, "array");
    let count = node::count(subject);
    let wanted = node::constant(items.len());
    let length = node::binary(Binary::Eq, count, wanted);
    let each = items.iter().enumerate().map(|(index, item)| {
        let shape = item();
        let value = element(subject, index, shape.kind());
        fits(&shape, value)
    });
    node::all([list, length].into_iter().chain(each.collect::<Vec<_>>()))
}

/// Whether a JSON value can be read as this shape.
fn fits(shape: &Shape, subject: ExprId) -> ExprId {
    match shape {
        Shape::Unit => is_type(subject, "null"),
        Shape::Bool => is_type(subject, "boolean"),
        Shape::Integer { signed, .. } => fits_integer(*signed, subject),
        Shape::Float => is_type(subject, "number"),
        Shape::Char | Shape::Text | Shape::Time => is_type(subject, "string"),
        Shape::Map(_) | Shape::Duration | Shape::Result(..) => is_type(subject, "object"),
        Shape::Any | Shape::Opaque => node::constant(true),
        Shape::Option(inner) => node::any([is_type(subject, "null"), fits(&inner(), subject)]),
        Shape::List(_) => is_type(subject, "array"),
        Shape::Tuple(items) => fits_items(items, subject),
        Shape::Struct(StructShape { fields, .. }) => fits_fields(fields, subject),
        Shape::Enum(shape) => {
            node::any(shape.variants.iter().map(|variant| is_variant(shape, variant, subject)).collect::<Vec<_>>())
        }
    }
}

fn fits_integer(signed: bool, subject: ExprId) -> ExprId {
    let number = is_type(subject, "number");
    let floor = node::call("floor", &[subject]);
    let whole = node::binary(Binary::Eq, floor, subject);
    if signed {
        return node::all([number, whole]);
    }
    let zero = node::constant(0);
    let positive = node::binary(Binary::Ge, subject, zero);
    node::all([number, whole, positive])
}

fn is_type(subject: ExprId, name: &str) -> ExprId {
    let actual = node::call("type", &[subject]);
    let name = node::constant(name);
    node::binary(Binary::Eq, actual, name)
}
