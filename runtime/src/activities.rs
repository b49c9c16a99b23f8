//! Activities: tasks that wait until a worker takes them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use serde_json::Value as Json;

use crate::clock::{Clock, Hold};
use crate::task_handler::TaskFailure;
use crate::task_token::{TaskTokens, TokenError};
use crate::value::Value;

/// Activities by name, and their tasks that no worker has taken yet.
///
/// Clones share them: give one to [`Interpreter::activities`](crate::Interpreter::activities), keep another for the workers. Then the task of
/// an activity waits for [`Activities::poll`], and an activity that was not created is an error of the execution.
///
/// Virtual time stands still while a worker has a task, as it does for a task handler; a worker that sleeps on
/// [`ActivityTask::clock`] takes that much of it. While nobody polls, virtual time goes on to the task's time-out.
#[derive(Clone, Debug, Default)]
pub struct Activities(Arc<Mutex<HashMap<String, Queue>>>);

/// There is no such activity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Activity Does Not Exist: '{0}'")]
pub struct ActivityDoesNotExist(pub String);

#[derive(Debug, Default)]
struct Queue {
    scheduled: VecDeque<Scheduled>,
    pollers: usize,
    waiting: Vec<Waker>,
}

/// A task that no worker has taken.
#[derive(Debug)]
pub(crate) struct Scheduled {
    pub(crate) token: Arc<str>,
    pub(crate) tokens: TaskTokens,
    pub(crate) input: Value,
    pub(crate) clock: Clock,
    /// Keeps time still for the worker that is about to take it, which gets the clock.
    pub(crate) hold: Hold,
}

/// The task of an activity, taken by a worker; one that is dropped without an answer runs into its time-outs.
#[derive(Debug)]
pub struct ActivityTask {
    token: Arc<str>,
    tokens: TaskTokens,
    input: Json,
    clock: Clock,
    _hold: Hold,
}

impl Activities {
    /// No activities yet.
    #[must_use]
    pub fn new() -> Activities {
        Activities::default()
    }

    /// Adds an activity, unless it is there.
    pub fn create(&self, name: &str) {
        self.lock().entry(name.to_owned()).or_default();
    }

    /// Takes an activity away; its tasks run into their time-outs.
    pub fn delete(&self, name: &str) {
        self.lock().remove(name);
    }

    /// Waits for a task of the activity, which is given by name or ARN (`GetActivityTask`).
    ///
    /// The service gives up after 60 seconds; this waits until the future is dropped.
    ///
    /// # Errors
    ///
    /// If there is no such activity.
    pub async fn poll(&self, activity: &str, worker: Option<&str>) -> Result<ActivityTask, ActivityDoesNotExist> {
        let _poller = Poller::new(self, activity)?;
        std::future::poll_fn(|context| match self.take(activity, worker) {
            Ok(Some(task)) => Poll::Ready(Ok(task)),
            Ok(None) => {
                self.wait(activity, context.waker());
                Poll::Pending
            }
            Err(error) => Poll::Ready(Err(error)),
        })
        .await
    }

    /// Takes a task of the activity if one waits.
    ///
    /// # Errors
    ///
    /// If there is no such activity.
    pub fn take(&self, activity: &str, worker: Option<&str>) -> Result<Option<ActivityTask>, ActivityDoesNotExist> {
        let next = |activities: &Activities| {
            activities.with(activity, |queue| queue.scheduled.pop_front()).ok_or_else(|| no_activity(activity))
        };
        while let Some(Scheduled { token, tokens, input, clock, hold }) = next(self)? {
            let (clock, hold) = if hold.is_empty() { clock.hold() } else { (clock, hold) };
            // Those that have timed out since are passed over.
            if tokens.take(&token, worker) {
                return Ok(Some(ActivityTask { token, tokens, input: input.to_json(), clock, _hold: hold }));
            }
        }
        Ok(None)
    }

    pub(crate) fn exists(&self, activity: &str) -> bool {
        self.lock().contains_key(name_in(activity))
    }

    /// Lets a task wait for a worker.
    pub(crate) fn schedule(&self, activity: &str, mut scheduled: Scheduled) {
        let waiting = self.with(activity, |queue| {
            if queue.pollers > 0 {
                (scheduled.clock, scheduled.hold) = scheduled.clock.hold();
            }
            queue.scheduled.push_back(scheduled);
            std::mem::take(&mut queue.waiting)
        });
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    fn wait(&self, activity: &str, waker: &Waker) {
        self.with(activity, |queue| queue.waiting.push(waker.clone()));
    }

    fn with<T>(&self, activity: &str, change: impl FnOnce(&mut Queue) -> T) -> Option<T> {
        self.lock().get_mut(name_in(activity)).map(change)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Queue>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ActivityTask {
    /// The input of the task.
    #[must_use]
    pub fn input(&self) -> &Json {
        &self.input
    }

    /// The token, for whoever answers in the place of this worker, by [`TaskTokens`].
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The execution's clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Ends the task with an output.
    ///
    /// # Errors
    ///
    /// If the task has ended already, by a time-out for one.
    pub fn succeed(self, output: Json) -> Result<(), TokenError> {
        self.tokens.succeed(&self.token, output)
    }

    /// Ends the task with a failure.
    ///
    /// # Errors
    ///
    /// If the task has ended already.
    pub fn fail(self, failure: TaskFailure) -> Result<(), TokenError> {
        self.tokens.fail(&self.token, failure)
    }

    /// Tells that the task is being worked on: its heartbeat time starts anew.
    ///
    /// # Errors
    ///
    /// If the task has ended already.
    pub fn heartbeat(&self) -> Result<(), TokenError> {
        self.tokens.heartbeat(&self.token)
    }
}

/// Somebody who waits for a task of an activity.
struct Poller<'a> {
    activities: &'a Activities,
    activity: &'a str,
}

impl<'a> Poller<'a> {
    fn new(activities: &'a Activities, activity: &'a str) -> Result<Poller<'a>, ActivityDoesNotExist> {
        activities.with(activity, |queue| queue.pollers += 1).ok_or_else(|| no_activity(activity))?;
        Ok(Poller { activities, activity })
    }
}

impl Drop for Poller<'_> {
    fn drop(&mut self) {
        self.activities.with(self.activity, |queue| {
            queue.pollers = queue.pollers.saturating_sub(1);
            if queue.pollers == 0 {
                queue.scheduled.iter_mut().for_each(|scheduled| scheduled.hold = Hold::default());
            }
        });
    }
}

fn no_activity(activity: &str) -> ActivityDoesNotExist {
    ActivityDoesNotExist(activity.to_owned())
}

/// The name in the ARN of an activity, or the bare name.
fn name_in(activity: &str) -> &str {
    activity.split_once(":activity:").map_or(activity, |(_, name)| name)
}
