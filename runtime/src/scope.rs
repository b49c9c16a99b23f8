//! Workflow variables: one scope for each `States` block that runs, inner ones read the outer ones.

use std::sync::Arc;

use crate::value::Value;

/// A variable's name as a number, the same everywhere in a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VariableId(pub(crate) u32);

/// The variables that the states of one block see.
///
/// While branches or iterations run they share the scope around them, which no one writes until they have ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    outer: Option<Arc<Scope>>,
    variables: Vec<(VariableId, Value)>,
}

impl Scope {
    /// The scope of a block inside the block that `outer` belongs to.
    pub(crate) fn inside(outer: &Arc<Scope>) -> Scope {
        Scope { outer: Some(Arc::clone(outer)), variables: Vec::new() }
    }

    pub(crate) fn get(&self, id: VariableId) -> Option<&Value> {
        let own = self.variables.iter().find(|(variable, _)| *variable == id);
        match own {
            Some((_, value)) => Some(value),
            None => self.outer.as_ref()?.get(id),
        }
    }

    /// Sets a variable of this block.
    pub(crate) fn set(&mut self, id: VariableId, value: Value) {
        match self.variables.iter_mut().find(|(variable, _)| *variable == id) {
            Some((_, present)) => *present = value,
            None => self.variables.push((id, value)),
        }
    }

    /// The length of the JSON text of all variables in reach.
    pub(crate) fn json_len(&self) -> usize {
        let own: usize = self.variables.iter().map(|(_, value)| value.json_len()).sum();
        own + self.outer.as_ref().map_or(0, |outer| outer.json_len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_scopes_read_outer_ones_and_never_write_them() {
        let (x, y) = (VariableId(0), VariableId(1));
        let mut outer = Scope::default();
        outer.set(x, Value::from(serde_json::json!(1)));
        let outer = Arc::new(outer);
        let mut inner = Scope::inside(&outer);
        inner.set(y, Value::Bool(true));
        inner.set(x, Value::Null);
        assert_eq!(inner.get(x), Some(&Value::Null));
        assert_eq!(outer.get(x).map(Value::to_string).as_deref(), Some("1"));
        assert_eq!(outer.get(y), None);
        assert_eq!(inner.json_len(), "true".len() + "null".len() + "1".len());
    }
}
