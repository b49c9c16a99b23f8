//! Statements.

use crate::{
    generator::{Generator, Place, Returns, Variable, output, variable},
    kind::Kind,
};

/// Operators that change a number in place.
const CHANGES: &[&str] = &["+=", "-=", "="];

impl Generator {
    /// Up to four statements. What they declare is in scope behind them.
    pub(crate) fn statements(&mut self, depth: u32) -> String {
        let count = self.rng.u32(1..=4);
        (0..count).map(|_| self.statement(depth)).collect::<Vec<_>>().join("\n")
    }

    /// Statements with a scope of their own.
    fn block(&mut self, depth: u32) -> String {
        self.with(&[], |inner| inner.statements(depth))
    }

    fn statement(&mut self, depth: u32) -> String {
        let deep = depth > 0;
        match self.rng.u32(..20) {
            0..=4 => self.declare(depth),
            5..=7 => self.assign(depth),
            8 | 9 if deep => self.branch(depth - 1),
            10 if deep => self.each(depth - 1),
            11 if deep => self.counted(depth - 1),
            12 if deep => self.endless(depth - 1),
            13 if deep => self.decide(depth - 1),
            14 if deep => self.late(depth - 1),
            15 if deep && self.place.effects => self.attempt(depth - 1),
            16 if deep && self.place.effects => self.side_by_side(depth - 1),
            17 => self.leave(depth),
            18 => self.let_else(depth),
            _ => self.effect(depth),
        }
    }

    fn declare(&mut self, depth: u32) -> String {
        let kind = match self.rng.u32(..12) {
            0 | 1 => Kind::Fetched,
            2 => Kind::Id,
            _ => self.kind(),
        };
        let value = self.expression(kind, depth);
        let mutable = self.rng.bool();
        let name = self.fresh("v");
        self.scope.push(variable(&name, kind, mutable));
        format!("let {}{name}: {} = {value};", if mutable { "mut " } else { "" }, kind.name())
    }

    /// A variable that may be assigned here.
    fn assignable(&mut self) -> Option<Variable> {
        let own = self.scope.get(self.place.own..)?;
        let known: Vec<Variable> = own.iter().filter(|variable| variable.mutable).cloned().collect();
        (!known.is_empty()).then(|| self.pick(&known).clone())
    }

    fn assign(&mut self, depth: u32) -> String {
        let Some(Variable { name, kind, .. }) = self.assignable() else { return self.declare(depth) };
        match kind {
            Kind::Int => {
                let change = *self.pick(CHANGES);
                format!("{name} {change} {} % 1000;", self.expression(Kind::Int, depth))
            }
            Kind::Ints => format!("{{ let new = {}; {name}.push(new); }}", self.expression(Kind::Int, depth)),
            Kind::Texts => format!("{{ let new = {}; {name}.push(new); }}", self.expression(Kind::Text, depth)),
            Kind::Item if self.rng.bool() => format!("{name}.price = {};", self.expression(Kind::Int, depth)),
            Kind::Item => format!("{{ let new = {}; {name}.tags.push(new); }}", self.expression(Kind::Text, depth)),
            Kind::Pair => format!("{name}.0 = {};", self.expression(Kind::Int, depth)),
            Kind::Map => {
                let (key, value) = (self.expression(Kind::Text, depth), self.expression(Kind::Int, depth));
                format!("{{ let (key, new) = ({key}, {value}); {name}.insert(key, new); }}")
            }
            _ => format!("{name} = {};", self.expression(kind, depth)),
        }
    }

    fn branch(&mut self, depth: u32) -> String {
        let condition = self.expression(Kind::Bool, depth);
        let then = self.block(depth);
        match self.rng.u32(..3) {
            0 => format!("if {condition} {{\n{then}\n}}"),
            1 => format!("if {condition} {{\n{then}\n}} else {{\n{}\n}}", self.block(depth)),
            _ => {
                let option = self.expression(Kind::MaybeInt, depth);
                let name = self.fresh("x");
                let some = self.with(&[(&name, Kind::Int)], |inner| inner.statements(depth));
                format!("if {condition} {{\n{then}\n}} else if let Some({name}) = {option} {{\n{some}\n}}")
            }
        }
    }

    fn in_loop<T>(&mut self, label: &str, bound: &[(&str, Kind)], write: impl FnOnce(&mut Self) -> T) -> T {
        let mut place = self.place.clone();
        place.loops.push(label.to_owned());
        self.inside(bound, place, write)
    }

