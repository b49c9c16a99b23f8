//! Real and virtual time.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::task_handler::BoxFuture;

/// Where an execution takes its time from: real time, or virtual time, so that a workflow that waits 30 days is tested in microseconds.
///
/// **Real** time is tokio's: `Wait` states, delays of retriers and time-outs are tokio timers, so an execution must run inside a
/// tokio runtime with time enabled, and tokio's paused time works as it does for any other code.
///
/// **Virtual** time belongs to one execution (each run starts a timeline of its own) and needs no runtime at all.
/// It stands still while anything can go on without it: while states are worked on, and while a task handler is
/// being awaited. Only when every branch of the execution is waiting for a point in time does the clock jump to the earliest of
/// them; those that wait for the same instant go on in the order in which they began to wait. Hence
///
/// * the branches of Parallel and Map states interleave as they would in real time,
/// * a time-out never strikes because a handler took a while on the machine that runs the test: for the execution a handler
///   takes no time at all,
/// * unless the handler says otherwise: while a handler awaits [`Clock::sleep`] of [`TaskRequest::clock`](crate::TaskRequest::clock) it
///   takes part in the execution's time, and a time-out can strike first.
///
/// A task that waits for a token and has a time-out is waiting for a point in time too: if nothing else is
/// going on, virtual time reaches the time-out.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Real(Anchor),
    Virtual { timeline: Arc<Timeline>, lease: Option<Arc<Lease>> },
}

/// A pair of readings taken together, so that wall-clock time moves with tokio's time, paused or not.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    wall: DateTime<Utc>,
    instant: tokio::time::Instant,
}

impl Clock {
    /// Tokio's time.
    #[must_use]
    pub fn real() -> Clock {
        Clock(Kind::Real(Anchor { wall: Utc::now(), instant: tokio::time::Instant::now() }))
    }

    /// Virtual time that begins at `start`.
    #[must_use]
    pub fn virtual_at(start: DateTime<Utc>) -> Clock {
        Clock(Kind::Virtual { timeline: Arc::new(Timeline::new(start)), lease: None })
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Kind::Real(anchor) => later(anchor.wall, anchor.instant.elapsed()),
            Kind::Virtual { timeline, .. } => timeline.lock().now,
        }
    }

    /// Waits for a duration of this clock's time.
    pub async fn sleep(&self, duration: Duration) {
        match &self.0 {
            Kind::Real(_) => tokio::time::sleep(duration).await,
            Kind::Virtual { timeline, lease } => {
                let pause = lease.as_ref().map(|lease| Arc::new(Pause::of(lease)));
                Sleep { timeline, deadline: self.after(duration), ticket: None, pause }.await;
            }
        }
    }

    /// Waits until a point in time; one in the past does not wait.
    pub async fn sleep_until(&self, deadline: DateTime<Utc>) {
        if let Ok(duration) = (deadline - self.now()).to_std() {
            self.sleep(duration).await;
        }
    }

    /// Waits until a point in time, from now on: for executions, which wait in large numbers, it is as small as this clock allows.
    pub(crate) fn timer(&self, deadline: DateTime<Utc>) -> BoxFuture<'_, ()> {
        match &self.0 {
            Kind::Real(_) => Box::pin(tokio::time::sleep((deadline - self.now()).to_std().unwrap_or_default())),
            Kind::Virtual { timeline, .. } => Box::pin(Sleep { timeline, deadline, ticket: None, pause: None }),
        }
    }

    /// The point in time that is a duration from now.
    pub(crate) fn after(&self, duration: Duration) -> DateTime<Utc> {
        later(self.now(), duration)
    }

    /// The clock of one execution: virtual time starts anew.
    pub(crate) fn for_execution(&self) -> Clock {
        match &self.0 {
            Kind::Real(_) => Clock::real(),
            Kind::Virtual { timeline, .. } => Clock::virtual_at(timeline.start),
        }
    }

    /// The clock that a task handler gets: from now on virtual time stands still for it, until the guard is dropped.
    pub(crate) fn hold(&self) -> (Clock, Hold) {
        match &self.0 {
            Kind::Real(_) => (self.clone(), Hold(None)),
            Kind::Virtual { timeline, .. } => {
                let lease = Arc::new(Lease::new(Arc::clone(timeline)));
                let clock = Clock(Kind::Virtual { timeline: Arc::clone(timeline), lease: Some(Arc::clone(&lease)) });
                (clock, Hold(Some(lease)))
            }
        }
    }

    /// The execution is over: who still sleeps by its virtual time is woken.
    pub(crate) fn end(&self) {
        if let Kind::Virtual { timeline, .. } = &self.0 {
            timeline.end();
        }
    }

    /// Jumps to the earliest point in time that anything waits for; false if nothing does, or if someone holds the clock.
    ///
    /// After a false, `driver` is woken when time could go on.
    pub(crate) fn advance(&self, driver: &Waker) -> bool {
        match &self.0 {
            Kind::Real(_) => false,
            Kind::Virtual { timeline, .. } => timeline.advance(driver),
        }
    }
}

/// Keeps virtual time still until it is dropped, unless it is the empty one.
#[derive(Debug, Default)]
pub(crate) struct Hold(Option<Arc<Lease>>);

