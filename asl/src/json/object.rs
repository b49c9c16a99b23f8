//! JSON objects with a fixed set of members, each type described by one table.

use super::{Json, Misfit, Reader};
use crate::pointer::Step;
use serde_json::{Map, Value};

/// In which order the members of a parsed object stood, so that it is printed the same way again.
///
/// Empty for data made in code: such objects print in the order of their table. Two objects that differ in the
/// order of their members only are equal, hence all key orders are.
#[derive(Clone, Debug, Default)]
pub struct KeyOrder(Vec<Box<str>>);

/// A struct that stands for a JSON object; implemented by [`object!`].
pub(crate) trait Object: Sized {
    /// What messages call such an object, with its article.
    const NOUN: &'static str;

    /// Reads all members; tells `object` of each one it knows.
    fn read_members(object: &mut ObjectReader<'_, '_>) -> Option<Self>;

    /// Writes all members that are present, in the table's order.
    fn write_members(&self, object: &mut ObjectWriter);

    /// The names of all members that are present, in the table's order.
    fn present(&self) -> Vec<&'static str>;

    /// The order in which the members stood when this was parsed.
    fn key_order(&self) -> &KeyOrder;
}

/// A type that takes several members of the object it is part of (`field: Type = _` in [`object!`]).
pub(crate) trait Flat: Sized {
    /// Reads its members of `object`.
    fn read(object: &mut ObjectReader<'_, '_>) -> Option<Self>;

    /// Writes its members to `object`.
    fn write(&self, object: &mut ObjectWriter);

    /// The name of the member that tells what it is.
    fn name(&self) -> &'static str;
}

/// Defines a struct and its JSON form from one table of `field: Type = "Member"`.
///
/// An `Option` field is an optional member; `field: Type = _` is a [`Flat`] part. The table's order is the order in
/// which an object made in code is printed.
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($noun:literal) {
            $($(#[$field_meta:meta])* $field:ident: $type:ty = $key:tt,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            #[doc(hidden)]
            pub key_order: $crate::json::KeyOrder,
        }

        impl $crate::json::Object for $name {
            const NOUN: &'static str = $noun;

            fn read_members(object: &mut $crate::json::ObjectReader<'_, '_>) -> Option<Self> {
                $(let $field = $crate::json::read_entry!(object, $key, $type);)*
                let key_order = object.finish();
                Some(Self { $($field: $field?,)* key_order })
            }

            fn write_members(&self, object: &mut $crate::json::ObjectWriter) {
                $($crate::json::write_entry!(object, $key, self.$field);)*
            }

            fn present(&self) -> Vec<&'static str> {
                let members = [$($crate::json::present_entry!($key, self.$field)),*];
                members.into_iter().flatten().collect()
            }

            fn key_order(&self) -> &$crate::json::KeyOrder {
                &self.key_order
            }
        }

        impl $crate::json::Json for $name {
            fn read(value: &serde_json::Value, reader: &mut $crate::json::Reader) -> Option<Self> {
                <Self as $crate::json::Object>::read_members(&mut reader.object(value, $noun)?)
            }

            fn write(&self) -> serde_json::Value {
                let mut object = $crate::json::ObjectWriter::default();
                $crate::json::Object::write_members(self, &mut object);
                object.finish(&self.key_order)
            }
        }
    };
}
pub(crate) use object;

macro_rules! read_entry {
    ($object:ident, _, $type:ty) => {
        <$type as $crate::json::Flat>::read($object)
    };
    ($object:ident, $key:literal, $type:ty) => {
        $object.member::<$type>($key)
    };
}
pub(crate) use read_entry;

macro_rules! write_entry {
    ($object:ident, _, $value:expr) => {
        $crate::json::Flat::write(&$value, $object)
    };
    ($object:ident, $key:literal, $value:expr) => {
        $object.member($key, &$value)
    };
}
pub(crate) use write_entry;

macro_rules! present_entry {
    (_, $value:expr) => {
        Some($crate::json::Flat::name(&$value))
    };
    ($key:literal, $value:expr) => {
        (!$crate::json::Json::is_absent(&$value)).then_some($key)
    };
}
pub(crate) use present_entry;

