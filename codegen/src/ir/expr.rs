//! Expressions.

use serde_json::Value;

use super::VarId;

/// The number of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// The number of the statements of an [`Expr::Block`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlockId(pub u32);

/// What is known of the JSON of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    /// Whether it is an array. Printing depends on it, because JSONata flattens lists in lists.
    pub array: Array,
    /// Whether it may be `null`. Nothing asks whether a value is there that cannot be.
    pub nullable: bool,
}

/// Whether a value is an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Array {
    /// It never is.
    Never,
    /// It always is, unless it is `null`.
    Always,
    /// Either.
    Maybe,
}

impl Kind {
    /// Never an array, and never `null`.
    pub const SCALAR: Kind = Kind { array: Array::Never, nullable: false };
    /// Always an array.
    pub const LIST: Kind = Kind { array: Array::Always, nullable: false };
    /// Any JSON.
    pub const ANY: Kind = Kind { array: Array::Maybe, nullable: true };
    /// `null`.
    pub const NULL: Kind = Kind { array: Array::Never, nullable: true };

    /// What is known of a value that is either of two.
    #[must_use]
    pub fn or(self, other: Kind) -> Kind {
        let array = if self.array == other.array { self.array } else { Array::Maybe };
        Kind { array, nullable: self.nullable || other.nullable }
    }

    /// What is known of a value of which both are known.
    #[must_use]
    pub fn and(self, other: Kind) -> Kind {
        let array = if self.array == Array::Maybe { other.array } else { self.array };
        Kind { array, nullable: self.nullable && other.nullable }
    }
}

impl Default for Kind {
    fn default() -> Self {
        Kind::ANY
    }
}

/// A pure expression. Each variant shows the Rust it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// `5`, `"text"`, `None`, `Status::Open`: a constant, as JSON.
    Literal(Value),
    /// What a text is searched for; only as an argument of a function.
    Regex(&'static str),
    /// `x`
    Var(VarId),
    /// The input of the execution.
    ExecutionInput,
    /// The input of the first state of a Map's item or a Parallel's branch; only there.
    StateInput,
    /// What the state's work gave; only on the way out of that state.
    Result,
    /// The error that a catcher caught; only on the way out through it.
    ErrorOutput,
    /// `stepwright::context()…`: a path in the context object.
    Context(Vec<String>),
    /// `x.field`, where `x` is an object.
    Field {
        /// The object.
        base: ExprId,
        /// The key, and the keys that are read when it is absent.
        keys: Vec<String>,
        /// The value when all keys are absent; without it, one is always present.
        default: Option<Value>,
        /// What is known of the field's JSON.
        kind: Kind,
    },
    /// `tuple.0`, `list[i]` where the index is known to be in range.
    Item {
        /// The list.
        list: ExprId,
        /// The index, from 0.
        index: ExprId,
        /// What is known of the item's JSON.
        kind: Kind,
    },
    /// Whether an object has a key: `matches!(x, Enum::Variant { .. })`, `is_ok`.
    Has {
        /// The object, or any other value (which has no keys).
        base: ExprId,
        /// The key.
        key: String,
    },
    /// `Point { x, y }`
    Object(Vec<(String, ExprId)>),
    /// `BTreeMap::from([(key, value)])`: an object with one key, which is no constant.
    Entry {
        /// The key.
        key: ExprId,
        /// The value.
        value: ExprId,
    },
    /// `Point { x, ..base }`: later keys win.
    Merge(Vec<ExprId>),
    /// An object without some keys, which it may have: what `Point { x, ..base }` takes of the base where `x` may be left out.
    Without {
        /// The object.
        base: ExprId,
        /// The keys.
        keys: Vec<String>,
    },
    /// `(a, b)`, `vec![a, b]`
    Array(Vec<ExprId>),
    /// `!a`, `-a`
    Unary(Unary, ExprId),
    /// `a + b`
    Binary(Binary, ExprId, ExprId),
    /// `if cond { then } else { otherwise }`
    If {
        /// The condition.
        cond: ExprId,
        /// The value when it holds.
        then: ExprId,
        /// The value when it does not.
        otherwise: ExprId,
    },
    /// `f(a, b)`: a function of the target's library.
    Call(Function, Vec<ExprId>),
    /// `list.iter().map(|item| body)`
    Map {
        /// The list.
        list: ExprId,
        /// The item.
        item: VarId,
        /// The item's number from 0, where the body reads it.
        index: Option<VarId>,
        /// What each item becomes.
        body: ExprId,
    },
    /// `list.iter().filter(|item| body)`
    Filter {
        /// The list.
        list: ExprId,
        /// The item.
        item: VarId,
        /// The item's number from 0, where the condition reads it.
        index: Option<VarId>,
        /// Whether it stays.
        body: ExprId,
        /// What is known of an item's JSON.
        items: Kind,
    },
    /// `list.iter().fold(init, |acc, item| body)`
    Fold {
        /// The list.
        list: ExprId,
        /// The first value.
        init: ExprId,
        /// The value so far.
        acc: VarId,
        /// The item.
        item: VarId,
        /// The next value.
        body: ExprId,
    },
    /// `sort_by(|left, right| body)`: whether `left` goes after `right`.
    Sort {
        /// The list.
        list: ExprId,
        /// One item.
        left: VarId,
        /// Another.
        right: VarId,
        /// Whether `left` goes after `right`.
        body: ExprId,
    },
    /// `{ let var = value; body }`
    Let {
        /// The variable.
        var: VarId,
        /// Its value.
        value: ExprId,
        /// What reads it.
        body: ExprId,
    },
    /// A loop without effects: `body` with `state` being `init`; where it is [`Expr::Again`], once more.
    Iterate {
        /// The state of the loop.
        state: VarId,
        /// The first state.
        init: ExprId,
        /// The result, or the next round.
        body: ExprId,
    },
    /// The next round of the [`Expr::Iterate`] whose state this is; only in tail position.
    Again {
        /// The state of the loop.
        state: VarId,
        /// The next state.
        next: ExprId,
    },
    /// A value of which more is known than its source tells: a caught error, whose variant the catcher named.
    Known {
        /// The value.
        value: ExprId,
        /// The same value, made of what is known.
        form: ExprId,
    },
    /// `{ stmts; value }` without effects, as recorded; a pass replaces it.
    Block(BlockId, ExprId),
    /// `panic!(message)` as a value: the evaluation fails with this message.
    Panic(ExprId),
}

