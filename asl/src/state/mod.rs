//! The eight state types, with all fields of both query languages.
//!
//! A field's documentation names the query language where only one has it.

mod choice;
mod fail;
mod map;
mod parallel;
mod pass;
mod succeed;
mod task;
mod wait;

pub use choice::Choice;
pub use fail::Fail;
pub use map::{
    CsvDelimiter, CsvHeaderLocation, InputType, ItemBatcher, ItemReader, ManifestType, Map, OutputType, ReaderConfig,
    ReaderTransformation, ResultWriter, WriterConfig, WriterTransformation,
};
pub use parallel::Parallel;
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::Task;
pub use wait::Wait;

use crate::json::{Json, Object, ObjectReader, ObjectWriter, Reader, keyword};
use crate::{Catcher, Nullable, QueryLanguage, Retrier};
use serde_json::{Map as JsonMap, Value};

/// A state: one entry of `States`.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Work done outside the state machine.
    Task(Box<Task>),
    /// Several branches at the same time.
    Parallel(Box<Parallel>),
    /// The same for each item of a list.
    Map(Box<Map>),
    /// Data reshaped, variables set.
    Pass(Box<Pass>),
    /// A delay.
    Wait(Box<Wait>),
    /// A decision.
    Choice(Box<Choice>),
    /// A good end.
    Succeed(Box<Succeed>),
    /// An end with an error.
    Fail(Box<Fail>),
}

keyword! {
    /// The type of a state, as its field `Type` names it.
    pub enum StateKind {
        /// [`Task`]
        Task = "Task",
        /// [`Parallel`]
        Parallel = "Parallel",
        /// [`Map`]
        Map = "Map",
        /// [`Pass`]
        Pass = "Pass",
        /// [`Wait`]
        Wait = "Wait",
        /// [`Choice`]
        Choice = "Choice",
        /// [`Succeed`]
        Succeed = "Succeed",
        /// [`Fail`]
        Fail = "Fail",
    }
}

/// Runs `$use` with `$state` bound to the data of whatever state type it is.
macro_rules! with_data {
    ($self:expr, $state:ident => $use:expr) => {
        match $self {
            State::Task($state) => $use,
            State::Parallel($state) => $use,
            State::Map($state) => $use,
            State::Pass($state) => $use,
            State::Wait($state) => $use,
            State::Choice($state) => $use,
            State::Succeed($state) => $use,
            State::Fail($state) => $use,
        }
    };
}

