//! Between JSON and Rust data: one table per object type ([`object!`]) gives its struct, its reader and its writer.
//!
//! Reading never stops at the first misfit: each field is read on its own, and what does not fit is noted in the
//! [`Reader`]. A type that could not be read is `None`, and then the reader holds at least one error.

mod leaf;
mod object;
mod reader;
mod text;

pub(crate) use leaf::{Leaf, keyword, leaf};
pub(crate) use object::{Flat, Object, ObjectReader, ObjectWriter, object, present_entry, read_entry, write_entry};
pub(crate) use reader::Reader;
pub(crate) use text::{StrictValue, parse_text};

pub use object::KeyOrder;
pub use reader::{Misfit, ParseError, ParseErrors};

use crate::pointer::Step;
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// A type that stands for a JSON value.
pub(crate) trait Json: Sized {
    /// Reads `value`; `None` when it does not fit, in which case `reader` has been told why.
    fn read(value: &Value, reader: &mut Reader) -> Option<Self>;

    /// Writes what [`Json::read`] reads.
    fn write(&self) -> Value;

    /// What an object without this member means; `None` for a member that is required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the object is to be written without this member.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Json> Json for Option<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        T::read(value, reader).map(Some)
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Json::write)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Box<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        T::read(value, reader).map(Self::new)
    }

    fn write(&self) -> Value {
        self.as_ref().write()
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let Some(elements) = value.as_array() else { return reader.expected("an array", Misfit::Type("ARRAY"), value) };
        let read: Vec<_> = elements
            .iter()
            .enumerate()
            .map(|(index, element)| reader.within(Step::Index(index), |reader| T::read(element, reader)))
            .collect();
        read.into_iter().collect()
    }

    fn write(&self) -> Value {
        self.iter().map(Json::write).collect()
    }
}

impl<T: Json> Json for IndexMap<String, T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let Some(members) = value.as_object() else {
            return reader.expected("an object", Misfit::Type("OBJECT"), value);
        };
        let read: Vec<_> = members
            .iter()
            .map(|(key, member)| Some((key.clone(), reader.within(Step::Key(key), |reader| T::read(member, reader))?)))
            .collect();
        read.into_iter().collect()
    }

    fn write(&self) -> Value {
        self.iter().map(|(key, member)| (key.clone(), member.write())).collect::<Map<_, _>>().into()
    }
}
