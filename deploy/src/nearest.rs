//! Names that are nearly what somebody wrote.

/// The known name that is closest to what was written, if any is close.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let closest = known.into_iter().map(|name| (strsim::damerau_levenshtein(written, name), name)).min();
    closest.filter(|(distance, name)| distance * 3 <= name.chars().count().max(3)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_close_names_are_offered() {
        let known = ["memory", "timeout", "tags"];
        assert_eq!(nearest("memroy", known), Some("memory"));
        assert_eq!(nearest("time_out", known), Some("timeout"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
