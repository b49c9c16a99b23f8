//! Expressions as JSONata text.
//!
//! What JSONata does differently from Rust is undone here, once for all: lists in lists are wrapped, because array
//! constructors and `$map` flatten them; absent keys are read with their default, because nothing may be undefined; a part
//! that an expression reads twice is bound to a name in a block.

mod lists;
mod operators;
mod optional;
mod reduce;
mod share;
mod text;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use self::{
    optional::{Only, OptionalField, Source},
    reduce::reduced,
};
use crate::ir::{Arena, Expr, ExprId, Unary, VarId, visit};

pub(crate) use share::evaluates;
pub(crate) use text::{quote, unique};

/// How tightly an operator binds: JSONata's own numbers.
type Power = u8;

const BLOCK: Power = 0;
const CONDITIONAL: Power = 20;
const OR: Power = 25;
const AND: Power = 30;
const COMPARISON: Power = 40;
const SUM: Power = 50;
const PRODUCT: Power = 60;
const NEGATION: Power = 70;
const PATH: Power = 75;
const ATOM: Power = 100;

/// What printing needs to know besides the expression.
pub(crate) struct Names<'a> {
    /// The expressions.
    pub(crate) arena: &'a Arena,
    /// The variables of the state machine, by name.
    pub(crate) machine: &'a HashMap<VarId, String>,
    /// Whether the execution's input is the input of the state at hand.
    pub(crate) input_is_state_input: bool,
}

/// The JSONata text of an expression, without delimiters.
pub(crate) fn print(names: &Names<'_>, id: ExprId) -> String {
    let mut printer = Printer::new(names);
    printer.scope(id, BLOCK)
}

struct Printer<'a> {
    names: &'a Names<'a>,
    /// Names of what blocks and lambdas bind.
    bound: HashMap<VarId, String>,
    shared: HashMap<ExprId, String>,
    taken: HashSet<String>,
    /// Keys that are known to be present where we are.
    present: Vec<ExprId>,
    places: HashMap<ExprId, Vec<ExprId>>,
}

