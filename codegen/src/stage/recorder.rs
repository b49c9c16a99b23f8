//! The store that staging fills: expressions, variables, and the blocks that are open.

use std::{cell::RefCell, collections::HashMap};

use serde_json::Value;

use crate::{
    data::Field,
    diagnostic::{Code, Diagnostic, Diagnostics},
    ir::{Arena, Block, Expr, ExprId, Kind, Label, Stmt, StmtKind, Var, VarId, visit},
    position::Position,
};

thread_local! {
    static RECORDER: RefCell<Recorder> = RefCell::new(Recorder::default());
}

/// What is being recorded on this thread.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) arena: Arena,
    /// For each variable, the number of the frame that owns it.
    owners: Vec<usize>,
    labels: u32,
    open: Vec<Open>,
    /// Where the last statement stood.
    at: Option<Position>,
    frames: Vec<Frame>,
    frame_count: usize,
    /// What is known of the variables that several ways out assign.
    joined: HashMap<VarId, Kind>,
    /// What the variables hold that never change.
    held: HashMap<VarId, ExprId>,
    /// The pure functions that are being inlined, the innermost last.
    inlining: Vec<&'static str>,
    diagnostics: Diagnostics,
    /// For `Option`s that were made of a condition and a value that is never `null`, the condition.
    pub(crate) conditions: HashMap<ExprId, ExprId>,
    /// For reads of fields that serde may leave out, the fields.
    pub(crate) skipped: HashMap<ExprId, Field>,
}

/// A block that is being recorded.
#[derive(Default)]
struct Open {
    block: Block,
    /// What may panic, and fell away from what was made of it since the last statement.
    lost: Vec<ExprId>,
}

/// A closure, or a body that runs as a machine of its own: what may not assign the variables outside of it.
#[derive(Clone, Copy)]
struct Frame {
    number: usize,
    kind: FrameKind,
}

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameKind {
    /// The body of a closure in an expression: no effects.
    Closure,
    /// A branch of a Parallel or the body for an item of a Map.
    Machine,
    /// An `async` block: part of what is around it, unless it becomes a branch.
    Async,
}

/// What a recording gave.
pub struct Recorded<T> {
    /// What the recorded function returned.
    pub value: T,
    /// All expressions and variables.
    pub arena: Arena,
    /// The number of labels.
    pub labels: u32,
    /// The statements.
    pub block: Block,
    /// The mistakes.
    pub diagnostics: Diagnostics,
}

/// Runs `f`, which stands at a place, with an empty store, and gives what it recorded. A recording inside another is apart
/// from it.
pub fn record<T>(at: Position, f: impl FnOnce() -> T) -> Recorded<T> {
    let outer = RECORDER.replace(Recorder { at: Some(at), ..Recorder::default() });
    open();
    let value = f();
    let block = close();
    let Recorder { arena, labels, diagnostics, .. } = RECORDER.replace(outer);
    Recorded { value, arena, labels, block, diagnostics }
}

impl Recorder {
    /// Stores an expression in its simplest form. What may panic in its operands and is not in that form any more is
    /// evaluated all the same, by a statement of its own.
    pub(crate) fn build(&mut self, expr: Expr) -> ExprId {
        let operands = self.arena.panicking_operands(&expr);
        if operands.is_empty() {
            return self.arena.build(expr);
        }
        let id = self.arena.build(expr.clone());
        if *self.arena.get(id) != expr {
            self.keep_checks(&operands, id);
        }
        id
    }

    /// Notes what may panic in these operands, and is not in what was made of them.
    pub(crate) fn keep_checks(&mut self, operands: &[ExprId], made: ExprId) {
        let lost = self.arena.lost_checks(operands, &[made]);
        self.evaluate(lost);
    }

