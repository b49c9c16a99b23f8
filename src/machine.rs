//! The state machine of a workflow, under the name of its function.

use std::marker::PhantomData;

use stepwright_codegen::{stage::Pending, task::Workflow};

use crate::{__private::stop, Definition, Diagnostics, Local, Native};

/// What `#[workflow]` puts beside a function, under its name: the state machine that it becomes.
///
/// ```
/// use stepwright::prelude::*;
///
/// #[workflow]
/// async fn double(number: u64) -> u64 {
///     number * 2
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(double::definition().name(), "double");
/// assert_eq!(double::native().run(21).await.result().unwrap(), 42);
/// assert_eq!(double::local().run(21).await.result().unwrap(), 42);
/// # });
/// ```
pub struct Machine<W> {
    workflow: PhantomData<fn() -> W>,
}

impl<W: Workflow> Machine<W> {
    /// The state machine, with all that goes with it.
    ///
    /// # Panics
    ///
    /// With the diagnostics, where there are any; see [`try_definition`](Machine::try_definition).
    #[must_use]
    pub fn definition() -> Definition {
        definition::<W>()
    }

    /// The state machine, with all that goes with it.
    ///
    /// # Errors
    ///
    /// What cannot be compiled, with its places.
    pub fn try_definition() -> Result<Definition, Diagnostics> {
        Definition::of::<W>()
    }

    /// Runs the state machine in this process, in virtual time, with the bodies of the tasks.
    pub fn local() -> Local<Self> {
        Local::new()
    }

    /// Runs the function itself, with stand-ins for tasks.
    pub fn native() -> Native<Self> {
        Native::new()
    }

    /// What a call in another workflow stands for.
    #[doc(hidden)]
    pub fn stage(parameters: W::Parameters) -> Pending<W::Output> {
        Pending::workflow::<W>(parameters)
    }
}

/// The definition of a workflow, which compiles.
pub(crate) fn definition<W: Workflow>() -> Definition {
    Definition::of::<W>().unwrap_or_else(|diagnostics| stop(format!("the workflow does not compile\n{diagnostics}")))
}
