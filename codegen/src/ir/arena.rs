//! The store of expressions.

use std::collections::HashMap;

use serde_json::Value;

use super::{Binary, Block, BlockId, Expr, ExprId, Function, Kind, Unary, Var, VarId, visit};

/// All expressions of a workflow, and the variables and blocks that they name. Equal expressions have one number. The
/// constructors fold constants and known parts as they go, so that a pass that substitutes a value sees at once what
/// follows from it.
#[derive(Clone, Debug, Default)]
pub struct Arena {
    nodes: Vec<Expr>,
    kinds: Vec<Kind>,
    /// For each expression, whether it may panic.
    panics: Vec<bool>,
    numbers: HashMap<Expr, ExprId>,
    vars: Vec<Var>,
    blocks: Vec<Block>,
}

impl Arena {
    /// Stores an expression as it is.
    pub fn push(&mut self, expr: Expr) -> ExprId {
        if let Some(known) = self.numbers.get(&expr) {
            return *known;
        }
        let id = ExprId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.kinds.push(self.kind_of(&expr));
        self.panics.push(self.panics(&expr));
        if !matches!(&expr, Expr::Call(function, _) if !function.stable) {
            self.numbers.insert(expr.clone(), id);
        }
        self.nodes.push(expr);
        id
    }

    /// A new variable.
    pub fn new_var(&mut self, var: Var) -> VarId {
        self.vars.push(var);
        VarId(u32::try_from(self.vars.len() - 1).unwrap_or(u32::MAX))
    }

    /// A variable.
    #[must_use]
    pub fn var(&self, id: VarId) -> Option<&Var> {
        self.vars.get(id.0 as usize)
    }

    /// A variable, to be changed.
    pub fn var_mut(&mut self, id: VarId) -> Option<&mut Var> {
        self.vars.get_mut(id.0 as usize)
    }

    /// Stores the statements of an [`Expr::Block`].
    pub fn push_block(&mut self, block: Block) -> BlockId {
        self.blocks.push(block);
        BlockId(u32::try_from(self.blocks.len() - 1).unwrap_or(u32::MAX))
    }

