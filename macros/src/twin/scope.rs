//! The names in scope: exact, because bindings are syntax.

use std::collections::HashMap;

use proc_macro2::Ident;

/// What a local name holds in the twin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An `Expr`, or a call that is not awaited yet.
    Value,
    /// A `Var`: reading it is explicit.
    Variable,
    /// A closure.
    Function,
}

/// A name that a pattern binds.
#[derive(Clone)]
pub(super) struct Binding {
    pub(super) name: Ident,
    pub(super) mutable: bool,
}

/// The local names, innermost scope last.
pub(super) struct Scope {
    frames: Vec<HashMap<String, Kind>>,
}

impl Scope {
    pub(super) fn new() -> Self {
        Scope { frames: vec![HashMap::new()] }
    }

    pub(super) fn open(&mut self) {
        self.frames.push(HashMap::new());
    }

    pub(super) fn close(&mut self) {
        self.frames.pop();
    }

    pub(super) fn declare(&mut self, name: &Ident, kind: Kind) {
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name.to_string(), kind);
        }
    }

    /// What a name holds, if it is a local.
    pub(super) fn kind(&self, name: &Ident) -> Option<Kind> {
        let name = name.to_string();
        self.frames.iter().rev().find_map(|frame| frame.get(&name)).copied()
    }
}

/// A loop or labelled block that `break` and `continue` may name.
pub(super) struct Target {
    label: Option<String>,
    /// The handle in the twin.
    handle: Ident,
    /// Whether a `break` without label means it.
    is_loop: bool,
}

/// The loops and labelled blocks around a place, innermost last.
#[derive(Default)]
pub(super) struct Targets {
    open: Vec<Target>,
}

impl Targets {
    pub(super) fn open(&mut self, label: Option<&syn::Label>, handle: Ident, is_loop: bool) {
        let label = label.map(|label| label.name.ident.to_string());
        self.open.push(Target { label, handle, is_loop });
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// The handle that `break 'label` or `continue 'label` means. None is a mistake that rustc reports.
    pub(super) fn find(&self, label: Option<&syn::Lifetime>) -> Option<&Ident> {
        let wanted = label.map(|label| label.ident.to_string());
        let mut candidates = self.open.iter().rev();
        let found = match wanted {
            Some(_) => candidates.find(|target| target.label == wanted),
            None => candidates.find(|target| target.is_loop),
        };
        found.map(|target| &target.handle)
    }
}