    fn each(&mut self, depth: u32) -> String {
        let (label, item) = (self.fresh("'l"), self.fresh("i"));
        let (kind, list) = match self.rng.u32(..4) {
            0 => (Kind::Int, format!("0..{}i64", self.rng.u32(1..4))),
            1 => (Kind::Text, format!("{}.into_iter().take(3)", self.expression(Kind::Texts, depth))),
            2 => (Kind::Item, format!("{}.into_iter().take(3)", self.expression(Kind::Items, depth))),
            _ => (Kind::Int, format!("{}.into_iter().take(3)", self.expression(Kind::Ints, depth))),
        };
        let body = self.in_loop(&label, &[(&item, kind)], |inner| inner.statements(depth));
        format!("{label}: for {item} in {list} {{\n{body}\n}}")
    }

    fn counted(&mut self, depth: u32) -> String {
        let (label, counter) = (self.fresh("'l"), self.fresh("k"));
        let condition = self.with(&[(&counter, Kind::Int)], |inner| inner.expression(Kind::Bool, depth));
        let body = self.in_loop(&label, &[(&counter, Kind::Int)], |inner| inner.statements(depth));
        let head = format!("let mut {counter} = 0i64;\n{label}: while {counter} < 3");
        if self.rng.bool() {
            format!("{head} && {condition} {{\n{counter} += 1;\n{body}\n}}")
        } else {
            format!("{head} {{\n{counter} += 1;\n{body}\n}}")
        }
    }

    /// A loop whose value a `break` gives.
    fn endless(&mut self, depth: u32) -> String {
        let (label, counter, name) = (self.fresh("'l"), self.fresh("k"), self.fresh("v"));
        let (body, last) = self.in_loop(&label, &[(&counter, Kind::Int)], |inner| {
            // A `break` of what stands inside would need a value.
            inner.place.loops.clear();
            (inner.statements(depth), inner.expression(Kind::Int, depth))
        });
        self.scope.push(variable(&name, Kind::Int, false));
        format!(
            "let mut {counter} = 0i64;\nlet {name}: i64 = {label}: loop {{\n{counter} += 1;\n{body}\n\
             if {counter} > 2 {{ break {last}; }}\n}};"
        )
    }

    fn decide(&mut self, depth: u32) -> String {
        let subject = self.expression(Kind::Status, depth);
        let (number, reason) = (self.fresh("x"), self.fresh("s"));
        let open = self.block(depth);
        let held = self.with(&[(&number, Kind::Int)], |inner| inner.statements(depth));
        let closed = self.with(&[(&reason, Kind::Text)], |inner| inner.statements(depth));
        format!(
            "match {subject} {{\nStatus::Open => {{\n{open}\n}}\nStatus::Held({number}) => {{\n{held}\n}}\n\
             Status::Closed {{ reason: {reason}, .. }} => {{\n{closed}\n}}\n}}"
        )
    }

    /// A variable that both ways assign later, and blocks as values.
    fn late(&mut self, depth: u32) -> String {
        let (kind, name) = (self.kind(), self.fresh("v"));
        let condition = self.expression(Kind::Bool, depth);
        let mut value = || self.with(&[], |inner| (inner.statements(depth), inner.expression(kind, depth)));
        let ((then, first), (otherwise, second)) = (value(), value());
        self.scope.push(variable(&name, kind, false));
        let of = kind.name();
        if self.rng.bool() {
            format!(
                "let {name}: {of};\nif {condition} {{\n{then}\n{name} = {first};\n}} else {{\n{otherwise}\n{name} = {second};\n}}"
            )
        } else {
            format!("let {name}: {of} = if {condition} {{\n{then}\n{first}\n}} else {{\n{otherwise}\n{second}\n}};")
        }
    }

    /// `async { … }.await` as a try-block.
    fn attempt(&mut self, depth: u32) -> String {
        let (kind, name, error) = (self.kind(), self.fresh("v"), self.fresh("e"));
        let returns = Returns { kind, fails: true };
        let place = Place { effects: true, returns: Some(returns), loops: Vec::new(), own: self.scope.len() };
        let (body, value) = self.inside(&[], place, |inner| (inner.statements(depth), inner.expression(kind, depth)));
        let otherwise = self.expression(kind, depth);
        self.scope.push(variable(&name, kind, false));
        format!(
            "let {name}: {of} = match (async {{\n{body}\nOk::<{of}, AppError>({value})\n}}).await {{\n\
             Ok({name}) => {name},\nErr({error}) => {{ note({error}.to_string(), 0).await; {otherwise} }}\n}};",
            of = kind.name(),
        )
    }

