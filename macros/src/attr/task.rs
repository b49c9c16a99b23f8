//! `#[task(…)]`

use proc_macro2::{Span, TokenStream};
use syn::LitStr;

use super::{Options, Retry};
use crate::{diagnostic, errors::Errors};

const VALID: &[&str] = &["name", "resource", "timeout", "heartbeat", "retry", "activity", "wait_for_task_token"];
/// The States Language's greatest `TimeoutSeconds` and `HeartbeatSeconds`.
const LONGEST: u64 = 99_999_999;

/// What a task asks for.
pub(crate) struct TaskOptions {
    pub(crate) name: Option<String>,
    pub(crate) kind: Kind,
    /// In seconds.
    pub(crate) timeout: Option<u64>,
    /// In seconds.
    pub(crate) heartbeat: Option<u64>,
    pub(crate) retry: Vec<Retry>,
}

/// Who does the work of a task.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A Lambda function.
    Lambda,
    /// A worker that polls.
    Activity,
    /// A Lambda function that hands a token to whoever answers.
    WaitForTaskToken,
    /// A service integration, or a function that someone else deploys.
    Resource(String),
}

impl Kind {
    /// Whether it is a service that waits until somebody answers the token in its request.
    pub(crate) fn takes_token_request(&self) -> bool {
        matches!(self, Kind::Resource(arn) if arn.ends_with(".waitForTaskToken"))
    }
}

impl TaskOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &Errors) -> Self {
        let mut options = Options::parse(tokens, VALID, errors);
        let heartbeat_at = options.span("heartbeat");
        let parsed = TaskOptions {
            name: options.text("name").map(|name| name.value()),
            kind: kind(&mut options, errors),
            timeout: options.seconds("timeout", 1..=LONGEST),
            heartbeat: options.seconds("heartbeat", 1..=LONGEST),
            retry: options.lists("retry").into_iter().map(|list| Retry::parse(list.tokens, errors)).collect(),
        };
        let longer = parsed.timeout.zip(parsed.heartbeat).is_some_and(|(timeout, heartbeat)| heartbeat >= timeout);
        if longer && let Some(at) = heartbeat_at {
            errors.report_about(at, &diagnostic::OPTION_RANGE, "`heartbeat` is shorter than `timeout`");
        }
        parsed
    }
}

/// Who does the work: one of the options that say so, or a Lambda function.
fn kind(options: &mut Options<'_>, errors: &Errors) -> Kind {
    let said: Vec<Span> =
        ["activity", "wait_for_task_token", "resource"].iter().filter_map(|name| options.span(name)).collect();
    if let Some(second) = said.get(1) {
        errors.report(*second, &diagnostic::TWO_KINDS);
    }
    let resource = options.text("resource");
    match (options.flag("activity"), options.flag("wait_for_task_token"), resource) {
        (true, _, _) => Kind::Activity,
        (false, true, _) => Kind::WaitForTaskToken,
        (false, false, Some(resource)) => Kind::Resource(arn(&resource, errors)),
        (false, false, None) => Kind::Lambda,
    }
}

fn arn(resource: &LitStr, errors: &Errors) -> String {
    let arn = resource.value();
    if !arn.starts_with("arn:") {
        errors.report_about(resource.span(), &diagnostic::OPTION_VALUE, "`resource` takes an ARN (`arn:…`)");
    }
    arn
}
