//! The IR: what a staged twin records, and what the passes and the lowering work on.
//!
//! # Statements
//!
//! A [`Block`] is a list of statements, run in order. A statement has an effect (it calls a task, waits, changes a
//! variable) or moves control; it has no value. The value of `if`, `match`, a loop or a block travels in a variable that
//! every way out assigns.
//!
//! Control is structured: [`StmtKind::Scope`] is a block with a label, [`StmtKind::Loop`] repeats its block for ever, and
//! [`StmtKind::Break`] leaves either of them. `return` is a `Break` out of the scope of its function body, `continue` is
//! [`StmtKind::Continue`]. No statement follows a `Break`, `Continue` or `Panic` in its block after
//! the first pass.
//!
//! # Expressions
//!
//! An [`Expr`] is pure: evaluating it changes nothing, and it may be evaluated any number of times, at any point where the
//! variables it reads have the values that they had where it stands. Two kinds keep their place all the same:
//! [`Expr::Call`] of a function that gives another value each time (`uuid`, `random`, `now`), and expressions that can
//! panic: both are evaluated once, by the [`StmtKind::Let`] that holds them (see [`Arena::is_movable`]).
//! Expressions lie in an [`Arena`] and share their operands: the same [`ExprId`] twice is one value, evaluated once by
//! the expression that is printed.
//!
//! Every expression stands for JSON as serde writes it. No value is ever undefined: an absent key is read with its default
//! ([`Expr::Field`]).
//!
//! # Variables
//!
//! A [`Var`] that is not `mutable` is assigned by exactly one statement, before any read, and keeps its value while it is in
//! scope: an expression over such variables may stand wherever they are in scope. A `mutable` one is assigned by
//! [`StmtKind::Assign`], any number of times, and never from inside a branch, an item or a closure that does not own it.

mod arena;
mod effect;
mod expr;
mod panics;
mod print;
mod verify;
pub(crate) mod visit;

pub use arena::Arena;
pub use effect::{
    Batch, Body, Call, CallOptions, Callee, Distributed, Effect, ErrorTable, MapEffect, Retrier, Returns,
};
pub use expr::{Array, Binary, BlockId, Expr, ExprId, Function, Kind, Unary};

pub use verify::verify;

use crate::position::Position;

/// The number of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VarId(pub u32);

/// The number of a scope or loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub u32);

/// A recorded workflow.
#[derive(Clone, Debug)]
pub struct Workflow {
    /// Its name.
    pub name: String,
    /// What it does.
    pub body: Block,
    /// The result, evaluated after the body.
    pub result: ExprId,
    /// What the result means: a value, or a `Result` whose error fails the execution.
    pub returns: Returns,
    /// All expressions and variables.
    pub arena: Arena,
    /// Where it stands.
    pub at: Position,
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Var {
    /// The name in the source, or a made one (`match`, `if`).
    pub name: String,
    /// Whether the source gives it this name.
    pub named: bool,
    /// Whether [`StmtKind::Assign`] may change it.
    pub mutable: bool,
    /// What is known of its JSON.
    pub kind: Kind,
}

/// Statements in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The statements.
    pub stmts: Vec<Stmt>,
}

/// A statement and where it stands in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands.
    pub at: Position,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq)]
pub enum StmtKind {
    /// `let var = value;`
    Let {
        /// The variable, not mutable.
        var: VarId,
        /// Its value.
        value: ExprId,
    },
    /// `var = value;`
    Assign {
        /// The variable, mutable.
        var: VarId,
        /// Its new value.
        value: ExprId,
    },
    /// `let var = effect.await;`
    Effect {
        /// The variable that gets what the effect gives, not mutable.
        var: VarId,
        /// What is done.
        effect: Box<Effect>,
    },
    /// `if cond { then } else { otherwise }`
    If {
        /// The condition.
        cond: ExprId,
        /// Done when it holds.
        then: Block,
        /// Done when it does not.
        otherwise: Block,
        /// The condition in the words of the source; empty where it has none.
        asks: String,
    },
    /// `'label: { body }`, a function body, an `async` block.
    Scope {
        /// What `Break` names.
        label: Label,
        /// What is done.
        body: Block,
    },
    /// `'label: loop { body }`
    Loop {
        /// What `Break` and `Continue` name.
        label: Label,
        /// What is repeated.
        body: Block,
    },
    /// `'label: for item in list { body }`
    For {
        /// What `Break` and `Continue` name.
        label: Label,
        /// The variable that gets the items one after the other, not mutable.
        item: VarId,
        /// The list.
        list: ExprId,
        /// What is done for each.
        body: Block,
    },
    /// `break 'label;`, `return;`
    Break(Label),
    /// `continue 'label;`
    Continue(Label),
    /// `panic!(message)`: the execution fails with error `Panic`.
    Panic {
        /// The text of the panic.
        message: ExprId,
    },
}
