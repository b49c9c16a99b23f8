//! Names that are not there.

use stepwright_deploy::nearest::{known, nearest};

/// Says that there is no such name, and which there are; and the one that was meant, if any is close.
pub(crate) fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    let meant = nearest(name, names.iter().copied());
    let meant = meant.map(|meant| format!("\n  = help: did you mean `{meant}`?")).unwrap_or_default();
    format!("no {what} `{name}` in this program; {}{meant}", all(names))
}

/// Says which names there are.
pub(crate) fn all<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    known(&names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_offered() {
        let told = unknown("workflow", "fulfill", ["run_job", "fulfil"].into_iter());
        assert_eq!(
            told,
            "no workflow `fulfill` in this program; there are: fulfil, run_job\n  = help: did you mean `fulfil`?"
        );
        assert!(!unknown("workflow", "xyz", ["run_job"].into_iter()).contains("help"));
        assert_eq!(unknown("task", "xyz", [].into_iter()), "no task `xyz` in this program; there are none");
    }
}
