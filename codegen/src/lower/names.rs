//! Names of states and of the machine's variables: unique in the whole machine, stable, and readable.
//!
//! A state is called after what it does. Where a name is taken, what tells the two apart comes to it (`charge(order.id)`), and
//! only if that is taken as well, a number: numbers depend on all states before, so an edit would shift them.

mod detail;

use std::collections::{HashMap, HashSet};

use super::{
    graph::{Graph, State, StateKind, Work},
    jsonata::{Names, print, unique},
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    ir::{Arena, ExprId, VarId},
};

/// The greatest number of characters of a state name (States Language, "States").
const LONGEST: usize = 80;

/// What naming gave besides the names of the states.
pub(super) struct Named {
    /// The variables that the machine assigns.
    pub(super) variables: HashMap<VarId, String>,
    /// Names that no state may have.
    pub(super) diagnostics: Diagnostics,
}

/// Names everything.
pub(super) fn name(arena: &Arena, graph: &mut Graph) -> Named {
    let mut namer = Namer {
        arena,
        taken: HashSet::new(),
        words: HashSet::from(["states".to_owned()]),
        named: Named { variables: HashMap::new(), diagnostics: Diagnostics::default() },
    };
    namer.variables(graph);
    namer.states(graph);
    namer.named
}

struct Namer<'a> {
    arena: &'a Arena,
    taken: HashSet<String>,
    words: HashSet<String>,
    named: Named,
}

impl Namer<'_> {
    fn variables(&mut self, graph: &Graph) {
        for id in graph.reachable() {
            let Some(state) = graph.get(id) else { continue };
            for (var, _) in state.kind.edges().into_iter().flat_map(|edge| &edge.assign) {
                if !self.named.variables.contains_key(var) {
                    let hint = self.arena.var(*var).map_or("v", |var| var.name.as_str());
                    let name = unique(hint, &mut self.words);
                    self.named.variables.insert(*var, name);
                }
            }
            if let StateKind::Work { work, .. } = &state.kind {
                work.machines().into_iter().for_each(|machine| self.variables(machine));
            }
        }
    }

    fn states(&mut self, graph: &mut Graph) {
        for id in graph.reachable() {
            let Some(state) = graph.states.get_mut(id.0) else { continue };
            let base = if state.name.is_empty() { self.base(state) } else { state.name.clone() };
            state.name = self.unique(base, state);
            if let StateKind::Work { work, .. } = &mut state.kind {
                work.machines_mut().into_iter().for_each(|machine| self.states(machine));
            }
        }
    }

    /// A name that is not taken.
    fn unique(&mut self, base: String, state: &State) -> String {
        let name = shortened(&base, LONGEST);
        if self.taken.insert(name.clone()) {
            return name;
        }
        let base = detail::detailed(&self.names(), &base, state).unwrap_or(base);
        let numbers = std::iter::once(String::new()).chain((2..).map(|number| format!(" {number}")));
        let names = numbers.map(|end| shortened(&base, LONGEST - end.len()) + &end);
        let free = names.into_iter().find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    fn names(&self) -> Names<'_> {
        Names { arena: self.arena, machine: &self.named.variables, input_is_state_input: false }
    }

    fn base(&mut self, state: &State) -> String {
        match &state.kind {
            StateKind::Work { work, .. } => self.work(work, state),
            StateKind::Choice { rules, .. } => {
                rules.first().map_or_else(|| "Choice".to_owned(), |(cond, _)| self.question(*cond))
            }
            StateKind::Pass(_) | StateKind::Join(_) => "Start".to_owned(),
            StateKind::Succeed(_) => "Done".to_owned(),
            StateKind::Fail(failure) => match self.arena.literal(failure.error).and_then(serde_json::Value::as_str) {
                Some(error) => format!("Fail {error}"),
                None => "Fail".to_owned(),
            },
        }
    }

    fn work(&mut self, work: &Work, state: &State) -> String {
        match work {
            Work::Call(call) => match &call.options.name {
                Some(name) => {
                    self.check(name, state);
                    name.clone()
                }
                None => call.callee.name().to_owned(),
            },
            Work::Wait(seconds) => match self.arena.literal(*seconds) {
                Some(seconds) => format!("Wait {seconds} s"),
                None => "Wait".to_owned(),
            },
            Work::WaitUntil(_) => "Wait until".to_owned(),
            Work::Parallel(branches) => joined("Parallel", branches.iter()),
            Work::Map { body, .. } => joined("Map", std::iter::once(body)),
            Work::Distributed(map) => joined("Map", std::iter::once(&map.body)),
        }
    }

    fn check(&mut self, name: &str, state: &State) {
        if name.is_empty() || name.chars().count() > LONGEST {
            let message = format!("`{name}` has {} characters: it cannot be the name of a state", name.chars().count());
            self.named.diagnostics.push(Diagnostic::new(Code::StateName, state.at, message));
        }
    }

    /// A condition in words that a state name may have.
    fn question(&self, cond: ExprId) -> String {
        let text = print(&self.names(), cond);
        let text =
            text.replace("$states.context.Execution.Input.", "").replace("$states.context.Execution.Input", "input");
        let text: String = text.chars().filter(|c| c.is_alphanumeric() || " _.=!<>()+-*".contains(*c)).collect();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("If {words}")
    }
}

/// A name made of the first calls inside.
fn joined<'a>(what: &str, machines: impl Iterator<Item = &'a Graph>) -> String {
    let calls: Vec<&str> = machines.filter_map(first_call).collect();
    if calls.is_empty() { what.to_owned() } else { format!("{what} {}", calls.join(", ")) }
}

fn first_call(graph: &Graph) -> Option<&'static str> {
    graph.reachable().into_iter().filter_map(|id| graph.get(id)).find_map(|state| match &state.kind {
        StateKind::Work { work, .. } => match &**work {
            Work::Call(call) => Some(call.callee.name()),
            Work::Parallel(_) | Work::Map { .. } | Work::Distributed(_) => {
                work.machines().into_iter().find_map(first_call)
            }
            Work::Wait(_) | Work::WaitUntil(_) => None,
        },
        _ => None,
    })
}

/// A text of so many characters at most: a longer one ends behind a word, unless that takes too much away.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    let word = start.rfind(' ').filter(|end| *end >= start.len() / 2).and_then(|end| start.get(..end));
    word.unwrap_or(&start).to_owned() + "…"
}
