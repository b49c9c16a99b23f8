//! What the `Resource` of a Task state means.

use std::fmt;

/// What a Task state calls, read from its `Resource`. `Display` gives the ARN again.
///
/// ```
/// use stepwright_asl::{Pattern, Resource};
///
/// let Some(Resource::Service(call)) = Resource::parse("arn:aws:states:::sqs:sendMessage.waitForTaskToken") else {
///     panic!("a service integration");
/// };
/// assert_eq!((call.service, call.action, call.pattern), ("sqs", "sendMessage", Pattern::WaitForTaskToken));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource<'a> {
    /// A Lambda function, called with the whole payload; its return value is the result.
    LambdaFunction(LambdaFunction<'a>),
    /// An activity, whose workers poll for the payload.
    Activity(Activity<'a>),
    /// An API that Step Functions itself knows how to call, such as `lambda:invoke`.
    Service(ServiceCall<'a>),
    /// Any API of the AWS SDK.
    Sdk(ServiceCall<'a>),
}

/// `arn:<partition>:lambda:<region>:<account>:function:<name>[:<qualifier>]`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LambdaFunction<'a> {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: &'a str,
    /// Such as `eu-west-1`.
    pub region: &'a str,
    /// Twelve digits.
    pub account: &'a str,
    /// The function's name.
    pub name: &'a str,
    /// The function's version or alias.
    pub qualifier: Option<&'a str>,
}

/// `arn:<partition>:states:<region>:<account>:activity:<name>`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Activity<'a> {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: &'a str,
    /// Such as `eu-west-1`.
    pub region: &'a str,
    /// Twelve digits.
    pub account: &'a str,
    /// The activity's name.
    pub name: &'a str,
}

/// `arn:<partition>:states:::[aws-sdk:]<service>:<action>[.<pattern>]`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServiceCall<'a> {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: &'a str,
    /// The service's prefix, such as `dynamodb`.
    pub service: &'a str,
    /// The API in camel case, such as `putItem`.
    pub action: &'a str,
    /// What the state waits for.
    pub pattern: Pattern,
}

/// What a Task state that calls a service waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// The API's answer.
    RequestResponse,
    /// The end of the job that the API starts (`.sync`).
    Sync,
    /// The same, with the job's output as JSON instead of text (`.sync:2`).
    Sync2,
    /// A call of `SendTaskSuccess` or `SendTaskFailure` with the task's token (`.waitForTaskToken`).
    WaitForTaskToken,
}

impl<'a> Resource<'a> {
    /// Takes an ARN apart; `None` when it has none of the known forms, as with a placeholder that a deployment tool
    /// fills in. Whether the service has such an API is not checked.
    #[must_use]
    pub fn parse(arn: &'a str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        let mut part = || parts.next();
        let (Some("arn"), Some(partition), Some(namespace), Some(region), Some(account), Some(resource)) =
            (part(), part(), part(), part(), part(), part())
        else {
            return None;
        };
        match (namespace, region, account) {
            ("lambda", _, _) => {
                let (name, qualifier) = name_and_qualifier(resource.strip_prefix("function:")?);
                named(name)?;
                Some(Self::LambdaFunction(LambdaFunction { partition, region, account, name, qualifier }))
            }
            ("states", "", "") => service_call(partition, resource),
            // Calls of the SDK are sometimes written with the region and the account of the machine.
            ("states", _, _) if resource.starts_with(SDK) => service_call(partition, resource),
            ("states", _, _) => {
                let name = named(resource.strip_prefix("activity:")?)?;
                Some(Self::Activity(Activity { partition, region, account, name }))
            }
            _ => None,
        }
    }

    /// What the state waits for. A Lambda function's or an activity's answer is waited for as that of an API.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        match self {
            Self::LambdaFunction(_) | Self::Activity(_) => Pattern::RequestResponse,
            Self::Service(call) | Self::Sdk(call) => call.pattern,
        }
    }
}

impl Pattern {
    /// What the pattern adds to the ARN.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::RequestResponse => "",
            Self::Sync => ".sync",
            Self::Sync2 => ".sync:2",
            Self::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    fn from_suffix(suffix: &str) -> Option<Self> {
        [Self::RequestResponse, Self::Sync, Self::Sync2, Self::WaitForTaskToken]
            .into_iter()
            .find(|pattern| pattern.suffix() == suffix)
    }
}

