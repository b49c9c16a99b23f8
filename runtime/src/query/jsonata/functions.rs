//! The functions that the service adds to JSONata, and those whose answer depends on the execution.

use std::rc::Rc;
use std::sync::Arc;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Evaluator, EvaluatorError};
use jsonata_core::value::JValue;

use super::unique_keys::Unique;
use super::{bridge, dates, regex};
use crate::hash;
use crate::query::View;
use crate::random::JavaRandom;
use crate::value::Value;

/// A function that the engine does not have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum HostFunction {
    ContainsPattern,
    DatedPicture,
    DatedText,
    FindPattern,
    Hash,
    Millis,
    Parse,
    Partition,
    Random,
    Range,
    SplitByPattern,
    SurplusArgument,
    Uuid,
}

impl HostFunction {
    const ALL: [HostFunction; 13] = [
        HostFunction::ContainsPattern,
        HostFunction::DatedPicture,
        HostFunction::DatedText,
        HostFunction::FindPattern,
        HostFunction::Hash,
        HostFunction::Millis,
        HostFunction::Parse,
        HostFunction::Partition,
        HostFunction::Random,
        HostFunction::Range,
        HostFunction::SplitByPattern,
        HostFunction::SurplusArgument,
        HostFunction::Uuid,
    ];

    pub(super) fn named(name: &str) -> Option<HostFunction> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            HostFunction::ContainsPattern => "containsPattern",
            HostFunction::DatedPicture => "datedPicture",
            HostFunction::DatedText => "datedText",
            HostFunction::FindPattern => "findPattern",
            HostFunction::Hash => "hash",
            HostFunction::Millis => "millis",
            HostFunction::Parse => "parse",
            HostFunction::Partition => "partition",
            HostFunction::Random => "random",
            HostFunction::Range => "range",
            HostFunction::SplitByPattern => "splitByPattern",
            HostFunction::SurplusArgument => "surplusArgument",
            HostFunction::Uuid => "uuid",
        }
    }

    /// How many arguments it takes at most.
    fn arity(self) -> usize {
        match self {
            HostFunction::Millis | HostFunction::Uuid => 0,
            HostFunction::DatedPicture | HostFunction::Parse | HostFunction::Random => 1,
            HostFunction::DatedText | HostFunction::Hash | HostFunction::Partition | HostFunction::SurplusArgument => 2,
            HostFunction::ContainsPattern | HostFunction::Range => 3,
            HostFunction::FindPattern | HostFunction::SplitByPattern => 4,
        }
    }
}

/// The call that stands for one the service answers in its own way, or that the engine cannot answer; `None` leaves the
/// call as it is.
pub(super) fn redirect_call(name: &str, arguments: &[AstNode]) -> Option<AstNode> {
    match (name, arguments) {
        // The engine's `$now` looks at the wall clock; `$millis` is ours.
        ("now", _) => {
            let millis = call(HostFunction::Millis.name(), Vec::new());
            Some(call("fromMillis", std::iter::once(millis).chain(arguments.iter().cloned()).collect()))
        }
        // The service has no `$eval`: a call of it is a call of nothing.
        // Where a picture leaves out the date, the engine's `$toMillis` looks at the wall clock.
        ("toMillis", [text, picture]) if !dates::is_dated(text) => {
            let dated_text = call(HostFunction::DatedText.name(), vec![text.clone(), picture.clone()]);
            let dated_picture = call(HostFunction::DatedPicture.name(), vec![picture.clone()]);
            Some(call("toMillis", vec![dated_text, dated_picture]))
        }
        ("eval", _) => Some(call("eval is disabled", arguments.to_vec())),
        ("contains", [text, AstNode::Regex { pattern, flags }]) => {
            call_with_pattern(HostFunction::ContainsPattern, text, [pattern, flags], &[])
        }
        ("split", [text, AstNode::Regex { pattern, flags }, limit @ ..]) => {
            call_with_pattern(HostFunction::SplitByPattern, text, [pattern, flags], limit)
        }
        _ => {
            let arity = HostFunction::named(name)?.arity();
            #[expect(clippy::cast_precision_loss, reason = "a handful")]
            let arguments = (arguments.len() > arity)
                .then(|| [AstNode::String(name.to_owned()), AstNode::Number(arity as f64 + 1.0)])?;
            Some(call(HostFunction::SurplusArgument.name(), arguments.into()))
        }
    }
}

