//! The functions that the service adds to JSONata, and those whose answer depends on the execution.

use std::rc::Rc;
use std::sync::Arc;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep};
use jsonata_core::evaluator::{Evaluator, EvaluatorError};
use jsonata_core::value::JValue;

use super::memory::{self, Account, Excess};
use super::messages::MEMORY;
use super::unique_keys::Unique;
use super::{bridge, dates, regex, signature};
use crate::hash;
use crate::query::View;
use crate::random::JavaRandom;
use crate::value::Value;

/// Declares the functions with the names they have for the engine, and how many arguments they take at most.
macro_rules! functions {
    ($($function:ident $name:literal $arity:literal,)*) => {
        /// A function that the engine does not have.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(super) enum HostFunction {
            $($function),*
        }

        impl HostFunction {
            pub(super) fn named(name: &str) -> Option<HostFunction> {
                match name {
                    $($name => Some(HostFunction::$function),)*
                    _ => None,
                }
            }

            pub(super) fn name(self) -> &'static str {
                match self {
                    $(HostFunction::$function => $name),*
                }
            }

            fn arity(self) -> u8 {
                match self {
                    $(HostFunction::$function => $arity),*
                }
            }
        }
    };
}

// Those with a blank in their name stand for something else; an expression cannot call them itself.
functions! {
    Bounded "bounded value" 1,
    BoundedJoin "bounded join" 2,
    BoundedPad "bounded pad" 3,
    BoundedReplace "bounded replace" 4,
    Clone "clone" 1,
    ContainsPattern "contains pattern" 3,
    DatedPicture "dated picture" 1,
    DatedText "dated text" 2,
    FindPattern "findPattern" 4,
    Hash "hash" 2,
    Millis "millis" 0,
    NowArgument "argument of now" 2,
    Parse "parse" 1,
    Partition "partition" 2,
    Random "random" 1,
    Range "range" 3,
    SplitByPattern "split by pattern" 4,
    SurplusArgument "surplus argument" 2,
    Uuid "uuid" 0,
}

/// What checks the arguments of a function that can build much by one call.
fn check_of(name: &str) -> Option<HostFunction> {
    match name {
        "join" => Some(HostFunction::BoundedJoin),
        "pad" => Some(HostFunction::BoundedPad),
        "replace" => Some(HostFunction::BoundedReplace),
        _ => None,
    }
}

/// The call that stands for one the service answers in its own way, or that the engine cannot answer; `None` leaves the
/// call as it is.
pub(super) fn redirect_call(name: &str, arguments: &[AstNode]) -> Option<AstNode> {
    match (name, arguments) {
        // The engine's `$now` looks at the wall clock; `$millis` is ours.
        ("now", [] | [_] | [_, _]) => {
            let millis = call(HostFunction::Millis.name(), Vec::new());
            let checked = arguments.iter().zip(1..).map(|(argument, position)| {
                call(HostFunction::NowArgument.name(), vec![argument.clone(), AstNode::Number(position.into())])
            });
            Some(call("fromMillis", std::iter::once(millis).chain(checked).collect()))
        }
        ("now", _) => Some(surplus_call(name, 3)),
        // Where a picture leaves out the date, the engine's `$toMillis` looks at the wall clock.
        ("toMillis", [text, picture]) if !dates::is_dated(text) => {
            let dated_text = call(HostFunction::DatedText.name(), vec![text.clone(), picture.clone()]);
            let dated_picture = call(HostFunction::DatedPicture.name(), vec![picture.clone()]);
            Some(call("toMillis", vec![dated_text, dated_picture]))
        }
        // The service has no `$eval`: a call of it is a call of nothing.
        ("eval", _) => Some(call("eval is disabled", arguments.to_vec())),
        // Without a text, the context item is meant.
        ("contains" | "split", [AstNode::Regex { .. }, ..]) => {
            let item = AstNode::Variable(String::new());
            redirect_call(name, &std::iter::once(item).chain(arguments.iter().cloned()).collect::<Vec<_>>())
        }
        // The engine takes no functions for patterns here.
        ("contains", [text, AstNode::Regex { pattern, flags }]) => {
            call_with_pattern(HostFunction::ContainsPattern, text, [pattern, flags], &[])
        }
        ("split", [text, AstNode::Regex { pattern, flags }, limit @ ..]) => {
            call_with_pattern(HostFunction::SplitByPattern, text, [pattern, flags], limit)
        }
        ("join" | "pad" | "replace", _) => checked_call(name, arguments),
        _ => {
            let arity = HostFunction::named(name)?.arity();
            (arguments.len() > usize::from(arity)).then(|| surplus_call(name, arity + 1))
        }
    }
}

