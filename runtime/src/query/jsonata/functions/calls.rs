//! Calls that stand for others.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep};

use super::HostFunction;
use crate::query::jsonata::{dates, regex};

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
pub(in crate::query::jsonata) fn redirect_call(name: &str, arguments: &[AstNode]) -> Option<AstNode> {
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
pub(in crate::query::jsonata) fn chained_call(op: BinaryOp, left: &AstNode, right: &AstNode) -> Option<AstNode> {
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
pub(in crate::query::jsonata) fn bounded(node: AstNode) -> AstNode {
    call(HostFunction::Bounded.name(), vec![node])
}

/// The pattern as the engine takes it, or the function that stands for one that it cannot match.
pub(in crate::query::jsonata) fn translate_pattern(pattern: &str, flags: &str) -> Result<AstNode, String> {
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
