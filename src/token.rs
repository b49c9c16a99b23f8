//! Task tokens: answers that come later, from whoever was handed the token.

use std::{
    convert::Infallible,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
    sync::LazyLock,
    time::Duration,
};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use stepwright_codegen::{
    data::{Data, Shape, Shaped},
    error::{TaskError, TaskFailure},
    outcome::Outcome,
    stage::{Show, WorkflowValue},
};
use stepwright_runtime::{OpenToken, Signal, TaskTokens};

use crate::answer::{Answer, timed_out};

/// The token of a call that waits: whoever has it can answer the call.
///
/// `R` is what the call gives, `Result<Decision, Refused>` for one. A token is a text: `to_string` and `parse` carry it through
/// mails and queues. In native and local runs it is answered anywhere in the same process. With the feature `sfn` the tokens of the
/// service are answered through it, from wherever the answer is known: a Lambda function, a server, a program of its own. Region and
/// credentials are those of the environment, as with all of AWS's tools.
///
/// ```
/// use stepwright::{TaskToken, prelude::*};
///
/// #[task(wait_for_task_token, timeout = "7d")]
/// async fn ask(question: String, token: TaskToken<bool>) {
///     // Hands the token to somebody; here there is nobody to think about it.
///     let answer = question.ends_with('?');
///     let _ = token.succeed(answer).await;
/// }
///
/// #[workflow]
/// async fn decide(question: String) -> bool {
///     ask(question).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(decide::local().run("really?".into()).await.result(), Ok(true));
/// # }
/// ```
pub struct TaskToken<R> {
    text: String,
    of: PhantomData<fn() -> R>,
}

/// What a task that waits for a token can hand over: the token whose answer is `R`.
#[diagnostic::on_unimplemented(
    message = "a task cannot hand over `{Self}` as its token [SW209]",
    label = "this is no `TaskToken<…>`, written out",
    note = "put the token last: `token: TaskToken<Result<Answer, Error>>`; callers leave it out, and get the token's type"
)]
pub trait Token<R> {}

impl<R> Token<R> for TaskToken<R> {}

/// Why a token cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The call waits no more: it was answered, it timed out, or its execution ended.
    #[error("the task timed out: nothing waits for the token any more")]
    TimedOut,
    /// There is no such task any more.
    #[error("the task does not exist")]
    Unknown,
    /// The text is no token; without the feature `sfn` also the token of a call that is not of this process.
    #[error("the token is invalid{}", if cfg!(feature = "sfn") { "" } else { "; the tokens of the service need the feature `sfn`" })]
    Invalid,
    /// The service does not take the output: it has more than 262,144 bytes.
    #[error("the output is invalid: {0}")]
    InvalidOutput(String),
    /// The service could not be asked, or refuses for another reason.
    #[error("the token cannot be answered: {0}")]
    Service(String),
}

/// What is told about a call that waits.
#[derive(Debug)]
pub(crate) enum Message {
    /// It ends so.
    Answer(Answer),
    /// The work goes on.
    Heartbeat,
}

/// The tokens of all runs of this process.
pub(crate) fn tokens() -> &'static TaskTokens {
    static TOKENS: LazyLock<TaskTokens> = LazyLock::new(TaskTokens::new);
    &TOKENS
}

impl<R: Outcome> TaskToken<R> {
    /// Ends the call with a value.
    ///
    /// # Errors
    ///
    /// If no call waits for this token any more, or it cannot be told.
    pub async fn succeed(&self, value: R::Value) -> Result<(), TokenError> {
        let value = serde_json::to_value(value);
        let invalid = |error: serde_json::Error| TaskFailure::new(TaskFailure::INVALID_RESULT, error.to_string());
        send(&self.text, Message::Answer(value.map_err(invalid))).await
    }

    /// Tells that the work goes on: the time until the next heartbeat begins anew.
    ///
    /// # Errors
    ///
    /// If no call waits for this token any more, or it cannot be told.
    pub async fn heartbeat(&self) -> Result<(), TokenError> {
        send(&self.text, Message::Heartbeat).await
    }
}

