//! Names that are not there.

use stepwright_deploy::nearest::nearest;

/// Says that there is no such name, and which there are; the closest one first, if any is close.
pub(crate) fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let meant = nearest(name, names.iter().copied());
    let meant = meant.map(|known| format!("\n  = help: did you mean `{known}`?")).unwrap_or_default();
    format!("error: no {what} `{name}` in this program; there are: {}{meant}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_offered() {
        let told = unknown("workflow", "fulfill", ["run_job", "fulfil"].into_iter());
        assert_eq!(
            told,
            "error: no workflow `fulfill` in this program; there are: fulfil, run_job\n  = help: did you mean `fulfil`?"
        );
        assert!(!unknown("workflow", "xyz", ["run_job"].into_iter()).contains("help"));
    }
}
