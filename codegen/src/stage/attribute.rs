//! Values as DynamoDB has them: JSON in which each value is an object that names its type, `{"S": "text"}`, `{"N": "7"}`.
//!
//! What to write is known from the shape of the Rust type, so a machine has no more of it than the type needs. Natively the same is done
//! by the type of each JSON value.

use std::collections::BTreeMap;

use super::{Expr, list, map, node, omitted, recorder, shape};
use crate::{
    data::{EnumShape, Field, Fields, Shape, Shaped, StructShape, Tagging},
    diagnostic::Code,
    ir::{self, ExprId, Kind},
    position::Position,
};

/// A struct or a map as an item: the attribute values by name.
#[track_caller]
pub fn item<T: Shaped, A>(value: Expr<T>) -> Expr<BTreeMap<String, A>> {
    let shape = T::shape();
    let walk = Walk::of(&shape, Position::caller());
    Expr::from_id(match &shape {
        Shape::Struct(StructShape { fields: Fields::Named(fields), .. }) => walk.written(fields, value.id()),
        Shape::Map(values) => map::with_values(value.id(), Kind::SCALAR, |value| walk.write(&values(), value)),
        other => walk.report(format!("only a struct or a map becomes an item, and this is {}", described(other))),
    })
}

/// The struct or map that an item holds.
#[track_caller]
pub fn from_item<T: Shaped, A>(item: Expr<BTreeMap<String, A>>) -> Expr<T> {
    let shape = T::shape();
    let walk = Walk::of(&shape, Position::caller());
    Expr::from_id(match &shape {
        Shape::Struct(StructShape { fields: Fields::Named(fields), .. }) => walk.read_fields(fields, item.id()),
        Shape::Map(values) => map::with_values(item.id(), values().kind(), |value| walk.read(&values(), value)),
        other => walk.report(format!("only a struct or a map becomes of an item, and this is {}", described(other))),
    })
}

/// A way into a shape.
struct Walk {
    at: Position,
    /// The structs on the way, by their names and the keys of their fields.
    inside: Vec<(&'static str, Vec<&'static str>)>,
    /// Where it has come to, as the user would write it: `Order.lines.price`.
    place: String,
}

impl Walk {
    fn of(shape: &Shape, at: Position) -> Walk {
        let place = match shape {
            Shape::Struct(shape) => shape.name,
            _ => "the map",
        };
        Walk { at, inside: Vec::new(), place: place.to_owned() }
    }

    fn report(&self, message: impl Into<String>) -> ExprId {
        recorder::report(Code::Unsupported, self.at, message);
        node::null()
    }

    /// Refuses what a machine would have to look at value by value.
    fn refuse(&self, what: &str) -> ExprId {
        self.report(format!(
            "a workflow cannot convert `{}` for DynamoDB: it is {what}, and not one of structs, lists, maps, options, texts, \
             numbers, `bool`s and enums without fields",
            self.place
        ))
    }

    /// The way on to a field.
    fn to_field(&self, field: &Field) -> Walk {
        Walk { at: self.at, inside: self.inside.clone(), place: format!("{}.{}", self.place, field.ident) }
    }

    /// The way into a struct; `None` if it is inside of itself.
    fn into(&self, shape: &StructShape) -> Option<Walk> {
        let entered = (shape.name, shape.fields.list().iter().map(|field| field.key).collect());
        let mut inside = self.inside.clone();
        (!inside.contains(&entered)).then(|| {
            inside.push(entered);
            Walk { at: self.at, inside, place: self.place.clone() }
        })
    }

