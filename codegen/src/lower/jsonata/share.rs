//! What an expression reads more than once, and where to bind it.
//!
//! A shared part is bound just above the expression through which all its readers are reached (its immediate dominator), if
//! that expression always evaluates it. Otherwise it is bound in each of the branches below that does and reads it more
//! than once.

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
    let mut places = Places { arena, shared: HashMap::new(), named: HashSet::new() };
    for id in order.iter().skip(1) {
        let Some(above) = readers.get(id) else { continue };
        let Some(dominator) = above.iter().copied().reduce(|a, b| meet(&dominators, &number, a, b)) else { continue };
        dominators.insert(*id, dominator);
        if above.len() > 1 && is_worth_a_name(arena, *id) {
            places.bind(*id, dominator);
        }
    }
    for shared in places.shared.values_mut() {
        shared.reverse();
    }
    places.shared
}

/// Where shared parts are bound, as far as that is decided: readers come before what they read.
struct Places<'a> {
    arena: &'a Arena,
    shared: HashMap<ExprId, Vec<ExprId>>,
    /// The parts that have a name somewhere.
    named: HashSet<ExprId>,
}

impl Places<'_> {
    /// Binds a part above an expression that always evaluates it, or else in the branches below.
    fn bind(&mut self, part: ExprId, dominator: ExprId) {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let (mut leads, mut evaluated) = (HashMap::from([(part, true)]), HashMap::new());
        let mut open = vec![dominator];
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            if always(self.arena, at, part, &mut evaluated) {
                found.push(at);
            } else {
                open.extend(self.written(at).into_iter().filter_map(|branch| self.fork(branch, part, &mut leads)));
            }
        }
        for at in found {
            self.shared.entry(at).or_default().push(part);
            self.named.insert(part);
        }
    }

    /// The first expression at or below this one where the ways to a part divide; none if no more than one leads there.
    fn fork(&self, mut at: ExprId, part: ExprId, leads: &mut HashMap<ExprId, bool>) -> Option<ExprId> {
        while at != part {
            let mut ways = self.written(at);
            ways.retain(|way| self.leads(*way, leads));
            match ways[..] {
                [] => return None,
                [way] => at = way,
                _ => return Some(at),
            }
        }
        None
    }

    /// Whether the part is written out in an expression, as far as that is not known.
    fn leads(&self, from: ExprId, known: &mut HashMap<ExprId, bool>) -> bool {
        if let Some(leads) = known.get(&from) {
            return *leads;
        }
        let leads = self.written(from).into_iter().any(|below| self.leads(below, known));
        known.insert(from, leads);
        leads
    }

    /// What is written out in an expression: its operands, but those that have a name, and the values of the names that it
    /// binds.
    fn written(&self, id: ExprId) -> Vec<ExprId> {
        let mut written = self.shared.get(&id).cloned().unwrap_or_default();
        printed(self.arena, id, &mut |operand| {
            if !self.named.contains(&operand) {
                written.push(operand);
            }
        });
        written
    }
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
    let mut operands = Vec::new();
    visit::evaluated(arena.get(id), &mut |operand| operands.push(operand));
    let mut answer = operands.into_iter().any(|operand| always(arena, operand, part, known));
    if let Expr::If { then, otherwise, .. } = *arena.get(id) {
        answer = answer || always(arena, then, part, known) && always(arena, otherwise, part, known);
    }
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
