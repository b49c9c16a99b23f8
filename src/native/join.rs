//! `join!` and `try_join!`: a few things side by side.

/// Awaits calls and `async` blocks side by side; gives a tuple of what they give.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let (one, two) = stepwright::join!(async { 1 }, async { "two" });
/// assert_eq!((one, two), (1, "two"));
/// # }
/// ```
#[macro_export]
macro_rules! join {
    ($($branch:expr),+ $(,)?) => {
        $crate::__private::tokio::join!(biased; $(::core::future::IntoFuture::into_future($branch)),+)
    };
}

/// Awaits calls and `async` blocks that give a `Result` with one error type, side by side; gives a tuple of their values,
/// or the first error, without waiting for the others.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let joined = stepwright::try_join!(async { Ok(1) }, async { Err::<(), _>("broken") });
/// assert_eq!(joined, Err("broken"));
/// # }
/// ```
#[macro_export]
macro_rules! try_join {
    ($($branch:expr),+ $(,)?) => {
        $crate::__private::tokio::try_join!(biased; $({
            let branch = ::core::future::IntoFuture::into_future($branch);
            async move {
                let result: ::core::result::Result<_, _> = branch.await;
                result
            }
        }),+)
    };
}
