use std::rc::Rc;

use indexmap::IndexMap;
use jsonata_core::value::{JMap, JValue};

use super::bridge;
use crate::value::Value;

/// Which parts of a value an expression reads.
///
/// Paths that lead through objects by plain names are known beforehand, so that reading one field of
/// a large input does not convert all of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    All,
    Fields(IndexMap<Box<str>, Wanted>),
}

impl Wanted {
    /// Nothing yet.
    pub(super) fn nothing() -> Wanted {
        Wanted::Fields(IndexMap::new())
    }

    /// Adds what lies at the end of a path.
    pub(super) fn add<'a>(&mut self, mut path: impl Iterator<Item = &'a str>) {
        let Wanted::Fields(fields) = self else { return };
        match path.next() {
            Some(name) => fields.entry(name.into()).or_insert_with(Wanted::nothing).add(path),
            None => *self = Wanted::All,
        }
    }

    /// The value for the engine, without the fields of objects that nothing reads.
    pub(super) fn project(&self, value: &Value) -> JValue {
        match (self, value.as_fields()) {
            (Wanted::Fields(wanted), Some(fields)) => {
                let present =
                    wanted.iter().filter_map(|(name, wanted)| Some((name, wanted, fields.get(name.as_ref())?)));
                object(present.map(|(name, wanted, value)| (name.to_string(), wanted.project(value))))
            }
            // Lists are read item by item, and what is no object has no fields.
            (Wanted::Fields(_), None) | (Wanted::All, _) => bridge::to_engine(value),
        }
    }
}

/// An object for the engine.
pub(super) fn object(fields: impl Iterator<Item = (String, JValue)>) -> JValue {
    JValue::Object(Rc::new(JMap::from(fields.collect::<IndexMap<_, _>>())))
}
