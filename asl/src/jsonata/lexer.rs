//! Texts to tokens.

use super::SyntaxError;

/// A token and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    End,
    Name(String),
    /// Without its first `$`.
    Variable(String),
    Text(String),
    Number(String),
    /// `true`, `false` or `null`.
    Constant(&'static str),
    Regex,
    /// Also `and`, `or` and `in`.
    Operator(&'static str),
}

const OPERATORS: [&str; 33] = [
    "..", ":=", "!=", ">=", "<=", "**", "~>", ".", "[", "]", "{", "}", "(", ")", ",", "@", "#", ";", ":", "?", "+",
    "-", "*", "/", "%", "|", "=", "<", ">", "^", "&", "!", "~",
];

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token; where an operand is expected, `/` begins a regular expression.
    pub(super) fn next(&mut self, wants_operand: bool) -> Result<Token, SyntaxError> {
        self.skip_blanks()?;
        let at = self.at;
        let kind = match self.rest().chars().next() {
            None => TokenKind::End,
            Some('/') if wants_operand => self.regex()?,
            Some(quote @ ('"' | '\'')) => self.text(quote)?,
            Some('`') => self.quoted_name()?,
            Some('0'..='9') => self.number()?,
            Some(_) => self.operator().unwrap_or_else(|| self.word()),
        };
        Ok(Token { at, kind })
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) -> Result<(), SyntaxError> {
        loop {
            let rest = self.rest().trim_start_matches(is_blank);
            self.at = self.text.len() - rest.len();
            let Some(comment) = rest.strip_prefix("/*") else { return Ok(()) };
            let end = comment.find("*/").ok_or_else(|| self.error("S0106", "Comment has no closing tag"))?;
            self.at += end + "/**/".len();
        }
    }

    fn error(&self, code: &'static str, message: impl Into<String>) -> SyntaxError {
        SyntaxError::new(code, self.at, message)
    }

    fn operator(&mut self) -> Option<TokenKind> {
        // The longer ones first, so that `:=` is not read as `:`.
        let given = |length| {
            let text = self.rest().get(..length)?;
            OPERATORS.into_iter().find(|operator| *operator == text)
        };
        let operator = given(2).or_else(|| given(1))?;
        self.at += operator.len();
        Some(TokenKind::Operator(operator))
    }

    fn word(&mut self) -> TokenKind {
        let rest = self.rest();
        let ends = |next: char| is_blank(next) || ".[]{}(),@#;:?+-*/%|=<>^&!~".contains(next);
        let word = rest.split_once(ends).map_or(rest, |(word, _)| word);
        self.at += word.len();
        match word {
            "and" => TokenKind::Operator("and"),
            "or" => TokenKind::Operator("or"),
            "in" => TokenKind::Operator("in"),
            "true" => TokenKind::Constant("true"),
            "false" => TokenKind::Constant("false"),
            "null" => TokenKind::Constant("null"),
            _ => match word.strip_prefix('$') {
                Some(name) => TokenKind::Variable(name.to_owned()),
                None => TokenKind::Name(word.to_owned()),
            },
        }
    }

    fn quoted_name(&mut self) -> Result<TokenKind, SyntaxError> {
        let name = self.rest().strip_prefix('`').and_then(|rest| rest.split_once('`'));
        let Some((name, _)) = name else {
            return Err(self.error("S0105", "Quoted property name must be terminated with a backquote (`)"));
        };
        self.at += name.len() + "``".len();
        Ok(TokenKind::Name(name.to_owned()))
    }

    fn number(&mut self) -> Result<TokenKind, SyntaxError> {
        let rest = self.rest();
        let digits = |from: usize| {
            let rest = rest.get(from..).unwrap_or_default();
            rest.find(|next: char| !next.is_ascii_digit()).unwrap_or(rest.len())
        };
        let mut end = if rest.starts_with('0') { 1 } else { digits(0) };
        if rest.get(end..).is_some_and(|rest| rest.starts_with('.')) && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        if rest.get(end..).is_some_and(|rest| rest.starts_with(['e', 'E'])) {
            let sign = usize::from(rest.get(end + 1..).is_some_and(|rest| rest.starts_with(['+', '-'])));
            let exponent = digits(end + 1 + sign);
            end += if exponent > 0 { 1 + sign + exponent } else { 0 };
        }
        let number = rest.get(..end).unwrap_or_default();
        if !number.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(self.error("S0102", format!("Number out of range: {number}")));
        }
        self.at += end;
        Ok(TokenKind::Number(number.to_owned()))
    }

    fn text(&mut self, quote: char) -> Result<TokenKind, SyntaxError> {
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((offset, character)) = characters.next() {
            match character {
                '\\' => {
                    let Some((_, escaped)) = characters.next() else { break };
                    let escaped = if escaped == 'u' {
                        let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
                        unicode(&digits)
                            .ok_or(("S0104", "The escape sequence \\u must be followed by 4 hex digits".to_owned()))
                    } else {
                        escape(escaped).ok_or(("S0103", format!("Unsupported escape sequence: \\{escaped}")))
                    };
                    text.push(escaped.map_err(|(code, message)| SyntaxError::new(code, self.at + offset, message))?);
                }
                end if end == quote => {
                    self.at += offset + 1;
                    return Ok(TokenKind::Text(text));
                }
                character => text.push(character),
            }
        }
        Err(self.error("S0101", "String literal must be terminated by a matching quote"))
    }

    fn regex(&mut self) -> Result<TokenKind, SyntaxError> {
        let mut depth = 0_i64;
        let mut is_escaped = false;
        for (offset, character) in self.rest().char_indices().skip(1) {
            match character {
                '/' if depth == 0 && !is_escaped => {
                    if offset == 1 {
                        return Err(self.error("S0301", "Empty regular expressions are not allowed"));
                    }
                    self.at += offset + 1;
                    self.at = self.text.len() - self.rest().trim_start_matches(['i', 'm']).len();
                    return Ok(TokenKind::Regex);
                }
                '(' | '[' | '{' if !is_escaped => depth += 1,
                ')' | ']' | '}' if !is_escaped => depth -= 1,
                _ => {}
            }
            is_escaped = character == '\\' && !is_escaped;
        }
        Err(self.error("S0302", "No terminating / in regular expression"))
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}')
}

fn escape(character: char) -> Option<char> {
    Some(match character {
        '"' | '\'' | '\\' | '/' => character,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => return None,
    })
}

/// The character of a code unit; a half of a pair is as good as any other, since only names are compared.
fn unicode(digits: &str) -> Option<char> {
    let is_hexadecimal = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let unit = is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok())??;
    Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
}