/// An object being read: remembers which members were asked for, so that the rest can be refused.
pub(crate) struct ObjectReader<'v, 'r> {
    noun: &'static str,
    members: &'v Map<String, Value>,
    /// The members that were asked for.
    known: Vec<&'static str>,
    /// What messages say the object may have.
    fitting: Vec<&'static str>,
    reader: &'r mut Reader,
}

impl<'v, 'r> ObjectReader<'v, 'r> {
    pub(super) fn new(noun: &'static str, members: &'v Map<String, Value>, reader: &'r mut Reader) -> Self {
        Self { noun, members, known: Vec::new(), fitting: Vec::new(), reader }
    }

    /// Reads the member `key`; `None` when it does not fit or is missing though required.
    pub(crate) fn member<T: Json>(&mut self, key: &'static str) -> Option<T> {
        let read = self.optional(key, T::read);
        read.unwrap_or_else(|| {
            T::absent().or_else(|| self.misfit(format!("{} needs the field `{key}`", self.noun), Misfit::Missing(key)))
        })
    }

    /// Reads the member `key` with `read`; the outer `None` when it is absent, the inner when it does not fit.
    pub(crate) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Value, &mut Reader) -> Option<T>,
    ) -> Option<Option<T>> {
        self.fitting.push(key);
        self.ask(key, read)
    }

    /// Reads whichever of the members `keys` there are, together called `what`; `None` for those that do not fit.
    pub(crate) fn any_of<T>(
        &mut self,
        what: &'static str,
        keys: &[&'static str],
        read: impl Fn(&str, &Value, &mut Reader) -> Option<T>,
    ) -> Vec<Option<T>> {
        self.fitting.push(what);
        keys.iter().filter_map(|key| self.ask(key, |value, reader| read(key, value, reader))).collect()
    }

    fn ask<T>(&mut self, key: &'static str, read: impl FnOnce(&Value, &mut Reader) -> Option<T>) -> Option<Option<T>> {
        self.known.push(key);
        let value = self.members.get(key)?;
        Some(self.reader.within(Step::Key(key), |reader| read(value, reader)))
    }

    /// Notes a misfit of the object as a whole.
    pub(crate) fn misfit<T>(&mut self, reason: impl Into<String>, misfit: Misfit) -> Option<T> {
        self.reader.misfit(reason, misfit)
    }

    /// Changes what messages call this object, once that is known better.
    pub(crate) fn call_it(&mut self, noun: &'static str) {
        self.noun = noun;
    }

    /// Refuses the members that nobody asked for, and tells the order of all.
    pub(crate) fn finish(&mut self) -> KeyOrder {
        let Self { noun, members, known, fitting, reader } = self;
        for key in members.keys().filter(|key| !known.contains(&key.as_str())) {
            reader.within(Step::Key(key), |reader| {
                let reason = format!("{noun} has no such field; it may have {}", fitting.join(", "));
                reader.misfit::<()>(reason, Misfit::Unknown(key.clone()))
            });
        }
        KeyOrder(members.keys().map(|key| key.as_str().into()).collect())
    }
}

/// An object being written.
#[derive(Default)]
pub(crate) struct ObjectWriter(Map<String, Value>);

impl ObjectWriter {
    /// Adds the member `key`, if it is present.
    pub(crate) fn member<T: Json>(&mut self, key: &str, value: &T) {
        if !value.is_absent() {
            self.0.insert(key.to_owned(), value.write());
        }
    }

    /// The object: the members that were parsed in their old order, then the others in the table's order.
    pub(crate) fn finish(self, order: &KeyOrder) -> Value {
        let Self(mut members) = self;
        let mut ordered = Map::new();
        for key in &order.0 {
            ordered.extend(members.shift_remove_entry(key.as_ref()));
        }
        ordered.extend(members);
        Value::Object(ordered)
    }
}

impl PartialEq for KeyOrder {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for KeyOrder {}
