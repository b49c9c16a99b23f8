//! Typed errors in the machine: from an error output to a value, and from a value to an error name and a cause.

use serde_json::Value;

use super::build::Builder;
use crate::{
    data::{EnumShape, Fields, Shape, Tagging, Variant},
    error::ErrorVariant,
    ir::{Binary, ErrorTable, Expr, ExprId, Function, Kind},
};

/// An error name and a cause, as something else reports them.
#[derive(Clone, Copy)]
pub(super) struct Report {
    pub(super) error: ExprId,
    pub(super) cause: ExprId,
    /// Whether the cause is for sure a Lambda function's report.
    pub(super) is_lambda: bool,
}

impl Builder<'_> {
    /// What a catcher caught.
    pub(super) fn error_output(&mut self, is_lambda: bool) -> Report {
        let output = self.arena.push(Expr::ErrorOutput);
        Report { error: self.key(output, "Error"), cause: self.key(output, "Cause"), is_lambda }
    }

    /// The error that this variant is of a report, as serde writes it.
    pub(super) fn reported(&mut self, table: ErrorTable, variant: &ErrorVariant, report: Report) -> ExprId {
        let shape = (table.shape)();
        if variant.is_foreign() {
            return self.foreign(&shape, variant, report);
        }
        let value = self.opened(report);
        match &shape {
            Shape::Enum(shape) => match shape.variants.iter().find(|found| found.ident == variant.ident) {
                Some(found) => self.known(shape, found, value),
                None => value,
            },
            _ => value,
        }
    }

    /// The value in the cause. A Lambda function reports it as the text of `errorMessage`; a machine of ours as the cause.
    fn opened(&mut self, report: Report) -> ExprId {
        let value = self.call("parse", Kind::Any, &[report.cause]);
        let message = self.key(value, "errorMessage");
        let opened = self.call("parse", Kind::Any, &[message]);
        if report.is_lambda {
            return opened;
        }
        let is_report = self.arena.build(Expr::Has { base: value, key: "errorMessage".to_owned() });
        self.arena.if_(is_report, opened, value)
    }

    /// A value of which the variant is known.
    fn known(&mut self, shape: &EnumShape, variant: &Variant, value: ExprId) -> ExprId {
        let unit = matches!(variant.fields, Fields::Unit);
        let name = self.arena.constant(variant.name);
        let form = match shape.tagging {
            Tagging::External if unit => name,
            Tagging::External => {
                let content = self.key(value, variant.name);
                self.arena.build(Expr::Object(vec![(variant.name.to_owned(), content)]))
            }
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                let tag = self.arena.build(Expr::Object(vec![(tag.to_owned(), name)]));
                if unit { tag } else { self.arena.build(Expr::Merge(vec![value, tag])) }
            }
            Tagging::Untagged => return value,
        };
        self.arena.push(Expr::Known { value, form })
    }

    /// An error of others: its fields take the cause, or the name and the cause.
    fn foreign(&mut self, shape: &Shape, variant: &ErrorVariant, Report { error, cause, .. }: Report) -> ExprId {
        let texts = if variant.other { vec![error, cause] } else { vec![cause] };
        let texts: Vec<(String, ExprId)> =
            texts.into_iter().enumerate().map(|(index, text)| (index.to_string(), text)).collect();
        match shape {
            Shape::Enum(shape) => match shape.variants.iter().find(|found| found.ident == variant.ident) {
                Some(found) => {
                    let content = self.content(&found.fields, &texts);
                    self.variant(shape, found, content)
                }
                None => cause,
            },
            Shape::Struct(shape) => self.content(&shape.fields, &texts),
            _ => cause,
        }
    }

    fn content(&mut self, fields: &Fields, texts: &[(String, ExprId)]) -> ExprId {
        let values = texts.iter().map(|(_, text)| *text);
        match fields {
            Fields::Unit => self.arena.constant(Value::Null),
            Fields::Newtype(_) => values.into_iter().next().unwrap_or_else(|| self.arena.constant(Value::Null)),
            Fields::Tuple(list) => {
                let items = values.take(list.len()).collect();
                self.arena.build(Expr::Array(items))
            }
            Fields::Named(list) => {
                let fields = list.iter().map(|field| field.key.to_owned()).zip(values).collect();
                self.arena.build(Expr::Object(fields))
            }
        }
    }

    fn variant(&mut self, shape: &EnumShape, variant: &Variant, content: ExprId) -> ExprId {
        let unit = matches!(variant.fields, Fields::Unit);
        let name = self.arena.constant(variant.name);
        match shape.tagging {
            Tagging::External if unit => name,
            Tagging::External => self.arena.build(Expr::Object(vec![(variant.name.to_owned(), content)])),
            Tagging::Adjacent { tag, content: key } if !unit => {
                self.arena.build(Expr::Object(vec![(tag.to_owned(), name), (key.to_owned(), content)]))
            }
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                let tag = self.arena.build(Expr::Object(vec![(tag.to_owned(), name)]));
                if unit { tag } else { self.arena.build(Expr::Merge(vec![tag, content])) }
            }
            Tagging::Untagged => content,
        }
    }

    /// The error name and the cause of a value.
    pub(super) fn failure(&mut self, table: ErrorTable, value: ExprId) -> (ExprId, ExprId) {
        let shape = (table.shape)();
        let mut variants = table.variants.iter().rev();
        let Some(last) = variants.next() else {
            return (self.arena.constant("Error"), self.call("string", Kind::Scalar, &[value]));
        };
        let last = self.failure_of(&shape, last, value);
        variants.fold(last, |(error, cause), variant| {
            let (this_error, this_cause) = self.failure_of(&shape, variant, value);
            let is = self.is_variant(&shape, variant, value);
            (self.arena.if_(is, this_error, error), self.arena.if_(is, this_cause, cause))
        })
    }

    fn failure_of(&mut self, shape: &Shape, variant: &ErrorVariant, value: ExprId) -> (ExprId, ExprId) {
        if !variant.is_foreign() {
            return (self.arena.constant(variant.name), self.json_text(shape, variant, value));
        }
        let (fields, content) = match shape {
            Shape::Enum(shape) => match shape.variants.iter().find(|found| found.ident == variant.ident) {
                Some(found) => (found.fields.clone(), self.content_of(shape, found, value)),
                None => (Fields::Unit, value),
            },
            Shape::Struct(shape) => (shape.fields.clone(), value),
            _ => (Fields::Unit, value),
        };
        let text = |builder: &mut Self, index: usize| match &fields {
            Fields::Newtype(_) if index == 0 => Some(content),
            Fields::Tuple(list) if index < list.len() => Some(builder.item(content, index)),
            Fields::Named(list) => list.get(index).map(|field| builder.key(content, field.key)),
            Fields::Unit | Fields::Newtype(_) | Fields::Tuple(_) => None,
        };
        let error = if variant.other { text(self, 0) } else { None };
        // Of a variant for all other names that keeps none, its own is left.
        let own = if variant.other { variant.ident } else { variant.name };
        let error = error.unwrap_or_else(|| self.arena.constant(own));
        let cause = match text(self, usize::from(variant.other)) {
            Some(cause) => self.or_empty(cause),
            None => {
                let empty = self.arena.constant("");
                self.arena.push(Expr::Known { value: empty, form: empty })
            }
        };
        (error, cause)
    }

    /// An absent cause is an empty text.
    fn or_empty(&mut self, cause: ExprId) -> ExprId {
        let (null, empty) = (self.arena.constant(Value::Null), self.arena.constant(""));
        let some = self.arena.binary(Binary::Ne, cause, null);
        self.arena.if_(some, cause, empty)
    }

    fn content_of(&mut self, shape: &EnumShape, variant: &Variant, value: ExprId) -> ExprId {
        match shape.tagging {
            Tagging::External => self.key(value, variant.name),
            Tagging::Adjacent { content, .. } => self.key(value, content),
            Tagging::Internal { .. } | Tagging::Untagged => value,
        }
    }

    /// The JSON text of a value of this variant. A unit variant is a text of its own, which has no JSON text in the target.
    fn json_text(&mut self, shape: &Shape, variant: &ErrorVariant, value: ExprId) -> ExprId {
        if let Shape::Enum(shape) = shape
            && shape.tagging == Tagging::External
            && let Some(found) = shape.variants.iter().find(|found| found.ident == variant.ident)
            && matches!(found.fields, Fields::Unit)
        {
            return self.arena.constant(Value::from(found.name).to_string());
        }
        self.call("string", Kind::Scalar, &[value])
    }

    fn is_variant(&mut self, shape: &Shape, variant: &ErrorVariant, value: ExprId) -> ExprId {
        let Shape::Enum(shape) = shape else { return self.arena.constant(true) };
        let Some(found) = shape.variants.iter().find(|found| found.ident == variant.ident) else {
            return self.arena.constant(false);
        };
        let name = self.arena.constant(found.name);
        match shape.tagging {
            Tagging::External if matches!(found.fields, Fields::Unit) => self.arena.binary(Binary::Eq, value, name),
            Tagging::External => self.arena.build(Expr::Has { base: value, key: found.name.to_owned() }),
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                let tag = self.key(value, tag);
                self.arena.binary(Binary::Eq, tag, name)
            }
            Tagging::Untagged => self.arena.constant(true),
        }
    }

    /// `base.key`
    pub(super) fn key(&mut self, base: ExprId, key: &str) -> ExprId {
        self.arena.build(Expr::Field { base, keys: vec![key.to_owned()], default: None, kind: Kind::Any })
    }

    fn item(&mut self, list: ExprId, index: usize) -> ExprId {
        let index = self.arena.constant(index);
        self.arena.build(Expr::Item { list, index, kind: Kind::Any })
    }

    pub(super) fn call(&mut self, name: &'static str, kind: Kind, arguments: &[ExprId]) -> ExprId {
        self.arena.call(Function { name, kind, stable: true }, arguments.to_vec())
    }
}
