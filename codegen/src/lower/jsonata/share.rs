//! What an expression reads more than once, and where to bind it.
//!
//! A shared part is bound just above the expression through which all its readers are reached (its immediate dominator),
//! and only if that expression always evaluates it: a part that stands behind conditions only is printed where it is.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::reduce::reduced;
use crate::{
    ir::{Arena, Binary, Expr, ExprId, visit},
    pass::asks_within,
};

/// For each expression, the shared parts that are to be bound just above it, inner ones first.
pub(super) fn places(arena: &Arena, root: ExprId) -> HashMap<ExprId, Vec<ExprId>> {
    let order = topological(arena, root);
    let number: HashMap<ExprId, usize> = order.iter().enumerate().map(|(number, id)| (*id, number)).collect();
    let mut readers: HashMap<ExprId, Vec<ExprId>> = HashMap::new();
    for id in &order {
        printed(arena, *id, &mut |operand| readers.entry(operand).or_default().push(*id));
    }
    let mut dominators: HashMap<ExprId, ExprId> = HashMap::new();
    let mut places: HashMap<ExprId, Vec<ExprId>> = HashMap::new();
    for id in order.iter().skip(1) {
        let Some(above) = readers.get(id) else { continue };
        let Some(dominator) = above.iter().copied().reduce(|a, b| meet(&dominators, &number, a, b)) else { continue };
        dominators.insert(*id, dominator);
        if above.len() > 1 && is_worth_a_name(arena, *id) && evaluates(arena, dominator, *id) {
            places.entry(dominator).or_default().push(*id);
        }
    }
    for shared in places.values_mut() {
        shared.reverse();
    }
    places
}

/// Every expression after all its readers.
fn topological(arena: &Arena, root: ExprId) -> Vec<ExprId> {
    let (mut order, mut seen) = (Vec::new(), HashSet::new());
    let mut open = vec![(root, false)];
    while let Some((id, done)) = open.pop() {
        if done {
            order.push(id);
        } else if seen.insert(id) {
            open.push((id, true));
            printed(arena, id, &mut |operand| open.push((operand, false)));
        }
    }
    order.reverse();
    order
}

/// The operands that are printed.
fn printed(arena: &Arena, id: ExprId, show: &mut dyn FnMut(ExprId)) {
    match arena.get(id) {
        Expr::Known { form, .. } if arena.own_literal(*form).is_some() => {}
        Expr::Known { value, .. } => show(*value),
        Expr::Binary(Binary::And, left, right) if asks_within(arena, *left, *right) => show(*right),
        Expr::Fold { list, init, body, .. } if let Some(list) = reduced(arena, *list, *init) => {
            show(list);
            show(*body);
        }
        expr => visit::operands(expr, show),
    }
}

/// The nearest expression above both.
fn meet(above: &HashMap<ExprId, ExprId>, number: &HashMap<ExprId, usize>, mut a: ExprId, mut b: ExprId) -> ExprId {
    while a != b {
        let lower = if number.get(&a) > number.get(&b) { &mut a } else { &mut b };
        match above.get(lower) {
            Some(next) => *lower = *next,
            None => return *lower,
        }
    }
    a
}

fn is_worth_a_name(arena: &Arena, id: ExprId) -> bool {
    match arena.get(id) {
        Expr::Literal(Value::Array(items)) => !items.is_empty(),
        Expr::Literal(Value::Object(fields)) => !fields.is_empty(),
        Expr::Literal(_)
        | Expr::Regex(_)
        | Expr::Var(_)
        | Expr::ExecutionInput
        | Expr::StateInput
        | Expr::Result
        | Expr::ErrorOutput
        | Expr::Context(_)
        | Expr::Again { .. }
        | Expr::Panic(_) => false,
        Expr::Field { base, default: None, .. } | Expr::Item { list: base, .. } => is_worth_a_name(arena, *base),
        Expr::Field { base, default: Some(_), .. } => is_worth_a_name(arena, *base),
        Expr::Binary(Binary::Ne, left, _) => is_worth_a_name(arena, *left),
        _ => true,
    }
}

/// Whether evaluating `id` always evaluates `part`.
pub(crate) fn evaluates(arena: &Arena, id: ExprId, part: ExprId) -> bool {
    always(arena, id, part, &mut HashMap::new())
}

fn always(arena: &Arena, id: ExprId, part: ExprId, known: &mut HashMap<ExprId, bool>) -> bool {
    if id == part {
        return true;
    }
    if let Some(answer) = known.get(&id) {
        return *answer;
    }
    let mut in_any = |parts: &[ExprId]| parts.iter().any(|id| always(arena, *id, part, known));
    let answer = match arena.get(id) {
        Expr::If { cond, then, otherwise } => in_any(&[*cond]) || (in_any(&[*then]) && in_any(&[*otherwise])),
        Expr::Binary(Binary::And | Binary::Or, left, _) => in_any(&[*left]),
        Expr::Map { list, .. } | Expr::Filter { list, .. } | Expr::Sort { list, .. } => in_any(&[*list]),
        Expr::Fold { list, init, .. } => in_any(&[*list, *init]),
        expr => {
            let mut parts = Vec::new();
            visit::operands(expr, &mut |operand| parts.push(operand));
            in_any(&parts)
        }
    };
    known.insert(id, answer);
    answer
}

/// A name that says what a shared part is.
pub(super) fn name_hint(arena: &Arena, id: ExprId) -> &str {
    match arena.get(id) {
        Expr::Field { keys, .. } => keys.first().map_or("v", String::as_str),
        Expr::Item { .. } => "item",
        Expr::Has { key, .. } => key,
        Expr::Object(_) | Expr::Entry { .. } | Expr::Merge(_) | Expr::Without { .. } => "object",
        Expr::Array(_) | Expr::Map { .. } | Expr::Filter { .. } | Expr::Sort { .. } => "list",
        Expr::Fold { .. } => "folded",
        _ => "v",
    }
}
