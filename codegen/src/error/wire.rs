//! Typed errors as failures, and back.

use serde_json::{Map, Value};

use super::{ErrorVariant, TaskError, TaskFailure};
use crate::data::{EnumShape, Fields, Shape, Tagging, Variant};

impl TaskFailure {
    /// The failure that this error is.
    pub fn of<E: TaskError>(error: &E) -> Self {
        let name = error.name().into_owned();
        let value = match serde_json::to_value(error) {
            Ok(value) => value,
            Err(error) => return TaskFailure::new(name, error.to_string()),
        };
        let cause = match variant_of::<E>(&name).filter(|variant| variant.is_foreign()) {
            Some(variant) => foreign_cause(&E::shape(), variant, &value).unwrap_or_default(),
            None => value.to_string(),
        };
        TaskFailure::new(name, cause)
    }

    /// The error that this failure is, if the type can hold it.
    #[must_use]
    pub fn decode<E: TaskError>(&self) -> Option<E> {
        let variant = variant_of::<E>(&self.name)?;
        let shape = E::shape();
        let content = Content::of(&shape, variant)?;
        let value = if variant.is_foreign() {
            content.value_of(variant, self)
        } else if matches!(content.fields(), Fields::Unit) {
            content.wrap(Value::Null)
        } else {
            serde_json::from_str(&self.message()?).ok()?
        };
        serde_json::from_value(value).ok()
    }

    /// The message of a Lambda function's report of this error name, otherwise the cause.
    fn message(&self) -> Option<String> {
        let cause = self.cause.as_deref()?;
        let report = serde_json::from_str::<Value>(cause).ok();
        let ours = report.as_ref().filter(|report| text(report, "errorType") == Some(&self.name));
        Some(ours.and_then(|report| text(report, "errorMessage")).unwrap_or(cause).to_owned())
    }
}

fn text<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

/// The variant of an error name.
fn variant_of<E: TaskError>(name: &str) -> Option<&'static ErrorVariant> {
    let named = E::variants().iter().find(|variant| !variant.other && variant.name == name);
    named.or_else(|| E::variants().iter().find(|variant| variant.other))
}

fn foreign_cause(shape: &Shape, variant: &ErrorVariant, value: &Value) -> Option<String> {
    Content::of(shape, variant)?.cause(variant, value)
}

/// Where the fields of an error are.
enum Content<'a> {
    /// In the error itself.
    Struct(&'a Fields),
    /// In a variant.
    Variant(&'a EnumShape, &'a Variant),
}

impl<'a> Content<'a> {
    fn of(shape: &'a Shape, variant: &ErrorVariant) -> Option<Self> {
        if let Shape::Struct(shape) = shape {
            return Some(Content::Struct(&shape.fields));
        }
        let Shape::Enum(shape) = shape else { return None };
        let found = shape.variant(variant.ident)?;
        Some(Content::Variant(shape, found))
    }

    fn fields(&self) -> &'a Fields {
        match self {
            Content::Struct(fields) => fields,
            Content::Variant(_, variant) => &variant.fields,
        }
    }

    /// The JSON of an error that others made, from its name and cause.
    fn value_of(&self, variant: &ErrorVariant, failure: &TaskFailure) -> Value {
        let name = variant.other.then(|| failure.name.clone());
        // A catcher's error output has no missing cause: it is an empty text.
        let texts = name.into_iter().chain([failure.cause.clone().unwrap_or_default()]);
        let values = self.fields().list().iter().zip(texts).map(|(_, text)| Value::String(text));
        self.wrap(make(self.fields(), values))
    }

    /// The cause in the JSON of an error that others make.
    fn cause(&self, variant: &ErrorVariant, value: &Value) -> Option<String> {
        let content = self.unwrap(value)?;
        let position = usize::from(variant.other);
        let cause = match self.fields() {
            Fields::Unit => None,
            Fields::Newtype(_) => (position == 0).then_some(content),
            Fields::Tuple(_) => content.get(position),
            Fields::Named(fields) => content.get(fields.get(position)?.key),
        };
        cause.and_then(Value::as_str).map(str::to_owned)
    }

    /// The error's JSON around its fields.
    fn wrap(&self, content: Value) -> Value {
        let Content::Variant(shape, variant) = self else { return content };
        let name = Value::from(variant.name);
        match shape.tagging {
            Tagging::External if matches!(variant.fields, Fields::Unit) => name,
            Tagging::External => object([(variant.name, content)]),
            Tagging::Adjacent { tag, .. } if matches!(variant.fields, Fields::Unit) => object([(tag, name)]),
            Tagging::Adjacent { tag, content: key } => object([(tag, name), (key, content)]),
            Tagging::Internal { tag } => match content {
                Value::Object(fields) => std::iter::once((tag.to_owned(), name)).chain(fields).collect(),
                _ => object([(tag, name)]),
            },
            Tagging::Untagged => content,
        }
    }

    /// The fields inside the error's JSON.
    fn unwrap<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let Content::Variant(shape, variant) = self else { return Some(value) };
        match shape.tagging {
            Tagging::External => value.get(variant.name),
            Tagging::Adjacent { content, .. } => value.get(content),
            Tagging::Internal { .. } | Tagging::Untagged => Some(value),
        }
    }
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(Map::from_iter(entries.map(|(key, value)| (key.to_owned(), value))))
}