    /// The attribute value of a value.
    fn write(&self, shape: &Shape, value: ExprId) -> ExprId {
        match shape {
            Shape::Unit => tagged("NULL", node::constant(true)),
            Shape::Bool => tagged("BOOL", value),
            Shape::Integer { .. } | Shape::Float => tagged("N", node::call("string", &[value])),
            Shape::Char | Shape::Text | Shape::Time => tagged("S", value),
            Shape::Enum(shape) if is_text(shape) => tagged("S", value),
            Shape::Option(inner) => {
                let some = self.write(&inner(), value);
                node::if_(node::is_some(value), some, tagged("NULL", node::constant(true)))
            }
            Shape::List(items) => {
                let items = items();
                tagged("L", list::map(value, items.kind(), |item, _| self.write(&items, item)))
            }
            Shape::Tuple(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let item = item();
                    self.write(&item, list::part(value, index, item.kind()))
                });
                tagged("L", node::build(ir::Expr::Array(items.collect())))
            }
            Shape::Map(values) => {
                let values = values();
                tagged("M", map::with_values(value, values.kind(), |value| self.write(&values, value)))
            }
            Shape::Struct(inner) => match (&inner.fields, self.into(inner)) {
                (Fields::Unit, _) => tagged("NULL", node::constant(true)),
                (Fields::Newtype(field), Some(walk)) => walk.write(&(field.shape)(), value),
                (Fields::Named(fields), Some(walk)) => tagged("M", walk.written(fields, value)),
                (Fields::Tuple(_), _) => self.refuse(&format!("{}, with fields by position", described(shape))),
                (_, None) => self.refuse(&format!("{} inside of itself", described(shape))),
            },
            Shape::Enum(_) | Shape::Any | Shape::Opaque | Shape::Duration | Shape::Result(..) => {
                self.refuse(&described(shape))
            }
        }
    }

    /// The attribute values of fields. A key that serde leaves out is left out here.
    fn written(&self, fields: &[Field], value: ExprId) -> ExprId {
        let fields = fields.iter().filter(|field| !field.skip).map(|field| {
            let walk = self.to_field(field);
            if field.flatten {
                return walk.refuse("flattened");
            }
            let read = shape::keyed(value, field);
            omitted::written_as(field, read, walk.write(&(field.shape)(), read), self.at)
        });
        node::build(ir::Expr::Merge(fields.collect()))
    }

    /// The value of an attribute value.
    fn read(&self, shape: &Shape, value: ExprId) -> ExprId {
        let content = |tag: &str, kind| node::key(value, tag, kind);
        match shape {
            Shape::Unit => node::null(),
            Shape::Bool => content("BOOL", Kind::SCALAR),
            Shape::Integer { .. } | Shape::Float => node::call("number", &[content("N", Kind::SCALAR)]),
            Shape::Char | Shape::Text | Shape::Time => content("S", Kind::SCALAR),
            Shape::Enum(shape) if is_text(shape) => content("S", Kind::SCALAR),
            Shape::Option(inner) => node::if_(has(value, "NULL"), node::null(), self.read(&inner(), value)),
            Shape::List(items) => {
                list::map(content("L", Kind::LIST), Kind::SCALAR, |item, _| self.read(&items(), item))
            }
            Shape::Tuple(items) => {
                let list = content("L", Kind::LIST);
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| self.read(&item(), list::part(list, index, Kind::SCALAR)));
                node::build(ir::Expr::Array(items.collect()))
            }
            Shape::Map(values) => {
                map::with_values(content("M", Kind::SCALAR), Kind::SCALAR, |value| self.read(&values(), value))
            }
            Shape::Struct(inner) => match (&inner.fields, self.into(inner)) {
                (Fields::Unit, _) => node::null(),
                (Fields::Newtype(field), Some(walk)) => walk.read(&(field.shape)(), value),
                (Fields::Named(fields), Some(walk)) => walk.read_fields(fields, content("M", Kind::SCALAR)),
                (Fields::Tuple(_), _) => self.refuse(&format!("{}, with fields by position", described(shape))),
                (_, None) => self.refuse(&format!("{} inside of itself", described(shape))),
            },
            Shape::Enum(_) | Shape::Any | Shape::Opaque | Shape::Duration | Shape::Result(..) => {
                self.refuse(&described(shape))
            }
        }
    }

    /// The fields of attribute values by name; an absent one has its default.
    fn read_fields(&self, fields: &[Field], values: ExprId) -> ExprId {
        let fields = fields.iter().filter(|field| !field.skip).map(|field| {
            let walk = self.to_field(field);
            if field.flatten {
                return walk.refuse("flattened");
            }
            let value = walk.read(&(field.shape)(), node::key(values, field.key, Kind::SCALAR));
            let value = match shape::absent(field) {
                Some(default) => node::if_(has(values, field.key), value, node::constant(default)),
                None => value,
            };
            omitted::written(field, value, self.at)
        });
        node::build(ir::Expr::Merge(fields.collect()))
    }
}

/// What a value is, for a message.
fn described(shape: &Shape) -> String {
    let what = match shape {
        Shape::Unit => "`()`",
        Shape::Bool => "a `bool`",
        Shape::Integer { .. } | Shape::Float => "a number",
        Shape::Char | Shape::Text => "a text",
        Shape::Time => "a time",
        Shape::Duration => "a `Duration`",
        Shape::Any => "a `Value`, which may be anything",
        Shape::Opaque => "of a type that a workflow cannot look into",
        Shape::Option(_) => "an `Option`",
        Shape::List(_) => "a list",
        Shape::Map(_) => "a map",
        Shape::Tuple(_) => "a tuple",
        Shape::Result(..) => "a `Result`",
        Shape::Struct(shape) => return format!("the struct `{}`", shape.name),
        Shape::Enum(shape) => return format!("the enum `{}`", shape.name),
    };
    what.to_owned()
}

/// Whether an enum is written as a text.
fn is_text(shape: &EnumShape) -> bool {
    shape.tagging == Tagging::External
        && shape.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit) && !variant.other)
}

fn tagged(tag: &str, content: ExprId) -> ExprId {
    node::build(ir::Expr::Object(vec![(tag.to_owned(), content)]))
}

fn has(base: ExprId, key: &str) -> ExprId {
    node::build(ir::Expr::Has { base, key: key.to_owned() })
}
