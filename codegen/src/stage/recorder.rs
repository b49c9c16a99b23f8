//! The store that staging fills: expressions, variables, and the blocks that are open.

use std::{cell::RefCell, collections::HashMap};

use serde_json::Value;

use crate::{
    data::Field,
    diagnostic::{Code, Diagnostic, Diagnostics},
    ir::{Arena, Block, Expr, ExprId, Kind, Label, Stmt, StmtKind, Var, VarId},
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
    open: Vec<Block>,
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

/// Runs `f` with an empty store, and gives what it recorded. A recording inside another is apart from it.
pub fn record<T>(f: impl FnOnce() -> T) -> Recorded<T> {
    let outer = RECORDER.with_borrow_mut(std::mem::take);
    RECORDER.with_borrow_mut(|recorder| recorder.open.push(Block::default()));
    let value = f();
    let recorder = RECORDER.with_borrow_mut(|recorder| std::mem::replace(recorder, outer));
    let Recorder { arena, labels, mut open, diagnostics, .. } = recorder;
    Recorded { value, arena, labels, block: open.pop().unwrap_or_default(), diagnostics }
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
    add_var(Var { name: name.to_owned(), named: true, mutable, kind })
}

/// A new variable for a value that the source does not name; it takes the name of the first `let` that holds it.
pub(crate) fn new_unnamed(hint: &str, mutable: bool, kind: Kind) -> VarId {
    add_var(Var { name: hint.to_owned(), named: false, mutable, kind })
}

fn add_var(var: Var) -> VarId {
    with(|recorder| {
        let owner = recorder.frames.last().map_or(0, |frame| frame.number);
        recorder.owners.push(owner);
        recorder.arena.new_var(var)
    })
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
        if let Some(block) = recorder.open.last_mut() {
            block.stmts.push(Stmt { kind, at });
        }
    });
}

/// Opens a block: what is recorded next goes into it.
pub(crate) fn open() {
    with(|recorder| recorder.open.push(Block::default()));
}

/// Closes the block that is open.
pub(crate) fn close() -> Block {
    with(|recorder| recorder.open.pop().unwrap_or_default())
}

/// Records `f` into a block of its own, as the body of a closure or of a machine.
pub(crate) fn detached<T>(kind: FrameKind, f: impl FnOnce() -> T) -> (Block, T) {
    with(|recorder| {
        recorder.frame_count += 1;
        let number = recorder.frame_count;
        recorder.frames.push(Frame { number, kind });
        recorder.open.push(Block::default());
    });
    let value = f();
    let block = with(|recorder| {
        recorder.frames.pop();
        recorder.open.pop().unwrap_or_default()
    });
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