impl<'a> Printer<'a> {
    fn new(names: &'a Names<'a>) -> Self {
        Printer {
            names,
            bound: HashMap::new(),
            shared: HashMap::new(),
            taken: names.machine.values().cloned().chain(["states".to_owned()]).collect(),
            present: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// A whole expression: finds what is shared in it, then prints.
    fn scope(&mut self, id: ExprId, least: Power) -> String {
        self.places = share::places(self.names.arena, id);
        self.expr(id, least)
    }

    /// An expression whose surroundings bind with `least`.
    fn expr(&mut self, id: ExprId, least: Power) -> String {
        self.expr_as(id, least, |printer| printer.unshared(id))
    }

    /// The same, in words of its own.
    fn expr_as(&mut self, id: ExprId, least: Power, print: impl FnOnce(&mut Self) -> (String, Power)) -> String {
        if let Some(name) = self.shared.get(&id) {
            return name.clone();
        }
        let mut here = self.places.get(&id).cloned().unwrap_or_default();
        here.retain(|shared| !self.shared.contains_key(shared));
        if here.is_empty() {
            let (text, power) = print(self);
            return if power < least { format!("({text})") } else { text };
        }
        let mut text = String::from("( ");
        for shared in &here {
            let value = self.expr(*shared, BLOCK);
            let hint = share::name_hint(self.names.arena, *shared);
            let name = self.fresh(hint);
            text += &format!("{name} := {value}; ");
            self.shared.insert(*shared, name);
        }
        let (body, _) = print(self);
        for shared in &here {
            self.shared.remove(shared);
        }
        text + &body + " )"
    }

    fn unshared(&mut self, id: ExprId) -> (String, Power) {
        let arena = self.names.arena;
        match arena.get(id) {
            Expr::Literal(value) => (text::literal(value), ATOM),
            Expr::Regex(pattern) => (format!("/{pattern}/"), ATOM),
            Expr::Var(var) => (self.variable(*var), ATOM),
            Expr::ExecutionInput if self.names.input_is_state_input => ("$states.input".to_owned(), PATH),
            Expr::ExecutionInput => ("$states.context.Execution.Input".to_owned(), PATH),
            Expr::StateInput => ("$states.input".to_owned(), PATH),
            Expr::Result => ("$states.result".to_owned(), PATH),
            Expr::ErrorOutput => ("$states.errorOutput".to_owned(), PATH),
            Expr::Context(path) => {
                (path.iter().fold("$states.context".to_owned(), |base, key| text::step(&base, key)), PATH)
            }
            Expr::Field { base, keys, default, .. } => self.field(id, *base, keys, default.as_ref()),
            Expr::Item { list, index, .. } => (self.item(*list, *index), PATH),
            Expr::Has { base, key } => (format!("$exists({})", self.path(*base, key)), ATOM),
            Expr::Object(fields) => (self.object(fields), ATOM),
            Expr::Entry { key, value } => {
                (format!("{{{}: {}}}", self.expr(*key, BLOCK), self.expr(*value, BLOCK)), ATOM)
            }
            Expr::Merge(parts) => match optional::fields(arena, parts) {
                Some(fields) => (self.object_with_options(&fields), ATOM),
                None => {
                    let parts: Vec<String> = parts.iter().map(|part| self.merged(*part)).collect();
                    (format!("$merge([{}])", parts.join(", ")), ATOM)
                }
            },
            Expr::Without { .. } => (format!("$merge([{}])", self.merged(id)), ATOM),
            Expr::Array(items) => (self.array(items), ATOM),
            Expr::Unary(Unary::Not, operand) => self.not(*operand),
            Expr::Unary(Unary::Neg, operand) => (format!("-{}", self.expr(*operand, NEGATION + 1)), NEGATION),
            Expr::Binary(op, left, right) => self.binary(*op, *left, *right),
            Expr::If { cond, then, otherwise } => self.conditional(*cond, *then, *otherwise),
            Expr::Call(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|argument| self.expr(*argument, BLOCK)).collect();
                let call = format!("${}({})", function.name, arguments.join(", "));
                (if function.gives_sequence() { format!("[{call}]") } else { call }, ATOM)
            }
            Expr::Map { list, item, index, body } => (self.map(*list, *item, *index, *body), ATOM),
            Expr::Filter { list, item, index, body, items } => (self.filter(*list, *item, *index, *body, *items), ATOM),
            Expr::Fold { list, init, acc, item, body } => match reduced(arena, *list, *init) {
                Some(list) => {
                    let list = self.expr(list, BLOCK);
                    let function = self.function(&[*acc, *item], |printer| printer.expr(*body, BLOCK));
                    (format!("$reduce({list}, {function})"), ATOM)
                }
                None => {
                    let init = self.expr(*init, BLOCK);
                    (self.reduce(*list, &[*acc, *item], init, |printer| printer.expr(*body, BLOCK)), ATOM)
                }
            },
            Expr::Sort { list, left, right, body } => {
                let list = self.expr(*list, BLOCK);
                let function = self.function(&[*left, *right], |printer| printer.expr(*body, BLOCK));
                (format!("$sort({list}, {function})"), ATOM)
            }
            Expr::Let { var, value, body } => {
                let value = self.expr(*value, BLOCK);
                let name = self.bind(*var);
                (format!("( {name} := {value}; {} )", self.expr(*body, BLOCK)), ATOM)
            }
            Expr::Iterate { state, init, body } => {
                let init = self.expr(*init, BLOCK);
                let again = self.fresh("loop");
                self.shared.insert(loop_key(*state), again.clone());
                let function = self.function(&[*state], |printer| printer.expr(*body, BLOCK));
                (format!("( {again} := {function}; {again}({init}) )"), ATOM)
            }
            Expr::Again { state, next } => {
                let again = self.shared.get(&loop_key(*state)).cloned().unwrap_or_default();
                (format!("{again}({})", self.expr(*next, BLOCK)), ATOM)
            }
            Expr::Block(_, value) => self.unshared(*value),
            Expr::Known { value, form } => match arena.get(*form) {
                Expr::Literal(constant) => (text::literal(constant), ATOM),
                _ => self.unshared(*value),
            },
            Expr::Panic(message) => (format!("$error({})", self.expr(*message, BLOCK)), ATOM),
        }
    }

    fn variable(&self, var: VarId) -> String {
        let known = self.bound.get(&var).or_else(|| self.names.machine.get(&var));
        known.map_or_else(|| format!("$unbound{}", var.0), |name| format!("${}", name.trim_start_matches('$')))
    }

    fn bind(&mut self, var: VarId) -> String {
        let hint = self.names.arena.var(var).map_or("v", |var| var.name.as_str());
        let name = self.fresh(hint);
        self.bound.insert(var, name.clone());
        name
    }

    fn fresh(&mut self, hint: &str) -> String {
        format!("${}", text::unique(hint, &mut self.taken))
    }

    fn path(&mut self, base: ExprId, key: &str) -> String {
        text::step(&self.raw(base, PATH), key)
    }

    /// An absent key is read with its default, unless it is known to be present. What is `null` or absent has no keys.
    fn field(&mut self, id: ExprId, base: ExprId, keys: &[String], default: Option<&Value>) -> (String, Power) {
        let base = self.raw(base, PATH);
        let paths: Vec<String> = keys.iter().map(|key| text::step(&base, key)).collect();
        let present = default.is_none() || self.present.contains(&id);
        let (last, before) = match (paths.split_last(), present) {
            (Some((last, before)), true) => (last.clone(), before),
            _ => (default.map(text::literal).unwrap_or_default(), paths.as_slice()),
        };
        let power = if before.is_empty() { PATH } else { CONDITIONAL };
        (before.iter().rev().fold(last, |otherwise, path| format!("$exists({path}) ? {path} : {otherwise}")), power)
    }

    /// A computed index keeps what it finds inside a sequence, into which a second index would look.
    fn item(&mut self, list: ExprId, index: ExprId) -> String {
        let arena = &self.names.arena;
        let computed = |index: &ExprId| !matches!(arena.get(*index), Expr::Literal(_));
        let in_sequence = matches!(arena.get(list), Expr::Item { index, .. } if computed(index));
        let list = self.expr(list, if in_sequence { ATOM } else { PATH });
        format!("{list}[{}]", self.expr(index, BLOCK))
    }

    fn object(&mut self, fields: &[(String, ExprId)]) -> String {
        let fields: Vec<String> =
            fields.iter().map(|(key, value)| format!("{}: {}", quote(key), self.expr(*value, BLOCK))).collect();
        format!("{{{}}}", fields.join(", "))
    }

    fn object_with_options(&mut self, fields: &[OptionalField<'_>]) -> String {
        let fields: Vec<String> = fields
            .iter()
            .map(|OptionalField { key, value, only }| {
                let value = match only {
                    None => self.source(*value, BLOCK),
                    Some(only) => self.expr_as(only.whole, BLOCK, |printer| printer.only(only, *value)),
                };
                format!("{}: {value}", quote(key))
            })
            .collect();
        format!("{{{}}}", fields.join(", "))
    }

    /// A part of what is merged. One that has no key left is undefined, and then no part at all.
    fn merged(&mut self, id: ExprId) -> String {
        match self.names.arena.get(id) {
            Expr::Without { base, keys } if !self.shared.contains_key(&id) => {
                let base = self.expr(*base, BLOCK);
                let (value, key) = (self.fresh("v"), self.fresh("k"));
                let others: Vec<String> = keys.iter().map(|other| format!("{key} != {}", quote(other))).collect();
                for name in [&value, &key] {
                    self.taken.remove(name.trim_start_matches('$'));
                }
                format!("$sift({base}, function({value}, {key}) {{ {} }})", others.join(" and "))
            }
            _ => self.expr(id, BLOCK),
        }
    }

    /// `cond ? value`
    fn only(&mut self, only: &Only, value: Source<'_>) -> (String, Power) {
        let present = self.presents(only.cond, only.holds);
        let cond = if only.holds { self.expr(only.cond, CONDITIONAL + 1) } else { self.not(only.cond).0 };
        let value = self.known_present(&present, |printer| printer.source(value, CONDITIONAL + 1));
        (format!("{cond} ? {value}"), CONDITIONAL)
    }

    fn source(&mut self, source: Source<'_>, least: Power) -> String {
        match source {
            Source::Expr(id) => self.expr(id, least),
            Source::Constant(value) => text::literal(value),
        }
    }
}

/// The key under which the function of a loop is kept among the shared names: no expression has it.
fn loop_key(state: VarId) -> ExprId {
    ExprId(u32::MAX - state.0)
}

/// The variables that an expression reads and does not bind itself.
pub(crate) fn free_vars(arena: &Arena, id: ExprId) -> Vec<VarId> {
    let (mut read, mut own) = (Vec::new(), Vec::new());
    arena.visit(id, &mut |expr| {
        if let Expr::Var(var) = expr {
            read.push(*var);
        }
        own.extend(visit::binders(expr));
    });
    read.retain(|var| !own.contains(var));
    read
}
