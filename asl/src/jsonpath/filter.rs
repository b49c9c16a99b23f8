//! The condition of a filter step, `?( … )`.

use super::path::{Step, steps};
use super::reader::Reader;
use serde_json::Value;

/// The condition of a filter step.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `… && …`
    And(Vec<Filter>),
    /// `… || …`
    Or(Vec<Filter>),
    /// `! …`
    Not(Box<Filter>),
    /// What the path leads to is there.
    Exists(Operand),
    /// `@.a == 1` and the like.
    Comparison(Operand, Operator, Operand),
    /// `@.a == word`: the service takes words that are no literals, and nothing compares with them.
    Incomparable(Operand, Operator, String),
    /// `=~`: the text fits a pattern as a whole.
    Matches(Operand, Pattern),
}

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// From the item, `@`.
    Item(Vec<Step>),
    /// From `$`: the value that holds the items, as the service gives filters no other view.
    Whole(Vec<Step>),
    /// A text, a number, or other JSON.
    Literal(Value),
}

/// A regular expression, `/ … /i`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What stands between the slashes.
    pub text: String,
    /// The letters after them.
    pub flags: String,
}

macro_rules! operators {
    ($($(#[$doc:meta])* $operator:ident = $($text:literal)|+,)*) => {
        /// How the sides of a comparison are compared.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operator { $($(#[$doc])* $operator,)* }

        impl Operator {
            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                // The longest come first, so that `<=` is not read as `<`.
                $($(if reader.take($text) { return Some(Self::$operator); })+)*
                None
            }
        }
    };
}

operators! {
    /// Both sides are equal.
    Equal = "===" | "==",
    /// They are not.
    NotEqual = "!==" | "!=",
    /// The left side is at most the right one.
    LessOrEqual = "<=",
    /// The left side is at least the right one.
    GreaterOrEqual = ">=",
    /// The left side is less.
    Less = "<",
    /// The left side is greater.
    Greater = ">",
    /// The left side is in the list on the right.
    In = "in ",
    /// It is not.
    NotIn = "nin ",
    /// The list or text on the left contains the right side.
    Contains = "contains ",
    /// The list on the left has all items of the right one.
    All = "all ",
    /// All items of the left list are in the right one.
    SubsetOf = "subsetof ",
    /// Some item of the left list is in the right one.
    AnyOf = "anyof ",
    /// No item of the left list is in the right one.
    NoneOf = "noneof ",
    /// The left side is as long as the right one says.
    Size = "size ",
    /// Whether the left side is empty is what the right one says.
    Empty = "empty ",
}

impl Filter {
    /// Reads a condition in parentheses.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.nested(|reader| {
            reader.skip_blanks();
            reader.expect("(")?;
            let filter = any(reader)?;
            reader.skip_blanks();
            reader.expect(")")?;
            Some(filter)
        })
    }
}

fn any(reader: &mut Reader<'_>) -> Option<Filter> {
    let all = |reader: &mut Reader<'_>| chain(reader, "&&", Filter::And, one);
    chain(reader, "||", Filter::Or, all)
}

/// Reads conditions with a word between them.
fn chain(
    reader: &mut Reader<'_>,
    word: &str,
    combine: impl Fn(Vec<Filter>) -> Filter,
    part: impl Fn(&mut Reader<'_>) -> Option<Filter>,
) -> Option<Filter> {
    let mut parts = vec![part(reader)?];
    reader.skip_blanks();
    while reader.take(word) {
        parts.push(part(reader)?);
        reader.skip_blanks();
    }
    if parts.len() == 1 { parts.pop() } else { Some(combine(parts)) }
}

fn one(reader: &mut Reader<'_>) -> Option<Filter> {
    reader.skip_blanks();
    if reader.peek() == Some('(') {
        return Filter::read(reader);
    }
    if reader.take("!") {
        return reader.nested(one).map(|filter| Filter::Not(Box::new(filter)));
    }
    let left = Operand::read(reader)?;
    reader.skip_blanks();
    if reader.take("=~") {
        return Some(Filter::Matches(left, Pattern::read(reader)?));
    }
    let Some(operator) = Operator::read(reader) else { return Some(Filter::Exists(left)) };
    let mut ahead = *reader;
    if let Some(right) = Operand::read(&mut ahead) {
        *reader = ahead;
        return Some(Filter::Comparison(left, operator, right));
    }
    reader.skip_blanks();
    let word = reader.take_while(|character| character.is_alphanumeric() || character == '_');
    (!word.is_empty()).then(|| Filter::Incomparable(left, operator, word.to_owned()))
}

/// What operators begin with, so that no blank is needed before them; words and `&&` need one.
const OPERATORS: &str = "=!<>~";

impl Operand {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.skip_blanks();
        if reader.take("@") {
            return steps(reader, OPERATORS).map(Self::Item);
        }
        if reader.take("$") {
            return steps(reader, OPERATORS).map(Self::Whole);
        }
        literal(reader).map(Self::Literal)
    }
}

/// Reads a text, a list of literals, or other JSON.
fn literal(reader: &mut Reader<'_>) -> Option<Value> {
    match reader.peek()? {
        '\'' | '"' => reader.name().map(Value::from),
        '[' => reader.nested(|reader| {
            reader.next();
            reader.skip_blanks();
            let items = if reader.peek() == Some(']') { Vec::new() } else { reader.list(literal)? };
            reader.expect("]")?;
            Some(Value::Array(items))
        }),
        _ => reader.literal(|next| matches!(next, ')' | ']' | ',' | ' ' | '&' | '|' | '=' | '!' | '<' | '>')),
    }
}

impl Pattern {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.skip_blanks();
        reader.expect("/")?;
        let mut text = String::new();
        loop {
            match reader.next()? {
                '\\' => text.extend(['\\', reader.next()?]),
                '/' => break,
                character => text.push(character),
            }
        }
        let flags = reader.take_while(|flag| flag.is_ascii_alphabetic()).to_owned();
        Some(Self { text, flags })
    }
}
