//! Stand-ins for tasks, in native and local runs.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use stepwright_codegen::{
    inputs::Inputs,
    outcome::Outcome,
    task::{BoxFuture, Task, TaskEntry},
};

use stepwright_runtime::ObjectStore;

use crate::{
    __private::stop,
    answer::Answer,
    token::{self, TaskToken},
};

/// Runs in which tasks can be mocked: `fulfil::native()` and `fulfil::local()`.
///
/// The parameters of the closure are those of the task, owned: a `&str` arrives as a `String`.
pub trait MockTask<F>: Sized {
    /// Lets a closure answer the calls of a task, instead of its body.
    #[must_use]
    fn mock<T: Task>(self, body: F) -> Self
    where
        T::Args: Arguments<F, T::Output>;

    /// Lets a closure take the calls of a task that waits for a token, and leave them unanswered: it gets the token behind the
    /// arguments, and whoever has it answers.
    ///
    /// # Panics
    ///
    /// If the task waits for no token.
    #[must_use]
    fn mock_unanswered<T: Task>(self, body: F) -> Self
    where
        T::Args: TokenArguments<F, T::Output>;
}

// The closure's type is a parameter of the trait, so that `mock::<charge>(…)` names the task only. The bound is on the
// arguments, not on the closure: that is what lets rustc know the types of the closure's parameters.
impl<R: HasStandIns, F> MockTask<F> for R {
    fn mock<T: Task>(mut self, body: F) -> Self
    where
        T::Args: Arguments<F, T::Output>,
    {
        self.stand_ins().insert::<T, F>(body);
        self
    }

    fn mock_unanswered<T: Task>(mut self, body: F) -> Self
    where
        T::Args: TokenArguments<F, T::Output>,
    {
        self.stand_ins().insert_unanswered::<T, F>(body);
        self
    }
}

/// A run that is being set up.
pub trait HasStandIns {
    /// Where its mocks are kept.
    #[doc(hidden)]
    fn stand_ins(&mut self) -> &mut StandIns;
}

/// The arguments of a closure.
pub trait Arguments<F, R>: Inputs {
    /// The closure, as a function of the tuple.
    #[doc(hidden)]
    fn boxed(body: F) -> Box<dyn FnMut(Self) -> R + Send>;
}

/// The arguments of a closure that takes a token behind them.
pub trait TokenArguments<F, R>: Inputs {
    /// The closure, as a function of the tuple and the token.
    #[doc(hidden)]
    fn boxed_with_token(body: F) -> Box<dyn FnMut(Self, TaskToken<R>) + Send>;
}

macro_rules! arguments {
    ($($($param:ident $value:ident),*;)+) => {
        $(
            impl<Body, R, $($param),*> Arguments<Body, R> for ($($param,)*)
            where
                ($($param,)*): Inputs,
                Body: FnMut($($param),*) -> R + Send + 'static,
            {
                fn boxed(mut body: Body) -> Box<dyn FnMut(Self) -> R + Send> {
                    Box::new(move |($($value,)*)| body($($value),*))
                }
            }

            impl<Body, R, $($param),*> TokenArguments<Body, R> for ($($param,)*)
            where
                ($($param,)*): Inputs,
                Body: FnMut($($param,)* TaskToken<R>) + Send + 'static,
            {
                fn boxed_with_token(mut body: Body) -> Box<dyn FnMut(Self, TaskToken<R>) + Send> {
                    Box::new(move |($($value,)*), token| body($($value,)* token))
                }
            }
        )+
    };
}

arguments! {
    ;
    A a;
    A a, B b;
    A a, B b, C c;
    A a, B b, C c, D d;
    A a, B b, C c, D d, E e;
    A a, B b, C c, D d, E e, G g;
    A a, B b, C c, D d, E e, G g, H h;
    A a, B b, C c, D d, E e, G g, H h, I i;
}

/// What stands in for the world in a run.
#[derive(Clone, Default)]
pub struct StandIns {
    mocks: HashMap<TypeId, Mock>,
    objects: Option<Arc<dyn ObjectStore>>,
}

type Answers = dyn Fn(Value) -> Answer + Send + Sync;
type Takes = dyn Fn(Value, &str) -> Answer + Send + Sync;

/// What stands in for a task.
#[derive(Clone)]
enum Mock {
    /// It answers.
    Answers(Arc<Answers>),
    /// It takes the arguments and the token.
    Takes(Arc<Takes>),
}

impl StandIns {
    fn insert<T: Task, F>(&mut self, body: F)
    where
        T::Args: Arguments<F, T::Output>,
    {
        let body = Mutex::new(T::Args::boxed(body));
        let answer = move |payload| {
            let arguments = crate::__private::decode_for::<T>(payload)?;
            let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
            body(arguments).into_wire()
        };
        self.mocks.insert(TypeId::of::<T>(), Mock::Answers(Arc::new(answer)));
    }

    fn insert_unanswered<T: Task, F>(&mut self, body: F)
    where
        T::Args: TokenArguments<F, T::Output>,
    {
        if !T::info().waits_for_token() {
            stop(format!("`{}` waits for no token", T::info().name));
        }
        let body = Mutex::new(T::Args::boxed_with_token(body));
        let take = move |payload, token: &str| {
            let arguments = crate::__private::decode_for::<T>(payload)?;
            let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
            body(arguments, TaskToken::new(token));
            Ok(Value::Null)
        };
        self.mocks.insert(TypeId::of::<T>(), Mock::Takes(Arc::new(take)));
    }

    /// Where distributed maps read and write.
    pub(crate) fn set_objects(&mut self, objects: impl ObjectStore + 'static) {
        self.objects = Some(Arc::new(objects));
    }

    pub(crate) fn objects(&self) -> Option<Arc<dyn ObjectStore>> {
        self.objects.clone()
    }

    /// Whether a task is mocked.
    pub(crate) fn mocks(&self, task: TaskEntry) -> bool {
        self.mocks.contains_key(&(task.id)())
    }

    /// What answers the calls of a task: its mock, or else its body. A task that waits for a token gets one; its body only hands
    /// it on, its mock answers it at once.
    pub(crate) fn answer(&self, task: TaskEntry, arguments: Value, token: Option<&str>) -> BoxFuture<'static, Answer> {
        let info = (task.info)();
        let token = token.filter(|_| info.waits_for_token()).map(str::to_owned);
        match (self.mocks.get(&(task.id)()).cloned(), token) {
            (Some(Mock::Answers(stand_in)), None) => Box::pin(async move { stand_in(arguments) }),
            (Some(Mock::Answers(stand_in)), Some(token)) => Box::pin(async move {
                // The call may have been given up meanwhile.
                let _ = token::answer(&token, stand_in(arguments));
                Ok(Value::Null)
            }),
            (Some(Mock::Takes(stand_in)), token) => {
                Box::pin(async move { stand_in(arguments, &token.unwrap_or_default()) })
            }
            (None, token) => match info.token.zip(token) {
                None => (task.invoke)(arguments),
                Some((name, token)) => (task.invoke)(token::with_token(info.params, arguments, name, &token)),
            },
        }
    }
}
