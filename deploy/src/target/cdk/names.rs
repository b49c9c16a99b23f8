//! What programs in TypeScript name.

use std::collections::BTreeSet;

/// The words of programs, but not those of their texts: `lambda` of `lambda.Function`, not of `'lambda:InvokeFunction'`.
pub(super) fn names<'a>(programs: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    programs.into_iter().flat_map(code).flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric())).collect()
}

/// The parts of a program that are not text.
fn code(program: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = program;
    // For every template that the place is in, how many braces of its expression are open.
    let mut templates: Vec<usize> = Vec::new();
    while let Some((part, after)) = rest.find(['\'', '"', '`', '{', '}']).map(|at| rest.split_at(at)) {
        parts.push(part);
        let (mark, after) = after.split_at(1);
        rest = match (mark, templates.last_mut()) {
            ("`", _) => template(after, &mut templates),
            ("'" | "\"", _) => end_of_text(after, |rest| rest.starts_with(mark)).get(1..).unwrap_or_default(),
            ("}", Some(0)) => {
                templates.pop();
                template(after, &mut templates)
            }
            (_, Some(open)) => {
                *open = if mark == "{" { *open + 1 } else { *open - 1 };
                after
            }
            (_, None) => after,
        };
    }
    parts.push(rest);
    parts
}

/// What follows a template's text: its next expression, or the program after it.
fn template<'a>(text: &'a str, templates: &mut Vec<usize>) -> &'a str {
    let end = end_of_text(text, |rest| rest.starts_with('`') || rest.starts_with("${"));
    match end.strip_prefix("${") {
        Some(expression) => {
            templates.push(0);
            expression
        }
        None => end.get(1..).unwrap_or_default(),
    }
}

/// The rest of a text from where it ends.
fn end_of_text(text: &str, ends: impl Fn(&str) -> bool) -> &str {
    let mut escaped = false;
    let end = text.char_indices().find(|&(at, c)| {
        let is_end = !escaped && ends(&text[at..]);
        escaped = !escaped && c == '\\';
        is_end
    });
    end.map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_name_nothing() {
        let program = r#"new lambda.Function(this, 'sfn', { a: "it's \" iam", b: `kms ${region + `logs ${{ account }}`} s3` }, Stack);"#;
        let named = names([program]);
        assert!(
            ["lambda", "Function", "this", "a", "b", "region", "account", "Stack"]
                .iter()
                .all(|name| named.contains(name))
        );
        assert!(["sfn", "it", "iam", "kms", "logs", "s3"].iter().all(|text| !named.contains(text)), "{named:?}");
    }
}