    /// The statements of an [`Expr::Block`].
    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.0 as usize)
    }

    /// The expression of this number.
    #[must_use]
    pub fn get(&self, id: ExprId) -> &Expr {
        const NULL: &Expr = &Expr::Literal(Value::Null);
        self.nodes.get(id.0 as usize).unwrap_or(NULL)
    }

    /// What is known of its JSON.
    #[must_use]
    pub fn kind(&self, id: ExprId) -> Kind {
        match self.get(id) {
            Expr::Var(var) => self.var(*var).map(|var| var.kind).unwrap_or_default(),
            _ => self.kinds.get(id.0 as usize).copied().unwrap_or_default(),
        }
    }

    /// What is known of an expression's make-up: itself, unless it is [`Expr::Known`].
    #[must_use]
    pub fn form(&self, id: ExprId) -> ExprId {
        match self.get(id) {
            Expr::Known { form, .. } => *form,
            _ => id,
        }
    }

    /// The constant that an expression is, or is known to be.
    #[must_use]
    pub fn literal(&self, id: ExprId) -> Option<&Value> {
        self.own_literal(self.form(id))
    }

    /// Whether an expression is `null`, or is known to be.
    #[must_use]
    pub fn is_null(&self, id: ExprId) -> bool {
        self.literal(id).is_some_and(Value::is_null)
    }

    /// The constant that an expression itself is.
    #[must_use]
    pub fn own_literal(&self, id: ExprId) -> Option<&Value> {
        match self.get(id) {
            Expr::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// A constant.
    pub fn constant(&mut self, value: impl Into<Value>) -> ExprId {
        self.push(Expr::Literal(value.into()))
    }

    /// An operator with one operand.
    pub fn unary(&mut self, op: Unary, operand: ExprId) -> ExprId {
        self.build(Expr::Unary(op, operand))
    }

    /// An operator with two operands.
    pub fn binary(&mut self, op: Binary, left: ExprId, right: ExprId) -> ExprId {
        self.build(Expr::Binary(op, left, right))
    }

    /// `base.key`, of a key that is there.
    pub fn key(&mut self, base: ExprId, key: &str) -> ExprId {
        self.build(Expr::Field { base, keys: vec![key.to_owned()], default: None, kind: Kind::ANY })
    }

    /// A function of the target's library.
    pub fn call(&mut self, function: Function, arguments: Vec<ExprId>) -> ExprId {
        self.build(Expr::Call(function, arguments))
    }

    /// `if cond { then } else { otherwise }` as a value.
    pub fn if_(&mut self, cond: ExprId, then: ExprId, otherwise: ExprId) -> ExprId {
        self.build(Expr::If { cond, then, otherwise })
    }

    /// Stores an expression in its simplest form.
    pub fn build(&mut self, expr: Expr) -> ExprId {
        match crate::pass::fold(self, expr) {
            crate::pass::Folded::Is(id) => id,
            crate::pass::Folded::Expr(expr) => self.push(expr),
        }
    }

    /// The expression with variables replaced. What does not change keeps its number; what does is built anew in its
    /// simplest form.
    pub fn substitute(&mut self, id: ExprId, values: &HashMap<VarId, ExprId>) -> ExprId {
        if values.is_empty() {
            return id;
        }
        self.rewrite(id, &mut |_, expr| match expr {
            Expr::Var(var) => values.get(var).copied(),
            _ => None,
        })
    }

    /// The expression with `from` replaced by `to` wherever it stands.
    pub fn replace(&mut self, id: ExprId, from: ExprId, to: ExprId) -> ExprId {
        let mut done = HashMap::from([(from, to)]);
        self.rewrite_shared(id, &mut |_, _| None, &mut done)
    }

    /// The expression with parts replaced, from the outside in: where `replace` gives a number, that stands in; elsewhere
    /// the parts are looked at.
    pub fn rewrite(&mut self, id: ExprId, replace: &mut dyn FnMut(&mut Self, &Expr) -> Option<ExprId>) -> ExprId {
        self.rewrite_shared(id, replace, &mut HashMap::new())
    }

    fn rewrite_shared(
        &mut self,
        id: ExprId,
        replace: &mut dyn FnMut(&mut Self, &Expr) -> Option<ExprId>,
        done: &mut HashMap<ExprId, ExprId>,
    ) -> ExprId {
        if let Some(known) = done.get(&id) {
            return *known;
        }
        let old = self.get(id).clone();
        let new = match replace(self, &old) {
            Some(new) => new,
            None => {
                let mut changed = false;
                let mut expr = old;
                visit::operands_mut(&mut expr, &mut |operand| {
                    let new = self.rewrite_shared(*operand, replace, done);
                    changed |= new != *operand;
                    *operand = new;
                });
                if changed { self.build(expr) } else { id }
            }
        };
        done.insert(id, new);
        new
    }

    /// Whether an expression may be evaluated elsewhere, or more than once, or not at all.
    #[must_use]
    pub fn is_movable(&self, id: ExprId) -> bool {
        !self.any(id, &mut |expr| match expr {
            Expr::Call(function, _) => !function.stable,
            Expr::Panic(_) | Expr::Block(..) | Expr::Iterate { .. } => true,
            _ => false,
        })
    }

    /// Whether an expression has to be evaluated even where nothing reads it.
    #[must_use]
    pub fn may_panic(&self, id: ExprId) -> bool {
        self.panics.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Whether each evaluation of an expression gives the same.
    #[must_use]
    pub fn is_stable(&self, id: ExprId) -> bool {
        !self.any(id, &mut |expr| matches!(expr, Expr::Call(function, _) if !function.stable))
    }

    /// Whether any part of an expression is such.
    #[must_use]
    pub fn any(&self, id: ExprId, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let expr = self.get(id);
            if test(expr) {
                return true;
            }
            visit::operands(expr, &mut |operand| open.push(operand));
        }
        false
    }

    /// Shows every part of an expression once.
    pub fn visit(&self, id: ExprId, show: &mut dyn FnMut(&Expr)) {
        let _ = self.any(id, &mut |expr| {
            show(expr);
            false
        });
    }

    fn kind_of(&self, expr: &Expr) -> Kind {
        match expr {
            Expr::Literal(Value::Null) => Kind::NULL,
            Expr::Literal(Value::Array(_))
            | Expr::Array(_)
            | Expr::Map { .. }
            | Expr::Filter { .. }
            | Expr::Sort { .. }
            | Expr::Binary(Binary::Range, ..) => Kind::LIST,
            Expr::Literal(_)
            | Expr::Regex(_)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Has { .. }
            | Expr::Object(_)
            | Expr::Entry { .. }
            | Expr::Merge(_)
            | Expr::Without { .. }
            | Expr::ErrorOutput => Kind::SCALAR,
            Expr::Context(_) if *expr != Expr::map_item() => Kind::SCALAR,
            Expr::Var(_) | Expr::ExecutionInput | Expr::StateInput | Expr::Result | Expr::Context(_) => Kind::ANY,
            Expr::Field { kind, .. } | Expr::Item { kind, .. } => *kind,
            Expr::Call(function, _) => function.kind,
            Expr::If { then, otherwise, .. } => match (self.get(*then), self.get(*otherwise)) {
                (Expr::Panic(_), _) => self.kind(*otherwise),
                (_, Expr::Panic(_)) => self.kind(*then),
                _ => self.kind(*then).or(self.kind(*otherwise)),
            },
            Expr::Fold { init, body, .. } => self.kind(*init).or(self.kind(*body)),
            Expr::Let { body, .. } => self.kind(*body),
            Expr::Block(_, value) => self.kind(*value),
            Expr::Known { form, .. } => self.kind(*form),
            Expr::Iterate { .. } | Expr::Again { .. } | Expr::Panic(_) => Kind::ANY,
        }
    }
}
