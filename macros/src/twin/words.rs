//! Source in the words of a person, as the names of states have it.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// What a workflow does not care for: copies and waiting.
const LEFT_OUT: [&str; 3] = [".clone()", ".to_string()", ".await"];

/// Words after which an operand follows, so that an operator there stands before its operand.
const KEYWORDS: [&str; 10] = ["as", "else", "if", "in", "let", "match", "move", "mut", "ref", "return"];

/// Source as rustfmt would write it on one line, without references, copies and waiting.
pub(super) fn words(source: &impl ToTokens) -> String {
    let mut words = Words::default();
    words.stream(source.to_token_stream());
    LEFT_OUT.iter().fold(words.text, |text, what| text.replace(what, ""))
}

/// What was written last, as far as it says how the next token is written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// Nothing yet, or what an operand follows at once: `(`, `.`, `!x`.
    #[default]
    Open,
    /// An operator between operands, a comma or a keyword: a space and an operand follow.
    Between,
    /// An operand: a name, a literal, a closed group.
    Operand,
    /// `name!`, whose group follows at once.
    Macro,
}

#[derive(Default)]
struct Words {
    text: String,
    last: Last,
    /// How many lists of generic arguments (`::<…>`) are open.
    angles: usize,
    /// Whether the parameters of a closure are open.
    parameters: bool,
}

impl Words {
    fn stream(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(name) => self.word(&name.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => {
                    let mut operator = punct.as_char().to_string();
                    let mut spacing = punct.spacing();
                    while let Some(TokenTree::Punct(next)) = tokens.peek()
                        && spacing == Spacing::Joint
                        && is_operator(&operator, next.as_char())
                    {
                        operator.push(next.as_char());
                        spacing = next.spacing();
                        tokens.next();
                    }
                    let before_group = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                    self.operator(&operator, before_group);
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        if matches!(self.last, Last::Between | Last::Operand) {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.last = if KEYWORDS.contains(&word) { Last::Between } else { Last::Operand };
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => return self.stream(group.stream()),
        };
        if self.last == Last::Between || (self.last == Last::Operand && group.delimiter() == Delimiter::Brace) {
            self.text.push(' ');
        }
        self.text.push_str(open);
        let mut inner = Words::default();
        inner.stream(group.stream());
        self.text.push_str(&inner.text);
        self.text.push_str(close);
        self.last = Last::Operand;
    }

    fn operator(&mut self, operator: &str, before_group: bool) {
        let (before, last) = match (operator, self.last) {
            ("." | "::" | ".." | "..=", Last::Between) => (" ", Last::Open),
            ("." | "::" | ".." | "..=", _) => ("", Last::Open),
            ("," | ";" | ":", _) => ("", Last::Between),
            ("?", _) => ("", Last::Operand),
            ("!", Last::Operand) if before_group => ("", Last::Macro),
            ("<", _) if self.text.ends_with("::") => {
                self.angles += 1;
                ("", Last::Open)
            }
            (">", _) if self.angles > 0 => {
                self.angles -= 1;
                ("", Last::Operand)
            }
            ("|", _) if self.parameters => {
                self.parameters = false;
                ("", Last::Between)
            }
            (_, Last::Operand) => (" ", Last::Between),
            // A reference.
            ("&", _) => return,
            ("||", _) => (self.gap(), Last::Between),
            ("|", _) => {
                self.parameters = true;
                (self.gap(), Last::Open)
            }
            (_, _) => (self.gap(), Last::Open),
        };
        self.text.push_str(before);
        self.text.push_str(operator);
        self.last = last;
    }

    /// What stands before an operand.
    fn gap(&self) -> &'static str {
        if self.last == Last::Between { " " } else { "" }
    }
}

/// Whether a character goes on with an operator. The rest stand for themselves: `&!`, `=-`.
fn is_operator(operator: &str, next: char) -> bool {
    const LONG: [&str; 24] = [
        "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "..", "...", "..=", "::", "->", "=>", "+=", "-=", "*=", "/=",
        "%=", "^=", "&=", "|=", "<<=", ">>=",
    ];
    let longer = format!("{operator}{next}");
    LONG.contains(&longer.as_str())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_read_like_the_source() {
        for (source, expected) in [
            ("! status(job.clone()).await && polls < 3", "!status(job) && polls < 3"),
            ("a>b||- c==* d", "a > b || -c == *d"),
            ("& order . lines [0] . sku", "order.lines[0].sku"),
            ("let Some (Line { sku , .. }) = & found", "let Some(Line { sku, .. }) = found"),
            ("matches ! (state, State :: Open | State :: Held)", "matches!(state, State::Open | State::Held)"),
            ("(1 ..= 5).contains(& level)", "(1..=5).contains(level)"),
            ("text.parse :: < u32 > ().is_ok() != !done", "text.parse::<u32>().is_ok() != !done"),
            (
                "lines.iter().any(| line | ! line.paid && line.total>0)",
                "lines.iter().any(|line| !line.paid && line.total > 0)",
            ),
            ("status(job.to_string()).await?", "status(job)?"),
            ("n as f64 / 2.0 >= (a - 1) as f64", "n as f64 / 2.0 >= (a - 1) as f64"),
        ] {
            let tokens: proc_macro2::TokenStream = source.parse().expect("tokens");
            assert_eq!(words(&tokens), expected);
        }
    }
}