/// The function that stands for a regular expression that the engine cannot match.
pub(super) fn redirect_pattern(pattern: &str, flags: &str) -> Option<AstNode> {
    let name = HostFunction::FindPattern.name();
    if regex::needs_backtracking(pattern) { regex::matcher(pattern, flags, name) } else { None }
}

fn call_with_pattern(
    function: HostFunction,
    text: &AstNode,
    pattern: [&String; 2],
    rest: &[AstNode],
) -> Option<AstNode> {
    if !regex::needs_backtracking(pattern[0]) {
        return None;
    }
    let pattern = pattern.into_iter().cloned().map(AstNode::String);
    let arguments = std::iter::once(text.clone()).chain(pattern).chain(rest.iter().cloned());
    Some(call(function.name(), arguments.collect()))
}

fn call(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function { name: name.to_owned(), args, is_builtin: true }
}

/// Makes the functions that an expression mentions known to the engine.
pub(super) fn register(evaluator: &mut Evaluator, functions: &[HostFunction], view: &View<'_>) {
    for function in functions.iter().copied() {
        let (random, now) = (Arc::clone(view.random), view.clock.now());
        let body = move |arguments: &[JValue]| match function {
            HostFunction::ContainsPattern => {
                pattern(arguments, |text, pattern, flags, _| regex::contains(text, pattern, flags))
            }
            HostFunction::DatedPicture => Ok(dates::picture(argument(arguments, 0))),
            HostFunction::DatedText => Ok(dates::text(argument(arguments, 0), argument(arguments, 1), now)),
            HostFunction::FindPattern => {
                pattern(arguments, |text, pattern, flags, start| regex::find(text, pattern, flags, start.unwrap_or(0)))
            }
            HostFunction::SplitByPattern => pattern(arguments, regex::split),
            HostFunction::Hash => hash_of(arguments),
            #[expect(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53 for 285,000 years")]
            HostFunction::Millis => Ok(JValue::Number(now.timestamp_millis() as f64)),
            HostFunction::Parse => parse(arguments),
            HostFunction::Partition => partition(arguments),
            HostFunction::Random => {
                seeded(arguments).map(|seeded| seeded.unwrap_or_else(|| JValue::Number(random.fraction())))
            }
            HostFunction::Range => range(arguments),
            HostFunction::SurplusArgument => surplus_argument(arguments),
            HostFunction::Uuid => Ok(JValue::from(random.uuid())),
        };
        // Refused only for functions that the engine compiles, and these are none of them.
        let registered = evaluator.register_fn_override(function.name(), body);
        debug_assert!(registered.is_ok(), "{function:?} cannot be registered");
    }
}

/// A message of the engine in the service's words: where the service says less, the rest goes.
pub(super) fn service_message(message: &str) -> String {
    const WORDS: [(&str, &str); 5] = [
        ("T1006: ", "T1006: Attempted to invoke a non-function"),
        ("T1008: ", "T1008: Attempted to partially apply a non-function"),
        (
            "D1011: ",
            "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
        ),
        ("D1012: ", "Expression evaluation timeout: Check for infinite loop"),
        ("D2015: ", MEMORY),
    ];
    let shorter = WORDS.into_iter().find(|(code, _)| message.starts_with(code));
    shorter.map_or(message, |(_, words)| words).to_owned()
}

const MEMORY: &str = "Expression evaluation memory limit exceeded: Check for excessive memory usage";

type Answer = Result<JValue, EvaluatorError>;

/// What a call with too many arguments raises; only calls are counted, as `$map` gives more than a function takes.
fn surplus_argument(arguments: &[JValue]) -> Answer {
    let position = number(arguments, 1, "error")?.map_or(0, whole);
    Err(mismatch(position, argument(arguments, 0).as_str().unwrap_or_default()))
}

fn mismatch(position: impl std::fmt::Display, function: &str) -> EvaluatorError {
    coded(format!("T0410: Argument {position} of function \"{function}\" does not match function signature"))
}

fn coded(message: impl Into<String>) -> EvaluatorError {
    EvaluatorError::EvaluationError(message.into())
}

/// The argument at a position; one that is missing is undefined.
fn argument(arguments: &[JValue], position: usize) -> &JValue {
    arguments.get(position).unwrap_or(&JValue::Undefined)
}

