//! Names that are not there.

/// Says that there is no such name, and which there are; the closest one first, if any is close.
pub(super) fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let closest = names.iter().map(|known| (distance(name, known), known)).min();
    let similar = closest.filter(|(distance, known)| distance * 3 <= known.chars().count().max(3));
    let meant = similar.map(|(_, known)| format!("\n  = help: did you mean `{known}`?")).unwrap_or_default();
    format!("error: no {what} `{name}` in this program; there are: {}{meant}", names.join(", "))
}

/// How many characters have to be put in, taken out or changed to make one text of the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<_> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, c) in from.chars().enumerate() {
        let mut next = vec![line + 1];
        for ((other, pair), left) in to.iter().zip(row.windows(2)).zip(0..) {
            let [diagonal, above] = pair else { continue };
            let before: usize = next.get(left).copied().unwrap_or_default();
            next.push((diagonal + usize::from(*other != c)).min(above + 1).min(before + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_offered() {
        assert_eq!(distance("fulfill", "fulfil"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        let told = unknown("workflow", "fulfill", ["run_job", "fulfil"].into_iter());
        assert_eq!(
            told,
            "error: no workflow `fulfill` in this program; there are: fulfil, run_job\n  = help: did you mean `fulfil`?"
        );
        assert!(!unknown("workflow", "xyz", ["run_job"].into_iter()).contains("help"));
    }
}
