/// The number of a node in its [`Expression`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(u32);

/// A syntax tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub(super) nodes: Vec<Node>,
    pub(super) root: Id,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it begins or, for infix operators, where the operator is: in bytes.
    pub at: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a node is, with the parts it is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A literal text; as a step of a path, a name.
    Text(String),
    /// A literal number, as written.
    Number(String),
    /// `true`, `false` or `null`.
    Constant(&'static str),
    /// `/…/`
    Regex,
    /// The name of a field.
    Name(String),
    /// `$name`; the name is empty for `$` and `$` for `$$`.
    Variable(String),
    /// `*`
    Wildcard,
    /// `**`
    Descendants,
    /// `%`
    Parent,
    /// `?` in place of an argument: the call gives a function of it.
    Placeholder,
    /// `-a`
    Negation(Id),
    /// `[a, b]`
    Array(Vec<Id>),
    /// `{a: b}`
    Object(Vec<(Id, Id)>),
    /// `(a; b)`
    Block(Vec<Id>),
    /// An infix operator that takes two expressions.
    Binary(BinaryOperator, Id, Id),
    /// `a[b]`
    Filter(Id, Id),
    /// `a[]`
    KeepArray(Id),
    /// `a{b: c}`
    Group(Id, Vec<(Id, Id)>),
    /// `a^(b, <c)`
    Sort(Id, Vec<Id>),
    /// `a@$name`: binds each item.
    Focus(Id, String),
    /// `a#$name`: binds the position of each item.
    Position(Id, String),
    /// `a ? b : c`
    Condition(Id, Id, Option<Id>),
    /// `$name := a`
    Binding(String, Id),
    /// `function($name){a}`
    Function(Vec<String>, Id),
    /// `a(b, c)`
    Call(Id, Vec<Id>),
    /// `|a|b, c|`
    Transform(Id, Id, Option<Id>),
}

/// The infix operators that only combine two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `a.b`: a step of a path.
    Step,
    /// `a ~> b`
    Chain,
    /// `a .. b`, in an array.
    Range,
    /// `and`, `or`, `in`, `&`, and those of comparison and arithmetic.
    Other,
}

impl Expression {
    /// The node of the whole expression.
    #[must_use]
    pub fn root(&self) -> Id {
        self.root
    }

    /// The node with a number that this expression gave out.
    #[must_use]
    pub fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(usize::try_from(id.0).ok()?)
    }

    pub(super) fn kind(&self, id: Id) -> Option<&Kind> {
        self.node(id).map(|node| &node.kind)
    }

    pub(super) fn add(&mut self, at: usize, kind: Kind) -> Id {
        let id = Id(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node { at, kind });
        id
    }
}

impl Default for Expression {
    fn default() -> Self {
        Self { nodes: Vec::new(), root: Id(0) }
    }
}
