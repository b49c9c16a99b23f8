//! Control in its plainest form.
//!
//! Nothing stands behind a statement that never falls through; what follows an `if` whose one branch leaves moves into the
//! other; a `Break` at the very end of its scope goes away, and so does a scope that nothing leaves.

use crate::ir::{Block, Label, Stmt, StmtKind, visit};

/// Tidies a block and all in it.
pub(super) fn tidy(block: &mut Block) {
    let stmts = std::mem::take(&mut block.stmts);
    let mut stmts = stmts.into_iter();
    while let Some(mut stmt) = stmts.next() {
        if let StmtKind::If { then, otherwise, .. } = &mut stmt.kind {
            let open = match (leaves(then), leaves(otherwise)) {
                (true, false) => Some(otherwise),
                (false, true) => Some(then),
                (true, true) | (false, false) => None,
            };
            if let Some(open) = open {
                open.stmts.extend(stmts.by_ref());
            }
        }
        visit::blocks_mut(&mut stmt, &mut tidy);
        let last = never_falls_through(&stmt);
        flatten(stmt, &mut block.stmts);
        if last {
            break;
        }
    }
}

fn flatten(mut stmt: Stmt, out: &mut Vec<Stmt>) {
    match &mut stmt.kind {
        StmtKind::Scope { label, body } => {
            drop_tail(body, StmtKind::Break(*label));
            if visit::exits(body).contains(label) {
                out.push(stmt);
            } else {
                out.append(&mut body.stmts);
            }
        }
        StmtKind::Loop { label, body } | StmtKind::For { label, body, .. } => {
            drop_tail(body, StmtKind::Continue(*label));
            out.push(stmt);
        }
        StmtKind::If { then, otherwise, .. } if then.stmts.is_empty() && otherwise.stmts.is_empty() => {}
        _ => out.push(stmt),
    }
}

/// Drops a jump to where control goes anyway.
fn drop_tail(block: &mut Block, jump: StmtKind) {
    let Some(last) = block.stmts.last_mut() else { return };
    match &mut last.kind {
        kind if *kind == jump => {
            block.stmts.pop();
        }
        StmtKind::If { then, otherwise, .. } => {
            drop_tail(then, jump.clone());
            drop_tail(otherwise, jump);
        }
        StmtKind::Scope { body, .. } => drop_tail(body, jump),
        _ => {}
    }
}

/// Whether control never reaches the end of a block.
fn leaves(block: &Block) -> bool {
    block.stmts.iter().any(never_falls_through)
}

fn never_falls_through(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Break(_) | StmtKind::Continue(_) | StmtKind::Panic { .. } => true,
        StmtKind::If { then, otherwise, .. } => leaves(then) && leaves(otherwise),
        StmtKind::Scope { label, body } => leaves(body) && !exits_to(body, *label),
        StmtKind::Loop { label, body } => !breaks(body, *label),
        StmtKind::Let { .. } | StmtKind::Assign { .. } | StmtKind::Effect { .. } | StmtKind::For { .. } => false,
    }
}

fn exits_to(body: &Block, label: Label) -> bool {
    visit::exits(body).contains(&label)
}

fn breaks(body: &Block, label: Label) -> bool {
    let mut found = false;
    visit::stmts(body, &mut |stmt| found |= stmt.kind == StmtKind::Break(label));
    found
}