impl<R: Outcome> TaskToken<R>
where
    R::Error: TaskError,
{
    /// Ends the call with an error.
    ///
    /// # Errors
    ///
    /// If no call waits for this token any more, or it cannot be told.
    pub async fn fail(&self, error: R::Error) -> Result<(), TokenError> {
        send(&self.text, Message::Answer(Err(TaskFailure::of(&error)))).await
    }
}

/// Tells the call behind a token: in this process, or through the service if the token is none of a process.
async fn send(token: &str, message: Message) -> Result<(), TokenError> {
    #[cfg(feature = "sfn")]
    if !stepwright_runtime::TaskTokens::is_token(token) {
        return crate::sfn::tell(token, &message).await.map_err(|refusal| refusal.error);
    }
    let told = match message {
        Message::Answer(given) => answer(token, given),
        Message::Heartbeat => tokens().heartbeat(token),
    };
    told.map_err(|error| match error {
        stepwright_runtime::TokenError::NotOpen => TokenError::TimedOut,
        stepwright_runtime::TokenError::Invalid => TokenError::Invalid,
    })
}

/// Answers a token of this process.
pub(crate) fn answer(token: &str, answer: Answer) -> Result<(), stepwright_runtime::TokenError> {
    match answer {
        Ok(value) => tokens().succeed(token, value),
        Err(TaskFailure { name, cause }) => {
            tokens().fail(token, stepwright_runtime::TaskFailure { error: Some(name), cause })
        }
    }
}

/// Waits for the answer to a token, between whose heartbeats no more than so much time may pass.
pub(crate) async fn wait(token: OpenToken, heartbeat: Option<Duration>) -> Answer {
    let mut heartbeats = 0;
    loop {
        let signal = token.signal(heartbeats);
        let signal = match heartbeat {
            Some(limit) => tokio::time::timeout(limit, signal).await.map_err(|_| timed_out())?,
            None => signal.await,
        };
        match signal {
            Signal::Alive(count) => heartbeats = count,
            Signal::Answered(answer) => {
                return answer
                    .map_err(|failure| TaskFailure { name: failure.error.unwrap_or_default(), cause: failure.cause });
            }
        }
    }
}

/// The arguments with the token beside them, by the names of the parameters.
pub(crate) fn with_token(params: &[&str], arguments: Value, name: &str, token: &str) -> Value {
    let mut fields = match (params, arguments) {
        ([only], argument) => serde_json::Map::from_iter([((*only).to_owned(), argument)]),
        (_, Value::Object(fields)) => fields,
        (_, _) => serde_json::Map::new(),
    };
    fields.insert(name.to_owned(), Value::from(token));
    Value::Object(fields)
}

/// A request in which one token stands in for another.
pub(crate) fn exchanged(request: &Value, old: &str, new: &str) -> Value {
    match request {
        Value::String(text) => Value::String(text.replace(old, new)),
        Value::Array(items) => items.iter().map(|item| exchanged(item, old, new)).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), exchanged(value, old, new))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => request.clone(),
    }
}

impl<R> TaskToken<R> {
    /// The token of this text.
    pub(crate) fn new(text: &str) -> Self {
        TaskToken { text: text.to_owned(), of: PhantomData }
    }
}

impl<R> Clone for TaskToken<R> {
    fn clone(&self) -> Self {
        TaskToken::new(&self.text)
    }
}

impl<R> PartialEq for TaskToken<R> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<R> Eq for TaskToken<R> {}

impl<R> Hash for TaskToken<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<R> fmt::Debug for TaskToken<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TaskToken").field(&self.text).finish()
    }
}

impl<R> fmt::Display for TaskToken<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Any text may be a token; whether a call waits for it shows when it is answered.
impl<R> FromStr for TaskToken<R> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(TaskToken::new(text))
    }
}

impl<R> Serialize for TaskToken<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de, R> Deserialize<'de> for TaskToken<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| TaskToken::new(&text))
    }
}

impl<R> JsonSchema for TaskToken<R> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

impl<R: 'static> Shaped for TaskToken<R> {
    fn shape() -> Shape {
        Shape::Text
    }
}

impl<R: 'static> Data for TaskToken<R> {
    type Methods = ();
}

impl<R: 'static> Show for TaskToken<R> {
    fn show(value: WorkflowValue<Self>) -> WorkflowValue<String> {
        WorkflowValue::from_id(value.id())
    }
}
