//! Patterns as texts: what the macro leaves of a pattern for the recording. Its names are their numbers; literals, ranges and
//! paths to values are names that the macro tests afterwards.
//!
//! ```text
//! pattern  = "_" | number | number "@" pattern | elements | name elements | name "{" [name ":" pattern {"," name ":" pattern}] "}"
//! elements = "(" [element {"," element}] ")"
//! element  = pattern | ".."
//! ```

/// A pattern.
#[derive(Debug, PartialEq)]
pub(super) enum Spec<'a> {
    /// `_`
    Wild,
    /// A name: the number of its place among the names.
    Bind(usize),
    /// `name @ pattern`
    At(usize, Box<Spec<'a>>),
    /// `(a, .., b)`
    Tuple(Elements<'a>),
    /// `Name(a, .., b)`, by the last segment of its path.
    TupleStruct(&'a str, Elements<'a>),
    /// `Name { a: pattern, .. }`, by the last segment of its path; the fields by Rust name.
    Struct(&'a str, Vec<(&'a str, Spec<'a>)>),
}

/// The patterns in parentheses.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Elements<'a> {
    /// Those before `..`, or all.
    pub(super) before: Vec<Spec<'a>>,
    /// Those after `..`.
    pub(super) after: Vec<Spec<'a>>,
    /// Whether there is a `..`.
    pub(super) rest: bool,
}

impl<'a> Spec<'a> {
    /// Reads what the macro wrote.
    pub(super) fn parse(text: &'a str) -> Self {
        Parser { rest: text }.pattern()
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn pattern(&mut self) -> Spec<'a> {
        if self.take("(") {
            return Spec::Tuple(self.elements());
        }
        let word = self.word();
        match word.parse() {
            Ok(index) if self.take("@") => Spec::At(index, Box::new(self.pattern())),
            Ok(index) => Spec::Bind(index),
            Err(_) if self.take("(") => Spec::TupleStruct(word, self.elements()),
            Err(_) if self.take("{") => Spec::Struct(word, self.fields()),
            Err(_) => Spec::Wild,
        }
    }

    /// Up to the closing parenthesis.
    fn elements(&mut self) -> Elements<'a> {
        let mut elements = Elements::default();
        while !self.take(")") && !self.rest.is_empty() {
            if self.take("..") {
                elements.rest = true;
            } else {
                let element = self.pattern();
                if elements.rest { &mut elements.after } else { &mut elements.before }.push(element);
            }
            self.take(",");
        }
        elements
    }

    /// Up to the closing brace.
    fn fields(&mut self) -> Vec<(&'a str, Spec<'a>)> {
        let mut fields = Vec::new();
        while !self.take("}") && !self.rest.is_empty() {
            let name = self.word();
            self.take(":");
            fields.push((name, self.pattern()));
            self.take(",");
        }
        fields
    }

    /// Whether a mark stands here; then it is read.
    fn take(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// A number or a name.
    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| c.is_whitespace() || "(){},:@".contains(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_macro_writes_is_read() {
        let bind = |index| Elements { before: vec![Spec::Bind(index)], ..Elements::default() };
        assert_eq!(Spec::parse("_"), Spec::Wild);
        assert_eq!(Spec::parse("()"), Spec::Tuple(Elements::default()));
        assert_eq!(Spec::parse("10 @ Some(1)"), Spec::At(10, Box::new(Spec::TupleStruct("Some", bind(1)))));
        let fields = vec![("a", Spec::TupleStruct("Ok", bind(0))), ("r", Spec::Wild), ("0", Spec::Struct("B", vec![]))];
        assert_eq!(Spec::parse("A { a: Ok(0), r: _, 0: B {} }"), Spec::Struct("A", fields));
        let elements =
            Elements { before: vec![Spec::Bind(0), Spec::Tuple(bind(1))], after: vec![Spec::Bind(2)], rest: true };
        assert_eq!(Spec::parse("T(0, (1), .., 2)"), Spec::TupleStruct("T", elements));
    }

    #[test]
    fn anything_ends() {
        for text in ["", "(", "A {", "A { :", "0 @", ")", "A(,,", "A { , }"] {
            Spec::parse(text);
        }
    }
}
