//! Texts of which parts are only known where they are deployed.

use crate::{
    arn::{Arn, Location},
    id::Id,
};

/// A text with open parts, which each target fills in its own way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Vec<Part>);

/// A part of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What it says.
    Literal(String),
    /// `aws`, `aws-cn` or `aws-us-gov`.
    Partition,
    /// The region of the deployment.
    Region,
    /// The account of the deployment.
    Account,
    /// Something of a resource of the stack.
    Of(Id, Attribute),
    /// Something in the words of the target that put it here.
    Own(String),
}

/// What one resource can say of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// Its ARN.
    Arn,
    /// What its own service calls it, where that is made up when it is created.
    Id,
    /// The revision of a state machine.
    Revision,
    /// The resource `/` of an API.
    Root,
}

impl Text {
    /// The ARN of a resource of the stack.
    pub(crate) fn arn_of(id: &Id) -> Self {
        Text(vec![Part::Of(id.clone(), Attribute::Arn)])
    }

    /// Something of a resource of the stack.
    pub(crate) fn of(id: &Id, attribute: Attribute) -> Self {
        Text(vec![Part::Of(id.clone(), attribute)])
    }

    /// Something in the words of a target.
    pub(crate) fn own(words: impl Into<String>) -> Self {
        Text(vec![Part::Own(words.into())])
    }

    /// A text in which `${AWS::Partition}`, `${AWS::Region}` and `${AWS::AccountId}` are open.
    pub(crate) fn with_pseudo_parameters(text: &str) -> Self {
        let location = Location::pseudo_parameters();
        let open =
            [(location.partition, Part::Partition), (location.region, Part::Region), (location.account, Part::Account)];
        let mut parts = Vec::new();
        let mut rest = text;
        let next = |rest: &str| {
            let found = open.iter().filter_map(|(written, part)| Some((rest.find(written.as_str())?, written, part)));
            found.min_by_key(|(at, ..)| *at).map(|(at, written, part)| (at, at + written.len(), part.clone()))
        };
        while let Some((from, to, part)) = next(rest) {
            parts.extend(literal(rest.get(..from)));
            parts.push(part);
            rest = rest.get(to..).unwrap_or_default();
        }
        parts.extend(literal(Some(rest)));
        Text(parts)
    }

    /// The two texts, one behind the other.
    #[must_use]
    pub(crate) fn then(mut self, more: impl Into<Text>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The text itself, if none of it is open.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

fn literal(text: Option<&str>) -> Option<Part> {
    text.filter(|text| !text.is_empty()).map(|text| Part::Literal(text.to_owned()))
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text(literal(Some(text)).into_iter().collect())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&Arn> for Text {
    fn from(arn: &Arn) -> Self {
        Text::with_pseudo_parameters(&arn.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudo_parameters_are_open() {
        let text = Text::with_pseudo_parameters("arn:${AWS::Partition}:sqs:${AWS::Region}:1:${AWS::AccountId}");
        let literal = |text: &str| Part::Literal(text.to_owned());
        let expected =
            [literal("arn:"), Part::Partition, literal(":sqs:"), Part::Region, literal(":1:"), Part::Account];
        assert_eq!(text.0, expected);
        assert_eq!(Text::with_pseudo_parameters("${AWS::StackName}").literal(), Some("${AWS::StackName}"));
    }
}
