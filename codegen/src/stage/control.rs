//! `if`, `match`, loops and bodies: recorded, not run.
//!
//! The value of a construct travels in a variable that every way out assigns.

use std::marker::PhantomData;

use super::{Expr, convert::Question, expr::handle, node, recorder};
use crate::{
    ir::{Binary, Block, ExprId, Kind, Label, StmtKind, VarId},
    position::Position,
};

/// A variable for the value of a construct.
#[derive(Clone, Copy)]
struct Slot {
    var: VarId,
    at: Position,
}

impl Slot {
    fn new(name: &str, at: Position) -> Self {
        Slot { var: recorder::new_unnamed(name, true, Kind::ANY), at }
    }

    /// Assigns a value; what is never reached has none.
    #[track_caller]
    fn put(self, value: ExprId) {
        self.put_at(value, Position::caller());
    }

    fn put_at(self, value: ExprId, at: Position) {
        if !node::is_never(value) {
            recorder::join_kind(self.var, node::kind(value));
        }
        recorder::push(StmtKind::Assign { var: self.var, value }, at);
    }

    fn read<T>(self) -> Expr<T> {
        node::read(self.var)
    }
}

/// An `if` whose first branch is open.
pub struct If {
    cond: ExprId,
    asks: &'static str,
    at: Position,
}

/// An `if` whose `else` is open.
pub struct Else<T> {
    cond: ExprId,
    asks: &'static str,
    slot: Slot,
    then: Block,
    of: PhantomData<T>,
}

impl If {
    pub(super) fn open(cond: ExprId, asks: &'static str, at: Position) -> Self {
        recorder::open();
        If { cond, asks, at }
    }

    /// `}` of an `if` without `else`.
    #[track_caller]
    pub fn end(self, value: Expr<()>) -> Expr<()> {
        self.then(value).end(Expr::from_id(node::null()))
    }

    /// `} else {`, with the value of the first branch.
    #[track_caller]
    pub fn then<T>(self, value: Expr<T>) -> Else<T> {
        let slot = Slot::new("if", self.at);
        slot.put(value.id());
        let then = recorder::close();
        recorder::open();
        Else { cond: self.cond, asks: self.asks, slot, then, of: PhantomData }
    }
}

impl<T> Else<T> {
    /// `}`, with the value of the second branch.
    #[track_caller]
    pub fn end(self, value: Expr<T>) -> Expr<T> {
        self.slot.put(value.id());
        let otherwise = recorder::close();
        recorder::push(
            StmtKind::If { cond: self.cond, then: self.then, otherwise, asks: self.asks.to_owned() },
            self.slot.at,
        );
        self.slot.read()
    }
}

/// `left && right`, `left || right`. What `right` does is only reached where `left` does not decide.
pub(super) fn shortcut(op: Binary, left: Expr<bool>, right: impl FnOnce() -> Expr<bool>, at: Position) -> Expr<bool> {
    let (block, right) = apart(right);
    if block.stmts.is_empty() {
        return Expr::from_id(node::binary(op, left.id(), right.id()));
    }
    let decided = Expr::from_id(node::constant(op == Binary::Or));
    let branch = If::open(left.id(), "", at);
    if op == Binary::And {
        let branch = branch.then(replay(block, right));
        branch.end(decided)
    } else {
        let branch = branch.then(decided);
        branch.end(replay(block, right))
    }
}

/// A value that is only looked at where a condition holds; elsewhere it is nothing.
pub(super) fn reached<T>(condition: Expr<bool>, value: impl FnOnce() -> Expr<T>, at: Position) -> Expr<T> {
    let (block, value) = apart(value);
    if block.stmts.is_empty() && !node::may_panic(value.id()) {
        return value;
    }
    let branch = If::open(condition.id(), "", at);
    let branch = branch.then(replay(block, value));
    branch.end(Expr::from_id(node::null()))
}

/// A value, and the statements that computing it records.
fn apart<T>(value: impl FnOnce() -> Expr<T>) -> (Block, Expr<T>) {
    recorder::open();
    let value = value();
    (recorder::close(), value)
}

fn replay<T>(block: Block, value: Expr<T>) -> Expr<T> {
    replay_block(block);
    value
}

fn replay_block(block: Block) {
    block.stmts.into_iter().for_each(|stmt| recorder::push(stmt.kind, stmt.at));
}

/// A `match`: a cascade of conditions. What an arm asks is recorded where the arms before it did not match.
pub struct Match<T> {
    asks: &'static str,
    slot: Slot,
    arms: std::cell::RefCell<Vec<(ExprId, Block)>>,
    pending: std::cell::Cell<Option<ExprId>>,
    of: PhantomData<T>,
}

impl<T> Match<T> {
    pub(super) fn open(asks: &'static str, at: Position) -> Self {
        Match {
            asks,
            slot: Slot::new("match", at),
            arms: Default::default(),
            pending: Default::default(),
            of: PhantomData,
        }
    }

