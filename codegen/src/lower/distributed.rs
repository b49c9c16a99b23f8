//! Distributed maps: each item or batch is an execution of its own, which sees nothing but its input.
//!
//! What the body reads from around it goes into that input: the item selector or the input of batches carries it.

use std::collections::HashSet;

use super::{
    build::{Builder, machine},
    graph::{Distributed, Edge, Graph, StateKind, Work},
};
use crate::{
    ir::{self, Arena, Expr, ExprId, Kind, MapEffect, VarId},
    position::Position,
};

/// What the body takes from around it: a name in the input, and the value outside.
type Captured = Vec<(String, ExprId)>;

impl Builder<'_> {
    pub(super) fn distributed(&mut self, map: &MapEffect, options: &ir::Distributed, at: Position) -> Work {
        let mut body = machine(self.arena, &map.body, at);
        let input = self.arena.push(Expr::ExecutionInput);
        let batch = options.batch.as_ref();
        let base = if batch.is_some() { self.key(input, "BatchInput") } else { input };
        let own: HashSet<VarId> = assigned(&body);
        let batch_input = batch.and_then(|batch| batch.input);
        let params = [Some(map.item), batch_input.map(|(var, _)| var)];
        let mut capture = Capture { own, params, base, captured: Captured::new() };
        capture.graph(self.arena, &mut body);
        let Capture { mut captured, .. } = capture;

        let selected = options.selected.unwrap_or_else(|| self.arena.push(Expr::map_item()));
        let (mut selector, mut shared) = (options.selected, None);
        let (item, common) = match batch {
            Some(_) if captured.is_empty() => {
                shared = batch_input.map(|(_, value)| value);
                (self.key(input, "Items"), base)
            }
            Some(_) => {
                captured.extend(batch_input.map(|(_, value)| ("input".to_owned(), value)));
                shared = Some(self.arena.build(Expr::Object(captured)));
                (self.key(input, "Items"), self.key(base, "input"))
            }
            None if captured.is_empty() => (input, base),
            None => {
                captured.insert(0, ("item".to_owned(), selected));
                selector = Some(self.arena.build(Expr::Object(captured)));
                (self.key(input, "item"), base)
            }
        };
        let mut values = vec![(map.item, item)];
        values.extend(batch_input.map(|(var, _)| (var, common)));
        Replace(values).graph(self.arena, &mut body);

        let mut arguments = |place: ExprId, name: &str, second: &str| {
            let (bucket, key) = (self.key(place, "bucket"), self.key(place, name));
            self.arena.build(Expr::Object(vec![("Bucket".to_owned(), bucket), (second.to_owned(), key)]))
        };
        let items = match options.reader {
            None => map.items,
            Some(reader) => arguments(map.items, &reader.key().to_lowercase(), reader.key()),
        };
        let results = options.results.map(|place| arguments(place, "prefix", "Prefix"));
        Work::Distributed(Box::new(Distributed {
            items,
            reader: options.reader,
            selector,
            batch_size: batch.map(|batch| batch.size),
            batch_input: shared,
            max_concurrency: map.max_concurrency,
            tolerated_count: options.tolerated_count,
            tolerated_percentage: options.tolerated_percentage,
            results,
            label: options.label.clone(),
            express: options.express,
            body,
        }))
    }
}

/// The variables that a machine assigns.
fn assigned(graph: &Graph) -> HashSet<VarId> {
    let mut vars: HashSet<VarId> = graph.entry.assign.iter().map(|(var, _)| *var).collect();
    for state in &graph.states {
        vars.extend(state.kind.edges().into_iter().flat_map(|edge| &edge.assign).map(|(var, _)| *var));
        if let StateKind::Work { work, .. } = &state.kind {
            work.machines().into_iter().for_each(|machine| vars.extend(assigned(machine)));
        }
    }
    vars
}

/// Changes every expression that is evaluated in one execution: not those in the executions that it starts.
trait Rewrite {
    fn value(&mut self, arena: &mut Arena, value: ExprId) -> ExprId;

    fn edge(&mut self, arena: &mut Arena, edge: &Edge) -> Edge {
        edge.map(&mut |value| self.value(arena, value))
    }

    fn graph(&mut self, arena: &mut Arena, graph: &mut Graph) {
        graph.entry = self.edge(arena, &graph.entry);
        for state in &mut graph.states {
            for value in state.kind.values_mut() {
                *value = self.value(arena, *value);
            }
            for edge in state.kind.edges_mut() {
                *edge = self.edge(arena, edge);
            }
            match &mut state.kind {
                StateKind::Work { work, .. } if !matches!(**work, Work::Distributed(_)) => {
                    work.machines_mut().into_iter().for_each(|machine| self.graph(arena, machine));
                }
                _ => {}
            }
        }
    }
}

struct Capture {
    /// The variables of the execution itself.
    own: HashSet<VarId>,
    params: [Option<VarId>; 2],
    /// Where captured values are found.
    base: ExprId,
    captured: Captured,
}

impl Capture {
    /// What stands for a value from around the body.
    fn take(&mut self, arena: &mut Arena, name: &str, value: ExprId, kind: Kind) -> ExprId {
        let known = self.captured.iter().find(|(_, known)| *known == value).map(|(name, _)| name.clone());
        let key = known.unwrap_or_else(|| {
            let taken = |name: &String| {
                ["item", "input"].contains(&name.as_str()) || self.captured.iter().any(|(known, _)| known == name)
            };
            let numbered = (2..).map(|number| format!("{name}_{number}"));
            let key = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default();
            self.captured.push((key.clone(), value));
            key
        });
        arena.build(Expr::Field { base: self.base, keys: vec![key], default: None, kind })
    }
}

impl Rewrite for Capture {
    fn value(&mut self, arena: &mut Arena, value: ExprId) -> ExprId {
        let mut bound = HashSet::new();
        arena.visit(value, &mut |expr| bound.extend(ir::visit::binders(expr)));
        arena.rewrite(value, &mut |arena, expr| match expr {
            Expr::Var(var) if !self.own.contains(var) && !self.params.contains(&Some(*var)) && !bound.contains(var) => {
                let (name, kind) = arena.var(*var).map(|var| (var.name.clone(), var.kind)).unwrap_or_default();
                let read = arena.push(Expr::Var(*var));
                Some(self.take(arena, &name, read, kind))
            }
            Expr::Field { base, keys, kind, .. } if matches!(arena.get(*base), Expr::ExecutionInput) => {
                let (name, kind) = (keys.first().cloned().unwrap_or_default(), *kind);
                let read = arena.push(expr.clone());
                Some(self.take(arena, &name, read, kind))
            }
            Expr::ExecutionInput => {
                let read = arena.push(Expr::ExecutionInput);
                Some(self.take(arena, "outer", read, Kind::ANY))
            }
            _ => None,
        })
    }
}

/// Replaces the parameters of the body.
struct Replace(Vec<(VarId, ExprId)>);

impl Rewrite for Replace {
    fn value(&mut self, arena: &mut Arena, value: ExprId) -> ExprId {
        arena.substitute(value, &self.0.iter().copied().collect())
    }
}
