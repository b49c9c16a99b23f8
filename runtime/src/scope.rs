//! Workflow variables: one scope for each `States` block that runs, inner ones read the outer ones.

use std::sync::Arc;

use crate::value::Value;

/// A variable's name as a number, the same everywhere in a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VariableId(pub(crate) u32);

/// The variables that the states of one block see; a clone shares them.
///
/// While branches or iterations run they share the scope around them, which no one writes until they have ended.
/// A scope takes no memory before the first variable is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope(Option<Arc<Block>>);

#[derive(Clone, Debug, Default)]
struct Block {
    outer: Scope,
    variables: Vec<(VariableId, Value)>,
}

impl Scope {
    /// The scope of a block inside the block that `outer` belongs to.
    pub(crate) fn inside(outer: &Scope) -> Scope {
        Scope(outer.0.as_ref().map(|_| Arc::new(Block { outer: outer.clone(), variables: Vec::new() })))
    }

    pub(crate) fn get(&self, id: VariableId) -> Option<&Value> {
        let block = self.0.as_ref()?;
        match block.variables.iter().find(|(variable, _)| *variable == id) {
            Some((_, value)) => Some(value),
            None => block.outer.get(id),
        }
    }

    /// Sets variables of this block.
    pub(crate) fn set(&mut self, variables: impl IntoIterator<Item = (VariableId, Value)>) {
        let own = &mut Arc::make_mut(self.0.get_or_insert_default()).variables;
        for (id, value) in variables {
            match own.iter_mut().find(|(variable, _)| *variable == id) {
                Some((_, present)) => *present = value,
                None => own.push((id, value)),
            }
        }
    }

    /// The length of the JSON text of all variables in reach.
    pub(crate) fn json_len(&self) -> usize {
        let Some(block) = &self.0 else { return 0 };
        let own: usize = block.variables.iter().map(|(_, value)| value.json_len()).sum();
        own + block.outer.json_len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_scopes_read_outer_ones_and_never_write_them() {
        let (x, y) = (VariableId(0), VariableId(1));
        let mut outer = Scope::default();
        outer.set([(x, Value::from(serde_json::json!(1)))]);
        let mut inner = Scope::inside(&outer);
        inner.set([(y, Value::Bool(true)), (x, Value::Null)]);
        assert_eq!(inner.get(x), Some(&Value::Null));
        assert_eq!(outer.get(x).map(Value::to_string).as_deref(), Some("1"));
        assert_eq!(outer.get(y), None);
        assert_eq!(inner.json_len(), "true".len() + "null".len() + "1".len());
    }
}
