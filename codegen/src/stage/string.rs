//! Texts.

use serde_json::Value;

use super::{Expr, FromItems, Iter, Iterable, Place, list, node, parse::Parse, place};
use crate::{
    ir::{Binary, ExprId, Kind},
    position::Position,
};

/// What Rust takes for white space; JSONata's `$trim` and `\s` are something else.
macro_rules! white_space {
    ($before:literal, $after:literal) => {
        concat!($before, r"[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+", $after)
    };
}

/// A type of patterns that texts can be searched for: texts and characters.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot search a text for `{Self}` [SW231]",
    label = "only a text or a `char` can be searched for"
)]
pub trait TextPattern {
    /// The text.
    fn text(self) -> ExprId;
}

impl TextPattern for Expr<String> {
    fn text(self) -> ExprId {
        self.id()
    }
}

impl TextPattern for Expr<char> {
    fn text(self) -> ExprId {
        self.id()
    }
}

/// `text.contains(pattern)`
fn contains(text: ExprId, pattern: ExprId) -> ExprId {
    node::call("contains", &[text, pattern])
}

/// `chars().count()`
fn length(text: ExprId) -> ExprId {
    match node::literal(text) {
        Some(Value::String(text)) => node::constant(text.chars().count()),
        _ => node::call("length", &[text]),
    }
}

/// The characters from one number on, as many as a length says, or all.
fn substring(text: ExprId, from: ExprId, length: Option<ExprId>) -> ExprId {
    let arguments: Vec<ExprId> = [text, from].into_iter().chain(length).collect();
    node::call("substring", &arguments)
}

fn starts_with(text: ExprId, pattern: ExprId) -> ExprId {
    let start = substring(text, node::constant(0), Some(length(pattern)));
    node::binary(Binary::Eq, start, pattern)
}

/// Where the pattern is longer than the text, JSONata gives the whole text, which is not equal.
fn ends_with(text: ExprId, pattern: ExprId) -> ExprId {
    let end = substring(text, length_without(text, pattern), None);
    node::binary(Binary::Eq, end, pattern)
}

fn length_without(text: ExprId, part: ExprId) -> ExprId {
    node::binary(Binary::Sub, length(text), length(part))
}

fn chars(text: ExprId) -> ExprId {
    let (zero, one) = (node::constant(0), node::constant(1));
    let numbers = node::binary(Binary::Range, zero, node::binary(Binary::Sub, length(text), one));
    list::map(numbers, Kind::SCALAR, |number, _| substring(text, number, Some(one)))
}

/// The parts between a pattern; between the characters, and around them, where the pattern is empty.
fn split(text: ExprId, pattern: ExprId) -> ExprId {
    let (parts, empty) = (node::call_list("split", &[text, pattern]), node::constant(""));
    let edge = list::one(empty);
    let characters = list::append(list::append(edge, chars(text)), edge);
    node::if_(node::binary(Binary::Eq, pattern, empty), characters, parts)
}

fn join(parts: ExprId, separator: ExprId) -> ExprId {
    node::call("join", &[parts, separator])
}

fn remove(text: ExprId, pattern: &'static str) -> ExprId {
    let (pattern, nothing) = (node::regex(pattern), node::constant(""));
    node::call("replace", &[text, pattern, nothing])
}

/// Questions.
impl Expr<String> {
    /// `is_empty()`
    #[must_use]
    pub fn is_empty(self) -> Expr<bool> {
        let empty = node::constant("");
        Expr::from_id(node::binary(Binary::Eq, self.id(), empty))
    }

    /// `contains(pattern)`
    #[must_use]
    pub fn contains<P: TextPattern>(self, pattern: P) -> Expr<bool> {
        Expr::from_id(contains(self.id(), pattern.text()))
    }

    /// `starts_with(pattern)`
    #[must_use]
    pub fn starts_with<P: TextPattern>(self, pattern: P) -> Expr<bool> {
        Expr::from_id(starts_with(self.id(), pattern.text()))
    }

    /// `ends_with(pattern)`
    #[must_use]
    pub fn ends_with<P: TextPattern>(self, pattern: P) -> Expr<bool> {
        Expr::from_id(ends_with(self.id(), pattern.text()))
    }

    /// `is_ascii()`
    #[must_use]
    pub fn is_ascii(self) -> Expr<bool> {
        Expr::from_id(node::not(contains(self.id(), node::regex(r"[^\x00-\x7F]"))))
    }

    /// `eq_ignore_ascii_case(other)`
    #[must_use]
    pub fn eq_ignore_ascii_case(self, other: Self) -> Expr<bool> {
        let (left, right) = (self.to_ascii_lowercase(), other.to_ascii_lowercase());
        Expr::from_id(node::binary(Binary::Eq, left.id(), right.id()))
    }

    /// `len()` counts bytes, which JSONata cannot: write `chars().count()`.
    pub fn len<N>(self) -> Expr<N>
    where
        Bytes: CountedAs<N>,
    {
        self.retype()
    }
}

