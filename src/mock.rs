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

use crate::{answer::Answer, token};

/// Runs in which tasks can be mocked: `fulfil::native()` and `fulfil::local()`.
///
/// The parameters of the closure are those of the task, owned: a `&str` arrives as a `String`.
pub trait MockTask<F>: Sized {
    /// Lets a closure answer the calls of a task, instead of its body.
    #[must_use]
    fn mock<T: Task>(self, body: F) -> Self
    where
        T::Args: Arguments<F, T::Output>;
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
    mocks: HashMap<TypeId, Arc<dyn Fn(Value) -> Answer + Send + Sync>>,
    objects: Option<Arc<dyn ObjectStore>>,
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
        self.mocks.insert(TypeId::of::<T>(), Arc::new(answer));
    }

    /// Where distributed maps read and write.
    pub(crate) fn set_objects(&mut self, objects: impl ObjectStore + 'static) {
        self.objects = Some(Arc::new(objects));
    }

    pub(crate) fn objects(&self) -> Option<Arc<dyn ObjectStore>> {
        self.objects.clone()
    }

    /// What answers the calls of a task: its mock, or else its body. A task that waits for a token gets one; its body only hands
    /// it on, its mock answers it at once.
    pub(crate) fn answer(&self, task: TaskEntry, arguments: Value, token: Option<&str>) -> BoxFuture<'static, Answer> {
        let info = (task.info)();
        match (self.mocks.get(&(task.id)()).cloned(), info.token.zip(token)) {
            (Some(stand_in), None) => Box::pin(async move { stand_in(arguments) }),
            (Some(stand_in), Some((_, token))) => {
                let token = token.to_owned();
                Box::pin(async move {
                    // The call may have been given up meanwhile.
                    let _ = token::answer(&token, stand_in(arguments));
                    Ok(Value::Null)
                })
            }
            (None, None) => (task.invoke)(arguments),
            (None, Some((name, token))) => (task.invoke)(token::with_token(info.params, arguments, name, token)),
        }
    }
}