impl Hold {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(lease) = &self.0 {
            lease.end();
        }
    }
}

/// The virtual time of one execution.
#[derive(Debug)]
struct Timeline {
    start: DateTime<Utc>,
    present: Mutex<Present>,
}

#[derive(Debug)]
struct Present {
    now: DateTime<Utc>,
    /// Who waits for when; the number keeps those of one instant in order.
    sleepers: BTreeMap<Ticket, Sleeper>,
    next_number: u64,
    /// How many task handlers keep the clock from moving.
    holds: usize,
    /// Whether the execution is over, so that nobody moves the time any more.
    has_ended: bool,
    /// Who moves the time, while it waits for others to let it.
    driver: Option<Waker>,
}

impl Present {
    /// Who is to be woken, if time could go on now.
    fn freed(&mut self) -> Option<Waker> {
        let is_free = self.holds == 0 && !self.sleepers.is_empty();
        if is_free { self.driver.take() } else { None }
    }
}

type Ticket = (DateTime<Utc>, u64);

/// Who to wake, and the pause of a task that is over then.
type Sleeper = (Waker, Option<Arc<Pause>>);

impl Timeline {
    fn new(start: DateTime<Utc>) -> Timeline {
        let present =
            Present { now: start, sleepers: BTreeMap::new(), next_number: 0, holds: 0, has_ended: false, driver: None };
        Timeline { start, present: Mutex::new(present) }
    }

    fn lock(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        let mut present = self.lock();
        present.has_ended = true;
        let sleepers = std::mem::take(&mut present.sleepers);
        drop(present);
        sleepers.into_values().for_each(|(waker, _)| waker.wake());
    }

    fn advance(&self, driver: &Waker) -> bool {
        let mut present = self.lock();
        let Some((&(instant, _), _)) = present.sleepers.first_key_value().filter(|_| present.holds == 0) else {
            present.driver = Some(driver.clone());
            return false;
        };
        present.now = instant;
        let later = present.sleepers.split_off(&(instant, u64::MAX));
        let due = std::mem::replace(&mut present.sleepers, later);
        drop(present);
        // All of them get to work before time goes on, wherever they are polled.
        due.values().filter_map(|(_, pause)| pause.as_ref()).for_each(|pause| pause.end());
        due.into_values().for_each(|(waker, _)| waker.wake());
        true
    }
}

/// Waits for an instant of virtual time.
struct Sleep<'a> {
    timeline: &'a Timeline,
    deadline: DateTime<Utc>,
    ticket: Option<Ticket>,
    pause: Option<Arc<Pause>>,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let timeline = self.timeline;
        let mut present = timeline.lock();
        if present.now >= self.deadline || present.has_ended {
            return Poll::Ready(());
        }
        let ticket = self.ticket.unwrap_or((self.deadline, present.next_number));
        self.ticket = Some(ticket);
        present.next_number = present.next_number.max(ticket.1 + 1);
        present.sleepers.insert(ticket, (context.waker().clone(), self.pause.clone()));
        let freed = present.freed();
        drop(present);
        if let Some(driver) = freed {
            driver.wake();
        }
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = &self.ticket {
            self.timeline.lock().sleepers.remove(ticket);
        }
    }
}

/// A task handler's hold on virtual time, given up while the handler sleeps on the clock.
#[derive(Debug)]
struct Lease {
    timeline: Arc<Timeline>,
    state: Mutex<LeaseState>,
}

#[derive(Debug, Default)]
struct LeaseState {
    sleeping: usize,
    ended: bool,
}

impl Lease {
    fn new(timeline: Arc<Timeline>) -> Lease {
        timeline.lock().holds += 1;
        Lease { timeline, state: Mutex::default() }
    }

    fn end(&self) {
        self.change(|state| state.ended = true);
    }

    fn change(&self, change: impl FnOnce(&mut LeaseState)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = state.holds();
        change(&mut state);
        let mut present = self.timeline.lock();
        present.holds = present.holds + state.holds() - before;
        let freed = present.freed();
        drop(present);
        drop(state);
        if let Some(driver) = freed {
            driver.wake();
        }
    }
}

impl LeaseState {
    /// How many holds the handler has on the clock: one, or none while it sleeps and after its end.
    fn holds(&self) -> usize {
        usize::from(self.sleeping == 0 && !self.ended)
    }
}

/// A task's sleep, during which it does not hold the time.
#[derive(Debug)]
struct Pause {
    lease: Arc<Lease>,
    is_over: AtomicBool,
}

impl Pause {
    fn of(lease: &Arc<Lease>) -> Pause {
        lease.change(|state| state.sleeping += 1);
        Pause { lease: Arc::clone(lease), is_over: AtomicBool::new(false) }
    }

    fn end(&self) {
        if !self.is_over.swap(true, Ordering::AcqRel) {
            self.lease.change(|state| state.sleeping -= 1);
        }
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        self.end();
    }
}

/// The instant a duration later; beyond the calendar's end, its end.
fn later(instant: DateTime<Utc>, duration: Duration) -> DateTime<Utc> {
    let delta = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
    instant.checked_add_signed(delta).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
