//! Which expressions are plain.

use std::sync::Arc;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, UnaryOp};

use super::{Direct, Function, Root};
use crate::query::jsonata::functions::HostFunction;
use crate::scope::VariableId;
use crate::value::Value;

/// How many levels the service lets an expression have.
const DEEPEST: usize = 100;

pub(super) struct Compiler<'a> {
    intern: &'a mut dyn FnMut(&str) -> VariableId,
    /// How many levels there may still be.
    room: usize,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(intern: &'a mut dyn FnMut(&str) -> VariableId) -> Compiler<'a> {
        Compiler { intern, room: DEEPEST }
    }

    /// The plain form of a node, if it has one.
    pub(super) fn node(&mut self, ast: &AstNode) -> Option<Direct> {
        self.room = self.room.checked_sub(1)?;
        let direct = self.plain(ast);
        self.room += 1;
        direct
    }

    fn plain(&mut self, ast: &AstNode) -> Option<Direct> {
        Some(match ast {
            AstNode::String(text) => Direct::Constant(Value::string(text.as_str())),
            AstNode::Number(number) => Direct::Constant(Value::number(*number)),
            AstNode::Boolean(flag) => Direct::Constant(Value::Bool(*flag)),
            AstNode::Null => Direct::Constant(Value::Null),
            AstNode::Variable(name) => self.path(name, &[])?,
            AstNode::Path { steps } => match steps.split_first()? {
                (first @ PathStep { node: AstNode::Variable(name), .. }, rest) if is_plain(first) => {
                    self.path(name, rest)?
                }
                _ => return None,
            },
            AstNode::Array(items) => Direct::Array(self.nodes(items)?),
            AstNode::Object(pairs) => Direct::Object(self.members(pairs)?),
            AstNode::Binary { op, lhs, rhs } if is_plain_operator(*op) => {
                let operands = Box::new([self.node(lhs)?, self.node(rhs)?]);
                Direct::Binary { op: *op, operands }
            }
            AstNode::Unary { op: UnaryOp::Negate, operand } => Direct::Negate(Box::new(self.node(operand)?)),
            AstNode::Conditional { condition, then_branch, else_branch: Some(otherwise) } => {
                let [condition, then] = [condition, then_branch].map(|node| self.node(node));
                Direct::Conditional(Box::new([condition?, then?, self.node(otherwise)?]))
            }
            AstNode::Function { name, args, .. } => match args.as_slice() {
                // What is built here is looked at here.
                [built] if name == HostFunction::Bounded.name() => self.plain(built)?,
                [argument] => {
                    let function = Function::named(name)?;
                    Direct::Call { function, argument: Box::new(self.node(argument)?) }
                }
                _ => return None,
            },
            AstNode::Block(nodes) => match nodes.as_slice() {
                [node] => self.node(node)?,
                _ => return None,
            },
            _ => return None,
        })
    }

    fn nodes(&mut self, nodes: &[AstNode]) -> Option<Vec<Direct>> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    /// The members of an object whose keys are all known and all different.
    fn members(&mut self, pairs: &[(AstNode, AstNode)]) -> Option<Vec<(Arc<str>, Direct)>> {
        let mut members: Vec<(Arc<str>, Direct)> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let AstNode::String(key) = key else { return None };
            if members.iter().any(|(other, _)| other.as_ref() == key) {
                return None;
            }
            members.push((key.as_str().into(), self.node(value)?));
        }
        Some(members)
    }

    fn path(&mut self, name: &str, steps: &[PathStep]) -> Option<Direct> {
        let plain_name = |step: &PathStep| match &step.node {
            AstNode::Name(name) if is_plain(step) => Some(Arc::from(name.as_str())),
            _ => None,
        };
        let names: Vec<Arc<str>> = steps.iter().map(plain_name).collect::<Option<_>>()?;
        // The steps of a path are one level below it.
        if self.room == 0 && !names.is_empty() {
            return None;
        }
        match name {
            "" => None,
            "states" => (!names.is_empty()).then_some(Direct::Path { root: Root::States, names }),
            _ => Some(Direct::Path { root: Root::Variable((self.intern)(name)), names }),
        }
    }
}

fn is_plain_operator(op: BinaryOp) -> bool {
    match op {
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
        | BinaryOp::Concatenate => true,
        BinaryOp::In
        | BinaryOp::Range
        | BinaryOp::ColonEqual
        | BinaryOp::FocusBind
        | BinaryOp::IndexBind
        | BinaryOp::Coalesce
        | BinaryOp::Default
        | BinaryOp::ChainPipe => false,
    }
}

fn is_plain(step: &PathStep) -> bool {
    let binds = step.focus.is_some() || step.index_var.is_some() || step.ancestor_label.is_some();
    step.stages.is_empty() && !binds && !step.is_tuple && !step.inner_tuple
}
