//! What the tasks of a process share: clients, pools.

use std::fmt;

use stepwright_codegen::task::BoxFuture;
use tokio::sync::OnceCell;

/// A value that is made once in a process, when it is first asked for, and then shared by all tasks: a client of a service, a pool
/// of connections.
///
/// It works wherever tasks run: natively, in local runs, in Lambda, where a process serves many invocations one after the other, and
/// in workers; `stepwright::main!(set_up = …)` has it made before the first task is served. What belongs to a tokio runtime, as connections do, ends with the runtime that it was made in: tests that share such a
/// value run in one runtime.
///
/// ```
/// use stepwright::{Shared, prelude::*};
///
/// struct Prices {
///     apple: u64,
/// }
///
/// static PRICES: Shared<Prices> = Shared::new(|| Box::pin(async { Prices { apple: 3 } }));
///
/// #[task]
/// async fn price(count: u64) -> u64 {
///     PRICES.get().await.apple * count
/// }
///
/// #[workflow]
/// async fn buy(count: u64) -> u64 {
///     price(count).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(buy::local().run(4).await.result(), Ok(12));
/// # }
/// ```
pub struct Shared<T: 'static> {
    value: OnceCell<T>,
    make: fn() -> BoxFuture<'static, T>,
}

impl<T> Shared<T> {
    /// A value that is not made yet.
    #[must_use]
    pub const fn new(make: fn() -> BoxFuture<'static, T>) -> Self {
        Shared { value: OnceCell::const_new(), make }
    }

    /// The value. Who asks first makes it, the others wait meanwhile; if that panics or is given up, the next one makes it.
    pub async fn get(&self) -> &T {
        self.value.get_or_init(self.make).await
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shared").field(&self.value.get()).finish()
    }
}
