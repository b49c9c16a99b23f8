//! What starts executions by itself.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use super::{EventPattern, ScheduleExpression};

/// A start by the clock, done by EventBridge Scheduler.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleTrigger {
    /// `rate(…)`, `cron(…)` or `at(…)`.
    pub expression: ScheduleExpression,
    /// The time zone of the expression, such as `Europe/Berlin`; UTC if not given.
    pub timezone: Option<String>,
    /// The input; `{}` if not given.
    pub input: Option<Value>,
}

/// Events of EventBridge.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventTrigger {
    /// Which events.
    pub pattern: EventPattern,
    /// The name of the event bus; `default` if not given.
    pub bus: Option<String>,
    /// What of the event is the input, as a path such as `$.detail`; the whole event if not given.
    pub input_path: Option<String>,
}

/// Requests of a REST API. All routes of a stack are one API.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiTrigger {
    /// Method and path, such as `POST /orders`.
    pub route: Route,
    /// Whether bodies are held against the schema of the workflow's input, and refused with status 400; so if not given.
    #[serde(default = "yes")]
    pub validate: bool,
    /// Who may send them.
    #[serde(default)]
    pub authorization: Authorization,
}

/// Who may send requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authorization {
    /// Who signs them with credentials that may call the API.
    #[default]
    Iam,
    /// Everybody.
    None,
}

/// Messages of devices.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IotTrigger {
    /// Which messages, and what of them is the input, such as `SELECT * FROM 'orders/new'`.
    pub sql: String,
}

/// The method and path of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method; executions are only started by those that have a body.
    pub method: Method,
    /// The parts of the path, without slashes.
    pub path: Vec<String>,
}

/// A method that has a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
}

impl Authorization {
    /// What API Gateway calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Authorization::Iam => "AWS_IAM",
            Authorization::None => "NONE",
        }
    }
}

impl Method {
    /// All of them.
    const ALL: [Method; 3] = [Method::Post, Method::Put, Method::Patch];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
        }
    }
}

impl Route {
    /// Reads `POST /orders`; the parts of the path have letters, digits and `-._`, and there is at least one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (method, path) = text.split_once(' ')?;
        let method = Method::ALL.into_iter().find(|known| known.name() == method)?;
        let path: Vec<_> = path.trim_start().strip_prefix('/')?.split('/').map(str::to_owned).collect();
        let is_part =
            |part: &String| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
        path.iter().all(is_part).then_some(Route { method, path })
    }
}

impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected = "a method with a body and a path, such as `POST /orders`";
        Route::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no route: expected {expected}")))
    }
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_read() {
        let route = Route { method: Method::Post, path: vec!["orders".to_owned(), "new".to_owned()] };
        assert_eq!(Route::parse("POST /orders/new"), Some(route));
        for text in ["", "POST", "POST orders", "GET /orders", "post /orders", "POST /", "POST /a//b", "POST /{id}"] {
            assert_eq!(Route::parse(text), None, "{text}");
        }
    }
}