    /// Notes what has to be evaluated before or by the next statement.
    pub(crate) fn evaluate(&mut self, checks: Vec<ExprId>) {
        let Some(open) = self.open.last_mut() else { return };
        for check in checks {
            if !open.lost.contains(&check) {
                open.lost.push(check);
            }
        }
    }

    /// Binds what was lost before the next statement, unless that evaluates it.
    fn settle(&mut self, next: Option<&Stmt>) {
        let (Some(at), Some(open)) = (self.at, self.open.last_mut()) else { return };
        let lost = std::mem::take(&mut open.lost);
        if lost.is_empty() {
            return;
        }
        let mut evaluated = Vec::new();
        if let Some(next) = next {
            visit::values_mut(&mut next.clone(), &mut |value| evaluated.push(*value));
        }
        for value in self.arena.lost_checks(&lost, &evaluated) {
            let kind = self.arena.kind(value);
            let var = self.add_var(Var { name: "checked".to_owned(), named: false, mutable: false, kind });
            self.add(Stmt { kind: StmtKind::Let { var, value }, at });
        }
    }

    fn add(&mut self, stmt: Stmt) {
        if let Some(open) = self.open.last_mut() {
            open.block.stmts.push(stmt);
        }
    }

    fn add_var(&mut self, var: Var) -> VarId {
        let owner = self.frames.last().map_or(0, |frame| frame.number);
        self.owners.push(owner);
        self.arena.new_var(var)
    }
}

/// Runs `f` with these expressions in the store, for what is made of them after the recording.
pub(crate) fn over<T>(arena: &mut Arena, f: impl FnOnce() -> T) -> T {
    let own = Recorder { arena: std::mem::take(arena), ..Recorder::default() };
    let outer = RECORDER.replace(own);
    let value = f();
    *arena = RECORDER.replace(outer).arena;
    value
}

/// Runs `f` on this thread's store.
pub(crate) fn with<T>(f: impl FnOnce(&mut Recorder) -> T) -> T {
    RECORDER.with_borrow_mut(f)
}

/// A new variable that the source names.
pub(crate) fn new_var(name: &str, mutable: bool, kind: Kind) -> VarId {
    with(|recorder| recorder.add_var(Var { name: name.to_owned(), named: true, mutable, kind }))
}

/// A new variable for a value that the source does not name; it takes the name of the first `let` that holds it.
pub(crate) fn new_unnamed(hint: &str, mutable: bool, kind: Kind) -> VarId {
    with(|recorder| recorder.add_var(Var { name: hint.to_owned(), named: false, mutable, kind }))
}

/// Notes that a variable holds a value, and nothing else ever.
pub(crate) fn hold(var: VarId, value: ExprId) {
    with(|recorder| recorder.held.insert(var, value));
}

/// An expression, or what the variable holds that it reads.
pub(crate) fn held(id: ExprId) -> ExprId {
    with(|recorder| {
        let read = |id| match recorder.arena.get(id) {
            Expr::Var(var) => recorder.held.get(var).copied(),
            _ => None,
        };
        std::iter::successors(Some(id), |id| read(*id)).last().unwrap_or(id)
    })
}

/// The constant that an expression is, or that the variable holds which it reads.
pub(crate) fn literal(id: ExprId) -> Option<Value> {
    let held = held(id);
    with(|recorder| recorder.arena.literal(held).cloned())
}

/// The expression that reads a variable.
pub(crate) fn read(var: VarId) -> ExprId {
    with(|recorder| recorder.arena.push(Expr::Var(var)))
}

/// Sets what is known of a variable's JSON, where its values come after its declaration.
pub(crate) fn set_kind(var: VarId, kind: Kind) {
    with(|recorder| {
        if let Some(var) = recorder.arena.var_mut(var) {
            var.kind = kind;
        }
    });
}

/// Adds what is known of one more value that a variable may have.
pub(crate) fn join_kind(var: VarId, kind: Kind) {
    let joined =
        with(|recorder| *recorder.joined.entry(var).and_modify(|known| *known = known.or(kind)).or_insert(kind));
    set_kind(var, joined);
}

