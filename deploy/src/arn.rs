//! Names of AWS resources, in which the place of deployment may be left open.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The name of a resource, or a pattern with `*` and `?` for the names of several: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
///
/// Partition, region and account may be open: they are those that the stack is deployed to, and every target says so in its
/// own way, see [`Location`]. `Display` and `FromStr` use CloudFormation's pseudo parameters for them.
///
/// ```
/// use stepwright_deploy::arn::{Arn, Location};
///
/// let queue = Arn::here("sqs", "orders");
/// assert_eq!(queue.to_string(), "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders");
/// assert_eq!(queue.to_string().parse(), Ok(queue.clone()));
///
/// let ireland = Location::new("aws", "eu-west-1", "123456789012");
/// assert_eq!(queue.at(&ireland), "arn:aws:sqs:eu-west-1:123456789012:orders");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    /// `aws`, `aws-cn` or `aws-us-gov`, unless open.
    pub partition: Part,
    /// The service's namespace, such as `lambda`.
    pub service: String,
    /// Such as `eu-west-1`, unless open; empty for global resources.
    pub region: Part,
    /// Twelve digits, unless open; empty for resources of no account.
    pub account: Part,
    /// What the service calls the resource, such as `function:charge`.
    pub resource: String,
}

/// Partition, region or account in an [`Arn`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// That of the deployment.
    Open,
    /// This one; may be empty.
    Given(String),
}

/// How a target writes partition, region and account of the deployment: as values or as references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Such as `aws`, or a reference to the partition.
    pub partition: String,
    /// Such as `eu-west-1`, or a reference to the region.
    pub region: String,
    /// Twelve digits, or a reference to the account.
    pub account: String,
}

/// A text is not an ARN: it has not the six parts, the first of them `arn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnArn;

impl Arn {
    /// A resource in the deployment's own region and account.
    #[must_use]
    pub fn here(service: &str, resource: impl Into<String>) -> Self {
        Self { region: Part::Open, ..Self::global(service, resource) }
    }

    /// A resource of the deployment's own account that belongs to no region, such as a role.
    #[must_use]
    pub fn global(service: &str, resource: impl Into<String>) -> Self {
        Self { account: Part::Open, ..Self::public(service, resource) }
    }

    /// A resource whose name has neither region nor account, such as a bucket.
    #[must_use]
    pub fn public(service: &str, resource: impl Into<String>) -> Self {
        Self {
            partition: Part::Open,
            service: service.to_owned(),
            region: Part::none(),
            account: Part::none(),
            resource: resource.into(),
        }
    }

    /// The same service, region and account, but another resource.
    #[must_use]
    pub fn with_resource(&self, resource: impl Into<String>) -> Self {
        Self { resource: resource.into(), ..self.clone() }
    }

    /// The text of the ARN at a place.
    #[must_use]
    pub fn at(&self, location: &Location) -> String {
        let Self { partition, service, region, account, resource } = self;
        let (partition, region) = (partition.or(&location.partition), region.or(&location.region));
        format!("arn:{partition}:{service}:{region}:{}:{resource}", account.or(&location.account))
    }
}

/// The partition that a region belongs to; open where the region is.
///
/// ```
/// assert_eq!(stepwright_deploy::arn::partition_of("cn-north-1"), "aws-cn");
/// ```
#[must_use]
pub fn partition_of(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("${") => "${AWS::Partition}",
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

/// Whether a text can be the number of an account: twelve digits.
#[must_use]
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Part {
    /// A part that is not there.
    #[must_use]
    pub fn none() -> Self {
        Self::Given(String::new())
    }

    /// The part's text, where `open` stands for that of the deployment.
    #[must_use]
    pub fn or<'a>(&'a self, open: &'a str) -> &'a str {
        match self {
            Self::Open => open,
            Self::Given(text) => text,
        }
    }

    fn read(text: &str, open: &str) -> Self {
        if text == open { Self::Open } else { Self::Given(text.to_owned()) }
    }
}

impl Location {
    /// A place with these three names.
    #[must_use]
    pub fn new(partition: &str, region: &str, account: &str) -> Self {
        Self { partition: partition.to_owned(), region: region.to_owned(), account: account.to_owned() }
    }

    /// CloudFormation's references to wherever a stack is created.
    #[must_use]
    pub fn pseudo_parameters() -> Self {
        Self::new("${AWS::Partition}", "${AWS::Region}", "${AWS::AccountId}")
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.at(&Location::pseudo_parameters()))
    }
}

impl FromStr for Arn {
    type Err = NotAnArn;

    fn from_str(text: &str) -> Result<Self, NotAnArn> {
        let open = Location::pseudo_parameters();
        let mut rest = text.strip_prefix("arn:").ok_or(NotAnArn)?;
        let mut part = || {
            let (part, after) = split_part(rest).ok_or(NotAnArn)?;
            rest = after;
            Ok(part)
        };
        let partition = Part::read(part()?, &open.partition);
        let service = part()?.to_owned();
        let region = Part::read(part()?, &open.region);
        let account = Part::read(part()?, &open.account);
        let complete = !service.is_empty() && !rest.is_empty();
        complete.then(|| Self { partition, service, region, account, resource: rest.to_owned() }).ok_or(NotAnArn)
    }
}

/// What stands before the next colon that is not within a placeholder, and what stands after it.
fn split_part(text: &str) -> Option<(&str, &str)> {
    let placeholder = text.strip_prefix("${").and_then(|inner| inner.find('}'));
    let from = placeholder.map_or(0, |length| "${".len() + length);
    let colon = from + text.get(from..)?.find(':')?;
    Some((text.get(..colon)?, text.get(colon + 1..)?))
}

impl fmt::Display for NotAnArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an ARN: expected `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`")
    }
}

impl std::error::Error for NotAnArn {}

impl Serialize for Arn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Arn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| D::Error::custom(format!("`{text}` is {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_read_and_written() {
        for (text, resource) in [
            ("arn:aws:s3:::bucket/key", "bucket/key"),
            ("arn:aws:lambda:eu-west-1:123456789012:function:charge:live", "function:charge:live"),
            ("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:m", "stateMachine:m"),
            ("arn:${Other}:states:${Region}:${Account}:execution:m/label:*", "execution:m/label:*"),
            ("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Name}", "role/${Name}"),
        ] {
            let arn: Arn = text.parse().unwrap();
            assert_eq!((arn.to_string().as_str(), arn.resource.as_str()), (text, resource));
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "charge", "${Function}", "arn:aws:s3:bucket", "arn:aws:s3:::", "arn:aws::::x", "arn:${AWS:s3"]
        {
            assert_eq!(text.parse::<Arn>(), Err(NotAnArn), "{text}");
        }
    }
}