/// Defines accessors of fields that several state types have; each table row names the types with and without it.
macro_rules! shared_fields {
    ($($(#[$meta:meta])* $field:ident -> $type:ty = $via:ident in $($with:ident)*; not in $($without:ident)*;)*) => {
        impl State {$(
            $(#[$meta])*
            #[must_use]
            pub fn $field(&self) -> Option<$type> {
                match self {
                    $(Self::$with(state) => state.$field.$via(),)*
                    $(Self::$without(_) => None,)*
                }
            }
        )*}
    };
}

shared_fields! {
    /// Free text for people.
    comment -> &str = as_deref in Task Parallel Map Pass Wait Choice Succeed Fail; not in;
    /// The state's own query language; absent means the machine's.
    query_language -> QueryLanguage = as_value in Task Parallel Map Pass Wait Choice Succeed Fail; not in;
    /// JSONPath: which part of the input the state sees.
    input_path -> &Nullable<String> = as_ref in Task Parallel Map Pass Wait Choice Succeed; not in Fail;
    /// JSONPath: which part of the data becomes the output.
    output_path -> &Nullable<String> = as_ref in Task Parallel Map Pass Wait Choice Succeed; not in Fail;
    /// JSONPath: the payload template (of a Map: the old name of its item selector).
    parameters -> &Value = as_ref in Task Parallel Map Pass; not in Wait Choice Succeed Fail;
    /// JSONata: the payload.
    arguments -> &Value = as_ref in Task Parallel; not in Map Pass Wait Choice Succeed Fail;
    /// JSONPath: the template that reshapes the raw result.
    result_selector -> &Value = as_ref in Task Parallel Map; not in Pass Wait Choice Succeed Fail;
    /// JSONPath: where in the state input the result goes.
    result_path -> &Nullable<String> = as_ref in Task Parallel Map Pass; not in Wait Choice Succeed Fail;
    /// What to try again.
    retry -> &[Retrier] = as_deref in Task Parallel Map; not in Pass Wait Choice Succeed Fail;
    /// Where to go on an error.
    catch -> &[Catcher] = as_deref in Task Parallel Map; not in Pass Wait Choice Succeed Fail;
    /// The variables to set (of a Choice: when its default is taken).
    assign -> &JsonMap<String, Value> = as_ref in Task Parallel Map Pass Wait Choice; not in Succeed Fail;
    /// JSONata: the output (of a Choice: when its default is taken).
    output -> &Value = as_ref in Task Parallel Map Pass Wait Choice Succeed; not in Fail;
    /// The next state. The transitions of a Choice are in its rules and its default.
    next -> &str = as_deref in Task Parallel Map Pass Wait; not in Choice Succeed Fail;
    /// The field `End`; see also [`State::is_end`].
    end -> bool = as_value in Task Parallel Map Pass Wait; not in Choice Succeed Fail;
}

impl State {
    /// The state's type.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::Task(_) => StateKind::Task,
            Self::Parallel(_) => StateKind::Parallel,
            Self::Map(_) => StateKind::Map,
            Self::Pass(_) => StateKind::Pass,
            Self::Wait(_) => StateKind::Wait,
            Self::Choice(_) => StateKind::Choice,
            Self::Succeed(_) => StateKind::Succeed,
            Self::Fail(_) => StateKind::Fail,
        }
    }

    /// The names of the fields that are present, without `Type`, in the order people expect.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static str> {
        with_data!(self, state => state.present())
    }

    /// Whether the machine ends here: a Succeed or Fail state, or one with `"End": true`.
    #[must_use]
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Succeed(_) | Self::Fail(_)) || self.end() == Some(true)
    }
}

/// `Option<T>` by value, under a name that fits in [`shared_fields!`].
trait AsValue<T> {
    fn as_value(&self) -> Option<T>;
}

impl<T: Copy> AsValue<T> for Option<T> {
    fn as_value(&self) -> Self {
        *self
    }
}

/// So that a machine made in code can be put together with `Pass { … }.into()`.
macro_rules! from_data {
    ($($name:ident)*) => {$(
        impl From<$name> for State {
            fn from(data: $name) -> Self {
                Self::$name(Box::new(data))
            }
        }
    )*};
}

from_data!(Task Parallel Map Pass Wait Choice Succeed Fail);

impl Json for State {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let mut object = reader.object(value, "a state")?;
        match object.member::<StateKind>("Type")? {
            StateKind::Task => read_data(&mut object).map(Self::Task),
            StateKind::Parallel => read_data(&mut object).map(Self::Parallel),
            StateKind::Map => read_data(&mut object).map(Self::Map),
            StateKind::Pass => read_data(&mut object).map(Self::Pass),
            StateKind::Wait => read_data(&mut object).map(Self::Wait),
            StateKind::Choice => read_data(&mut object).map(Self::Choice),
            StateKind::Succeed => read_data(&mut object).map(Self::Succeed),
            StateKind::Fail => read_data(&mut object).map(Self::Fail),
        }
    }

    fn write(&self) -> Value {
        let mut object = ObjectWriter::default();
        object.member("Type", &self.kind());
        with_data!(self, state => {
            state.write_members(&mut object);
            object.finish(state.key_order())
        })
    }
}

fn read_data<T: Object>(object: &mut ObjectReader<'_, '_>) -> Option<Box<T>> {
    object.call_it(T::NOUN);
    T::read_members(object).map(Box::new)
}
