use std::collections::HashMap;
use std::sync::Arc;

use crate::value::Value;

/// The fields of an object, in the order they were written.
///
/// Most objects are small, so names are compared one by one; larger ones keep an index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    entries: Vec<(Arc<str>, Value)>,
    #[expect(clippy::box_collection, reason = "small objects, which are most, should not hold room for it")]
    index: Option<Box<HashMap<Arc<str>, usize>>>,
}

/// From how many fields on looking a name up is faster than comparing.
const LARGE: usize = 16;

impl Fields {
    pub(crate) fn new() -> Fields {
        Fields::default()
    }

    pub(crate) fn with_capacity(capacity: usize) -> Fields {
        Fields { entries: Vec::with_capacity(capacity), index: None }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.entries.get(self.position(name)?).map(|(_, value)| value)
    }

    /// Sets a field; one that is there keeps its place.
    pub(crate) fn insert(&mut self, name: Arc<str>, value: Value) {
        let position = self.position(&name);
        if let Some((_, present)) = position.and_then(|position| self.entries.get_mut(position)) {
            *present = value;
            return;
        }
        if let Some(index) = &mut self.index {
            index.insert(Arc::clone(&name), self.entries.len());
        }
        self.entries.push((name, value));
        if self.index.is_none() && self.entries.len() > LARGE {
            let names = self.entries.iter().map(|(name, _)| Arc::clone(name));
            self.index = Some(Box::new(names.enumerate().map(|(position, name)| (name, position)).collect()));
        }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &Value)> {
        self.entries.iter().map(|(name, value)| (name, value))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.entries.iter().map(|(name, _)| name)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.entries.iter().map(|(_, value)| value)
    }

    fn position(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => self.entries.iter().position(|(present, _)| present.as_ref() == name),
        }
    }
}

/// Objects are equal whatever the order of their fields.
impl PartialEq for Fields {
    fn eq(&self, other: &Fields) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl FromIterator<(Arc<str>, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Value)>>(entries: I) -> Fields {
        let entries = entries.into_iter();
        let mut fields = Fields::with_capacity(entries.size_hint().0);
        fields.extend(entries);
        fields
    }
}

impl Extend<(Arc<str>, Value)> for Fields {
    fn extend<I: IntoIterator<Item = (Arc<str>, Value)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(name, value)| self.insert(name, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_objects_are_alike() {
        for count in [0, 1, LARGE, LARGE + 1, 100] {
            let entries =
                |count: usize| (0..count).map(|number| (Arc::from(number.to_string()), Value::Number(number.into())));
            let mut fields: Fields = entries(count).collect();
            assert_eq!(fields.len(), count);
            assert!(entries(count).all(|(name, value)| fields.get(&name) == Some(&value)));
            assert_eq!(fields.get("x"), None);
            assert!(fields == entries(count).collect::<Vec<_>>().into_iter().rev().collect());
            fields.insert("0".into(), Value::Null);
            fields.insert("x".into(), Value::Null);
            assert_eq!((fields.get("0"), fields.get("x")), (Some(&Value::Null), Some(&Value::Null)));
            assert_eq!(fields.len(), count.max(1) + 1);
        }
    }
}
