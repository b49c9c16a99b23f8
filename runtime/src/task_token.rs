//! Answers to tasks that wait for them: the tokens of `.waitForTaskToken`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use serde_json::Value as Json;

use crate::task_handler::TaskFailure;

/// The open task tokens of any number of executions.
///
/// Clones share the tokens: give one to [`Interpreter::task_tokens`](crate::Interpreter::task_tokens), keep another to answer with.
#[derive(Clone, Debug, Default)]
pub struct TaskTokens(Arc<Mutex<HashMap<Arc<str>, Open>>>);

/// Why a token cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// No task waits for this token any more: it was answered or timed out.
    #[error("Task Timed Out: 'Provided task does not exist anymore'")]
    NotOpen,
    /// The text is no token of ours.
    #[error("Invalid Token: 'Invalid token'")]
    Invalid,
}

#[derive(Debug, Default)]
struct Open {
    /// What was told of the task; boxed, as of nearly all that wait nothing was yet.
    news: Option<Box<News>>,
    waker: Option<Waker>,
}

#[derive(Debug, Default)]
struct News {
    answer: Option<Result<Json, TaskFailure>>,
    heartbeats: u64,
    /// The worker that has taken the task, and its name if it has told it.
    taken_by: Option<Option<String>>,
}

/// What a waiting task learns.
#[derive(Debug)]
pub enum Signal {
    /// The answer.
    Answered(Result<Json, TaskFailure>),
    /// The number of heartbeats so far.
    Alive(u64),
}

impl Open {
    fn is_answered(&self) -> bool {
        self.news.as_ref().is_some_and(|news| news.answer.is_some())
    }
}

impl TaskTokens {
    /// No tokens yet.
    #[must_use]
    pub fn new() -> TaskTokens {
        TaskTokens::default()
    }

    /// Ends the task with an output (`SendTaskSuccess`).
    ///
    /// # Errors
    ///
    /// If no task waits for the token, or the text is none.
    pub fn succeed(&self, token: &str, output: Json) -> Result<(), TokenError> {
        self.update(token, |news| news.answer = Some(Ok(output)))
    }

    /// Ends the task with a failure (`SendTaskFailure`).
    ///
    /// # Errors
    ///
    /// If no task waits for the token, or the text is none.
    pub fn fail(&self, token: &str, failure: TaskFailure) -> Result<(), TokenError> {
        self.update(token, |news| news.answer = Some(Err(failure)))
    }

    /// Tells that the task is being worked on (`SendTaskHeartbeat`): its heartbeat time starts anew.
    ///
    /// # Errors
    ///
    /// If no task waits for the token, or the text is none.
    pub fn heartbeat(&self, token: &str) -> Result<(), TokenError> {
        self.update(token, |news| news.heartbeats += 1)
    }

    /// Tells that a worker has taken the task; false if it waits no more.
    pub(crate) fn take(&self, token: &str, worker: Option<&str>) -> bool {
        self.update(token, |news| news.taken_by = Some(worker.map(str::to_owned))).is_ok()
    }

    /// Whether a task waits for the token.
    pub(crate) fn is_open(&self, token: &str) -> bool {
        self.lock().get(token).is_some_and(|open| !open.is_answered())
    }

    /// Opens a token, until the guard is dropped.
    #[must_use]
    pub fn open(&self, token: impl Into<Arc<str>>) -> OpenToken {
        let token = token.into();
        self.lock().insert(Arc::clone(&token), Open::default());
        OpenToken { tokens: self.clone(), token }
    }

    /// Whether a text could be a token of this interpreter: they are random identifiers. Those of the service are longer.
    #[must_use]
    pub fn is_token(text: &str) -> bool {
        text.len() == 36 && text.chars().all(|char| char == '-' || char.is_ascii_hexdigit())
    }

    fn update(&self, token: &str, update: impl FnOnce(&mut News)) -> Result<(), TokenError> {
        let mut tokens = self.lock();
        let open = tokens.get_mut(token).filter(|open| !open.is_answered());
        let open = open.ok_or(if TaskTokens::is_token(token) { TokenError::NotOpen } else { TokenError::Invalid })?;
        update(open.news.get_or_insert_default());
        let waker = open.waker.take();
        drop(tokens);
        if let Some(waker) = waker {
            waker.wake();
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A token that a task waits for.
#[derive(Debug)]
pub struct OpenToken {
    tokens: TaskTokens,
    token: Arc<str>,
}

impl OpenToken {
    /// Waits until a worker takes the task; the worker's name.
    pub(crate) fn taken(&self) -> impl Future<Output = Option<String>> + Send + Unpin {
        self.wait_for(|news| news.taken_by.clone())
    }

    /// Waits for the answer, or for more heartbeats than were known.
    pub fn signal(&self, known_heartbeats: u64) -> impl Future<Output = Signal> + Send + Unpin {
        self.wait_for(move |news| match &news.answer {
            Some(answer) => Some(Signal::Answered(answer.clone())),
            None => (news.heartbeats > known_heartbeats).then_some(Signal::Alive(news.heartbeats)),
        })
    }

    fn wait_for<T>(&self, wanted: impl Fn(&News) -> Option<T> + Unpin) -> impl Future<Output = T> + Unpin {
        std::future::poll_fn(move |context| {
            let mut tokens = self.tokens.lock();
            let Some(open) = tokens.get_mut(&*self.token) else { return Poll::Pending };
            if let Some(found) = open.news.as_deref().and_then(&wanted) {
                return Poll::Ready(found);
            }
            open.waker = Some(context.waker().clone());
            Poll::Pending
        })
    }
}

impl Drop for OpenToken {
    fn drop(&mut self) {
        self.tokens.lock().remove(&*self.token);
    }
}