impl Expr {
    /// The item of a Map; only in what that state evaluates for it.
    #[must_use]
    pub fn map_item() -> Self {
        Expr::Context(["Map", "Item", "Value"].map(str::to_owned).to_vec())
    }

    /// The token that answers the task of the state at hand; only in what that state hands to the task.
    #[must_use]
    pub fn task_token() -> Self {
        Expr::Context(vec!["Task".to_owned(), "Token".to_owned()])
    }

    /// Whether it is [`Expr::task_token`].
    #[must_use]
    pub fn is_task_token(&self) -> bool {
        matches!(self, Expr::Context(path) if matches!(path.as_slice(), [task, token] if task == "Task" && token == "Token"))
    }
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `!a`
    Not,
    /// `-a`
    Neg,
}

/// An operator with two operands. Arithmetic is that of the target's numbers; what Rust does differently (truncation,
/// checks) is composed from these by the staging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b` of floats
    Div,
    /// `a % b`
    Rem,
    /// Texts one after the other.
    Concat,
    /// `a == b`
    Eq,
    /// `a != b`
    Ne,
    /// `a < b`
    Lt,
    /// `a <= b`
    Le,
    /// `a > b`
    Gt,
    /// `a >= b`
    Ge,
    /// `a && b`
    And,
    /// `a || b`
    Or,
    /// Whether a list has a value.
    In,
    /// `[a..=b]`: the integers from `a` to `b`; none where `a > b`.
    Range,
}

/// A function of the target's library, with what the compiler must know of it.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// The name without `$`.
    pub name: &'static str,
    /// What is known of its result's JSON.
    pub kind: Kind,
    /// Whether each evaluation gives the same (`uuid` does not).
    pub stable: bool,
}

impl Function {
    /// Whether the items of its result come as a sequence: a single one comes bare, and of none comes nothing.
    #[must_use]
    pub fn gives_sequence(&self) -> bool {
        self.name == "keys"
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Function {}

impl std::hash::Hash for Function {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}