/// A new label.
pub(crate) fn new_label() -> Label {
    with(|recorder| {
        recorder.labels += 1;
        Label(recorder.labels - 1)
    })
}

/// Adds a statement to the block that is open.
pub(crate) fn push(kind: StmtKind, at: Position) {
    with(|recorder| {
        let stmt = Stmt { kind, at };
        recorder.at = Some(at);
        recorder.settle(Some(&stmt));
        recorder.add(stmt);
    });
}

/// Opens a block: what is recorded next goes into it.
pub(crate) fn open() {
    with(|recorder| recorder.open.push(Open::default()));
}

/// Closes the block that is open.
pub(crate) fn close() -> Block {
    with(|recorder| {
        recorder.settle(None);
        recorder.open.pop().unwrap_or_default().block
    })
}

/// Records `f` into a block of its own, as the body of a closure or of a machine.
pub(crate) fn detached<T>(kind: FrameKind, f: impl FnOnce() -> T) -> (Block, T) {
    with(|recorder| {
        recorder.frame_count += 1;
        let number = recorder.frame_count;
        recorder.frames.push(Frame { number, kind });
    });
    open();
    let value = f();
    let block = close();
    with(|recorder| recorder.frames.pop());
    (block, value)
}

/// The number of the innermost closure or body that is being recorded; what is made later has no smaller one.
pub(crate) fn frame() -> usize {
    with(|recorder| recorder.frames.last().map_or(0, |frame| frame.number))
}

/// The frame that a variable belongs to.
pub(crate) fn owner(var: VarId) -> usize {
    with(|recorder| recorder.owners.get(var.0 as usize).copied().unwrap_or(0))
}

/// Makes a variable belong to a frame.
pub(crate) fn give(var: VarId, frame: usize) {
    with(|recorder| {
        if let Some(owner) = recorder.owners.get_mut(var.0 as usize) {
            *owner = frame;
        }
    });
}

/// Whether a variable may be assigned here, and if not, what stands between.
pub(crate) fn barrier(var: VarId) -> Option<FrameKind> {
    let owner = owner(var);
    with(|recorder| {
        let inner = recorder.frames.iter().skip_while(|frame| owner != 0 && frame.number != owner);
        let mut kinds = inner.skip(usize::from(owner != 0)).map(|frame| frame.kind);
        kinds.find(|kind| *kind != FrameKind::Async)
    })
}

/// Whether effects are possible here: not inside a closure of an expression.
pub(crate) fn in_closure() -> bool {
    with(|recorder| {
        let around = recorder.frames.iter().rev().find(|frame| frame.kind != FrameKind::Async);
        around.is_some_and(|frame| frame.kind == FrameKind::Closure)
    })
}

/// Records that the function panics unless a condition holds.
pub(crate) fn assert(cond: ExprId, message: ExprId, at: Position) {
    let otherwise = Block { stmts: vec![Stmt { kind: StmtKind::Panic { message }, at }] };
    push(StmtKind::If { cond, then: Block::default(), otherwise, asks: String::new() }, at);
}

/// Begins to inline a pure function; reports one that is being inlined already.
pub(crate) fn enter(name: &'static str, at: Position) -> bool {
    let recursive = with(|recorder| recorder.inlining.contains(&name));
    if recursive {
        report(Code::Recursion, at, format!("`{name}` calls itself: an expression cannot"));
    } else {
        with(|recorder| recorder.inlining.push(name));
    }
    !recursive
}

/// Ends what [`enter`] began.
pub(crate) fn exit() {
    with(|recorder| recorder.inlining.pop());
}

/// Reports a mistake of the user's.
pub(crate) fn report(code: Code, at: Position, message: impl Into<String>) {
    with(|recorder| recorder.diagnostics.push(Diagnostic::new(code, at, message)));
}
