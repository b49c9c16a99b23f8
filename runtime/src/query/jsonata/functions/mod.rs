//! The functions that the service adds to JSONata, and those whose answer depends on the execution.

mod answers;
pub(super) mod calls;

use std::rc::Rc;
use std::sync::Arc;

use jsonata_core::evaluator::Evaluator;
use jsonata_core::value::JValue;

use self::answers::{
    argument, checked, clone_of, contains, find, hash_of, now_argument, number, parse, partition, range, seeded, split,
    surplus_argument,
};
use super::dates;
use super::memory::{self, Account};
use crate::query::View;

/// Declares the functions with the names they have for the engine, and how many arguments they take at most.
macro_rules! functions {
    ($($function:ident $name:literal $arity:literal,)*) => {
        /// A function that the engine does not have.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(super) enum HostFunction {
            $($function),*
        }

        impl HostFunction {
            pub(super) fn named(name: &str) -> Option<HostFunction> {
                match name {
                    $($name => Some(HostFunction::$function),)*
                    _ => None,
                }
            }

            pub(super) fn name(self) -> &'static str {
                match self {
                    $(HostFunction::$function => $name),*
                }
            }

            fn arity(self) -> u8 {
                match self {
                    $(HostFunction::$function => $arity),*
                }
            }
        }
    };
}

// Those with a blank in their name stand for something else; an expression cannot call them itself.
functions! {
    Bounded "bounded value" 1,
    BoundedJoin "bounded join" 2,
    BoundedPad "bounded pad" 3,
    BoundedReplace "bounded replace" 4,
    Clone "clone" 1,
    ContainsPattern "contains pattern" 3,
    DatedPicture "dated picture" 1,
    DatedText "dated text" 2,
    FindPattern "findPattern" 4,
    Hash "hash" 2,
    Millis "millis" 0,
    NowArgument "argument of now" 2,
    Parse "parse" 1,
    Partition "partition" 2,
    Random "random" 1,
    Range "range" 3,
    SplitByPattern "split by pattern" 4,
    SurplusArgument "surplus argument" 2,
    Uuid "uuid" 0,
}

/// Makes the functions that an expression mentions known to the engine.
pub(super) fn register(evaluator: &mut Evaluator, functions: &[HostFunction], view: &View<'_>) {
    let account = Rc::new(Account::default());
    for function in functions.iter().copied() {
        let (random, now, account) = (Arc::clone(view.random), view.clock.now(), Rc::clone(&account));
        let body = move |arguments: &[JValue]| match function {
            HostFunction::Bounded => checked(arguments, |[value]| account.check(value)),
            HostFunction::BoundedJoin => checked(arguments, |[list, separator]| memory::check_join(list, separator)),
            HostFunction::BoundedPad => checked(arguments, |[_, width]| memory::check_width(width)),
            HostFunction::BoundedReplace => {
                checked(arguments, |[text, pattern, replacement]| memory::check_replace(text, pattern, replacement))
            }
            HostFunction::Clone => clone_of(argument(arguments, 0)),
            HostFunction::ContainsPattern => contains(arguments),
            HostFunction::DatedPicture => Ok(dates::picture(argument(arguments, 0))),
            HostFunction::DatedText => Ok(dates::text(argument(arguments, 0), argument(arguments, 1), now)),
            HostFunction::FindPattern => find(arguments, number(arguments, 3, "match")?.unwrap_or(0.0), "match"),
            HostFunction::Hash => hash_of(arguments),
            #[expect(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53 for 285,000 years")]
            HostFunction::Millis => Ok(JValue::Number(now.timestamp_millis() as f64)),
            HostFunction::NowArgument => now_argument(arguments),
            HostFunction::Parse => parse(arguments),
            HostFunction::Partition => partition(arguments),
            HostFunction::Random => {
                seeded(arguments).map(|seeded| seeded.unwrap_or_else(|| JValue::Number(random.fraction())))
            }
            HostFunction::Range => range(arguments),
            HostFunction::SplitByPattern => split(arguments),
            HostFunction::SurplusArgument => surplus_argument(arguments),
            HostFunction::Uuid => Ok(JValue::from(random.uuid().to_string())),
        };
        // Refused only for functions that the engine compiles, and these are none of them.
        let registered = evaluator.register_fn_override(function.name(), body);
        debug_assert!(registered.is_ok(), "{function:?} cannot be registered");
    }
}
