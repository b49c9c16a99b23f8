use std::sync::Arc;

use stepwright_asl::jsonpath as syntax;

use super::path::{Step, compile_steps};
use crate::value::{Fields, Value};

/// A path that names exactly one place, which need not be there yet.
#[derive(Clone, Debug)]
pub(crate) struct ReferencePath(Vec<Step>);

impl ReferencePath {
    /// Reads a reference path into the input; `None` if it is none.
    pub(crate) fn parse(source: &str) -> Option<ReferencePath> {
        let path =
            syntax::Path::parse(source).filter(|path| path.is_reference() && path.root == syntax::Root::Input)?;
        compile_steps(&path.steps).map(ReferencePath)
    }

    /// The value `whole` with `part` at this place; `None` if there can be no such place.
    pub(crate) fn set(&self, whole: &Value, part: Value) -> Option<Value> {
        set(&self.0, Some(whole), part)
    }
}

fn set(steps: &[Step], whole: Option<&Value>, part: Value) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else { return Some(part) };
    match step {
        Step::Name(name) => {
            let mut fields = match whole {
                None | Some(Value::Null) => Fields::new(),
                Some(whole) => whole.as_fields()?.clone(),
            };
            let inner = set(rest, fields.get(name), part)?;
            fields.insert(Arc::clone(name), inner);
            Some(Value::object(fields))
        }
        Step::Index(index) => {
            let mut items = whole?.as_items()?.to_vec();
            let item = items.get_mut(usize::try_from(*index).ok()?)?;
            *item = set(rest, Some(item), part)?;
            Some(Value::array(items))
        }
        Step::Names(_)
        | Step::Indices(_)
        | Step::Slice(..)
        | Step::Wildcard
        | Step::Descend
        | Step::Filter(_)
        | Step::Aggregate(_) => None,
    }
}
