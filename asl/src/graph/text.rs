//! How wide text is, and where its lines break.
//!
//! The font is not known, so each character is as wide as in DejaVu Sans, the widest of the usual ones.

/// The width of a text, in pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The width of a character, in parts of the font's size.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' => 0.28,
        ' ' | ',' | '.' | 'f' | 't' | ':' | ';' | 'I' | '|' | '/' | '\\' => 0.40,
        '(' | ')' | '[' | ']' | 'r' | 'J' | '-' | '!' | '·' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '→' | '↻' | '…' => 1.0,
        '+' | '=' | '<' | '>' | '×' | 'A'..='Z' => 0.85,
        '\0'..='\u{24f}' => 0.64,
        '\u{370}'..='\u{5ff}' => 0.8,
        _ => 1.3,
    }
}

/// A text as lines that are no wider than `most`; what does not fit in `lines` of them ends with an ellipsis. Lines break at
/// blanks and behind underscores, dots and such, and within a word only if it has none.
pub(super) fn wrap(text: &str, size: f64, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped = vec![String::new()];
    for part in parts(text) {
        let line = wrapped.last_mut().map(std::mem::take).unwrap_or_default();
        let mut line = if width(&format!("{line}{}", part.trim_end()), size) <= most || line.is_empty() {
            line
        } else {
            set_last(&mut wrapped, line);
            wrapped.push(String::new());
            String::new()
        };
        for c in part.chars() {
            if !line.is_empty() && c != ' ' && width(&line, size) + em(c) * size > most {
                set_last(&mut wrapped, line);
                wrapped.push(String::new());
                line = String::new();
            }
            if !(line.is_empty() && c == ' ') {
                line.push(c);
            }
        }
        set_last(&mut wrapped, line);
    }
    let is_cut = wrapped.len() > lines;
    wrapped.truncate(lines);
    let mut wrapped: Vec<_> = wrapped.iter().map(|line| line.trim_end().to_owned()).collect();
    if is_cut && let Some(last) = wrapped.last_mut() {
        while width(last, size) + size > most && last.pop().is_some() {}
        last.push('…');
    }
    wrapped
}

fn set_last(lines: &mut [String], line: String) {
    if let Some(last) = lines.last_mut() {
        *last = line;
    }
}

/// The text in parts that a line may break after.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '_', '.', ',', '(', ':', '/', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_words_end() {
        assert_eq!(wrap("charge the card", 10.0, 80.0, 3), ["charge the", "card"]);
        assert_eq!(wrap("wait_for_the_payment", 10.0, 80.0, 3), ["wait_for_the_", "payment"]);
        assert_eq!(wrap("Donaudampfschiff", 10.0, 50.0, 9), ["Donauda", "mpfschif", "f"]);
        assert_eq!(wrap("", 10.0, 50.0, 9), [""]);
    }

    #[test]
    fn too_much_is_cut_and_no_line_is_too_wide() {
        assert_eq!(wrap("one two three four", 10.0, 50.0, 2), ["one two", "three…"]);
        for text in ["a b c d e f g h i", "WWWWWWWWWWWWWW", "日本語日本語日本語", "x (y(z)).q/w"] {
            for line in wrap(text, 10.0, 60.0, 2) {
                assert!(width(&line, 10.0) <= 60.0, "{line}");
            }
        }
    }
}
