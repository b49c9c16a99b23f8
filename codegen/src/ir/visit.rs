//! Walking expressions and blocks.

use super::{Binary, Block, Body, Call, Effect, Expr, ExprId, Label, Stmt, StmtKind, VarId};

/// Shows the operands of an expression, in order of evaluation. The statements of an [`Expr::Block`] are not shown.
pub(crate) fn operands(expr: &Expr, show: &mut dyn FnMut(ExprId)) {
    let mut copy = expr.clone();
    operands_mut(&mut copy, &mut |id| show(*id));
}

/// Shows the operands that evaluating an expression always evaluates: of a condition's branches none.
pub(crate) fn evaluated(expr: &Expr, show: &mut dyn FnMut(ExprId)) {
    match *expr {
        Expr::If { cond: first, .. }
        | Expr::Binary(Binary::And | Binary::Or, first, _)
        | Expr::Map { list: first, .. }
        | Expr::Filter { list: first, .. }
        | Expr::Sort { list: first, .. } => show(first),
        Expr::Fold { list, init, .. } => {
            show(list);
            show(init);
        }
        _ => operands(expr, show),
    }
}

/// Shows the operands of an expression, to be changed.
pub(crate) fn operands_mut(expr: &mut Expr, show: &mut dyn FnMut(&mut ExprId)) {
    match expr {
        Expr::Literal(_)
        | Expr::Regex(_)
        | Expr::Var(_)
        | Expr::ExecutionInput
        | Expr::StateInput
        | Expr::Result
        | Expr::ErrorOutput
        | Expr::Context(_) => {}
        Expr::Field { base: a, .. }
        | Expr::Has { base: a, .. }
        | Expr::Without { base: a, .. }
        | Expr::Unary(_, a)
        | Expr::Panic(a)
        | Expr::Block(_, a) => {
            show(a);
        }
        Expr::Again { next: a, .. } => show(a),
        Expr::Object(fields) => fields.iter_mut().for_each(|(_, value)| show(value)),
        Expr::Merge(items) | Expr::Array(items) | Expr::Call(_, items) => items.iter_mut().for_each(show),
        Expr::Item { list: a, index: b, .. }
        | Expr::Binary(_, a, b)
        | Expr::Entry { key: a, value: b }
        | Expr::Map { list: a, body: b, .. }
        | Expr::Filter { list: a, body: b, .. }
        | Expr::Sort { list: a, body: b, .. }
        | Expr::Let { value: a, body: b, .. }
        | Expr::Iterate { init: a, body: b, .. }
        | Expr::Known { value: a, form: b } => {
            show(a);
            show(b);
        }
        Expr::If { cond: a, then: b, otherwise: c } | Expr::Fold { list: a, init: b, body: c, .. } => {
            show(a);
            show(b);
            show(c);
        }
    }
}

/// The variables that an expression itself introduces for its body.
pub(crate) fn binders(expr: &Expr) -> Vec<VarId> {
    match expr {
        Expr::Map { item, index, .. } | Expr::Filter { item, index, .. } => {
            let mut vars = vec![*item];
            vars.extend(*index);
            vars
        }
        Expr::Fold { acc, item, .. } => vec![*acc, *item],
        Expr::Sort { left, right, .. } => vec![*left, *right],
        Expr::Let { var, .. } => vec![*var],
        Expr::Iterate { state, .. } => vec![*state],
        _ => Vec::new(),
    }
}

/// The machines inside an effect, to be changed.
pub(crate) fn machines_mut(effect: &mut Effect) -> Vec<&mut Body> {
    match effect {
        Effect::Parallel { branches, .. } => branches.iter_mut().collect(),
        Effect::Map(map) => vec![&mut map.body],
        Effect::Call(_) | Effect::Sleep(_) | Effect::SleepUntil(_) => Vec::new(),
    }
}

/// Shows the blocks inside a statement, to be changed.
pub(crate) fn blocks_mut(stmt: &mut Stmt, show: &mut dyn FnMut(&mut Block)) {
    match &mut stmt.kind {
        StmtKind::If { then, otherwise, .. } => {
            show(then);
            show(otherwise);
        }
        StmtKind::Scope { body, .. } | StmtKind::Loop { body, .. } | StmtKind::For { body, .. } => show(body),
        StmtKind::Effect { effect, .. } => {
            machines_mut(effect).into_iter().for_each(|machine| show(&mut machine.block))
        }
        StmtKind::Let { .. }
        | StmtKind::Assign { .. }
        | StmtKind::Break(_)
        | StmtKind::Continue(_)
        | StmtKind::Panic { .. } => {}
    }
}

