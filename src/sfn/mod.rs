//! The service itself: answers to task tokens, and workers of activities.

mod service_error;
pub(crate) mod worker;

use std::time::Duration;

use aws_config::{BehaviorVersion, stalled_stream_protection::StalledStreamProtectionConfig, timeout::TimeoutConfig};
use aws_sdk_sfn::Client;
use stepwright_codegen::error::TaskFailure;

use crate::{Shared, TokenError, token::Message};

/// A poll for a task is held for a minute; nothing else takes as long.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(70);
/// The longest error name that the service takes, in characters.
const MAX_ERROR: usize = 256;
/// The longest cause that the service takes, in characters.
const MAX_CAUSE: usize = 32_768;

/// The process's client.
static CLIENT: Shared<Client> = Shared::new(|| Box::pin(connect()));

/// A client with what the environment says: region, credentials, `AWS_ENDPOINT_URL`.
async fn connect() -> Client {
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_TIMEOUT).build();
    let config = aws_config::defaults(BehaviorVersion::latest())
        .timeout_config(timeouts)
        // A poll that is held sends nothing meanwhile.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    Client::new(&config.load().await)
}

/// Why the service did not take a message.
pub(crate) struct Refusal {
    pub(crate) error: TokenError,
    /// Whether it may take the same message later.
    pub(crate) is_passing: bool,
}

/// Tells a call that waits for a token.
pub(crate) async fn tell(token: &str, message: &Message) -> Result<(), Refusal> {
    let client = CLIENT.get().await;
    match message {
        Message::Answer(Ok(output)) => {
            let sent = client.send_task_success().task_token(token).output(output.to_string()).send().await;
            sent.map(drop).map_err(|error| service_error::of_token(&error))
        }
        Message::Answer(Err(TaskFailure { name, cause })) => {
            let failure = client.send_task_failure().task_token(token).error(shortened(name.clone(), MAX_ERROR));
            let sent = failure.set_cause(cause.clone().map(|cause| shortened(cause, MAX_CAUSE))).send().await;
            sent.map(drop).map_err(|error| service_error::of_token(&error))
        }
        Message::Heartbeat => {
            let sent = client.send_task_heartbeat().task_token(token).send().await;
            sent.map(drop).map_err(|error| service_error::of_token(&error))
        }
    }
}

/// No more than so many characters of a text.
fn shortened(mut text: String, length: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(length) {
        text.truncate(end);
    }
    text
}
