//! Between our values and the engine's.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Weak};

use jsonata_core::value::{JArray, JValue};

use super::{Evaluated, wanted};
use crate::value::{Array, DEEPEST, Fields, Object, Value};

/// Converts a value for the engine.
///
/// Large containers are remembered by the thread for as long as they live, so an expression that reads one item of a
/// list in a loop does not convert the list each time.
pub(super) fn to_engine(value: &Value) -> JValue {
    match value {
        Value::Null => JValue::Null,
        Value::Bool(flag) => JValue::Bool(*flag),
        Value::Number(number) => JValue::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => JValue::String(Rc::from(text.as_ref())),
        Value::Array(array) => remembered(array, Memo::arrays, value, || {
            JValue::Array(JArray::new(array.items().iter().map(to_engine).collect()))
        }),
        Value::Object(object) => remembered(object, Memo::objects, value, || {
            wanted::object(object.fields().iter().map(|(name, value)| (name.to_string(), to_engine(value))))
        }),
    }
}

/// Converts what the engine gave back.
pub(super) fn from_engine(value: &JValue) -> Evaluated {
    match convert(value, DEEPEST + 1) {
        Ok(Some(value)) => Evaluated::Value(value),
        Ok(None) => Evaluated::Undefined,
        Err(NoJson) => Evaluated::Unsupported,
    }
}

/// The value, or something inside it, is no JSON.
struct NoJson;

fn convert(value: &JValue, depth: usize) -> Result<Option<Value>, NoJson> {
    let depth = depth.checked_sub(1).ok_or(NoJson)?;
    Ok(Some(match value {
        JValue::Undefined => return Ok(None),
        JValue::Null => Value::Null,
        JValue::Bool(flag) => Value::Bool(*flag),
        JValue::Number(number) => Value::number(*number),
        JValue::String(text) => Value::string(text.as_ref()),
        JValue::Array(items) => {
            let items = items.iter().filter_map(|item| convert(item, depth).transpose());
            Value::array(items.collect::<Result<_, _>>()?)
        }
        JValue::Object(map) => {
            let mut fields = Fields::with_capacity(map.len());
            for (name, value) in map.iter() {
                if let Some(value) = convert(value, depth)? {
                    fields.insert(Arc::from(name.as_str()), value);
                }
            }
            Value::object(fields)
        }
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => return Err(NoJson),
    }))
}

/// The conversions that a thread remembers.
#[derive(Default)]
struct Memo {
    arrays: Conversions<Array>,
    objects: Conversions<Object>,
    /// The length of the JSON text of all that is remembered.
    bytes: usize,
}

/// By address: the weak reference keeps the address from being used for anything else.
type Conversions<T> = HashMap<*const T, (Weak<T>, JValue)>;

/// Shorter containers are converted faster than looked up.
const SHORT: usize = 512;

/// What a thread remembers at most; beyond it, everything is forgotten.
const MOST: usize = 8 * 1024 * 1024;

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

impl Memo {
    fn arrays(&mut self) -> &mut Conversions<Array> {
        &mut self.arrays
    }

    fn objects(&mut self) -> &mut Conversions<Object> {
        &mut self.objects
    }

    fn make_room(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes > MOST {
            *self = Memo { bytes, ..Memo::default() };
        }
    }
}

fn remembered<T>(
    container: &Arc<T>,
    of: fn(&mut Memo) -> &mut Conversions<T>,
    value: &Value,
    convert: impl FnOnce() -> JValue,
) -> JValue {
    if value.json_len() < SHORT {
        return convert();
    }
    let address = Arc::as_ptr(container);
    let known = MEMO.with_borrow_mut(|memo| of(memo).get(&address).map(|(_, converted)| converted.clone()));
    known.unwrap_or_else(|| {
        let converted = convert();
        MEMO.with_borrow_mut(|memo| {
            memo.make_room(value.json_len());
            of(memo).insert(address, (Arc::downgrade(container), converted.clone()));
        });
        converted
    })
}
