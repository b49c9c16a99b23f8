//! What a Task state calls, as its events tell it.

use stepwright_asl::{Pattern, Resource as Arn};

use crate::service::{self, Call};

/// The resource of a Task state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) arn: String,
    pub(crate) kind: ResourceKind,
}

/// The families of resources, which have events of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    LambdaFunction,
    Activity,
    /// A service integration: `lambda` and `invoke`, `aws-sdk:s3` and `getObject`, `sqs` and `sendMessage.waitForTaskToken`.
    Service {
        resource_type: String,
        resource: String,
        pattern: Pattern,
        /// The call, if it is one that the interpreter may answer by itself.
        call: Option<Call>,
    },
}

impl Resource {
    /// Reads an ARN; `None` if it has none of the known forms.
    pub(crate) fn parse(arn: &str) -> Option<Resource> {
        let service = |prefix: &str, service: &str, action: &str, pattern: Pattern| {
            let (resource_type, resource) = (format!("{prefix}{service}"), format!("{action}{}", pattern.suffix()));
            let call = service::call_of(&resource_type, action);
            ResourceKind::Service { resource_type, resource, pattern, call }
        };
        let kind = match Arn::parse(arn)? {
            Arn::LambdaFunction(_) => ResourceKind::LambdaFunction,
            Arn::Activity(_) => ResourceKind::Activity,
            Arn::Service(call) => service("", call.service, call.action, call.pattern),
            Arn::Sdk(call) => service("aws-sdk:", call.service, call.action, call.pattern),
        };
        Some(Resource { arn: arn.to_owned(), kind })
    }

    /// Whether the task ends when somebody answers its token.
    pub(crate) fn waits_for_token(&self) -> bool {
        match &self.kind {
            ResourceKind::LambdaFunction | ResourceKind::Activity => false,
            ResourceKind::Service { pattern, .. } => *pattern == Pattern::WaitForTaskToken,
        }
    }

    /// Whether it is called with an object, and nothing else.
    pub(crate) fn takes_objects(&self) -> bool {
        matches!(self.kind, ResourceKind::Service { .. })
    }

    /// The call, if it is one that the interpreter may answer by itself.
    pub(crate) fn call(&self) -> Option<Call> {
        match &self.kind {
            ResourceKind::LambdaFunction | ResourceKind::Activity => None,
            ResourceKind::Service { call, .. } => *call,
        }
    }

    /// The ARN of the activity, if it is one.
    pub(crate) fn activity(&self) -> Option<&str> {
        matches!(self.kind, ResourceKind::Activity).then_some(self.arn.as_str())
    }

    /// The word for the resource in the message about a result that is too large.
    pub(crate) fn limit_name(&self) -> &str {
        match &self.kind {
            ResourceKind::LambdaFunction | ResourceKind::Activity => &self.arn,
            ResourceKind::Service { resource_type, .. } => resource_type,
        }
    }
}
