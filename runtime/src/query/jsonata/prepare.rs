//! What has to be known and changed before an expression can be evaluated.

use indexmap::IndexMap;
use indexmap::map::Entry;
use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};
use jsonata_core::evaluator::Context;

use super::functions::{HostFunction, calls};
use super::memory;
use super::wanted::{self, Wanted};
use crate::query::View;
use crate::scope::VariableId;

/// What an expression reads from outside.
#[derive(Debug)]
pub(super) struct Reads {
    states: Option<Wanted>,
    variables: IndexMap<Box<str>, (VariableId, Wanted)>,
    pub(super) functions: Vec<HostFunction>,
    /// Whether every evaluation is over soon: no functions of the expression's own, no ranges.
    pub(super) is_bounded: bool,
}

/// Checks that an expression is one that the service takes, and finds what it reads.
///
/// Refused are the operators that JSONata got after 2.0.6 and, without a document, `$$` and, where there is no context
/// item either, `$` and field names.
/// Calls of what only this crate can answer are redirected.
pub(super) fn prepare(
    ast: &mut AstNode,
    document: Item,
    intern: &mut dyn FnMut(&str) -> VariableId,
) -> Result<Reads, String> {
    let reads = Reads { states: None, variables: IndexMap::new(), functions: Vec::new(), is_bounded: true };
    let mut preparation = Preparation { reads, document, intern };
    match ast {
        // The whole value is checked once it is there.
        AstNode::Array(_) | AstNode::Object(_) => preparation.bare_node(ast, document)?,
        _ => preparation.node(ast, document)?,
    }
    Ok(preparation.reads)
}

impl Reads {
    /// Binds what is read to the values that a state sees.
    pub(super) fn bind(&self, view: &View<'_>, context: &mut Context) {
        if let Some(wanted) = &self.states {
            let members = members(wanted).filter_map(|(name, wanted)| {
                let value = view.states_member(name)?;
                Some((name.to_owned(), wanted.project(&value)))
            });
            context.bind("states".to_owned(), wanted::object(members));
        }
        for (name, (id, wanted)) in &self.variables {
            if let Some(value) = view.scope.get(*id) {
                context.bind(name.to_string(), wanted.project(value));
            }
        }
    }
}

/// The members of `$states` that are read, and what of each.
fn members(states: &Wanted) -> Box<dyn Iterator<Item = (&str, &Wanted)> + '_> {
    match states {
        Wanted::All => {
            Box::new(["input", "result", "errorOutput", "context"].into_iter().map(|name| (name, &Wanted::All)))
        }
        Wanted::Fields(fields) => Box::new(fields.iter().map(|(name, wanted)| (name.as_ref(), wanted))),
    }
}

/// Whether there is a context item, which `$` and field names refer to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Item {
    Present,
    Absent,
}

struct Preparation<'a> {
    reads: Reads,
    document: Item,
    intern: &'a mut dyn FnMut(&str) -> VariableId,
}

type Checked = Result<(), String>;

