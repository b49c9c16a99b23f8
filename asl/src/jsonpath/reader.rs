/// Goes through the text of a path or a call.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    rest: &'t str,
    /// How much deeper parts may still be inside each other.
    depth: usize,
}

/// How deep parts may be inside each other.
const DEEPEST: usize = 32;

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, depth: DEEPEST }
    }

    /// Reads a part that may contain parts of its own kind.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth = self.depth.checked_sub(1)?;
        let part = read(self);
        self.depth += 1;
        part
    }

    /// What was read since `start`.
    pub(super) fn since(&self, start: &Self) -> Option<&'t str> {
        start.rest.strip_suffix(self.rest)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next()?;
        self.rest = characters.as_str();
        Some(next)
    }

    /// Takes the text if it comes next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes the text; nothing to go on with if another comes next.
    pub(super) fn expect(&mut self, text: &str) -> Option<()> {
        self.take(text).then_some(())
    }

    pub(super) fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes all characters that fit.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|character| !fits(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Takes a whole number.
    pub(super) fn integer(&mut self) -> Option<i64> {
        let mut ahead = *self;
        ahead.take("-");
        ahead.take_while(|character| character.is_ascii_digit());
        let number = ahead.since(self)?.parse().ok()?;
        *self = ahead;
        Some(number)
    }

    /// Takes a text in single or double quotes. What a backslash makes of the character after it is for `unescape` to say, which
    /// is also given the quote; nothing if it means nothing.
    pub(super) fn quoted(&mut self, unescape: impl Fn(&mut String, char, char) -> Option<()>) -> Option<String> {
        let quote = self.peek().filter(|quote| matches!(quote, '\'' | '"'))?;
        self.next();
        let mut text = String::new();
        loop {
            match self.next()? {
                '\\' => unescape(&mut text, self.next()?, quote)?,
                end if end == quote => return Some(text),
                character => text.push(character),
            }
        }
    }

    /// Takes a text in the quotes of a path, where a backslash makes quotes and braces plain.
    pub(super) fn name(&mut self) -> Option<String> {
        self.quoted(|text, escaped, quote| {
            if escaped != quote && !matches!(escaped, '\\' | '{' | '}') {
                text.push('\\');
            }
            text.push(escaped);
            Some(())
        })
    }

    /// Takes a number, `true`, `false`, `null` or other JSON, up to one of the characters that end it.
    pub(super) fn literal(&mut self, ends: impl Fn(char) -> bool) -> Option<serde_json::Value> {
        serde_json::from_str(self.take_while(|character| !ends(character))).ok()
    }

    /// Reads one or more items with commas between them.
    pub(super) fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        loop {
            items.push(item(self)?);
            self.skip_blanks();
            if !self.take(",") {
                return Some(items);
            }
            self.skip_blanks();
        }
    }
}
