//! Loops without effects.
//!
//! The variables that a round hands to the next are the state: the value itself when there is one, otherwise an object.
//! A way out other than the natural end is told by a number under the key `exit`.

use std::collections::{BTreeMap, HashSet};

use super::evaluate::{Env, Evaluator, Exit, Flow, land, split};
use crate::ir::{Arena, Binary, Block, Expr, ExprId, Kind, Label, Var, VarId};

/// How the state of a loop is laid out.
struct State {
    vars: Vec<(VarId, String)>,
    exits: Vec<Exit>,
}

const EXIT: &str = "exit";

impl State {
    fn new(arena: &Arena, vars: Vec<VarId>) -> Self {
        let mut taken = HashSet::from([EXIT.to_owned()]);
        let vars = vars.into_iter().map(|var| {
            let hint = arena.var(var).map_or("v", |var| var.name.as_str());
            (var, crate::lower::unique(hint, &mut taken))
        });
        State { vars: vars.collect(), exits: Vec::new() }
    }

    fn is_bare(&self) -> bool {
        self.vars.len() == 1 && self.exits.is_empty()
    }

    /// The state with the values of `env`; `exit` is how the loop ends, if it does.
    fn pack(&self, arena: &mut Arena, env: &Env, exit: Option<Exit>) -> ExprId {
        let values: Vec<(String, ExprId)> = self
            .vars
            .iter()
            .map(|(var, name)| {
                let old = arena.push(Expr::Var(*var));
                (name.clone(), env.values.get(var).copied().unwrap_or(old))
            })
            .collect();
        if self.is_bare()
            && let Some((_, value)) = values.first()
        {
            return *value;
        }
        let mut fields = values;
        if !self.exits.is_empty() {
            let number =
                exit.and_then(|exit| self.exits.iter().position(|known| *known == exit)).map_or(0, |index| index + 1);
            fields.push((EXIT.to_owned(), arena.constant(number)));
        }
        arena.build(Expr::Object(fields))
    }

    /// The variables' values, read from a state.
    fn unpack(&self, arena: &mut Arena, state: ExprId, env: &mut Env) {
        for (var, name) in &self.vars {
            let kind = arena.var(*var).map(|var| var.kind).unwrap_or_default();
            let value = if self.is_bare() { state } else { key(arena, state, name, kind) };
            env.values.insert(*var, value);
        }
    }

    fn ended_by(&self, arena: &mut Arena, state: ExprId, number: usize) -> ExprId {
        let exit = key(arena, state, EXIT, Kind::Scalar);
        let number = arena.constant(number);
        arena.binary(Binary::Eq, exit, number)
    }

    /// Where control goes behind the loop.
    fn leave(&self, arena: &mut Arena, state: ExprId, mut env: Env, own: Exit) -> Flow {
        self.unpack(arena, state, &mut env);
        let mut flow = Flow::Go(env.clone());
        for (index, exit) in self.exits.iter().enumerate().filter(|(_, exit)| **exit != own) {
            let cond = self.ended_by(arena, state, index + 1);
            flow = split(arena, cond, Flow::Exit(*exit, env.clone()), flow);
        }
        flow
    }
}

fn key(arena: &mut Arena, base: ExprId, name: &str, kind: Kind) -> ExprId {
    arena.build(Expr::Field { base, keys: vec![name.to_owned()], default: None, kind })
}

impl Evaluator<'_> {
    /// A round of the loop, with the state's variables read from `state`.
    fn round(
        &mut self,
        layout: &State,
        state: ExprId,
        body: &Block,
        env: &Env,
        behind: &HashSet<VarId>,
    ) -> Option<Flow> {
        let mut inner = env.clone();
        layout.unpack(self.arena, state, &mut inner);
        self.block(&body.stmts, inner, behind)
    }

    fn layout(&mut self, label: Label, body: &Block, env: &Env, behind: &HashSet<VarId>) -> Option<State> {
        let mut around = behind.clone();
        let mut layout = State::new(self.arena, self.carried(body, env, behind));
        around.extend(layout.vars.iter().map(|(var, _)| *var));
        let probe = self.block(&body.stmts, env.clone(), &around)?;
        let mut exits = BTreeMap::new();
        probe.exits(&mut exits);
        layout.exits = exits.into_keys().filter(|exit| *exit != Exit { label, again: true }).collect();
        Some(layout)
    }

    fn state_var(&mut self, name: &str) -> (VarId, ExprId) {
        let var = self.arena.new_var(Var { name: name.to_owned(), named: true, mutable: false, kind: Kind::Any });
        (var, self.arena.push(Expr::Var(var)))
    }

    /// `for item in list { body }`: a fold over the list.
    pub(super) fn fold(
        &mut self,
        label: Label,
        item: VarId,
        list: ExprId,
        body: &Block,
        env: Env,
        behind: &HashSet<VarId>,
    ) -> Option<Flow> {
        let layout = self.layout(label, body, &env, behind)?;
        let kept = self.kept.len();
        let (acc, state) = self.state_var("acc");
        if layout.is_bare()
            && let (Some((var, _)), Some(slot)) = (layout.vars.first(), self.arena.var(acc).cloned())
        {
            let kind = self.arena.var(*var).map_or(slot.kind, |var| var.kind);
            let name = self.arena.var(*var).map_or(slot.name, |var| var.name.clone());
            if let Some(slot) = self.arena.var_mut(acc) {
                (slot.kind, slot.name) = (kind, name);
            }
        }
        let round = self.round(&layout, state, body, &env, behind)?;
        if self.kept.len() > kept {
            return None;
        }
        let round = land(self.arena, round, Exit { label, again: true });
        let next = round.value(self.arena, &mut |arena, env, exit| layout.pack(arena, env, exit));
        let body = if layout.exits.is_empty() {
            next
        } else {
            let running = layout.ended_by(self.arena, state, 0);
            self.arena.if_(running, next, state)
        };
        let init = layout.pack(self.arena, &env, None);
        let folded = self.arena.build(Expr::Fold { list, init, acc, item, body });
        Some(layout.leave(self.arena, folded, env, Exit { label, again: false }))
    }

    /// `loop { body }`: a function that calls itself.
    pub(super) fn repeat(&mut self, label: Label, body: &Block, env: Env, behind: &HashSet<VarId>) -> Option<Flow> {
        let layout = self.layout(label, body, &env, behind)?;
        let own = Exit { label, again: false };
        let only_break = State {
            vars: layout.vars.clone(),
            exits: layout.exits.iter().copied().filter(|exit| *exit != own).collect(),
        };
        let kept = self.kept.len();
        let (state_var, state) = self.state_var("state");
        let round = self.round(&only_break, state, body, &env, behind)?;
        if self.kept.len() > kept {
            return None;
        }
        let round = land(self.arena, round, Exit { label, again: true });
        let body = round.value(self.arena, &mut |arena, env, exit| {
            let next = only_break.pack(arena, env, exit);
            match exit {
                None => arena.push(Expr::Again { state: state_var, next }),
                Some(_) => next,
            }
        });
        let init = only_break.pack(self.arena, &env, None);
        let ended = self.arena.push(Expr::Iterate { state: state_var, init, body });
        Some(only_break.leave(self.arena, ended, env, own))
    }
}