/// Shows the expressions that a statement itself evaluates (not those of its blocks), to be changed.
pub(crate) fn values_mut(stmt: &mut Stmt, show: &mut dyn FnMut(&mut ExprId)) {
    match &mut stmt.kind {
        StmtKind::Let { value, .. } | StmtKind::Assign { value, .. } => show(value),
        StmtKind::If { cond, .. } => show(cond),
        StmtKind::For { list, .. } => show(list),
        StmtKind::Panic { message } => show(message),
        StmtKind::Effect { effect, .. } => effect_values_mut(effect, show),
        StmtKind::Scope { .. } | StmtKind::Loop { .. } | StmtKind::Break(_) | StmtKind::Continue(_) => {}
    }
}

fn effect_values_mut(effect: &mut Effect, show: &mut dyn FnMut(&mut ExprId)) {
    match effect {
        Effect::Call(Call { arguments, options, .. }) => {
            arguments.iter_mut().for_each(&mut *show);
            options.timeout.iter_mut().for_each(&mut *show);
            options.heartbeat.iter_mut().for_each(show);
        }
        Effect::Sleep(value) | Effect::SleepUntil(value) => show(value),
        Effect::Parallel { .. } => {}
        Effect::Map(map) => {
            show(&mut map.items);
            map.max_concurrency.iter_mut().for_each(&mut *show);
            map.distributed.iter_mut().flat_map(|options| options.values_mut()).for_each(show);
        }
    }
}

/// Shows the results of the machines inside a statement: they are evaluated after their blocks. To be changed.
pub(crate) fn results_mut(stmt: &mut Stmt, show: &mut dyn FnMut(&mut ExprId)) {
    if let StmtKind::Effect { effect, .. } = &mut stmt.kind {
        machines_mut(effect).into_iter().for_each(|machine| show(&mut machine.result));
    }
}

/// Shows every statement of a block, from the outside in.
pub(crate) fn stmts<'a>(block: &'a Block, show: &mut dyn FnMut(&'a Stmt)) {
    for stmt in &block.stmts {
        show(stmt);
        match &stmt.kind {
            StmtKind::If { then, otherwise, .. } => {
                stmts(then, show);
                stmts(otherwise, show);
            }
            StmtKind::Scope { body, .. } | StmtKind::Loop { body, .. } | StmtKind::For { body, .. } => {
                stmts(body, show)
            }
            StmtKind::Effect { effect, .. } => match &**effect {
                Effect::Parallel { branches, .. } => branches.iter().for_each(|branch| stmts(&branch.block, show)),
                Effect::Map(map) => stmts(&map.body.block, show),
                Effect::Call(_) | Effect::Sleep(_) | Effect::SleepUntil(_) => {}
            },
            StmtKind::Let { .. }
            | StmtKind::Assign { .. }
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Panic { .. } => {}
        }
    }
}

/// The labels that statements of a block leave or repeat, and that stand outside of it.
pub(crate) fn exits(block: &Block) -> Vec<Label> {
    let (mut used, mut own) = (Vec::new(), Vec::new());
    stmts(block, &mut |stmt| match &stmt.kind {
        StmtKind::Break(label) | StmtKind::Continue(label) => used.push(*label),
        StmtKind::Scope { label, .. } | StmtKind::Loop { label, .. } | StmtKind::For { label, .. } => own.push(*label),
        _ => {}
    });
    used.retain(|label| !own.contains(label));
    used
}

/// The variables that statements of a block assign or define.
pub(crate) fn assigned(block: &Block) -> Vec<VarId> {
    let mut vars = Vec::new();
    stmts(block, &mut |stmt| match &stmt.kind {
        StmtKind::Let { var, .. } | StmtKind::Assign { var, .. } | StmtKind::Effect { var, .. } => vars.push(*var),
        _ => {}
    });
    vars.sort();
    vars.dedup();
    vars
}