/// The call that a chain means, `$x ~> $f($y)` being `$f($x, $y)`.
pub(super) fn chained_call(op: BinaryOp, left: &AstNode, right: &AstNode) -> Option<AstNode> {
    match (op, right) {
        (BinaryOp::ChainPipe, AstNode::Function { name, args, is_builtin: true })
            if !args.iter().any(|argument| matches!(argument, AstNode::Placeholder)) =>
        {
            Some(call(name, std::iter::once(left).chain(args).cloned().collect()))
        }
        // `$f($y)[]`
        (BinaryOp::ChainPipe, AstNode::Path { steps }) => match steps.as_slice() {
            [step] => {
                let node = chained_call(op, left, &step.node)?;
                Some(AstNode::Path { steps: vec![PathStep { node, ..step.clone() }] })
            }
            _ => None,
        },
        _ => None,
    }
}

/// A call whose arguments are checked before, by the function for it: `$join($a, $b)` becomes
/// `($1 := $a; $2 := $b; $join($check($1, $2), $2))`; `None` for functions that need no check.
fn checked_call(name: &str, arguments: &[AstNode]) -> Option<AstNode> {
    let check = check_of(name)?;
    let is_checked = |argument: &AstNode| match argument {
        AstNode::Placeholder => true,
        AstNode::Function { name, .. } => name == check.name(),
        _ => false,
    };
    if arguments.len() < 2 || arguments.iter().any(is_checked) {
        return None;
    }
    let variables: Vec<_> =
        (1..=arguments.len()).map(|position| AstNode::Variable(format!("argument {position}"))).collect();
    let bind = |(variable, argument): (&AstNode, &AstNode)| AstNode::Binary {
        op: BinaryOp::ColonEqual,
        lhs: Box::new(variable.clone()),
        rhs: Box::new(argument.clone()),
    };
    let checked = call(check.name(), variables.iter().take(check.arity().into()).cloned().collect());
    let arguments_then = std::iter::once(checked).chain(variables.iter().skip(1).cloned()).collect();
    let bindings = variables.iter().zip(arguments).map(bind);
    Some(AstNode::Block(bindings.chain(std::iter::once(call(name, arguments_then))).collect()))
}

/// The node with a check of what it gives.
pub(super) fn bounded(node: AstNode) -> AstNode {
    call(HostFunction::Bounded.name(), vec![node])
}

/// The pattern as the engine takes it, or the function that stands for one that it cannot match.
pub(super) fn translate_pattern(pattern: &str, flags: &str) -> Result<AstNode, String> {
    let translated = regex::translate(pattern);
    regex::check(&translated, flags)?;
    let name = HostFunction::FindPattern.name();
    let is_beyond_engine = regex::is_beyond_engine(pattern, flags);
    let matcher = if is_beyond_engine { regex::matcher(&translated, flags, name) } else { None };
    Ok(matcher.unwrap_or_else(|| AstNode::Regex { pattern: translated, flags: flags.to_owned() }))
}

fn call_with_pattern(
    function: HostFunction,
    text: &AstNode,
    [pattern, flags]: [&String; 2],
    rest: &[AstNode],
) -> Option<AstNode> {
    if !regex::is_beyond_engine(pattern, flags) {
        return None;
    }
    let pattern = [regex::translate(pattern), flags.clone()].map(AstNode::String);
    let arguments = std::iter::once(text.clone()).chain(pattern).chain(rest.iter().cloned());
    Some(call(function.name(), arguments.collect()))
}

/// The call that fails as one with too many arguments, of which the one at the position is the first.
fn surplus_call(function: &str, position: u8) -> AstNode {
    call(
        HostFunction::SurplusArgument.name(),
        vec![AstNode::String(function.to_owned()), AstNode::Number(position.into())],
    )
}

fn call(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function { name: name.to_owned(), args, is_builtin: true }
}