/// What stands before the service in a call of the SDK.
const SDK: &str = "aws-sdk:";

fn service_call<'a>(partition: &'a str, resource: &'a str) -> Option<Resource<'a>> {
    let sdk = resource.strip_prefix(SDK);
    let (service, api) = sdk.unwrap_or(resource).split_once(':')?;
    let (action, suffix) = api.split_at(api.find('.').unwrap_or(api.len()));
    let pattern = Pattern::from_suffix(suffix)?;
    let call = ServiceCall { partition, service: named(service)?, action: named(action)?, pattern };
    match sdk {
        Some(_) => Some(Resource::Sdk(call)),
        None => Some(Resource::Service(call)),
    }
}

fn name_and_qualifier(text: &str) -> (&str, Option<&str>) {
    match text.split_once(':') {
        Some((name, qualifier)) => (name, Some(qualifier)),
        None => (text, None),
    }
}

/// `name`, if it can be one: not empty, and no further part of an ARN behind it.
fn named(name: &str) -> Option<&str> {
    (!name.is_empty() && !name.contains(':')).then_some(name)
}

impl fmt::Display for Resource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LambdaFunction(LambdaFunction { partition, region, account, name, qualifier }) => {
                write!(f, "arn:{partition}:lambda:{region}:{account}:function:{name}")?;
                qualifier.map_or(Ok(()), |qualifier| write!(f, ":{qualifier}"))
            }
            Self::Activity(Activity { partition, region, account, name }) => {
                write!(f, "arn:{partition}:states:{region}:{account}:activity:{name}")
            }
            Self::Service(ServiceCall { partition, service, action, pattern }) => {
                write!(f, "arn:{partition}:states:::{service}:{action}{}", pattern.suffix())
            }
            Self::Sdk(ServiceCall { partition, service, action, pattern }) => {
                write!(f, "arn:{partition}:states:::aws-sdk:{service}:{action}{}", pattern.suffix())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written() {
        for (arn, pattern) in [
            ("arn:aws:lambda:eu-west-1:123456789012:function:charge", Pattern::RequestResponse),
            ("arn:aws-cn:lambda:cn-north-1:123456789012:function:charge:live", Pattern::RequestResponse),
            ("arn:aws:states:eu-west-1:123456789012:activity:approve", Pattern::RequestResponse),
            ("arn:aws:states:::dynamodb:putItem", Pattern::RequestResponse),
            ("arn:aws:states:::ecs:runTask.sync", Pattern::Sync),
            ("arn:aws:states:::states:startExecution.sync:2", Pattern::Sync2),
            ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", Pattern::WaitForTaskToken),
            ("arn:aws-us-gov:states:::aws-sdk:s3:listBuckets", Pattern::RequestResponse),
            ("arn:aws:states:::aws-sdk:sns:publish.waitForTaskToken", Pattern::WaitForTaskToken),
        ] {
            let resource = Resource::parse(arn).unwrap();
            assert_eq!((resource.to_string().as_str(), resource.pattern()), (arn, pattern));
        }
    }

    #[test]
    fn the_sdk_is_told_from_optimized_integrations() {
        assert!(matches!(Resource::parse("arn:aws:states:::aws-sdk:sqs:sendMessage"), Some(Resource::Sdk(_))));
        assert!(matches!(Resource::parse("arn:aws:states:::sqs:sendMessage"), Some(Resource::Service(_))));
        let with_region = Resource::parse("arn:aws:states:us-east-1:123456789012:aws-sdk:sqs:sendMessage");
        assert_eq!(with_region, Resource::parse("arn:aws:states:::aws-sdk:sqs:sendMessage"));
    }

    #[test]
    fn other_texts_are_no_resources() {
        for text in [
            "",
            "${ChargeFunction}",
            "arn:aws:states:::dynamodb",
            "arn:aws:states:::dynamodb:",
            "arn:aws:states:::ecs:runTask.async",
            "arn:aws:states:eu-west-1:123456789012:stateMachine:other",
            "arn:aws:lambda:eu-west-1:123456789012:function:",
            "arn:aws:s3:::bucket",
        ] {
            assert_eq!(Resource::parse(text), None, "{text}");
        }
    }
}