fn make(fields: &Fields, mut values: impl Iterator<Item = Value>) -> Value {
    match fields {
        Fields::Unit => Value::Null,
        Fields::Newtype(_) => values.next().unwrap_or_default(),
        Fields::Tuple(_) => values.collect(),
        Fields::Named(fields) => fields.iter().map(|field| field.key.to_owned()).zip(values).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;
    use crate::{
        data::{Data, Field, Shaped},
        error::Failure,
    };

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    enum Error {
        Missing(String),
        Declined { code: String },
        Gateway,
        Late(Option<String>),
        Other(String, String),
    }

    fn field(ident: &'static str, key: &'static str, shape: fn() -> Shape) -> Field {
        Field { key, ..Field::plain(ident, shape) }
    }

    fn variant(ident: &'static str, fields: Fields) -> Variant {
        Variant { ident, name: ident, aliases: &[], other: false, fields }
    }

    impl Shaped for Error {
        fn shape() -> Shape {
            let variants = vec![
                variant("Missing", Fields::Newtype(field("0", "", String::shape))),
                variant("Declined", Fields::Named(vec![field("code", "code", String::shape)])),
                variant("Gateway", Fields::Unit),
                variant("Late", Fields::Newtype(field("0", "", Option::<String>::shape))),
                variant("Other", Fields::Tuple(vec![field("0", "", String::shape), field("1", "", String::shape)])),
            ];
            Shape::Enum(EnumShape { name: "Error", tagging: Tagging::External, variants })
        }
    }

    impl Data for Error {
        type Methods = ();
    }

    impl TaskError for Error {
        fn variants() -> &'static [ErrorVariant] {
            &[
                ErrorVariant { ident: "Missing", name: "S3.NoSuchKeyException", other: false, foreign: true },
                ErrorVariant { ident: "Declined", name: "Error.Declined", other: false, foreign: false },
                ErrorVariant { ident: "Gateway", name: "Error.Gateway", other: false, foreign: false },
                ErrorVariant { ident: "Late", name: "States.Timeout", other: false, foreign: false },
                ErrorVariant { ident: "Other", name: "", other: true, foreign: false },
            ]
        }

        fn name(&self) -> Cow<'_, str> {
            match self {
                Error::Missing(_) => "S3.NoSuchKeyException".into(),
                Error::Declined { .. } => "Error.Declined".into(),
                Error::Gateway => "Error.Gateway".into(),
                Error::Late(_) => "States.Timeout".into(),
                Error::Other(name, _) => name.into(),
            }
        }
    }

    fn failure(name: &str, cause: Option<&str>) -> TaskFailure {
        TaskFailure { name: name.to_owned(), cause: cause.map(str::to_owned) }
    }

    #[test]
    fn own_errors_carry_their_json() {
        let declined = Error::Declined { code: "51".to_owned() };
        assert_eq!(TaskFailure::of(&declined), failure("Error.Declined", Some(r#"{"Declined":{"code":"51"}}"#)));
        assert_eq!(TaskFailure::of(&declined).decode(), Some(declined));
        assert_eq!(TaskFailure::of(&Error::Gateway), failure("Error.Gateway", Some(r#""Gateway""#)));
    }

    #[test]
    fn a_report_of_a_lambda_function_is_opened() {
        let declined = Error::Declined { code: "51".to_owned() };
        let message = TaskFailure::of(&declined).cause;
        let report = json!({ "errorType": "Error.Declined", "errorMessage": message }).to_string();
        assert_eq!(failure("Error.Declined", Some(&report)).decode(), Some(declined));
        let foreign = json!({ "errorType": "Error.Gateway", "errorMessage": message }).to_string();
        assert_eq!(failure("Error.Declined", Some(&foreign)).decode::<Error>(), None);
    }

    #[test]
    fn a_variant_without_fields_needs_no_cause() {
        assert_eq!(failure("Error.Gateway", None).decode(), Some(Error::Gateway));
        assert_eq!(failure("Error.Gateway", Some("boom")).decode(), Some(Error::Gateway));
        assert_eq!(failure("Error.Declined", None).decode::<Error>(), None);
    }

    #[test]
    fn errors_of_others_are_made_of_name_and_cause() {
        for (error, wire) in [
            (Error::Missing("no key".to_owned()), failure("S3.NoSuchKeyException", Some("no key"))),
            (Error::Late(Some("slow".to_owned())), failure("States.Timeout", Some("slow"))),
            (Error::Other("Foreign".to_owned(), "why".to_owned()), failure("Foreign", Some("why"))),
        ] {
            assert_eq!(TaskFailure::of(&error), wire);
            assert_eq!(wire.decode(), Some(error));
        }
        assert_eq!(failure("States.Timeout", None).decode(), Some(Error::Late(Some(String::new()))));
        assert_eq!(failure("Foreign", None).decode(), Some(Error::Other("Foreign".to_owned(), String::new())));
    }

    #[test]
    fn a_failure_holds_every_name() {
        for (name, cause) in [("Any", "why"), ("States.Timeout", "")] {
            let held = Failure::new(name, cause);
            assert_eq!(failure(name, Some(cause)).decode(), Some(held.clone()));
            assert_eq!(TaskFailure::of(&held), failure(name, Some(cause)));
        }
    }

    #[test]
    fn variants_are_found_by_their_rust_names() {
        assert_eq!(Error::variant_name("Late"), "States.Timeout");
        assert_eq!(Error::variant_name("Other"), "States.ALL");
    }
}
