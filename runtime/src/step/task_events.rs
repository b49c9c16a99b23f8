//! The events of a task: each family of resources has its own.

use serde_json::json;
use stepwright_asl::{Pattern, error_name};

use super::task::Settings;
use crate::history::{Details, Event, EventType};
use crate::resource::{Resource, ResourceKind};
use crate::value::Value;

impl Resource {
    pub(super) fn scheduled(&self, settings: &Settings, region: &str) -> Event {
        let (event_type, details) = match &self.kind {
            ResourceKind::LambdaFunction => (EventType::LambdaFunctionScheduled, self.function(settings)),
            ResourceKind::Activity => {
                let details = self.function(settings);
                (EventType::ActivityScheduled, details.optional_number("heartbeatInSeconds", settings.heartbeat))
            }
            ResourceKind::Service { resource_type, resource, .. } => {
                let details = service(resource_type, resource).text("region", region);
                let details = details.json_text("parameters", &settings.arguments);
                let details = details.optional_number("timeoutInSeconds", settings.timeout);
                (EventType::TaskScheduled, details.optional_number("heartbeatInSeconds", settings.heartbeat))
            }
        };
        match &settings.role_arn {
            Some(role) => (event_type, Some(details.plain("taskCredentials", json!({ "roleArn": role })))),
            None => (event_type, Some(details)),
        }
    }

    fn function(&self, settings: &Settings) -> Details {
        let details = Details::new().text("resource", &self.arn).input(&settings.arguments);
        details.optional_number("timeoutInSeconds", settings.timeout)
    }

    /// The start of the work; only workers of activities have names.
    pub(super) fn started(&self, worker: Option<&str>) -> Event {
        match &self.kind {
            ResourceKind::LambdaFunction => (EventType::LambdaFunctionStarted, None),
            ResourceKind::Activity => {
                (EventType::ActivityStarted, Some(Details::new().optional_text("workerName", worker)))
            }
            ResourceKind::Service { resource_type, resource, .. } => {
                (EventType::TaskStarted, Some(service(resource_type, resource)))
            }
        }
    }

    /// The event between start and end; only calls of services that go on after their answer have it.
    pub(super) fn submitted(&self, output: &Value) -> Option<Event> {
        match &self.kind {
            ResourceKind::LambdaFunction | ResourceKind::Activity => None,
            ResourceKind::Service { pattern: Pattern::RequestResponse, .. } => None,
            ResourceKind::Service { resource_type, resource, .. } => {
                Some((EventType::TaskSubmitted, Some(service(resource_type, resource).output(output))))
            }
        }
    }

    pub(super) fn succeeded(&self, output: &Value) -> Event {
        match &self.kind {
            ResourceKind::LambdaFunction => (EventType::LambdaFunctionSucceeded, Some(Details::new().output(output))),
            ResourceKind::Activity => (EventType::ActivitySucceeded, Some(Details::new().output(output))),
            ResourceKind::Service { resource_type, resource, .. } => {
                (EventType::TaskSucceeded, Some(service(resource_type, resource).output(output)))
            }
        }
    }

    pub(super) fn failed(&self, error: Option<&str>, cause: Option<&str>) -> Event {
        match &self.kind {
            ResourceKind::LambdaFunction => (EventType::LambdaFunctionFailed, Some(Details::error(error, cause))),
            ResourceKind::Activity => (EventType::ActivityFailed, Some(Details::error(error, cause))),
            ResourceKind::Service { resource_type, resource, .. } => {
                let details = service(resource_type, resource);
                let details = details.optional_text("error", error).optional_text("cause", cause);
                (EventType::TaskFailed, Some(details))
            }
        }
    }

    pub(super) fn timed_out(&self) -> Event {
        let error = Some(error_name::TIMEOUT);
        match &self.kind {
            ResourceKind::LambdaFunction => (EventType::LambdaFunctionTimedOut, Some(Details::error(error, None))),
            ResourceKind::Activity => (EventType::ActivityTimedOut, Some(Details::error(error, None))),
            ResourceKind::Service { resource_type, resource, .. } => {
                (EventType::TaskTimedOut, Some(service(resource_type, resource).optional_text("error", error)))
            }
        }
    }
}

fn service(resource_type: &str, resource: &str) -> Details {
    Details::new().text("resourceType", resource_type).text("resource", resource)
}
