//! Placeholders in texts, `${NAME}`.

/// The text with a value in place of each placeholder that has one. Values are put in as they are: what looks like a placeholder
/// in them stays, as CloudFormation and Terraform leave it.
pub(crate) fn filled(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut parts = text.split("${");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let found = part.split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
        match found {
            Some((value, after)) => filled.extend([value.as_str(), after]),
            None => filled.extend(["${", part]),
        }
    }
    filled
}

/// The names of the placeholders in a text.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|after| Some(after.split_once('}')?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_as_they_are() {
        let value = |name: &str| match name {
            "a" => Some("${b}".to_owned()),
            "b" => Some("x".to_owned()),
            _ => None,
        };
        for (text, expected) in
            [("", ""), ("${a}-${b}", "${b}-x"), ("${c}${a}", "${c}${b}"), ("${a", "${a"), ("$${b}${", "$x${")]
        {
            assert_eq!(filled(text, value), expected, "{text}");
        }
    }
}
