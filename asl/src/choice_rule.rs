//! The rules of a Choice state, in both query languages.

use crate::json::{Flat, Json, Leaf, Misfit, ObjectReader, ObjectWriter, Reader, keyword, object};
use crate::{Dynamic, Pointer};
use serde_json::{Map, Number, Value};

object! {
    /// A rule of a Choice state: when its test is true, the state goes to `next`.
    ///
    /// The rules inside `And`, `Or` and `Not` are of the same type, but only their test (and comment) may be given.
    pub struct ChoiceRule("a choice rule") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// When the rule is true.
        test: Test = _,
        /// The variables to set when this rule is taken.
        assign: Option<Map<String, Value>> = "Assign",
        /// JSONata: the output when this rule is taken; absent means the state input.
        output: Option<Value> = "Output",
        /// The state to go to; required in the rules of a state, not allowed in nested ones.
        next: Option<String> = "Next",
    }
}

/// When a choice rule is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// JSONata: `Condition`, a truth value or an expression that gives one.
    Condition(Dynamic<bool>),
    /// JSONPath: all of the rules are true.
    And(Vec<ChoiceRule>),
    /// JSONPath: at least one of the rules is true.
    Or(Vec<ChoiceRule>),
    /// JSONPath: the rule is not true.
    Not(Box<ChoiceRule>),
    /// JSONPath: what a path leads to is compared.
    Variable {
        /// The path of the value, with `$`, `$$` or `$name`.
        path: String,
        /// With what it is compared, and how.
        comparison: Comparison,
    },
}

/// One of the 39 comparison operators, with its operand.
///
/// A value of another type than the operator's makes every comparison false.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// `StringEquals`, `StringLessThanPath`, …: by code points.
    String(Relation, Operand<String>),
    /// `NumericEquals`, `NumericLessThanPath`, …
    Numeric(Relation, Operand<Number>),
    /// `BooleanEquals` and `BooleanEqualsPath`.
    Boolean(Operand<bool>),
    /// `TimestampEquals`, `TimestampLessThanPath`, …: instants in RFC 3339 form.
    Timestamp(Relation, Operand<String>),
    /// `StringMatches`: a pattern where `*` stands for any text, and `\` makes the next character literal.
    StringMatches(String),
    /// `IsNull`, `IsPresent`, …: whether the type test comes out as stated.
    Is(TypeTest, bool),
}

keyword! {
    /// How two values stand to each other, as the operators' names say it.
    pub enum Relation {
        /// Equal.
        Equals = "Equals",
        /// Less.
        LessThan = "LessThan",
        /// Greater.
        GreaterThan = "GreaterThan",
        /// Less or equal.
        LessThanEquals = "LessThanEquals",
        /// Greater or equal.
        GreaterThanEquals = "GreaterThanEquals",
    }
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand<T> {
    /// The value itself.
    Literal(T),
    /// A path to the value (the operators whose names end in `Path`).
    Path(String),
}

keyword! {
    /// What the `Is…` operators ask about a value.
    pub enum TypeTest {
        /// It is `null`.
        Null = "Null",
        /// The path leads somewhere, be it to `null`.
        Present = "Present",
        /// It is a number.
        Numeric = "Numeric",
        /// It is a string.
        String = "String",
        /// It is `true` or `false`.
        Boolean = "Boolean",
        /// It is a string that holds a timestamp.
        Timestamp = "Timestamp",
    }
}

impl ChoiceRule {
    /// The rules inside this one, of `And`, `Or` and `Not`, with where they are from this rule on.
    #[must_use]
    pub fn nested(&self) -> Vec<(Pointer, &Self)> {
        let within = Pointer::default().key(self.test.name());
        match &self.test {
            Test::And(rules) | Test::Or(rules) => {
                rules.iter().enumerate().map(|(index, rule)| (within.index(index), rule)).collect()
            }
            Test::Not(rule) => vec![(within, rule)],
            Test::Condition(_) | Test::Variable { .. } => Vec::new(),
        }
    }
}

impl Comparison {
    /// The operator's name, such as `StringLessThanEqualsPath`.
    #[must_use]
    pub fn operator(&self) -> String {
        match self {
            Self::String(relation, operand) => format!("String{relation}{}", operand.suffix()),
            Self::Numeric(relation, operand) => format!("Numeric{relation}{}", operand.suffix()),
            Self::Boolean(operand) => format!("BooleanEquals{}", operand.suffix()),
            Self::Timestamp(relation, operand) => format!("Timestamp{relation}{}", operand.suffix()),
            Self::StringMatches(_) => "StringMatches".to_owned(),
            Self::Is(test, _) => format!("Is{test}"),
        }
    }

    fn operand(&self) -> Value {
        match self {
            Self::String(_, operand) | Self::Timestamp(_, operand) => operand.write(),
            Self::Numeric(_, operand) => operand.write(),
            Self::Boolean(operand) => operand.write(),
            Self::StringMatches(pattern) => pattern.to_json(),
            Self::Is(_, outcome) => outcome.to_json(),
        }
    }

    /// Reads the operand of `operator`, which must be one of [`OPERATORS`].
    fn read(operator: &str, value: &Value, reader: &mut Reader) -> Option<Self> {
        if operator == "StringMatches" {
            return String::read(value, reader).map(Self::StringMatches);
        }
        if let Some(test) = operator.strip_prefix("Is").and_then(TypeTest::from_name) {
            return bool::read(value, reader).map(|outcome| Self::Is(test, outcome));
        }
        let (literal_operator, is_path) = match operator.strip_suffix("Path") {
            Some(stem) => (stem, true),
            None => (operator, false),
        };
        let relation = |family| literal_operator.strip_prefix(family).and_then(Relation::from_name);
        if let Some(relation) = relation("String") {
            Operand::read(is_path, value, reader).map(|operand| Self::String(relation, operand))
        } else if let Some(relation) = relation("Numeric") {
            Operand::read(is_path, value, reader).map(|operand| Self::Numeric(relation, operand))
        } else if let Some(relation) = relation("Timestamp") {
            Operand::read(is_path, value, reader).map(|operand| Self::Timestamp(relation, operand))
        } else {
            Operand::read(is_path, value, reader).map(Self::Boolean)
        }
    }
}

impl<T> Operand<T> {
    fn suffix(&self) -> &'static str {
        match self {
            Self::Literal(_) => "",
            Self::Path(_) => "Path",
        }
    }

    fn read(is_path: bool, value: &Value, reader: &mut Reader) -> Option<Self>
    where
        T: Json,
    {
        if is_path { String::read(value, reader).map(Self::Path) } else { T::read(value, reader).map(Self::Literal) }
    }

    fn write(&self) -> Value
    where
        T: Json,
    {
        match self {
            Self::Literal(value) => value.write(),
            Self::Path(path) => path.to_json(),
        }
    }
}

