//! `Result`s that the same expression puts together, such as those of `parse`: what becomes of a side stands where that
//! side is made, and the `Result` itself is gone.

use std::collections::HashMap;

use serde_json::Value;

use super::{Expr, node, recorder};
use crate::ir::{self, Arena, ExprId, Kind, VarId};

/// What becomes of one side.
pub(super) struct Side {
    value: VarId,
    body: ExprId,
}

impl Side {
    pub(super) fn new<T>(kind: Kind, body: impl FnOnce(Expr<T>) -> ExprId) -> Self {
        let value = recorder::new_var("value", false, kind);
        Side { value, body: node::closure(|| body(node::read(value))) }
    }

    /// What becomes of a value.
    pub(super) fn of(&self, value: ExprId) -> ExprId {
        recorder::with(|recorder| {
            let made = self.of_in(&mut recorder.arena, value);
            recorder.keep_checks(&[value], made);
            made
        })
    }

    fn of_in(&self, arena: &mut Arena, value: ExprId) -> ExprId {
        arena.substitute(self.body, &HashMap::from([(self.value, value)]))
    }

    /// Whether its body may be written more than once.
    fn is_short(&self, arena: &Arena) -> bool {
        arena.literal(self.body).is_some() || *arena.get(self.body) == ir::Expr::Var(self.value)
    }
}

/// How often each side is made.
#[derive(Default)]
struct Ends {
    ok: usize,
    err: usize,
}

/// A `Result` with what becomes of its sides in their place, if all places where they are made are in sight, and nothing
/// long has to be written twice.
pub(super) fn in_place(result: ExprId, ok: &Side, err: &Side) -> Option<ExprId> {
    recorder::with(|recorder| {
        let (arena, mut ends) = (&mut recorder.arena, Ends::default());
        let in_sight = count(arena, result, &mut ends);
        let once = |side: &Side, ends| ends <= 1 || side.is_short(arena);
        if !in_sight || !once(ok, ends.ok) || !once(err, ends.err) {
            return None;
        }
        let made = replaced(arena, result, ok, err);
        recorder.keep_checks(&[result], made);
        Some(made)
    })
}

/// Whether a `Result` is put together here, wherever it comes from.
fn count(arena: &Arena, result: ExprId, ends: &mut Ends) -> bool {
    match arena.get(result) {
        ir::Expr::If { then, otherwise, .. } => count(arena, *then, ends) && count(arena, *otherwise, ends),
        ir::Expr::Let { body, .. } => count(arena, *body, ends),
        ir::Expr::Panic(_) => true,
        _ => match side(arena, result) {
            Some((true, _)) => {
                ends.ok += 1;
                true
            }
            Some((false, _)) => {
                ends.err += 1;
                true
            }
            None => false,
        },
    }
}

fn replaced(arena: &mut Arena, result: ExprId, ok: &Side, err: &Side) -> ExprId {
    match arena.get(result).clone() {
        ir::Expr::If { cond, then, otherwise } => {
            let (then, otherwise) = (replaced(arena, then, ok, err), replaced(arena, otherwise, ok, err));
            arena.if_(cond, then, otherwise)
        }
        ir::Expr::Let { var, value, body } => {
            let body = replaced(arena, body, ok, err);
            arena.build(ir::Expr::Let { var, value, body })
        }
        _ => match side(arena, result) {
            Some((true, Made::Of(value))) => ok.of_in(arena, value),
            Some((false, Made::Of(value))) => err.of_in(arena, value),
            Some((is_ok, Made::Constant(value))) => {
                let value = arena.constant(value);
                if is_ok { ok.of_in(arena, value) } else { err.of_in(arena, value) }
            }
            None => result,
        },
    }
}

/// What a side is made of.
enum Made {
    Of(ExprId),
    Constant(Value),
}

/// Whether a `Result` is an `Ok`, and what of, where it is made.
fn side(arena: &Arena, result: ExprId) -> Option<(bool, Made)> {
    let (name, made) = match arena.get(result) {
        ir::Expr::Object(fields) => match &fields[..] {
            [(name, value)] => (name, Made::Of(*value)),
            _ => return None,
        },
        ir::Expr::Literal(Value::Object(fields)) if fields.len() == 1 => {
            let (name, value) = fields.iter().next()?;
            (name, Made::Constant(value.clone()))
        }
        _ => return None,
    };
    match name.as_str() {
        "Ok" => Some((true, made)),
        "Err" => Some((false, made)),
        _ => None,
    }
}
