//! Polls an execution and moves its virtual time.
//!
//! All branches of an execution are polled by the task that awaits the execution. A branch that lets the others have a turn wakes
//! itself at once; such wakes never leave this module. When nothing inside can go on, virtual time jumps to the
//! next instant that something waits for; when there is none either, the execution waits for the outside world.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;

use crate::clock::Clock;
use crate::error::Fault;
use crate::task_handler::BoxFuture;

/// Drives `future`, which waits by `clock`, to its end.
pub(crate) fn drive<'a, T: 'a>(clock: &'a Clock, mut future: BoxFuture<'a, T>) -> impl Future<Output = T> + Send + 'a {
    let signal = Arc::new(Signal::default());
    std::future::poll_fn(move |outer| poll(clock, &signal, future.as_mut(), outer))
}

/// Awaits a future on this thread, inside a tokio runtime made for it.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, Fault> {
    if tokio::runtime::Handle::try_current().is_ok() {
        return Err(Fault::Unsupported("run_blocking within an asynchronous runtime; await run instead".to_owned()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Fault::Unsupported(format!("this system: no tokio runtime ({error})")))?;
    Ok(runtime.block_on(future))
}

/// Lets the other branches of the execution have their turn.
pub(crate) async fn give_way() {
    let mut given = false;
    std::future::poll_fn(|context| {
        if given {
            return Poll::Ready(());
        }
        given = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// How often an execution may go on by itself before the tasks beside it get their turn.
const TURNS: usize = 64;

const IDLE: u8 = 0;
const POLLING: u8 = 1;
const WOKEN: u8 = 2;

/// Tells a wake that comes while the execution is being polled from one that comes while it waits.
#[derive(Default)]
struct Signal {
    state: AtomicU8,
    outer: AtomicWaker,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.swap(WOKEN, Ordering::AcqRel) == IDLE {
            self.outer.wake();
        }
    }
}

fn poll<T>(
    clock: &Clock,
    signal: &Arc<Signal>,
    mut future: Pin<&mut (dyn Future<Output = T> + Send + '_)>,
    outer: &mut Context<'_>,
) -> Poll<T> {
    signal.outer.register(outer.waker());
    let waker = &Waker::from(Arc::clone(signal));
    for _ in 0..TURNS {
        signal.state.store(POLLING, Ordering::Release);
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(waker)) {
            clock.end();
            return Poll::Ready(output);
        }
        let quiet = signal.state.compare_exchange(POLLING, IDLE, Ordering::AcqRel, Ordering::Acquire).is_ok();
        if quiet && !clock.advance(waker) {
            return Poll::Pending;
        }
    }
    outer.waker().wake_by_ref();
    Poll::Pending
}
