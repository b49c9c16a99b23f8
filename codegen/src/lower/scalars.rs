//! Variables of which only parts are read.
//!
//! A `Result` that is assigned as `{"Ok": value}` and read as `.Ok` needs no object around the value: each part that is read
//! becomes a variable of its own.

use std::collections::{HashMap, HashSet};

use super::graph::{Edge, Graph, StateKind, Target};
use crate::ir::{Arena, Expr, ExprId, Kind, Var, VarId, visit};

/// Replaces such variables in a machine and those inside it.
pub(super) fn scalars(arena: &mut Arena, graph: &mut Graph) {
    let mut survey = Survey { arena, parts: HashMap::new(), whole: HashSet::new(), assigned: HashSet::new() };
    survey.graph(graph);
    let Survey { parts, whole, assigned, .. } = survey;
    let mut split: HashMap<VarId, HashMap<String, VarId>> = HashMap::new();
    let mut vars: Vec<(VarId, Vec<(String, Kind)>)> =
        parts.into_iter().filter(|(var, _)| assigned.contains(var) && !whole.contains(var)).collect();
    vars.sort_by_key(|(var, _)| *var);
    for (var, keys) in vars {
        let Some(of) = arena.var(var).cloned() else { continue };
        let own = keys.into_iter().map(|(key, kind)| {
            let name = if key == "Err" { "error".to_owned() } else { of.name.clone() };
            (key, arena.new_var(Var { name, kind, ..of }))
        });
        split.insert(var, own.collect());
    }
    if !split.is_empty() {
        replace(arena, graph, &split);
    }
}

/// Which keys of a variable are read, which variables are read or assigned as a whole, and which the machine assigns at all.
struct Survey<'a> {
    arena: &'a Arena,
    parts: HashMap<VarId, Vec<(String, Kind)>>,
    whole: HashSet<VarId>,
    assigned: HashSet<VarId>,
}

impl Survey<'_> {
    fn graph(&mut self, graph: &Graph) {
        self.edge(&graph.entry);
        for id in graph.reachable() {
            let Some(state) = graph.get(id) else { continue };
            state.kind.clone().values_mut().into_iter().for_each(|value| self.value(*value));
            state.kind.edges().into_iter().for_each(|edge| self.edge(edge));
            if let StateKind::Work { work, .. } = &state.kind {
                work.machines().into_iter().for_each(|machine| self.graph(machine));
            }
        }
    }

    fn edge(&mut self, edge: &Edge) {
        for (var, value) in &edge.assign {
            self.assigned.insert(*var);
            match self.arena.get(self.arena.form(*value)) {
                Expr::Object(fields) => fields.iter().for_each(|(_, value)| self.value(*value)),
                Expr::Literal(serde_json::Value::Object(_)) => {}
                _ => {
                    self.whole.insert(*var);
                    self.value(*value);
                }
            }
        }
        match &edge.target {
            Target::State(_) => {}
            Target::End(value) => self.value(*value),
            Target::Fail(failure) => [failure.error, failure.cause].into_iter().for_each(|value| self.value(value)),
        }
    }

    fn value(&mut self, id: ExprId) {
        if let Expr::Var(var) = self.arena.get(id) {
            self.whole.insert(*var);
        }
        self.arena.visit(id, &mut |expr| {
            // What an expression binds itself is no variable of the machine.
            self.whole.extend(visit::binders(expr));
            match expr {
                Expr::Field { base, keys, default: None, kind } if keys.len() == 1 => {
                    if let (Expr::Var(var), Some(key)) = (self.arena.get(*base), keys.first()) {
                        let parts = self.parts.entry(*var).or_default();
                        match parts.iter_mut().find(|(known, _)| known == key) {
                            // Each reader says what it knows.
                            Some((_, known)) => *known = known.and(*kind),
                            None => parts.push((key.clone(), *kind)),
                        }
                    }
                }
                expr => visit::operands(expr, &mut |operand| {
                    if let Expr::Var(var) = self.arena.get(operand) {
                        self.whole.insert(*var);
                    }
                }),
            }
        });
    }
}

type Split = HashMap<VarId, HashMap<String, VarId>>;

fn replace(arena: &mut Arena, graph: &mut Graph, split: &Split) {
    graph.entry = replace_edge(arena, &graph.entry, split);
    for state in &mut graph.states {
        for value in state.kind.values_mut() {
            *value = replace_value(arena, *value, split);
        }
        for edge in state.kind.edges_mut() {
            *edge = replace_edge(arena, edge, split);
        }
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| replace(arena, machine, split));
        }
    }
}

fn replace_value(arena: &mut Arena, value: ExprId, split: &Split) -> ExprId {
    arena.rewrite(value, &mut |arena, expr| {
        let Expr::Field { base, keys, default: None, .. } = expr else { return None };
        let Expr::Var(var) = arena.get(*base) else { return None };
        let part = *split.get(var)?.get(keys.first()?)?;
        Some(arena.push(Expr::Var(part)))
    })
}

fn replace_edge(arena: &mut Arena, edge: &Edge, split: &Split) -> Edge {
    let mut new = edge.map(&mut |value| replace_value(arena, value, split));
    let assign = std::mem::take(&mut new.assign);
    for (var, value) in assign {
        let Some(parts) = split.get(&var) else {
            new.assign.push((var, value));
            continue;
        };
        let mut parts: Vec<(&String, &VarId)> = parts.iter().collect();
        parts.sort_by_key(|(_, part)| **part);
        for (key, part) in parts {
            if let Some(value) = known_field(arena, value, key) {
                new.assign.push((*part, value));
            }
        }
    }
    new
}

fn known_field(arena: &mut Arena, value: ExprId, key: &str) -> Option<ExprId> {
    match arena.get(arena.form(value)).clone() {
        Expr::Object(fields) => fields.into_iter().find(|(name, _)| name == key).map(|(_, value)| value),
        Expr::Literal(serde_json::Value::Object(fields)) => fields.get(key).cloned().map(|value| arena.constant(value)),
        _ => None,
    }
}
