//! Comma-separated values as the service reads them.

/// The rows of a file: a cell may be in double quotes, within which separators and line ends are plain.
///
/// A backslash makes a backslash, a quote or a separator plain, and is dropped before anything else. An empty line is a row with one empty
/// cell; nothing is wrong with any text.
pub(super) fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut characters = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), Cell::default());
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let is_special = |next: &char| matches!(next, '\\' | '"') || *next == delimiter;
                cell.text.extend(characters.next_if(is_special));
            }
            '"' if cell.is_quoted => match characters.next_if_eq(&'"') {
                Some(quote) => cell.text.push(quote),
                None => cell.is_quoted = false,
            },
            '"' if cell.text.is_empty() => cell.is_quoted = true,
            _ if cell.is_quoted => cell.text.push(character),
            '\n' | '\r' => {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                }
                row.push(std::mem::take(&mut cell).text);
                rows.push(std::mem::take(&mut row));
            }
            _ if character == delimiter => row.push(std::mem::take(&mut cell).text),
            _ => cell.text.push(character),
        }
    }
    if !row.is_empty() || !cell.text.is_empty() {
        row.push(cell.text);
        rows.push(row);
    }
    rows
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    text: String,
    is_quoted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_cut_into_cells() {
        for (text, expected) in [
            ("", &[][..]),
            ("a,b\n1,2\n", &[&["a", "b"][..], &["1", "2"]]),
            ("a,b\r\n1,2", &[&["a", "b"], &["1", "2"]]),
            ("\u{feff}a\n", &[&["a"]]),
            ("a,\n,\n", &[&["a", ""], &["", ""]]),
            ("a\n\nb\n", &[&["a"], &[""], &["b"]]),
            ("a, b \n", &[&["a", " b "]]),
            ("\"a,\nb\",c\n", &[&["a,\nb", "c"]]),
            ("\"say \"\"a\"\"\",5\" pipe\n", &[&["say \"a\"", "5\" pipe"]]),
            ("\"\",x\n", &[&["", "x"]]),
            (r"C:\\Files\\x,a\,b,\q", &[&[r"C:\Files\x", "a,b", "q"]]),
            (r#""a\"b\\",c"#, &[&[r#"a"b\"#, "c"]]),
            ("\"open, to the end", &[&["open, to the end"]]),
        ] {
            assert_eq!(rows(text, ','), expected, "{text}");
        }
        assert_eq!(rows(r"a|b,c\|d", '|'), [["a", "b,c|d"]]);
    }
}
