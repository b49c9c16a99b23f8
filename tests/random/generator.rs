//! What a program is made with: the dice, the variables in scope, and where the next expression stands.

use fastrand::Rng;

use crate::kind::Kind;

/// The deepest nesting of statements, and of expressions.
const DEPTH: u32 = 3;

/// Writes one program.
pub(crate) struct Generator {
    pub(crate) rng: Rng,
    pub(crate) scope: Vec<Variable>,
    pub(crate) place: Place,
    pub(crate) names: u32,
}

#[derive(Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) mutable: bool,
}

/// Where an expression or statement stands.
#[derive(Clone, Default)]
pub(crate) struct Place {
    /// Whether tasks may be called.
    pub(crate) effects: bool,
    /// What `return` gives, and `?` may be used with `AppError`; none where neither may stand.
    pub(crate) returns: Option<Returns>,
    /// The labels of loops around.
    pub(crate) loops: Vec<String>,
    /// Variables before this one cannot be assigned: they belong to what surrounds an async block.
    pub(crate) own: usize,
}

#[derive(Clone, Copy)]
pub(crate) struct Returns {
    pub(crate) kind: Kind,
    pub(crate) fails: bool,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Generator { rng: Rng::with_seed(seed), scope: Vec::new(), place: Place::default(), names: 0 }
    }

    /// The function of a program.
    pub(crate) fn program(&mut self, index: u64) -> String {
        let returns = Returns { kind: self.kind(), fails: self.rng.bool() };
        let inputs = [
            ("n", Kind::Int),
            ("t", Kind::Text),
            ("xs", Kind::Ints),
            ("o", Kind::MaybeInt),
            ("items", Kind::Items),
            ("m", Kind::Map),
            ("g", Kind::Shape),
        ];
        self.scope = inputs.iter().map(|(name, kind)| variable(name, *kind, false)).collect();
        self.place = Place { effects: true, returns: Some(returns), ..Place::default() };
        let parameters = inputs.map(|(name, kind)| format!("{name}: {}", kind.name())).join(", ");
        let output = output(returns);
        let body = self.statements(DEPTH);
        let declared = &self.scope[inputs.len()..];
        let shown: String =
            declared.iter().filter(|variable| variable.kind.is_shown()).map(crate::statement::show).collect();
        let value = self.expression(returns.kind, DEPTH);
        let value = if returns.fails { format!("Ok({value})") } else { value };
        format!("#[workflow]\npub async fn w{index}({parameters}) -> {output} {{\n{body}\n{shown}\n{value}\n}}")
    }

    /// A type whose values may leave the program.
    pub(crate) fn kind(&mut self) -> Kind {
        loop {
            let kind = *self.pick(Kind::ALL);
            if kind.is_shown() {
                return kind;
            }
        }
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.rng.usize(..from.len())]
    }

    pub(crate) fn one_in(&mut self, times: u32) -> bool {
        self.rng.u32(..times) == 0
    }

    pub(crate) fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// Does something with more variables in scope, or in another place, and then comes back.
    pub(crate) fn inside<T>(&mut self, bound: &[(&str, Kind)], place: Place, write: impl FnOnce(&mut Self) -> T) -> T {
        let (known, before) = (self.scope.len(), std::mem::replace(&mut self.place, place));
        self.scope.extend(bound.iter().map(|(name, kind)| variable(name, *kind, false)));
        let written = write(self);
        self.scope.truncate(known);
        self.place = before;
        written
    }

    /// The same with more variables only.
    pub(crate) fn with<T>(&mut self, bound: &[(&str, Kind)], write: impl FnOnce(&mut Self) -> T) -> T {
        self.inside(bound, self.place.clone(), write)
    }

    /// A variable of this type, read.
    pub(crate) fn read(&mut self, kind: Kind) -> Option<String> {
        let known: Vec<&Variable> = self.scope.iter().filter(|variable| variable.kind == kind).collect();
        let (last, index) = (known.last()?, self.rng.usize(..known.len()));
        let name = if self.rng.bool() { &last.name } else { &known[index].name };
        Some(if kind.is_copy() { name.clone() } else { format!("{name}.clone()") })
    }
}

pub(crate) fn variable(name: &str, kind: Kind, mutable: bool) -> Variable {
    Variable { name: name.to_owned(), kind, mutable }
}

/// The type that a function returns.
pub(crate) fn output(returns: Returns) -> String {
    if returns.fails { format!("Result<{}, AppError>", returns.kind.name()) } else { returns.kind.name().to_owned() }
}
