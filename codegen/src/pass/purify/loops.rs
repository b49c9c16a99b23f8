//! Loops without effects.
//!
//! The variables that a round hands to the next are the state: the value itself when there is one, otherwise an object.
//! A way out other than the natural end is told by a number under the key `exit`.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::{
    evaluate::{Env, Evaluator, Exit, Flow},
    live::{Live, Ways},
};
use crate::ir::{Arena, Binary, Block, Expr, ExprId, Kind, Label, Var, VarId, visit};

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

    /// The variables' values, read from a state.
    fn unpack(&self, arena: &mut Arena, state: ExprId, env: &mut Env) {
        for (var, name) in &self.vars {
            let kind = arena.var(*var).map(|var| var.kind).unwrap_or_default();
            let value = if self.is_bare() { state } else { key(arena, state, name, kind) };
            env.values.insert(*var, value);
        }
    }

    fn ended_by(&self, arena: &mut Arena, state: ExprId, number: usize) -> ExprId {
        let exit = key(arena, state, EXIT, Kind::SCALAR);
        let number = arena.constant(number);
        arena.binary(Binary::Eq, exit, number)
    }
}

fn key(arena: &mut Arena, base: ExprId, name: &str, kind: Kind) -> ExprId {
    arena.build(Expr::Field { base, keys: vec![name.to_owned()], default: None, kind })
}