/// The number at a position (from 0), or nothing where there is none.
fn number(arguments: &[JValue], position: usize, function: &str) -> Result<Option<f64>, EvaluatorError> {
    match argument(arguments, position) {
        JValue::Undefined => Ok(None),
        JValue::Number(number) => Ok(Some(*number)),
        _ => Err(mismatch(position + 1, function)),
    }
}

/// The text at a position (from 0), or nothing where there is none.
fn text<'a>(arguments: &'a [JValue], position: usize, function: &str) -> Result<Option<&'a Rc<str>>, EvaluatorError> {
    match argument(arguments, position) {
        JValue::Undefined => Ok(None),
        JValue::String(text) => Ok(Some(text)),
        _ => Err(mismatch(position + 1, function)),
    }
}

/// Answers with the text, the pattern, its flags and the number that may follow.
fn pattern(
    arguments: &[JValue],
    answer: impl FnOnce(&str, &str, &str, Option<usize>) -> Result<JValue, String>,
) -> Answer {
    let (Some(text), Some(pattern), Some(flags)) =
        (text(arguments, 0, "match")?, text(arguments, 1, "match")?, text(arguments, 2, "match")?)
    else {
        return Ok(JValue::Undefined);
    };
    let rest = number(arguments, 3, "match")?.map(|number| usize::try_from(whole(number)).unwrap_or(0));
    answer(text, pattern, flags, rest).map_err(coded)
}

fn partition(arguments: &[JValue]) -> Answer {
    let items = match argument(arguments, 0) {
        JValue::Undefined => return Ok(JValue::Undefined),
        JValue::Array(items) if items.is_empty() => return Ok(JValue::Undefined),
        JValue::Array(items) => items,
        _ => return Err(coded("T0412: Argument 1 of function \"partition\" must be an array of \"values\"")),
    };
    let Some(size) = number(arguments, 1, "partition")? else {
        return Ok(JValue::array(vec![JValue::Array(items.clone())]));
    };
    match whole(size) {
        size if size < 0 => Err(coded("D3137: Second argument must be zero or greater")),
        0 => Ok(JValue::Undefined),
        size => {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            Ok(JValue::array(items.chunks(size).map(|chunk| JValue::array(chunk.to_vec())).collect()))
        }
    }
}

fn range(arguments: &[JValue]) -> Answer {
    /// What the service's memory limit leaves room for.
    const MOST: i64 = 360_145;
    let bound = |position| Ok::<_, EvaluatorError>(number(arguments, position, "range")?.map(whole));
    let (Some(start), Some(end), Some(step)) = (bound(0)?, bound(1)?, bound(2)?) else {
        return Ok(JValue::Undefined);
    };
    let distance = i128::from(end) - i128::from(start);
    if step == 0 || distance.signum() * i128::from(step.signum()) < 0 {
        return Ok(JValue::Undefined);
    }
    let count = distance / i128::from(step) + 1;
    if count > i128::from(MOST) {
        return Err(coded(MEMORY));
    }
    let mut numbers = std::iter::successors(Some(start), |number| number.checked_add(step)).map(JValue::from);
    match usize::try_from(count).unwrap_or(0) {
        1 => Ok(JValue::from(start)),
        count => Ok(JValue::array(numbers.by_ref().take(count).collect())),
    }
}

fn hash_of(arguments: &[JValue]) -> Answer {
    let (Some(data), Some(algorithm)) = (text(arguments, 0, "hash")?, text(arguments, 1, "hash")?) else {
        return Ok(JValue::Undefined);
    };
    let digest = hash::digest(data.as_bytes(), algorithm)
        .ok_or_else(|| coded(format!("D3137: Hash algorithm '{algorithm}' must be one of {}", hash::ALGORITHMS)))?;
    Ok(JValue::from(digest))
}

/// The number for a seed; without one there is none.
fn seeded(arguments: &[JValue]) -> Result<Option<JValue>, EvaluatorError> {
    Ok(number(arguments, 0, "random")?.map(|seed| JValue::Number(JavaRandom::seeded(whole(seed)).fraction())))
}

fn parse(arguments: &[JValue]) -> Answer {
    let Some(text) = text(arguments, 0, "parse")? else { return Ok(JValue::Undefined) };
    let invalid = || coded("D3137: Invalid JSON");
    let Unique(json) = serde_json::from_str(text).map_err(|_| invalid())?;
    Ok(bridge::to_engine(&Value::from(json)))
}

/// The whole part of a number.
#[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates, and bounds are checked afterwards")]
fn whole(number: f64) -> i64 {
    number as i64
}