/// Parts.
impl Expr<String> {
    /// `chars()`
    #[must_use]
    pub fn chars(self) -> Expr<Iter<char>> {
        Expr::from_id(chars(self.id()))
    }

    /// `split(pattern)`
    #[must_use]
    pub fn split<P: TextPattern>(self, pattern: P) -> Expr<Iter<String>> {
        Expr::from_id(split(self.id(), pattern.text()))
    }

    /// `splitn(n, pattern)`
    #[must_use]
    pub fn splitn<P: TextPattern>(self, number: Expr<usize>, pattern: P) -> Expr<Iter<String>> {
        let pattern = pattern.text();
        let (parts, one) = (split(self.id(), pattern), node::constant(1));
        let before = node::binary(Binary::Sub, number.id(), one);
        let last = join(list::skip(parts, before, Kind::SCALAR), pattern);
        let limited = list::append(list::take(parts, before, Kind::SCALAR), list::one(last));
        let fits = node::binary(Binary::Le, node::count(parts), number.id());
        let some = node::if_(fits, parts, limited);
        let none = node::binary(Binary::Lt, number.id(), one);
        Expr::from_id(node::if_(none, list::empty(), some))
    }

    /// `split_once(pattern)`
    #[must_use]
    pub fn split_once<P: TextPattern>(self, pattern: P) -> Expr<Option<(String, String)>> {
        let pattern = pattern.text();
        let part = |name| node::call(name, &[self.id(), pattern]);
        let pair = node::build(crate::ir::Expr::Array(vec![part("substringBefore"), part("substringAfter")]));
        Expr::from_id(node::some_if(contains(self.id(), pattern), pair))
    }

    /// `split_whitespace()`
    #[must_use]
    pub fn split_whitespace(self) -> Expr<Iter<String>> {
        let parts = node::call_list("split", &[self.id(), node::regex(white_space!("", ""))]);
        Expr::from_id(without_empty(parts))
    }

    /// `lines()`
    #[must_use]
    pub fn lines(self) -> Expr<Iter<String>> {
        let parts = node::call_list("split", &[self.id(), node::regex(r"\r?\n")]);
        let (newline, one) = (node::constant("\n"), node::constant(1));
        let ended = node::any([self.is_empty().id(), ends_with(self.id(), newline)]);
        let before = node::binary(Binary::Sub, node::count(parts), one);
        let complete = list::take(parts, before, Kind::SCALAR);
        Expr::from_id(node::if_(ended, complete, parts))
    }

    /// `strip_prefix(pattern)`
    #[must_use]
    pub fn strip_prefix<P: TextPattern>(self, pattern: P) -> Expr<Option<String>> {
        let pattern = pattern.text();
        let rest = substring(self.id(), length(pattern), None);
        Expr::from_id(node::some_if(starts_with(self.id(), pattern), rest))
    }

    /// `strip_suffix(pattern)`
    #[must_use]
    pub fn strip_suffix<P: TextPattern>(self, pattern: P) -> Expr<Option<String>> {
        let pattern = pattern.text();
        let zero = node::constant(0);
        let rest = substring(self.id(), zero, Some(length_without(self.id(), pattern)));
        Expr::from_id(node::some_if(ends_with(self.id(), pattern), rest))
    }

    /// `trim()`
    #[must_use]
    pub fn trim(self) -> Self {
        Expr::from_id(remove(self.id(), concat!(white_space!("^", "|"), white_space!("", "$"))))
    }

    /// `trim_start()`
    #[must_use]
    pub fn trim_start(self) -> Self {
        Expr::from_id(remove(self.id(), white_space!("^", "")))
    }

    /// `trim_end()`
    #[must_use]
    pub fn trim_end(self) -> Self {
        Expr::from_id(remove(self.id(), white_space!("", "$")))
    }
}

fn without_empty(texts: ExprId) -> ExprId {
    list::filter(texts, Kind::SCALAR, |text, _| {
        let empty = node::constant("");
        node::binary(Binary::Ne, text, empty)
    })
}

/// Other texts, and other values.
impl Expr<String> {
    /// `as_str()`
    #[must_use]
    pub fn as_str(self) -> Self {
        self
    }

    /// `to_uppercase()`
    #[must_use]
    pub fn to_uppercase(self) -> Self {
        Expr::from_id(node::call("uppercase", &[self.id()]))
    }

    /// `to_lowercase()`
    #[must_use]
    pub fn to_lowercase(self) -> Self {
        Expr::from_id(node::call("lowercase", &[self.id()]))
    }

    /// `to_ascii_uppercase()`
    #[must_use]
    pub fn to_ascii_uppercase(self) -> Self {
        self.chars().map(Expr::<char>::to_ascii_uppercase).collect()
    }

    /// `to_ascii_lowercase()`
    #[must_use]
    pub fn to_ascii_lowercase(self) -> Self {
        self.chars().map(Expr::<char>::to_ascii_lowercase).collect()
    }