impl Evaluator<'_> {
    /// `for item in list { body }`: a fold over the list.
    #[expect(clippy::too_many_arguments, reason = "the parts of the statement, and where it stands")]
    pub(super) fn fold(
        &mut self,
        label: Label,
        item: VarId,
        list: ExprId,
        body: &Block,
        env: Env,
        behind: &Live,
        ways: &mut Ways,
    ) -> Option<Flow> {
        let head = ways.enter_loop(self.arena, label, body, behind, true);
        let layout = self.layout(label, body, &env, &head, ways)?;
        let acc = self.state_var(&layout);
        let state = self.arena.push(Expr::Var(acc));
        let round = self.round(&layout, label, state, body, &env, &head, ways)?;
        let next = self.result(round, &mut |evaluator, env, exit| evaluator.pack(&layout, env, exit));
        let body = if layout.exits.is_empty() {
            next
        } else {
            let running = layout.ended_by(self.arena, state, 0);
            self.arena.if_(running, next, state)
        };
        let init = self.initial(&layout, &env, &head);
        let folded = self.arena.build(Expr::Fold { list, init, acc, item, body });
        self.hold(None, folded, |evaluator, folded| {
            Some(evaluator.leave(&layout, folded, env, Exit { label, again: false }))
        })
    }

    /// `loop { body }`: a function that calls itself.
    pub(super) fn repeat(
        &mut self,
        label: Label,
        body: &Block,
        env: Env,
        behind: &Live,
        ways: &mut Ways,
    ) -> Option<Flow> {
        let own = Exit { label, again: false };
        let head = ways.enter_loop(self.arena, label, body, behind, false);
        let mut layout = self.layout(label, body, &env, &head, ways)?;
        if layout.exits.is_empty() {
            return self.endless();
        }
        layout.exits.retain(|exit| *exit != own);
        let state_var = self.state_var(&layout);
        let state = self.arena.push(Expr::Var(state_var));
        let round = self.round(&layout, label, state, body, &env, &head, ways)?;
        let body = self.result(round, &mut |evaluator, env, exit| {
            let next = evaluator.pack(&layout, env, exit);
            match exit {
                None => evaluator.arena.push(Expr::Again { state: state_var, next }),
                Some(_) => next,
            }
        });
        let init = self.initial(&layout, &env, &head);
        let ended = self.arena.push(Expr::Iterate { state: state_var, init, body });
        self.hold(None, ended, |evaluator, ended| Some(evaluator.leave(&layout, ended, env, own)))
    }

    /// A loop that never ends has no value. It stays a statement; in a closure, where there are none, it fails.
    fn endless(&mut self) -> Option<Flow> {
        let message = self.arena.constant("this loop never ends");
        self.closure.then_some(Flow::Stop(message))
    }

    /// What the state of a loop holds, found by a round on trial.
    fn layout(&mut self, label: Label, body: &Block, env: &Env, head: &Live, ways: &mut Ways) -> Option<State> {
        let lasting = head.union(&ways.behind_exits(body)).copied().collect();
        let mut layout = State::new(self.arena, self.carried(body, &lasting));
        let trial = self.block(&body.stmts, env.clone(), head, ways)?;
        let mut exits = BTreeMap::new();
        trial.exits(&mut exits);
        layout.exits = exits.into_keys().filter(|exit| *exit != Exit { label, again: true }).collect();
        Some(layout)
    }

    /// The variables that a round changes and that are read in the next, or behind a way out of the loop.
    fn carried(&self, body: &Block, lasting: &Live) -> Vec<VarId> {
        let mut vars = visit::assigned(body);
        vars.retain(|var| lasting.contains(var));
        vars
    }

    /// A variable for the state; where that is the value of one variable, it is called like it.
    fn state_var(&mut self, layout: &State) -> VarId {
        let like = layout.vars.first().filter(|_| layout.is_bare()).and_then(|(var, _)| self.arena.var(*var)).cloned();
        let state = Var { name: "state".to_owned(), named: true, mutable: false, kind: Kind::ANY };
        self.arena.new_var(like.map_or(state, |var| Var { mutable: false, ..var }))
    }

    /// A round of the loop, with the state's variables read from `state`. A value that must be evaluated once cannot be
    /// inside.
    #[expect(clippy::too_many_arguments, reason = "the parts of the loop, and where it stands")]
    fn round(
        &mut self,
        layout: &State,
        label: Label,
        state: ExprId,
        body: &Block,
        env: &Env,
        head: &Live,
        ways: &mut Ways,
    ) -> Option<Flow> {
        let kept = self.kept.len();
        let mut inner = env.clone();
        layout.unpack(self.arena, state, &mut inner);
        let round = self.block(&body.stmts, inner, head, ways)?;
        (self.kept.len() == kept).then(|| self.land(round, Exit { label, again: true }))
    }

    /// The state before the first round. What no way from there reads before it is assigned may not be there yet.
    fn initial(&mut self, layout: &State, env: &Env, head: &Live) -> ExprId {
        let mut env = env.clone();
        for (var, _) in layout.vars.iter().filter(|(var, _)| !head.contains(var)) {
            let null = self.arena.constant(Value::Null);
            env.values.entry(*var).or_insert(null);
        }
        self.pack(layout, &env, None)
    }

    /// The state with the values of `env`; `exit` is how the loop ends, if it does.
    fn pack(&mut self, layout: &State, env: &Env, exit: Option<Exit>) -> ExprId {
        let mut fields: Vec<(String, ExprId)> =
            layout.vars.iter().map(|(var, name)| (name.clone(), self.current(env, *var))).collect();
        if let ([(_, value)], true) = (fields.as_slice(), layout.is_bare()) {
            return *value;
        }
        if !layout.exits.is_empty() {
            let position = exit.and_then(|exit| layout.exits.iter().position(|known| *known == exit));
            fields.push((EXIT.to_owned(), self.arena.constant(position.map_or(0, |index| index + 1))));
        }
        self.arena.build(Expr::Object(fields))
    }

    /// Where control goes behind the loop.
    fn leave(&mut self, layout: &State, state: ExprId, mut env: Env, own: Exit) -> Flow {
        layout.unpack(self.arena, state, &mut env);
        let others = layout.exits.iter().enumerate().filter(|(_, exit)| **exit != own);
        others.fold(Flow::Go(env.clone()), |flow, (index, exit)| {
            let cond = layout.ended_by(self.arena, state, index + 1);
            self.split(cond, Flow::Exit(*exit, env.clone()), flow)
        })
    }
}
