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
        let number = self.rest.strip_suffix(ahead.rest)?.parse().ok()?;
        *self = ahead;
        Some(number)
    }

    /// Takes a text in single or double quotes, where a backslash makes the next character plain.
    pub(super) fn quoted(&mut self) -> Option<()> {
        let quote = self.peek().filter(|quote| matches!(quote, '\'' | '"'))?;
        self.next();
        loop {
            match self.next()? {
                '\\' => _ = self.next()?,
                end if end == quote => return Some(()),
                _ => {}
            }
        }
    }

    /// Takes a number, a text, `true`, `false` or `null`; in filters, also a list of them.
    pub(super) fn literal(&mut self, ends: impl Fn(char) -> bool) -> Option<serde_json::Value> {
        serde_json::from_str(self.take_while(|character| !ends(character))).ok()
    }

    /// Reads one or more items with commas between them.
    pub(super) fn list(&mut self, item: impl Fn(&mut Self) -> Option<()>) -> Option<usize> {
        let mut count = 0;
        loop {
            item(self)?;
            count += 1;
            self.skip_blanks();
            if !self.take(",") {
                return Some(count);
            }
            self.skip_blanks();
        }
    }
}
