use std::sync::Arc;

use stepwright_asl::jsonpath as syntax;
use stepwright_asl::jsonpath::Function;

use super::Path;
use super::intrinsics;
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

impl Intrinsic {
    /// Reads a call; `None` if it is none, or one of a function that does not exist.
    pub(crate) fn parse(source: &str, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Intrinsic> {
        Intrinsic::compile(&syntax::Intrinsic::parse(source)?, intern)
    }

    fn compile(call: &syntax::Intrinsic, intern: &mut dyn FnMut(&str) -> VariableId) -> Option<Intrinsic> {
        let argument = |argument: &syntax::Argument| {
            Some(match argument {
                syntax::Argument::Literal(json) => Argument::Literal(json.into()),
                syntax::Argument::Path(path) => Argument::Path(Path::compile(path, intern)?),
                syntax::Argument::Call(call) => Argument::Call(Intrinsic::compile(call, intern)?),
            })
        };
        let arguments = call.arguments.iter().map(argument).collect::<Option<_>>()?;
        Some(Intrinsic { source: call.source.as_str().into(), function: call.function, arguments })
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
