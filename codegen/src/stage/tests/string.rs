//! Texts and characters.

use super::*;

fn pairs() -> Vec<(String, String)> {
    let patterns = ["", "a", ",", "b", "abc", " ", "\n", "$", "😀", "é", "abcd", "a,", "ss", "."];
    texts()
        .into_iter()
        .flat_map(|text| patterns.iter().map(move |pattern| (text.clone(), (*pattern).to_owned())))
        .collect()
}

fn characters() -> Vec<char> {
    let mut all: Vec<char> = (0..128_u8).map(char::from).collect();
    all.extend(['é', 'ß', '😀', '\u{85}', '\u{a0}', '\u{2003}', '\u{feff}', '\u{212a}', '\u{200b}']);
    all
}

#[test]
fn questions() {
    both!(texts(), |s: String| s.is_empty());
    both!(texts(), |s: String| s.is_ascii());
    both!(texts(), |s: String| s.chars().count());
    agree(pairs(), |(a, b)| a.contains(&b), |p| first(p).contains(second(p)));
    agree(pairs(), |(a, b)| a.starts_with(&b), |p| first(p).starts_with(second(p)));
    agree(pairs(), |(a, b)| a.ends_with(&b), |p| first(p).ends_with(second(p)));
    agree(pairs(), |(a, b)| a.eq_ignore_ascii_case(&b), |p| first(p).eq_ignore_ascii_case(second(p)));
    both!(texts(), |s: String| s.contains(lit('a')));
    both!(texts(), |s: String| s.starts_with(lit(' ')));
    both!(texts(), |s: String| s.ends_with(text("c")));
}

#[test]
fn parts() {
    let own = |parts: Vec<&str>| parts.into_iter().map(str::to_owned).collect::<Vec<_>>();
    agree(pairs(), |(a, b)| own(a.split(&b).collect()), |p| first(p).split(second(p)).collect::<Vec<_>>());
    for n in 0..4 {
        agree(
            pairs(),
            |(a, b)| own(a.splitn(n, &b).collect()),
            |p| first(p).splitn(B.lit(n), second(p)).collect::<Vec<_>>(),
        );
    }
    agree(
        pairs(),
        |(a, b)| a.split_once(&b).map(|(a, b)| (a.to_owned(), b.to_owned())),
        |p| first(p).split_once(second(p)),
    );
    agree(pairs(), |(a, b)| a.strip_prefix(&b).map(str::to_owned), |p| first(p).strip_prefix(second(p)));
    agree(pairs(), |(a, b)| a.strip_suffix(&b).map(str::to_owned), |p| first(p).strip_suffix(second(p)));
    agree(texts(), |s| own(s.split_whitespace().collect()), |s| s.split_whitespace().collect::<Vec<_>>());
    agree(texts(), |s| own(s.lines().collect()), |s| s.lines().collect::<Vec<_>>());
    both!(texts(), |s: String| s.trim().to_owned());
    both!(texts(), |s: String| s.trim_start().to_owned());
    both!(texts(), |s: String| s.trim_end().to_owned());
}

#[test]
fn characters_of_texts() {
    both!(texts(), |s: String| s.chars().collect::<Vec<_>>());
    both!(texts(), |s: String| s.chars().rev().collect::<String>());
    both!(texts(), |s: String| s.chars().take(lit(2)).collect::<String>());
    both!(texts(), |s: String| s.chars().next());
    both!(texts(), |s: String| s.chars().last());
    both!(texts(), |s: String| s.chars().all(|c| c.is_ascii_digit()));
    both!(texts(), |s: String| s.chars().filter(|c| c.is_ascii_alphabetic()).collect::<String>());
}

#[test]
fn other_texts() {
    both!(texts(), |s: String| s.to_uppercase());
    both!(texts(), |s: String| s.to_lowercase());
    both!(texts(), |s: String| s.to_ascii_uppercase());
    both!(texts(), |s: String| s.to_ascii_lowercase());
    both!(texts(), |s: String| s.to_string());
    agree(pairs(), |(a, b)| a.replace(&b, "$1-"), |p| first(p).replace(second(p), B.text("$1-")));
    agree(pairs(), |(a, b)| a.replace(&b, ""), |p| first(p).replace(second(p), B.text("")));
    agree(pairs(), |(a, b)| a.replacen(&b, "_", 1), |p| first(p).replacen(second(p), B.text("_"), B.lit(1)));
    agree(pairs(), |(a, b)| a + &b, |p| B.add(first(p), second(p)));
    for n in 0..3 {
        agree(texts(), |s| s.repeat(n), |s| s.repeat(B.lit(n)));
    }
}

#[test]
fn classes_of_characters() {
    both!(characters(), |c: char| c.is_ascii_digit());
    both!(characters(), |c: char| c.is_ascii_hexdigit());
    both!(characters(), |c: char| c.is_ascii_alphabetic());
    both!(characters(), |c: char| c.is_ascii_alphanumeric());
    both!(characters(), |c: char| c.is_ascii_uppercase());
    both!(characters(), |c: char| c.is_ascii_lowercase());
    both!(characters(), |c: char| c.is_ascii_whitespace());
    both!(characters(), |c: char| c.is_ascii_punctuation());
    both!(characters(), |c: char| c.is_ascii());
    both!(characters(), |c: char| c.is_whitespace());
    both!(characters(), |c: char| c.to_ascii_uppercase());
    both!(characters(), |c: char| c.to_ascii_lowercase());
    both!(characters(), |c: char| c.eq_ignore_ascii_case(by_ref(&lit('A'))));
    both!(characters(), |c: char| c.to_string());
}

#[test]
fn texts_in_variables() {
    agree(
        texts(),
        |mut s| {
            s.push_str("xy");
            s
        },
        |s| after(s, |s| s.push_str(B.text("xy"))),
    );
    agree(
        texts(),
        |mut s| {
            s.push('z');
            s
        },
        |s| after(s, |s| s.push(B.lit('z'))),
    );
    agree(
        texts(),
        |mut s| {
            s.clear();
            s
        },
        |s| after(s, |s| s.clear()),
    );
    agree(texts(), |mut s| (s.pop(), s), |s| changed(s, |s| s.pop(), |a, b| B.tuple((a, b))));
    agree(
        texts(),
        |mut s| {
            s.extend(vec!['a', 'b']);
            s
        },
        |s| after(s, |s| s.extend(B.list([B.lit('a'), B.lit('b')]))),
    );
}
