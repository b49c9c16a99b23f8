//! `map(items, async |item| …)`: the same work for each item, side by side.

use std::{
    iter,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::{StreamExt, stream};
use stepwright_codegen::outcome::Collected;

/// Does the same for each item, for all at once unless [`max_concurrency`](MapCall::max_concurrency) says otherwise.
///
/// Gives the results in the order of the items; where the closure returns a `Result`, the first error ends the whole.
pub fn map<I, F, R>(items: I, each: F) -> MapCall<impl Future<Output = R::Out>>
where
    I: IntoIterator,
    F: AsyncFn(I::Item) -> R,
    R: Collected,
{
    let most = Arc::new(AtomicUsize::new(0));
    MapCall { most: most.clone(), work: work(items, each, most) }
}

/// A `map`, done when it is awaited.
#[must_use = "`map` works when it is awaited"]
pub struct MapCall<F> {
    /// Read when the work begins; zero means no limit.
    most: Arc<AtomicUsize>,
    work: F,
}

impl<F> MapCall<F> {
    /// How many items at most are worked on at once; zero means no limit.
    pub fn max_concurrency(self, most: usize) -> Self {
        self.most.store(most, Ordering::Relaxed);
        self
    }
}

impl<F: Future> IntoFuture for MapCall<F> {
    type Output = F::Output;
    type IntoFuture = F;

    fn into_future(self) -> F {
        self.work
    }
}

async fn work<I, F, R>(items: I, each: F, most: Arc<AtomicUsize>) -> R::Out
where
    I: IntoIterator,
    F: AsyncFn(I::Item) -> R,
    R: Collected,
{
    let most = match most.load(Ordering::Relaxed) {
        0 => usize::MAX,
        most => most,
    };
    let each = &each;
    let items = stream::iter(items).enumerate().map(|(index, item)| async move { (index, each(item).await) });
    let mut results = pin!(items.buffer_unordered(most));
    let mut done = Vec::new();
    while let Some((index, result)) = results.next().await {
        if result.is_error() {
            return R::collect(iter::once(result));
        }
        done.push((index, result));
    }
    done.sort_by_key(|(index, _)| *index);
    R::collect(done.into_iter().map(|(_, result)| result))
}
