//! JSONata: the one place that knows the engine.
//!
//! The engine (`jsonata-core`, a tree walker) works on values that are not `Send` and follows JSONata 2.2; the service runs
//! 2.0.6 with additions of its own. This module closes the gap:
//!
//! * an expression is parsed once, what the service does not know is refused (`prepare`), and what the service adds
//!   is put in (`functions`), with checks of what is built (`memory`);
//! * an evaluation is one synchronous call that converts what the expression reads, and no more (`bridge`);
//! * expressions that only move data and compute with plain scalars do not reach the engine at all (`direct`).

mod bridge;
mod dates;
mod direct;
mod explain;
mod functions;
mod memory;
mod messages;
mod prepare;
mod regex;
mod signature;
#[cfg(test)]
mod tests;
mod unique_keys;
mod wanted;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorError, EvaluatorOptions};
use jsonata_core::parser;
use jsonata_core::value::JValue;

use self::direct::Direct;
use self::functions::HostFunction;
use self::memory::{Account, Excess};
use self::messages::in_jsonatas_words;
use self::prepare::{Item, Reads};
use super::View;
use crate::scope::VariableId;
use crate::value::Value;

/// A parsed expression.
#[derive(Debug)]
pub(crate) struct Expression {
    source: Arc<str>,
    ast: AstNode,
    reads: Reads,
    direct: Option<Direct>,
}

/// What an evaluation gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Evaluated {
    Value(Value),
    Undefined,
    /// Something that is no JSON, such as a function.
    Unsupported,
}

/// The message of an error that an evaluation raised, with its code where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EvaluationFailed(String);

impl Expression {
    /// Parses an expression without its delimiters; `intern` numbers the variables it reads.
    pub(crate) fn parse(source: &str, intern: &mut dyn FnMut(&str) -> VariableId) -> Result<Expression, String> {
        // The service gives expressions no document to look into.
        Self::parse_for(Item::Absent, source, intern)
    }

    /// Parses an expression for a document that is there or not, which `$`, `$$` and field names refer to.
    fn parse_for(
        document: Item,
        source: &str,
        intern: &mut dyn FnMut(&str) -> VariableId,
    ) -> Result<Expression, String> {
        let mut ast =
            parser::parse(source).map_err(|error| without_code(&in_jsonatas_words(&error.to_string())).to_owned())?;
        let reads = prepare::prepare(&mut ast, document, intern)?;
        let direct = Direct::compile(&ast, intern);
        Ok(Expression { source: source.into(), ast, reads, direct })
    }

    /// The text that was parsed.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn eval(&self, view: &View<'_>) -> Result<Evaluated, EvaluationFailed> {
        match self.direct.as_ref().and_then(|direct| direct.eval(view)) {
            Some(evaluated) => Ok(evaluated),
            None => self.eval_by_engine(view),
        }
    }

    fn eval_by_engine(&self, view: &View<'_>) -> Result<Evaluated, EvaluationFailed> {
        self.eval_with(&|| Context::new(), &options(view, &self.reads), view, &JValue::Undefined)
    }

    /// Evaluates in a context that is made for it, and says of a failure all that there is to say.
    fn eval_with(
        &self,
        context: &dyn Fn() -> Context,
        options: &EvaluatorOptions,
        view: &View<'_>,
        document: &JValue,
    ) -> Result<Evaluated, EvaluationFailed> {
        let evaluator = |options: EvaluatorOptions| {
            let mut context = context();
            self.reads.bind(view, &mut context);
            let mut evaluator = Evaluator::with_options(context, options);
            functions::register(&mut evaluator, &self.reads.functions, view);
            evaluator
        };
        let result = run(&mut evaluator(options.clone()), &self.ast, document).map_err(|failed| {
            if !explain::is_incomplete(&failed.0) {
                return failed;
            }
            let (account, mut ast) = (explain::Account::default(), self.ast.clone());
            explain::instrument(&mut ast);
            let deeper = options.max_stack_depth.map(|depth| depth * explain::LEVELS);
            let mut evaluator = evaluator(EvaluatorOptions { max_stack_depth: deeper, ..options.clone() });
            account.register(&mut evaluator);
            // What fails only sometimes may succeed now; then there is nothing to add.
            match run(&mut evaluator, &ast, document) {
                Err(again) if again == failed => account.completed(&again.0).map_or(failed, EvaluationFailed),
                Err(_) | Ok(_) => failed,
            }
        })?;
        Account::default().check(&result).map_err(|Excess| EvaluationFailed(messages::MEMORY.to_owned()))?;
        Ok(bridge::from_engine(&result))
    }
}

fn run(evaluator: &mut Evaluator, ast: &AstNode, document: &JValue) -> Result<JValue, EvaluationFailed> {
    // The engine panics at pictures of dates that are none, such as `[,o]`.
    let evaluated = panic::catch_unwind(AssertUnwindSafe(|| evaluator.evaluate(ast, document)));
    Ok(evaluated.map_err(|_| EvaluationFailed(messages::BROKEN.to_owned()))??)
}

impl EvaluationFailed {
    /// The end of the service's sentence: `. T1006: …` where there is a code, `: …` where there is none.
    pub(crate) fn as_sentence_end(&self) -> String {
        let Self(message) = self;
        match code_of(message) {
            Some(_) => format!(". {message}"),
            None => format!(": {message}"),
        }
    }
}

impl From<EvaluatorError> for EvaluationFailed {
    fn from(error: EvaluatorError) -> Self {
        EvaluationFailed(in_jsonatas_words(error.message()))
    }
}

/// The service's bounds; looking at the clock is left out where every evaluation is over soon.
fn options(view: &View<'_>, reads: &Reads) -> EvaluatorOptions {
    /// The service allows 100 levels; the engine does not count the innermost one.
    const DEPTH: usize = 99;
    /// What the service's memory limit leaves room for.
    const SEQUENCE: usize = 873_782;
    EvaluatorOptions {
        timeout_ms: (!reads.is_bounded).then_some(view.limits.expression_milliseconds),
        // A check of what is built is one level more.
        max_stack_depth: Some(if reads.functions.contains(&HostFunction::Bounded) { 2 * DEPTH } else { DEPTH }),
        max_sequence_length: Some(SEQUENCE),
        cancel: None,
    }
}

/// The code at the start of a message, such as `T1006`.
fn code_of(message: &str) -> Option<&str> {
    let (code, _) = message.split_once(": ")?;
    let digits = code.strip_prefix(|first: char| first.is_ascii_uppercase())?;
    (digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(code)
}

fn without_code(message: &str) -> &str {
    match code_of(message) {
        Some(code) => message.get(code.len() + 2..).unwrap_or(message),
        None => message,
    }
}
