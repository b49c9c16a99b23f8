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
    let walk = Walk::new(Position::caller());
    Expr::from_id(match T::shape() {
        Shape::Struct(StructShape { fields: Fields::Named(fields), .. }) => walk.written(&fields, value.id()),
        Shape::Map(values) => map::with_values(value.id(), Kind::SCALAR, |value| walk.write(&values(), value)),
        _ => walk.refuse("only a struct or a map becomes an item"),
    })
}

/// The struct or map that an item holds.
#[track_caller]
pub fn from_item<T: Shaped, A>(item: Expr<BTreeMap<String, A>>) -> Expr<T> {
    let walk = Walk::new(Position::caller());
    Expr::from_id(match T::shape() {
        Shape::Struct(StructShape { fields: Fields::Named(fields), .. }) => walk.read_fields(&fields, item.id()),
        Shape::Map(values) => map::with_values(item.id(), values().kind(), |value| walk.read(&values(), value)),
        _ => walk.refuse("only a struct or a map becomes of an item"),
    })
}

/// A way into a shape.
struct Walk {
    at: Position,
    /// The structs on the way, by their names and the keys of their fields.
    inside: Vec<(&'static str, Vec<&'static str>)>,
}

impl Walk {
    fn new(at: Position) -> Walk {
        Walk { at, inside: Vec::new() }
    }

    fn refuse(&self, message: &str) -> ExprId {
        recorder::report(Code::Unsupported, self.at, message);
        node::null()
    }

    /// The way into a struct; `None` if it is inside of itself.
    fn into(&self, shape: &StructShape) -> Option<Walk> {
        let entered = (shape.name, shape.fields.list().iter().map(|field| field.key).collect());
        let mut inside = self.inside.clone();
        (!inside.contains(&entered)).then(|| {
            inside.push(entered);
            Walk { at: self.at, inside }
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
                (Fields::Tuple(_), _) | (_, None) => self.refuse(NO_FIXED_FORM),
            },
            Shape::Enum(_) | Shape::Any | Shape::Opaque | Shape::Duration | Shape::Result(..) => {
                self.refuse(NO_FIXED_FORM)
            }
        }
    }

    /// The attribute values of fields. A key that serde leaves out is left out here.
    fn written(&self, fields: &[Field], value: ExprId) -> ExprId {
        let fields = fields.iter().filter(|field| !field.skip).map(|field| {
            if field.flatten {
                return self.refuse(NO_FIXED_FORM);
            }
            let read = shape::keyed(value, field);
            omitted::written_as(field, read, self.write(&(field.shape)(), read), self.at)
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
                (Fields::Tuple(_), _) | (_, None) => self.refuse(NO_FIXED_FORM),
            },
            Shape::Enum(_) | Shape::Any | Shape::Opaque | Shape::Duration | Shape::Result(..) => {
                self.refuse(NO_FIXED_FORM)
            }
        }
    }

    /// The fields of attribute values by name; an absent one has its default.
    fn read_fields(&self, fields: &[Field], values: ExprId) -> ExprId {
        let fields = fields.iter().filter(|field| !field.skip).map(|field| {
            if field.flatten {
                return self.refuse(NO_FIXED_FORM);
            }
            let value = self.read(&(field.shape)(), node::key(values, field.key, Kind::SCALAR));
            let value = match shape::absent(field) {
                Some(default) => node::if_(has(values, field.key), value, node::constant(default)),
                None => value,
            };
            omitted::written(field, value, self.at)
        });
        node::build(ir::Expr::Merge(fields.collect()))
    }
}

/// What is said of types for which a machine would have to look at each value.
const NO_FIXED_FORM: &str = "a workflow converts structs, lists, maps, options, texts, numbers and `bool`s for DynamoDB, and no type with other forms";

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
