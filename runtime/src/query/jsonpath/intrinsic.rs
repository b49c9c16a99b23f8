use std::sync::Arc;

use super::Path;
use super::intrinsics::{self, Function};
use super::reader::Reader;
use crate::query::View;
use crate::scope::VariableId;
use crate::value::Value;

/// A call of an intrinsic function, `States.Format('…', $.name)`.
#[derive(Clone, Debug)]
pub(crate) struct Intrinsic {
    source: Arc<str>,
    function: Function,
    arguments: Vec<Argument>,
}

#[derive(Clone, Debug)]
enum Argument {
    Literal(Value),
    Path(Path),
    Call(Intrinsic),
}

/// Why a call has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentError {
    /// A path among the arguments leads nowhere.
    Missing { path: String },
    /// The function cannot work with its arguments.
    Failed { call: String, message: String },
}

/// How many calls may stand inside each other.
const DEEPEST: usize = 10;

impl Intrinsic {
    /// Reads a call; `None` if it is none, or one of a function that does not exist.
    pub(crate) fn parse(source: &str, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Intrinsic> {
        let mut reader = Reader::new(source);
        let call = Intrinsic::read(&mut reader, intern, DEEPEST)?;
        reader.is_at_end().then_some(call)
    }

    fn read(reader: &mut Reader<'_>, intern: &mut dyn FnMut(&str) -> VariableId, depth: usize) -> Option<Intrinsic> {
        let depth = depth.checked_sub(1)?;
        let start = *reader;
        let function = Function::named(reader.take_while(|character| character.is_alphanumeric() || character == '.'))?;
        reader.skip_blanks();
        reader.expect("(")?;
        let mut arguments = Vec::new();
        reader.skip_blanks();
        while !reader.take(")") {
            if !arguments.is_empty() {
                reader.expect(",")?;
            }
            reader.skip_blanks();
            let is_template = function == Function::Format && arguments.is_empty();
            arguments.push(Argument::read(reader, intern, depth, is_template)?);
            reader.skip_blanks();
        }
        let source = start.rest().strip_suffix(reader.rest())?.into();
        Some(Intrinsic { source, function, arguments })
    }

    /// The value of the call, `input` standing for `$`.
    pub(crate) fn eval(&self, input: &Value, view: &View<'_>) -> Result<Value, ArgumentError> {
        let arguments: Vec<Value> =
            self.arguments.iter().map(|argument| argument.eval(input, view)).collect::<Result<_, _>>()?;
        intrinsics::call(self.function, &arguments, view.random)
            .map_err(|message| ArgumentError::Failed { call: self.source.to_string(), message })
    }
}

impl Argument {
    fn read(
        reader: &mut Reader<'_>,
        intern: &mut dyn FnMut(&str) -> VariableId,
        depth: usize,
        is_template: bool,
    ) -> Option<Argument> {
        match reader.peek()? {
            '$' => Path::read(reader, intern).map(Argument::Path),
            '\'' => {
                let text = if is_template { reader.quoted_template() } else { reader.quoted() };
                text.map(|text| Argument::Literal(Value::string(text)))
            }
            'S' => Intrinsic::read(reader, intern, depth).map(Argument::Call),
            _ => {
                let text = reader.take_while(|character| !matches!(character, ',' | ')' | ' '));
                let json: serde_json::Value = serde_json::from_str(text).ok()?;
                (json.is_number() || json.is_boolean() || json.is_null()).then(|| Argument::Literal(json.into()))
            }
        }
    }

    fn eval(&self, input: &Value, view: &View<'_>) -> Result<Value, ArgumentError> {
        match self {
            Argument::Literal(value) => Ok(value.clone()),
            Argument::Call(call) => call.eval(input, view),
            Argument::Path(path) => {
                path.find_present(input, view).ok_or_else(|| ArgumentError::Missing { path: path.source().to_owned() })
            }
        }
    }
}