    /// `pattern if guard => {`, with the names that the pattern binds.
    pub fn arm<N>(&self, (condition, names): (Expr<bool>, N)) -> N {
        self.pending.set(Some(condition.id()));
        recorder::open();
        names
    }

    /// `}`, with the value of the arm.
    #[track_caller]
    pub fn put(&self, value: Expr<T>) {
        self.slot.put(value.id());
        let block = recorder::close();
        let condition = self.pending.take().unwrap_or_else(|| node::constant(true));
        self.arms.borrow_mut().push((condition, block));
        recorder::open();
    }

    /// The end of the `match`. Rust's matches are exhaustive, so a value that no arm before took is the last one's.
    pub fn end(self) -> Expr<T> {
        let mut arms = self.arms.into_inner().into_iter().rev();
        if let Some((_, last)) = arms.next() {
            recorder::close();
            replay_block(last);
            for (cond, then) in arms {
                let otherwise = recorder::close();
                let kind = StmtKind::If { cond, then, otherwise, asks: self.asks.to_owned() };
                recorder::push(kind, self.slot.at);
            }
        }
        self.slot.read()
    }
}

/// A loop, or a labelled block.
pub struct Loop<T> {
    slot: Slot,
    label: Label,
    form: Form,
    of: PhantomData<T>,
}

handle!(Loop<T>);

#[derive(Clone, Copy)]
enum Form {
    Block,
    Loop,
    For { item: VarId, list: ExprId },
}

impl<T> Loop<T> {
    pub(super) fn open(at: Position) -> Self {
        Self::start(Form::Loop, at)
    }

    pub(super) fn open_block(at: Position) -> Self {
        Self::start(Form::Block, at)
    }

    pub(super) fn open_for(item: VarId, list: ExprId, at: Position) -> Self {
        Self::start(Form::For { item, list }, at)
    }

    fn start(form: Form, at: Position) -> Self {
        let slot = Slot::new("loop", at);
        recorder::open();
        Loop { slot, label: recorder::new_label(), form, of: PhantomData }
    }

    /// `break 'label value`
    #[track_caller]
    pub fn break_<U>(self, value: Expr<T>) -> Expr<U> {
        self.slot.put(value.id());
        recorder::push(StmtKind::Break(self.label), self.slot.at);
        Expr::from_id(node::never())
    }

    /// `continue 'label`
    pub fn continue_<U>(self) -> Expr<U> {
        recorder::push(StmtKind::Continue(self.label), self.slot.at);
        Expr::from_id(node::never())
    }

    /// `}`, with the value at the end of a labelled block.
    #[track_caller]
    pub fn leave(self, value: Expr<T>) -> Expr<T> {
        self.break_::<()>(value);
        self.close()
    }

    /// `}` of a loop, with the value of its body.
    pub fn end(self, _: Expr<()>) -> Expr<T> {
        self.close()
    }

    fn close(self) -> Expr<T> {
        let body = recorder::close();
        let label = self.label;
        let kind = match self.form {
            Form::Block => StmtKind::Scope { label, body },
            Form::Loop => StmtKind::Loop { label, body },
            Form::For { item, list } => StmtKind::For { label, item, list, body },
        };
        recorder::push(kind, self.slot.at);
        self.slot.read()
    }
}

/// The body of a function, closure or `async` block: what `return` and `?` leave.
pub struct Body<R> {
    slot: Slot,
    label: Label,
    of: PhantomData<R>,
}

handle!(Body<R>);

impl<R> Body<R> {
    pub(super) fn open(at: Position) -> Self {
        let slot = Slot::new("result", at);
        recorder::open();
        Body { slot, label: recorder::new_label(), of: PhantomData }
    }

    /// `return value`
    #[track_caller]
    pub fn ret<U>(self, value: Expr<R>) -> Expr<U> {
        self.ret_at(value.id(), Position::caller());
        Expr::from_id(node::never())
    }

    fn ret_at(self, value: ExprId, at: Position) {
        self.slot.put_at(value, at);
        recorder::push(StmtKind::Break(self.label), at);
    }

    /// `value?`
    #[track_caller]
    pub fn try_<S: Question<R>>(self, value: Expr<S>) -> Expr<S::Out> {
        let at = Position::caller();
        let question = S::question(value.id(), at);
        recorder::open();
        let value = (question.leave)();
        self.ret_at(value, at);
        let then = recorder::close();
        let (cond, otherwise) = (question.leaves, Block::default());
        recorder::push(StmtKind::If { cond, then, otherwise, asks: String::new() }, at);
        Expr::from_id(question.value)
    }

    /// `}`, with the value of the body.
    #[track_caller]
    pub fn leave(self, value: Expr<R>) -> Expr<R> {
        self.slot.put(value.id());
        let body = recorder::close();
        recorder::push(StmtKind::Scope { label: self.label, body }, self.slot.at);
        self.slot.read()
    }
}