    /// A map or a `join!` with a body of its own.
    fn side_by_side(&mut self, depth: u32) -> String {
        let (kind, name, item) = (self.kind(), self.fresh("v"), self.fresh("x"));
        let fails = self.place.returns.is_some_and(|returns| returns.fails) && self.rng.bool();
        let list = self.expression(Kind::Ints, depth);
        let place =
            Place { effects: true, returns: Some(Returns { kind, fails }), loops: Vec::new(), own: self.scope.len() };
        let (body, value) =
            self.inside(&[(&item, Kind::Int)], place, |inner| (inner.statements(depth), inner.expression(kind, depth)));
        let (value, ask) = if fails { (format!("Ok({value})"), "?") } else { (value, "") };
        let of = output(Returns { kind, fails });
        format!(
            "let {name}: Vec<{}> = map({list}, async |{item}| -> {of} {{\n{body}\n{value}\n}}).max_concurrency(1).await{ask};\n\
             note(String::new(), {name}.len() as i64).await;",
            kind.name()
        )
    }

    /// `return`, `break` or `continue`, if something holds.
    fn leave(&mut self, depth: u32) -> String {
        let condition = self.expression(Kind::Bool, depth);
        let last = self.place.loops.last().cloned();
        let any = if self.place.loops.is_empty() { None } else { Some(self.pick(&self.place.loops.clone()).clone()) };
        let way = match (self.rng.u32(..3), last, any, self.place.returns) {
            (0, Some(_), Some(label), _) => format!("break {label};"),
            (1, Some(_), Some(label), _) => format!("continue {label};"),
            (_, _, _, Some(Returns { kind, fails: false })) => format!("return {};", self.expression(kind, depth)),
            (_, _, _, Some(Returns { fails: true, .. })) if self.rng.bool() => {
                format!("return Err(AppError::Wrong({}));", self.expression(Kind::Int, depth))
            }
            (_, _, _, Some(Returns { kind, .. })) => format!("return Ok({});", self.expression(kind, depth)),
            (_, _, _, None) => return self.declare(depth),
        };
        format!("if {condition} {{ {way} }}")
    }

    fn let_else(&mut self, depth: u32) -> String {
        let (option, name) = (self.expression(Kind::MaybeInt, depth), self.fresh("v"));
        let way = match self.place.returns {
            Some(Returns { fails: true, .. }) => {
                format!("return Err(AppError::Fault(Fault::Broken({})));", self.expression(Kind::Text, depth))
            }
            Some(Returns { kind, .. }) => format!("return {};", self.expression(kind, depth)),
            None => return self.declare(depth),
        };
        self.scope.push(variable(&name, Kind::Int, false));
        format!("let Some({name}) = ({option}) else {{ {way} }};")
    }

    fn effect(&mut self, depth: u32) -> String {
        if !self.place.effects {
            return self.declare(depth);
        }
        let fails = self.place.returns.is_some_and(|returns| returns.fails);
        match self.rng.u32(..6) {
            0 | 1 => self.show_any(),
            2 if fails => format!("fetch({}).await?;", self.expression(Kind::Int, depth)),
            3 => format!(
                "sleep(std::time::Duration::from_secs({} as u64 % 9)).await;",
                self.expression(Kind::Small, depth)
            ),
            4 => format!("let _ = name({}, 1).await;", self.expression(Kind::Text, depth)),
            _ => {
                let (text, of) = (self.expression(Kind::Text, depth), self.expression(Kind::Int, depth));
                format!("note({text}, {of}).await;")
            }
        }
    }

    /// Hands the value of a variable to a task.
    fn show_any(&mut self) -> String {
        let shown: Vec<Variable> = self.scope.iter().filter(|variable| variable.kind.is_shown()).cloned().collect();
        show(self.pick(&shown))
    }
}

/// Hands the value of a variable to the task of its type.
pub(crate) fn show(variable: &Variable) -> String {
    format!("show_{}({}.clone()).await;", format!("{:?}", variable.kind).to_lowercase(), variable.name)
}
