//! What to say of a name that is not known.

/// The known name that is closest to what was written, if any is close.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let closest = known.into_iter().map(|name| (strsim::damerau_levenshtein(written, name), name)).min();
    closest.filter(|(distance, name)| distance * 3 <= name.chars().count().max(3)).map(|(_, name)| name)
}

/// The known name that may have been meant, or all that there are.
#[must_use]
pub fn instead(written: &str, names: &[&str]) -> String {
    nearest(written, names.iter().copied()).map_or_else(|| known(names), |meant| format!("did you mean `{meant}`?"))
}

/// Says which names there are.
#[must_use]
pub fn known(names: &[&str]) -> String {
    if names.is_empty() { "there are none".to_owned() } else { format!("there are: {}", names.join(", ")) }
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

    #[test]
    fn a_close_name_or_all_are_offered_instead() {
        assert_eq!(instead("memroy", &["memory", "tags"]), "did you mean `memory`?");
        assert_eq!(instead("colour", &["memory", "tags"]), "there are: memory, tags");
    }

    #[test]
    fn that_there_are_no_names_is_said() {
        assert_eq!(known(&["memory", "tags"]), "there are: memory, tags");
        assert_eq!(known(&[]), "there are none");
    }
}
