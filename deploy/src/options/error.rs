//! What is wrong with a `Stepwright.toml`.

use std::fmt;

use crate::nearest::nearest;

/// The text is not what a `Stepwright.toml` may be. `Display` shows the line and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionsError {
    shown: String,
    help: Option<String>,
}

impl OptionsError {
    pub(super) fn new(error: &toml::de::Error, text: &str) -> Self {
        let mut error = error.clone();
        error.set_input(Some(text));
        OptionsError { shown: error.to_string(), help: help(error.message()) }
    }

    /// What may have been meant.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

/// serde names in backticks what it does not know, and after it what it does.
fn help(message: &str) -> Option<String> {
    let unknown = ["unknown field", "unknown variant"].iter().any(|start| message.starts_with(start));
    let mut quoted = message.split('`').skip(1).step_by(2);
    let meant = nearest(quoted.next().filter(|_| unknown)?, quoted)?;
    Some(format!("did you mean `{meant}`?"))
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown.trim_end())?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  = help: {help}"))
    }
}

impl std::error::Error for OptionsError {}

#[cfg(test)]
mod tests {
    use crate::options::Options;

    fn told(text: &str) -> String {
        Options::from_toml(text).unwrap_err().to_string()
    }

    #[test]
    fn unknown_keys_are_refused_with_the_place_and_the_nearest() {
        insta::assert_snapshot!(told("name = \"shop\"\n\n[workflow.fulfil]\nloging = { level = \"all\" }\n"));
        insta::assert_snapshot!(told("[workflow.fulfil.logging]\nlevel = \"al\"\n"));
    }

    #[test]
    fn wrong_values_are_refused() {
        insta::assert_snapshot!(told("[task.charge]\nmemory = \"512\"\n"));
        insta::assert_snapshot!(told("[[workflow.fulfil.api]]\nroute = \"POST orders\"\n"));
        insta::assert_snapshot!(told(
            "[[task.charge.allow]]\nactions = [\"s3:GetObject\"]\nresources = [\"bucket\"]\n"
        ));
        insta::assert_snapshot!(told("[[workflow.fulfil.schedule]]\nexpression = \"hourly\"\n"));
        insta::assert_snapshot!(told("[[workflow.fulfil.event]]\npattern = { detail_type = [\"order placed\"] }\n"));
    }
}