    /// `replace(from, to)`: the parts between, joined anew. JSONata's `$replace` has words of its own in what it puts in.
    #[must_use]
    pub fn replace<P: TextPattern>(self, from: P, to: Self) -> Self {
        Expr::from_id(join(split(self.id(), from.text()), to.id()))
    }

    /// `replacen(from, to, n)`
    #[must_use]
    pub fn replacen<P: TextPattern>(self, from: P, to: Self, number: Expr<usize>) -> Self {
        let one = node::constant(1);
        let parts = self.splitn(Expr::from_id(node::binary(Binary::Add, number.id(), one)), from);
        Expr::from_id(join(parts.id(), to.id()))
    }

    /// `repeat(n)`
    #[must_use]
    pub fn repeat(self, times: Expr<usize>) -> Self {
        let one = node::constant(1);
        let turns = node::binary(Binary::Range, one, times.id());
        let nothing = node::constant("");
        Expr::from_id(join(list::map(turns, Kind::SCALAR, |_, _| self.id()), nothing))
    }

    /// `parse()`
    #[must_use]
    pub fn parse<T: Parse>(self) -> Expr<Result<T, T::Err>> {
        Expr::from_id(T::parse(self.id()))
    }
}

macro_rules! ascii {
    ($($name:ident $class:expr;)+) => {
        /// Classes of characters.
        impl Expr<char> {
            $(#[doc = concat!("`", stringify!($name), "()`")]
            #[must_use]
            pub fn $name(self) -> Expr<bool> {
                Expr::from_id(contains(self.id(), node::regex($class)))
            })+
        }
    };
}

ascii! {
    is_ascii_digit "[0-9]";
    is_ascii_hexdigit "[0-9A-Fa-f]";
    is_ascii_alphabetic "[A-Za-z]";
    is_ascii_alphanumeric "[A-Za-z0-9]";
    is_ascii_uppercase "[A-Z]";
    is_ascii_lowercase "[a-z]";
    is_ascii_whitespace r"[ \t\n\f\r]";
    is_ascii_punctuation r"[!-\/:-@\[-`\{-~]";
    is_ascii r"[\x00-\x7F]";
    is_whitespace white_space!("", "");
}

impl Expr<char> {
    /// `to_ascii_uppercase()`
    #[must_use]
    pub fn to_ascii_uppercase(self) -> Self {
        let upper = node::call("uppercase", &[self.id()]);
        Expr::from_id(node::if_(self.is_ascii().id(), upper, self.id()))
    }

    /// `to_ascii_lowercase()`
    #[must_use]
    pub fn to_ascii_lowercase(self) -> Self {
        let lower = node::call("lowercase", &[self.id()]);
        Expr::from_id(node::if_(self.is_ascii().id(), lower, self.id()))
    }

    /// `eq_ignore_ascii_case(&other)`
    #[must_use]
    pub fn eq_ignore_ascii_case(self, other: Self) -> Expr<bool> {
        let (left, right) = (self.to_ascii_lowercase(), other.to_ascii_lowercase());
        Expr::from_id(node::binary(Binary::Eq, left.id(), right.id()))
    }
}

/// The bytes of a text.
pub struct Bytes;

/// No type counts bytes.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot count the bytes of a text [SW232]",
    label = "`len` of a text counts bytes",
    note = "write `chars().count()` for the number of characters, or `is_empty()`"
)]
pub trait CountedAs<N> {}

/// Methods that change a text in a variable.
impl Place<String> {
    /// `push_str(text)`
    #[track_caller]
    pub fn push_str(self, text: Expr<String>) -> Expr<()> {
        self.followed_by(text.id(), Position::caller())
    }

    /// `push(character)`
    #[track_caller]
    pub fn push(self, character: Expr<char>) -> Expr<()> {
        self.followed_by(character.id(), Position::caller())
    }

    /// `extend(texts)`
    #[track_caller]
    pub fn extend<I: Iterable>(self, texts: Expr<I>) -> Expr<()>
    where
        String: FromItems<I::Item>,
    {
        let more = <String as FromItems<I::Item>>::from_items(I::items(texts));
        self.followed_by(more, Position::caller())
    }

    fn followed_by(self, more: ExprId, at: Position) -> Expr<()> {
        place::assign(self.read.id(), node::binary(Binary::Concat, self.read.id(), more), at);
        Expr::from_id(node::null())
    }

    /// `pop()`
    #[track_caller]
    pub fn pop(self) -> Expr<Option<char>> {
        let (text, at) = (self.read.id(), Position::caller());
        let (zero, one, null) = (node::constant(0), node::constant(1), node::null());
        let before = node::binary(Binary::Sub, length(text), one);
        let last = node::if_(self.read.is_empty().id(), null, substring(text, before, None));
        let popped = super::effects::bind_id("popped", last, at);
        place::assign(text, substring(text, zero, Some(before)), at);
        Expr::from_id(popped)
    }

    /// `clear()`
    #[track_caller]
    pub fn clear(self) -> Expr<()> {
        place::assign(self.read.id(), node::constant(""), Position::caller());
        Expr::from_id(node::null())
    }
}