impl Preparation<'_> {
    /// Prepares a node; what it builds is checked.
    fn node(&mut self, node: &mut AstNode, item: Item) -> Checked {
        let is_building = memory::is_building(node);
        self.bare_node(node, item)?;
        // A call that has become a block is checked inside.
        if is_building && !matches!(node, AstNode::Block(_)) {
            *node = calls::bounded(std::mem::replace(node, AstNode::Undefined));
            self.call(HostFunction::Bounded.name());
        }
        Ok(())
    }

    /// Prepares a node that has to stay what it is, as the engine looks at it: a step of a path, a list in a list.
    fn bare_node(&mut self, node: &mut AstNode, item: Item) -> Checked {
        match node {
            AstNode::String(_)
            | AstNode::Number(_)
            | AstNode::Boolean(_)
            | AstNode::Null
            | AstNode::Undefined
            | AstNode::Placeholder
            | AstNode::Wildcard
            | AstNode::Parent(_) => Ok(()),
            AstNode::Descendant => {
                self.reads.is_bounded = false;
                Ok(())
            }
            AstNode::Name(name) => present(item, name),
            AstNode::Variable(name) if name.is_empty() => present(item, "$"),
            AstNode::Variable(name) => {
                self.read(name, item, std::iter::empty());
                Ok(())
            }
            AstNode::ParentVariable(_) => match self.document {
                Item::Present => Ok(()),
                Item::Absent => Err("Reference to '$$' is not supported.".to_owned()),
            },
            AstNode::Path { steps } => self.path(steps, item),
            AstNode::Binary { op, lhs, rhs } => match calls::chained_call(*op, lhs, rhs) {
                Some(call) => {
                    *node = call;
                    self.node(node, item)
                }
                None => self.binary(*op, lhs, rhs, item),
            },
            AstNode::Unary { operand, .. } => self.node(operand, item),
            AstNode::Regex { pattern, flags } => match calls::translate_pattern(pattern, flags)? {
                translated @ AstNode::Regex { .. } => {
                    *node = translated;
                    Ok(())
                }
                matcher => self.replace(node, matcher, item),
            },
            AstNode::Function { name, args, .. } => match calls::redirect_call(name, args) {
                Some(call) => self.replace(node, call, item),
                None => {
                    self.call(name);
                    self.nodes(args, item)
                }
            },
            AstNode::Call { procedure, args } => {
                self.reads.is_bounded = false;
                self.node(procedure, item)?;
                self.nodes(args, item)
            }
            AstNode::Lambda { body, .. } => {
                self.reads.is_bounded = false;
                self.node(body, item)
            }
            AstNode::Array(items) | AstNode::ArrayGroup(items) => items.iter_mut().try_for_each(|inner| match inner {
                AstNode::Array(_) => self.bare_node(inner, item),
                _ => self.node(inner, item),
            }),
            AstNode::Block(nodes) => self.nodes(nodes, item),
            AstNode::Object(pairs) => self.pairs(pairs, item),
            AstNode::ObjectTransform { input, pattern } => {
                self.bare_node(input, item)?;
                self.pairs(pattern, Item::Present)
            }
            AstNode::Conditional { condition, then_branch, else_branch } => {
                self.node(condition, item)?;
                self.node(then_branch, item)?;
                else_branch.as_mut().map_or(Ok(()), |branch| self.node(branch, item))
            }
            AstNode::FunctionApplication(inner) => self.node(inner, item),
            AstNode::Sort { input, terms } => {
                self.bare_node(input, item)?;
                terms.iter_mut().try_for_each(|(term, _)| self.node(term, Item::Present))
            }
            AstNode::Transform { location, update, delete } => {
                self.node(location, Item::Present)?;
                self.node(update, Item::Present)?;
                delete.as_mut().map_or(Ok(()), |delete| self.node(delete, Item::Present))
            }
        }
    }

    fn replace(&mut self, node: &mut AstNode, replacement: AstNode, item: Item) -> Checked {
        *node = replacement;
        self.bare_node(node, item)
    }

    fn nodes(&mut self, nodes: &mut [AstNode], item: Item) -> Checked {
        nodes.iter_mut().try_for_each(|node| self.node(node, item))
    }

    fn pairs(&mut self, pairs: &mut [(AstNode, AstNode)], item: Item) -> Checked {
        pairs.iter_mut().try_for_each(|(key, value)| {
            self.node(key, item)?;
            self.node(value, item)
        })
    }

    fn binary(&mut self, op: BinaryOp, lhs: &mut AstNode, rhs: &mut AstNode, item: Item) -> Checked {
        match op {
            BinaryOp::Coalesce => return Err(unknown_operator("??")),
            BinaryOp::Default => return Err(unknown_operator("?:")),
            BinaryOp::ColonEqual => return self.node(rhs, item),
            BinaryOp::Range | BinaryOp::ChainPipe => self.reads.is_bounded = false,
            BinaryOp::Add
            | BinaryOp::Subtract
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::Modulo
            | BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::LessThan
            | BinaryOp::LessThanOrEqual
            | BinaryOp::GreaterThan
            | BinaryOp::GreaterThanOrEqual
            | BinaryOp::And
            | BinaryOp::Or
            | BinaryOp::Concatenate
            | BinaryOp::In
            | BinaryOp::FocusBind
            | BinaryOp::IndexBind => {}
        }
        self.node(lhs, item)?;
        self.node(rhs, item)
    }

    /// The first step of a path stands where the path stands; each further one has the item before it.
    fn path(&mut self, steps: &mut [PathStep], item: Item) -> Checked {
        let plain = plain_names(steps);
        let Some((first, rest)) = steps.split_first_mut() else { return Ok(()) };
        match &first.node {
            AstNode::Variable(name) if !name.is_empty() => self.read(name, item, plain.iter().map(String::as_str)),
            _ => self.step(first, item)?,
        }
        self.stages(first)?;
        rest.iter_mut().try_for_each(|step| {
            self.step(step, Item::Present)?;
            self.stages(step)
        })
    }

    fn step(&mut self, step: &mut PathStep, item: Item) -> Checked {
        let is_bare = memory::is_bare(step);
        let node = match &mut step.node {
            AstNode::FunctionApplication(inner) => inner.as_mut(),
            node => node,
        };
        match node {
            // A path in parentheses may hand on what its steps have bound.
            AstNode::Block(nodes) => nodes.iter_mut().try_for_each(|node| match node {
                AstNode::Path { .. } => self.bare_node(node, item),
                _ => self.node(node, item),
            }),
            node if is_bare => self.bare_node(node, item),
            node => self.node(node, item),
        }
    }

    fn stages(&mut self, step: &mut PathStep) -> Checked {
        step.stages.iter_mut().try_for_each(|stage| match stage {
            Stage::Filter(predicate) => self.node(predicate, Item::Present),
            Stage::KeepArray | Stage::Index(_) => Ok(()),
        })
    }

    /// Notes that a variable is read, or the part of it at the end of a path; it may turn out to be local or a function.
    ///
    /// What is read for each item can take time that is out of proportion.
    fn read<'p>(&mut self, name: &str, item: Item, path: impl Iterator<Item = &'p str>) {
        self.reads.is_bounded &= item == Item::Absent;
        if name == "states" {
            return self.reads.states.get_or_insert_with(Wanted::nothing).add(path);
        }
        self.call(name);
        let (_, wanted) = match self.reads.variables.entry(name.into()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(((self.intern)(name), Wanted::nothing())),
        };
        wanted.add(path);
    }

    fn call(&mut self, name: &str) {
        if let Some(function) = HostFunction::named(name).filter(|function| !self.reads.functions.contains(function)) {
            self.reads.functions.push(function);
        }
    }
}

/// The names that follow the first step, as far as each is nothing but a name.
///
/// A step that something later refers back to (`%`, `@$v`, `#$i`) needs all of what lies before it.
fn plain_names(steps: &[PathStep]) -> Vec<String> {
    let refers_back = |step: &PathStep| {
        step.is_tuple || step.ancestor_label.is_some() || step.focus.is_some() || step.index_var.is_some()
    };
    if steps.iter().any(refers_back) || steps.first().is_some_and(|first| !first.stages.is_empty()) {
        return Vec::new();
    }
    let mut names = Vec::new();
    for step in steps.iter().skip(1) {
        let AstNode::Name(name) = &step.node else { break };
        names.push(name.clone());
        if !step.stages.is_empty() {
            break;
        }
    }
    names
}

fn present(item: Item, name: &str) -> Checked {
    match item {
        Item::Present => Ok(()),
        Item::Absent => Err(format!("Reference to '{name}' at the top level is not supported.")),
    }
}

fn unknown_operator(operator: &str) -> String {
    format!("The operator {operator} is not part of the version of JSONata that Step Functions runs (2.0.6)")
}
