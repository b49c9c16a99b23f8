//! The IR as text, for people and for golden tests.

use std::fmt;

use super::{Arena, Binary, Block, Call, Effect, Expr, ExprId, Function, Stmt, StmtKind, Unary, VarId, Workflow};

const INDENT: usize = 4;

impl fmt::Display for Workflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "workflow {} {{", self.name)?;
        let text = Text { arena: &self.arena };
        text.block(f, &self.body, INDENT)?;
        writeln!(f, "    {}", text.expr(self.result))?;
        writeln!(f, "}}")
    }
}

struct Text<'a> {
    arena: &'a Arena,
}

impl Text<'_> {
    fn block(&self, f: &mut fmt::Formatter<'_>, block: &Block, depth: usize) -> fmt::Result {
        block.stmts.iter().try_for_each(|stmt| self.stmt(f, stmt, depth))
    }

    fn nested(&self, f: &mut fmt::Formatter<'_>, head: &str, block: &Block, depth: usize) -> fmt::Result {
        writeln!(f, "{:depth$}{head} {{", "")?;
        self.block(f, block, depth + INDENT)?;
        writeln!(f, "{:depth$}}}", "")
    }

    fn stmt(&self, f: &mut fmt::Formatter<'_>, stmt: &Stmt, depth: usize) -> fmt::Result {
        match &stmt.kind {
            StmtKind::Let { var, value } => writeln!(f, "{:depth$}let {} = {}", "", self.var(*var), self.expr(*value)),
            StmtKind::Assign { var, value } => writeln!(f, "{:depth$}{} = {}", "", self.var(*var), self.expr(*value)),
            StmtKind::Effect { var, effect } => self.effect(f, *var, effect, depth),
            StmtKind::If { cond, then, otherwise, .. } => {
                self.nested(f, &format!("if {}", self.expr(*cond)), then, depth)?;
                if otherwise.stmts.is_empty() { Ok(()) } else { self.nested(f, "else", otherwise, depth) }
            }
            StmtKind::Scope { label, body } => self.nested(f, &format!("'l{}:", label.0), body, depth),
            StmtKind::Loop { label, body } => self.nested(f, &format!("'l{}: loop", label.0), body, depth),
            StmtKind::For { label, item, list, body } => {
                let head = format!("'l{}: for {} in {}", label.0, self.var(*item), self.expr(*list));
                self.nested(f, &head, body, depth)
            }
            StmtKind::Break(label) => writeln!(f, "{:depth$}break 'l{}", "", label.0),
            StmtKind::Continue(label) => writeln!(f, "{:depth$}continue 'l{}", "", label.0),
            StmtKind::Panic { message } => writeln!(f, "{:depth$}panic {}", "", self.expr(*message)),
        }
    }

    fn effect(&self, f: &mut fmt::Formatter<'_>, var: VarId, effect: &Effect, depth: usize) -> fmt::Result {
        let head = format!("let {} =", self.var(var));
        match effect {
            Effect::Call(Call { callee, arguments, .. }) => {
                writeln!(f, "{:depth$}{head} await {}({})", "", callee.name(), self.list(arguments))
            }
            Effect::Sleep(seconds) => writeln!(f, "{:depth$}{head} await sleep({})", "", self.expr(*seconds)),
            Effect::SleepUntil(time) => writeln!(f, "{:depth$}{head} await sleep_until({})", "", self.expr(*time)),
            Effect::Parallel { branches, .. } => {
                writeln!(f, "{:depth$}{head} await join {{", "")?;
                for branch in branches {
                    let inner = depth + INDENT;
                    self.nested(f, "branch", &branch.block, inner)?;
                    writeln!(f, "{:inner$}gives {}", "", self.expr(branch.result))?;
                }
                writeln!(f, "{:depth$}}}", "")
            }
            Effect::Map(map) => {
                let each = format!("{head} await map {} in {}", self.var(map.item), self.expr(map.items));
                self.nested(f, &each, &map.body.block, depth)?;
                writeln!(f, "{:depth$}gives {}", "", self.expr(map.body.result))
            }
        }
    }

    fn var(&self, var: VarId) -> String {
        let name = self.arena.var(var).map_or("?", |var| var.name.as_str());
        format!("{name}.{}", var.0)
    }

    fn list(&self, items: &[ExprId]) -> String {
        items.iter().map(|item| self.expr(*item)).collect::<Vec<_>>().join(", ")
    }

    fn expr(&self, id: ExprId) -> String {
        match self.arena.get(id) {
            Expr::Literal(value) => value.to_string(),
            Expr::Var(var) => self.var(*var),
            Expr::ExecutionInput => "input".to_owned(),
            Expr::StateInput => "state input".to_owned(),
            Expr::Result => "result".to_owned(),
            Expr::ErrorOutput => "error".to_owned(),
            Expr::Context(path) => format!("context.{}", path.join(".")),
            Expr::Field { base, keys, default, .. } => {
                let default = default.as_ref().map_or_else(String::new, |default| format!(" ?? {default}"));
                format!("{}.{}{default}", self.expr(*base), keys.join("|"))
            }
            Expr::Item { list, index, .. } => format!("{}[{}]", self.expr(*list), self.expr(*index)),
            Expr::Regex(pattern) => format!("/{pattern}/"),
            Expr::Entry { key, value } => format!("{{[{}]: {}}}", self.expr(*key), self.expr(*value)),
            Expr::Has { base, key } => format!("has({}, {key})", self.expr(*base)),
            Expr::Object(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|(key, value)| format!("{key}: {}", self.expr(*value))).collect();
                format!("{{{}}}", fields.join(", "))
            }
            Expr::Merge(parts) => format!("merge({})", self.list(parts)),
            Expr::Without { base, keys } => format!("({} without {})", self.expr(*base), keys.join(", ")),
            Expr::Array(items) => format!("[{}]", self.list(items)),
            Expr::Unary(Unary::Not, operand) => format!("not {}", self.expr(*operand)),
            Expr::Unary(Unary::Neg, operand) => format!("-{}", self.expr(*operand)),
            Expr::Binary(op, left, right) => format!("({} {} {})", self.expr(*left), symbol(*op), self.expr(*right)),
            Expr::If { cond, then, otherwise } => {
                format!("(if {} then {} else {})", self.expr(*cond), self.expr(*then), self.expr(*otherwise))
            }
            Expr::Call(Function { name, .. }, arguments) => format!("{name}({})", self.list(arguments)),
            Expr::Map { list, item, body, .. } => self.lambda("map", *list, &[*item], *body),
            Expr::Filter { list, item, body, .. } => self.lambda("filter", *list, &[*item], *body),
            Expr::Sort { list, left, right, body } => self.lambda("sort", *list, &[*left, *right], *body),
            Expr::Fold { list, init, acc, item, body } => {
                format!("{} from {}", self.lambda("fold", *list, &[*acc, *item], *body), self.expr(*init))
            }
            Expr::Let { var, value, body } => {
                format!("(let {} = {} in {})", self.var(*var), self.expr(*value), self.expr(*body))
            }
            Expr::Iterate { state, init, body } => {
                format!("(loop {} = {} do {})", self.var(*state), self.expr(*init), self.expr(*body))
            }
            Expr::Again { next, .. } => format!("again {}", self.expr(*next)),
            Expr::Known { value, form } => format!("({} known as {})", self.expr(*value), self.expr(*form)),
            Expr::Block(block, value) => format!("{{block {}; {}}}", block.0, self.expr(*value)),
            Expr::Panic(message) => format!("panic {}", self.expr(*message)),
        }
    }

    fn lambda(&self, what: &str, list: ExprId, params: &[VarId], body: ExprId) -> String {
        let params: Vec<String> = params.iter().map(|param| self.var(*param)).collect();
        format!("{what}({}, |{}| {})", self.expr(list), params.join(", "), self.expr(body))
    }
}

fn symbol(op: Binary) -> &'static str {
    match op {
        Binary::Add => "+",
        Binary::Sub => "-",
        Binary::Mul => "*",
        Binary::Div => "/",
        Binary::Rem => "%",
        Binary::Concat => "&",
        Binary::Eq => "==",
        Binary::Ne => "!=",
        Binary::Lt => "<",
        Binary::Le => "<=",
        Binary::Gt => ">",
        Binary::Ge => ">=",
        Binary::And => "and",
        Binary::Or => "or",
        Binary::In => "in",
        Binary::Range => "..=",
    }
}
