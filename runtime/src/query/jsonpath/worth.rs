use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::value::{Value, compare_numbers};

/// A value by what it is worth to intrinsic functions: 1 and 1.0 are the same number, an object has no order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth<'v>(pub(super) &'v Value);

impl PartialEq for Worth<'_> {
    fn eq(&self, other: &Worth<'_>) -> bool {
        match (self.0, other.0) {
            (Value::Number(number), Value::Number(other)) => compare_numbers(number, other) == Some(Ordering::Equal),
            (value, other) => value == other,
        }
    }
}

// JSON has no NaN.
impl Eq for Worth<'_> {}

impl Hash for Worth<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0 {
            Value::Null => state.write_u8(0),
            Value::Bool(flag) => flag.hash(state),
            // Both zeros are one number.
            Value::Number(number) => (number.as_f64().unwrap_or_default() + 0.0).to_bits().hash(state),
            Value::String(text) => text.hash(state),
            Value::Array(array) => array.items().iter().for_each(|item| Worth(item).hash(state)),
            Value::Object(object) => {
                let members = object.fields().iter().map(|(name, value)| {
                    let mut member = DefaultHasher::new();
                    (name, Worth(value)).hash(&mut member);
                    member.finish()
                });
                state.write_u64(members.fold(0, u64::wrapping_add));
            }
        }
    }
}