/// Makes the functions that an expression mentions known to the engine.
pub(super) fn register(evaluator: &mut Evaluator, functions: &[HostFunction], view: &View<'_>) {
    let account = Rc::new(Account::default());
    for function in functions.iter().copied() {
        let (random, now, account) = (Arc::clone(view.random), view.clock.now(), Rc::clone(&account));
        let body = move |arguments: &[JValue]| match function {
            HostFunction::Bounded => checked(arguments, |[value]| account.check(value)),
            HostFunction::BoundedJoin => checked(arguments, |[list, separator]| memory::check_join(list, separator)),
            HostFunction::BoundedPad => checked(arguments, |[_, width]| memory::check_width(width)),
            HostFunction::BoundedReplace => {
                checked(arguments, |[text, pattern, replacement]| memory::check_replace(text, pattern, replacement))
            }
            HostFunction::Clone => clone_of(argument(arguments, 0)),
            HostFunction::ContainsPattern => contains(arguments),
            HostFunction::DatedPicture => Ok(dates::picture(argument(arguments, 0))),
            HostFunction::DatedText => Ok(dates::text(argument(arguments, 0), argument(arguments, 1), now)),
            HostFunction::FindPattern => find(arguments, number(arguments, 3, "match")?.unwrap_or(0.0), "match"),
            HostFunction::Hash => hash_of(arguments),
            #[expect(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53 for 285,000 years")]
            HostFunction::Millis => Ok(JValue::Number(now.timestamp_millis() as f64)),
            HostFunction::NowArgument => now_argument(arguments),
            HostFunction::Parse => parse(arguments),
            HostFunction::Partition => partition(arguments),
            HostFunction::Random => {
                seeded(arguments).map(|seeded| seeded.unwrap_or_else(|| JValue::Number(random.fraction())))
            }
            HostFunction::Range => range(arguments),
            HostFunction::SplitByPattern => split(arguments),
            HostFunction::SurplusArgument => surplus_argument(arguments),
            HostFunction::Uuid => Ok(JValue::from(random.uuid().to_string())),
        };
        // Refused only for functions that the engine compiles, and these are none of them.
        let registered = evaluator.register_fn_override(function.name(), body);
        debug_assert!(registered.is_ok(), "{function:?} cannot be registered");
    }
}

type Answer = Result<JValue, EvaluatorError>;

/// The first argument, if a check of the arguments finds nothing.
fn checked<const N: usize>(arguments: &[JValue], check: impl FnOnce([&JValue; N]) -> Result<(), Excess>) -> Answer {
    match check(std::array::from_fn(|position| argument(arguments, position))) {
        Ok(()) => Ok(argument(arguments, 0).clone()),
        Err(Excess) => Err(coded(MEMORY)),
    }
}

/// What a call with too many arguments raises; only calls are counted, as `$map` gives more than a function takes.
fn surplus_argument(arguments: &[JValue]) -> Answer {
    let position = number(arguments, 1, "error")?.map_or(0, whole);
    Err(mismatch(usize::try_from(position).unwrap_or_default(), argument(arguments, 0).as_str().unwrap_or_default()))
}

/// A picture or a time zone for `$now`, which is a text if it is there.
fn now_argument(arguments: &[JValue]) -> Answer {
    let position = number(arguments, 1, "now")?.map_or(0, whole);
    match argument(arguments, 0) {
        JValue::String(_) | JValue::Undefined => Ok(argument(arguments, 0).clone()),
        _ => Err(mismatch(usize::try_from(position).unwrap_or_default(), "now")),
    }
}

fn mismatch(position: usize, function: &str) -> EvaluatorError {
    coded(signature::of_argument(position, function))
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

/// A copy of an object or a list.
fn clone_of(value: &JValue) -> Answer {
    match value {
        JValue::Object(_) | JValue::Array(_) | JValue::Undefined => Ok(value.clone()),
        _ => Err(mismatch(1, "clone")),
    }
}

/// Whether a text has a part that matches a pattern.
fn contains(arguments: &[JValue]) -> Answer {
    let found = find(arguments, 0.0, "contains")?;
    Ok(if argument(arguments, 0).is_undefined() { found } else { JValue::Bool(!found.is_undefined()) })
}

/// The parts of a text between the matches of a pattern.
fn split(arguments: &[JValue]) -> Answer {
    let [text, pattern, flags] = [0, 1, 2].map(|position| text(arguments, position, "split"));
    let (Some(text), Some(pattern), Some(flags)) = (text?, pattern?, flags?) else { return Ok(JValue::Undefined) };
    let limit = number(arguments, 3, "split")?.map(|limit| usize::try_from(whole(limit)).unwrap_or(0));
    regex::split(text, pattern, flags, limit).map_err(coded)
}

/// The first match of a pattern from a position on.
fn find(arguments: &[JValue], start: f64, function: &str) -> Answer {
    let [text, pattern, flags] = [0, 1, 2].map(|position| text(arguments, position, function));
    let (Some(text), Some(pattern), Some(flags)) = (text?, pattern?, flags?) else { return Ok(JValue::Undefined) };
    regex::find(text, pattern, flags, usize::try_from(whole(start)).unwrap_or(0)).map_err(coded)
}

fn partition(arguments: &[JValue]) -> Answer {
    let items = match argument(arguments, 0) {
        JValue::Undefined => return Ok(JValue::Undefined),
        JValue::Array(items) if items.is_empty() => return Ok(JValue::Undefined),
        JValue::Array(items) => items,
        _ => return Err(coded(signature::of_items(1, "partition", 'x'))),
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