/// A test that is never true, so that a rule made from defaults is never taken by mistake.
impl Default for Test {
    fn default() -> Self {
        Self::Condition(Dynamic::Literal(false))
    }
}

/// The names of all comparison operators.
#[rustfmt::skip]
const OPERATORS: [&str; 39] = [
    "StringEquals", "StringLessThan", "StringGreaterThan", "StringLessThanEquals", "StringGreaterThanEquals",
    "StringEqualsPath", "StringLessThanPath", "StringGreaterThanPath", "StringLessThanEqualsPath",
    "StringGreaterThanEqualsPath", "StringMatches",
    "NumericEquals", "NumericLessThan", "NumericGreaterThan", "NumericLessThanEquals", "NumericGreaterThanEquals",
    "NumericEqualsPath", "NumericLessThanPath", "NumericGreaterThanPath", "NumericLessThanEqualsPath",
    "NumericGreaterThanEqualsPath",
    "BooleanEquals", "BooleanEqualsPath",
    "TimestampEquals", "TimestampLessThan", "TimestampGreaterThan", "TimestampLessThanEquals",
    "TimestampGreaterThanEquals", "TimestampEqualsPath", "TimestampLessThanPath", "TimestampGreaterThanPath",
    "TimestampLessThanEqualsPath", "TimestampGreaterThanEqualsPath",
    "IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp",
];

impl Flat for Test {
    fn read(object: &mut ObjectReader<'_, '_>) -> Option<Self> {
        let tests = [
            object.optional("Condition", |value, reader| Dynamic::read(value, reader).map(Self::Condition)),
            object.optional("And", |value, reader| Vec::read(value, reader).map(Self::And)),
            object.optional("Or", |value, reader| Vec::read(value, reader).map(Self::Or)),
            object.optional("Not", |value, reader| Box::read(value, reader).map(Self::Not)),
            read_variable(object),
        ];
        let mut given = tests.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(test), None) => test,
            (None, _) => {
                object.misfit("a choice rule needs `Condition`, `And`, `Or`, `Not` or `Variable`", Misfit::Combination)
            }
            (Some(_), Some(_)) => object.misfit(
                "a choice rule has only one of `Condition`, `And`, `Or`, `Not` and `Variable`",
                Misfit::Combination,
            ),
        }
    }

    fn write(&self, object: &mut ObjectWriter) {
        match self {
            Self::Condition(condition) => object.member("Condition", condition),
            Self::And(rules) => object.member("And", rules),
            Self::Or(rules) => object.member("Or", rules),
            Self::Not(rule) => object.member("Not", rule),
            Self::Variable { path, comparison } => {
                object.member("Variable", path);
                object.member(&comparison.operator(), &comparison.operand());
            }
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Condition(_) => "Condition",
            Self::And(_) => "And",
            Self::Or(_) => "Or",
            Self::Not(_) => "Not",
            Self::Variable { .. } => "Variable",
        }
    }
}

/// The comparison of a rule: `None` when there is none, `Some(None)` when it does not fit.
fn read_variable(object: &mut ObjectReader<'_, '_>) -> Option<Option<Test>> {
    let path = object.optional("Variable", String::read);
    let mut comparisons = object.any_of("a comparison operator", &OPERATORS, Comparison::read);
    match (path, comparisons.pop(), comparisons.is_empty()) {
        (None, None, _) => None,
        (Some(path), Some(comparison), true) => {
            Some(path.and_then(|path| Some(Test::Variable { path, comparison: comparison? })))
        }
        (Some(_), None, _) => {
            Some(object.misfit("`Variable` needs a comparison operator such as `StringEquals`", Misfit::Combination))
        }
        (None, Some(_), _) => Some(
            object.misfit("a comparison operator needs `Variable`, the path of its left side", Misfit::Combination),
        ),
        (Some(_), Some(_), false) => {
            Some(object.misfit("a choice rule has only one comparison operator", Misfit::Combination))
        }
    }
}
