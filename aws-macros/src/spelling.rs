//! What a misspelt name may have meant.

/// Names that are close to a wrong one, the closest first, at most three.
pub(crate) fn close<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut rated: Vec<_> =
        names.map(|name| (likeness(wrong, name), name)).filter(|(likeness, _)| *likeness > 0.8).collect();
    rated.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    rated.into_iter().take(3).map(|(_, name)| name).collect()
}

/// From 0 to 1. Where one letter is wrong, names are alike, however short they are.
fn likeness(wrong: &str, name: &str) -> f64 {
    let wrong = wrong.to_lowercase();
    let like = strsim::jaro_winkler(&wrong, name);
    if strsim::damerau_levenshtein(&wrong, name) == 1 { like.max(0.9) } else { like }
}

/// `; did you mean …?`
pub(crate) fn suggestion(close: &[&str]) -> String {
    let quoted: Vec<_> = close.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => format!("; did you mean {last}?"),
        Some((last, others)) => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}
