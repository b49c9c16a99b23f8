//! Jayway's paths.

use super::filter::Filter;
use super::reader::Reader;
use crate::json::keyword;

/// A path into the input, the context object or a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The text that was read.
    pub source: String,
    /// Where it begins.
    pub root: Root,
    /// How it goes on.
    pub steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(String),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name` or `['name']`
    Name(String),
    /// `['a', 'b']`
    Names(Vec<String>),
    /// `[0]`; from the end if it is negative.
    Index(i64),
    /// `[0, 1]`
    Indices(Vec<i64>),
    /// `[0:2]`, one bound at least.
    Slice(Option<i64>, Option<i64>),
    /// `.*` or `[*]`
    Wildcard,
    /// `..`: the value and all that it contains, for the next step to choose from.
    Descend,
    /// `[?( … )]`
    Filter(Filter),
    /// `.length()`
    Aggregate(Aggregate),
}

keyword! {
    /// The functions that a path may end with.
    pub enum Aggregate {
        /// The mean of numbers.
        Average = "avg",
        /// Texts as one.
        Concatenation = "concat",
        /// The standard deviation of numbers.
        Deviation = "stddev",
        /// The first item.
        First = "first",
        /// The names of an object's members.
        Keys = "keys",
        /// The last item.
        Last = "last",
        /// How many items, members or characters there are.
        Length = "length",
        /// The largest number.
        Maximum = "max",
        /// The least number.
        Minimum = "min",
        /// Another name for the length.
        Size = "size",
        /// The sum of numbers.
        Sum = "sum",
    }
}

impl Path {
    /// Reads a path; `None` if the text is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let path = Self::read(&mut reader)?;
        reader.is_at_end().then_some(path)
    }

    /// Reads a path as far as it goes.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let start = *reader;
        reader.expect("$")?;
        let root = match reader.take_while(|character| character.is_alphanumeric() || character == '_') {
            "" if reader.take("$") => Root::Context,
            "" => Root::Input,
            name => Root::Variable(name.to_owned()),
        };
        let steps = steps(reader, "")?;
        Some(Self { source: reader.since(&start)?.to_owned(), root, steps })
    }

    /// Whether it names one place by names and positions only, as a reference path does.
    #[must_use]
    pub fn is_reference(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Name(_) => true,
            Step::Index(index) => *index >= 0,
            Step::Names(_)
            | Step::Indices(_)
            | Step::Slice(..)
            | Step::Wildcard
            | Step::Descend
            | Step::Filter(_)
            | Step::Aggregate(_) => false,
        })
    }
}

/// Reads steps as far as they go; bare names end before `.`, a bracket and the like, and before the characters of `ends`.
pub(super) fn steps(reader: &mut Reader<'_>, ends: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    loop {
        if reader.take("..") {
            steps.push(Step::Descend);
            if reader.peek() != Some('[') {
                steps.push(name_or_wildcard(reader, ends)?);
            }
        } else if reader.take(".") {
            // `$.[0]` is read like `$[0]`.
            if reader.peek() != Some('[') {
                steps.push(name_or_wildcard(reader, ends)?);
            }
        } else if reader.take("[") {
            steps.push(bracket(reader)?);
        } else {
            return Some(steps);
        }
    }
}

fn name_or_wildcard(reader: &mut Reader<'_>, ends: &str) -> Option<Step> {
    if reader.take("*") {
        return Some(Step::Wildcard);
    }
    let is_end = |character| matches!(character, '.' | '[' | ']' | '(' | ')' | ',' | ' ' | '\'' | '"');
    let name = reader.take_while(|character| !is_end(character) && !ends.contains(character));
    if reader.take("()") {
        return Aggregate::from_name(name).map(Step::Aggregate);
    }
    (!name.is_empty()).then(|| Step::Name(name.to_owned()))
}

fn bracket(reader: &mut Reader<'_>) -> Option<Step> {
    reader.skip_blanks();
    let step = match reader.peek()? {
        '*' => {
            reader.next();
            Step::Wildcard
        }
        '?' => {
            reader.next();
            Step::Filter(Filter::read(reader)?)
        }
        '\'' | '"' => {
            let mut names = reader.list(Reader::name)?;
            if names.len() == 1 { Step::Name(names.pop()?) } else { Step::Names(names) }
        }
        _ => positions(reader)?,
    };
    reader.skip_blanks();
    reader.expect("]")?;
    Some(step)
}

fn positions(reader: &mut Reader<'_>) -> Option<Step> {
    let mut ahead = *reader;
    let first = ahead.integer();
    if ahead.take(":") {
        let last = ahead.integer();
        // A step is read, and has no effect.
        if ahead.take(":") {
            ahead.integer();
        }
        *reader = ahead;
        return (first.is_some() || last.is_some()).then_some(Step::Slice(first, last));
    }
    let mut indices = reader.list(Reader::integer)?;
    Some(if indices.len() == 1 { Step::Index(indices.pop()?) } else { Step::Indices(indices) })
}
