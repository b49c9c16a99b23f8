//! The Amazon States Language as Rust data: lossless parsing and printing.

mod choice_rule;
mod convert;
mod dynamic;
mod json;
mod machine;
mod pointer;
mod retry;
mod state;

pub use choice_rule::{ChoiceRule, Comparison, Operand, Relation, Test, TypeTest};
pub use dynamic::{Dynamic, Nullable, expression_body};
pub use json::{KeyOrder, ParseError, ParseErrors};
pub use machine::{
    Branch, ExecutionType, ItemProcessor, ProcessorConfig, ProcessorMode, QueryLanguage, StateMachine, States,
};
pub use pointer::Pointer;
pub use retry::{Catcher, JitterStrategy, Retrier};
pub use state::{
    Choice, CsvDelimiter, CsvHeaderLocation, Fail, InputType, ItemBatcher, ItemReader, ManifestType, Map, OutputType,
    Parallel, Pass, ReaderConfig, ReaderTransformation, ResultWriter, State, StateKind, Succeed, Task, Wait,
    WriterConfig, WriterTransformation,
};
