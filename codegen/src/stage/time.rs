//! `Duration`: `{"secs": …, "nanos": …}`. `DateTime<Utc>`: an RFC 3339 text. Times are exact to the millisecond.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{
    Expr, Show, list, node,
    number::{self, bounded, quotient},
    operators::{AddOp, Numeric, SubOp},
    recorder,
};
use crate::{
    data::{Shape, Shaped},
    diagnostic::Code,
    ir::{self, Binary, ExprId, Kind},
    position::Position,
};

const NANOS: i64 = 1_000_000_000;
const NANOS_PER_MILLI: i64 = 1_000_000;

/// A duration in seconds, for a state that can only count whole ones.
#[track_caller]
pub(crate) fn seconds(duration: ExprId) -> ExprId {
    const WHOLE: &str = "a state machine counts whole seconds";
    let (secs, nanos) = parts(duration);
    match node::literal(nanos) {
        Some(nanos) if nanos == 0 => secs,
        Some(_) => {
            recorder::report(Code::Limit, Position::caller(), WHOLE);
            secs
        }
        None => {
            let zero = node::constant(0);
            node::if_(node::binary(Binary::Eq, nanos, zero), secs, node::panic(WHOLE))
        }
    }
}

/// `a + b`
pub(crate) fn add_durations(a: ExprId, b: ExprId) -> ExprId {
    let ((a_secs, a_nanos), (b_secs, b_nanos)) = (parts(a), parts(b));
    let (secs, nanos) = (node::binary(Binary::Add, a_secs, b_secs), node::binary(Binary::Add, a_nanos, b_nanos));
    carried(secs, nanos)
}

/// `duration * n`, in two steps, because nanoseconds times `n` may go beyond 2^53.
pub(crate) fn multiply_duration(duration: ExprId, times: ExprId) -> ExprId {
    let (secs, nanos) = parts(duration);
    let whole = node::binary(Binary::Mul, secs, times);
    if list::is_zero(nanos) {
        return make(whole, nanos);
    }
    let (half, second) = (node::constant(1 << 16), node::constant(NANOS));
    let high = node::binary(Binary::Mul, nanos, quotient(times, half));
    let low = node::binary(Binary::Mul, nanos, node::binary(Binary::Rem, times, half));
    let rest = node::binary(Binary::Mul, node::binary(Binary::Rem, high, second), half);
    let carried = node::binary(Binary::Mul, quotient(high, second), half);
    let nanos = node::binary(Binary::Add, rest, low);
    let secs = node::binary(Binary::Add, node::binary(Binary::Add, whole, carried), quotient(nanos, second));
    make(secs, node::binary(Binary::Rem, nanos, second))
}

/// `a - b`, or `less` where `b` is longer.
fn subtract_durations(a: ExprId, b: ExprId, less: ExprId) -> ExprId {
    let ((a_secs, a_nanos), (b_secs, b_nanos)) = (parts(a), parts(b));
    let (secs, nanos) = (node::binary(Binary::Sub, a_secs, b_secs), node::binary(Binary::Sub, a_nanos, b_nanos));
    let (zero, one, second) = (node::constant(0), node::constant(1), node::constant(NANOS));
    let short = node::binary(Binary::Lt, nanos, zero);
    let secs = node::if_(short, node::binary(Binary::Sub, secs, one), secs);
    let nanos = node::if_(short, node::binary(Binary::Add, nanos, second), nanos);
    node::if_(node::binary(Binary::Lt, secs, zero), less, make(secs, nanos))
}

/// Fewer than two seconds of nanoseconds, with the seconds.
fn carried(secs: ExprId, nanos: ExprId) -> ExprId {
    let (one, second) = (node::constant(1), node::constant(NANOS));
    let full = node::binary(Binary::Ge, nanos, second);
    let secs = node::if_(full, node::binary(Binary::Add, secs, one), secs);
    make(secs, node::if_(full, node::binary(Binary::Sub, nanos, second), nanos))
}

fn parts(duration: ExprId) -> (ExprId, ExprId) {
    (node::key(duration, "secs", Kind::SCALAR), node::key(duration, "nanos", Kind::SCALAR))
}

fn make(secs: ExprId, nanos: ExprId) -> ExprId {
    node::build(ir::Expr::Object(vec![("secs".to_owned(), secs), ("nanos".to_owned(), nanos)]))
}

/// A duration of so many units, of which so many make a second.
pub(super) fn from_units(number: ExprId, per_second: i64) -> ExprId {
    let units = node::constant(per_second);
    let nanos = node::constant(NANOS / per_second);
    let rest = node::binary(Binary::Rem, number, units);
    make(quotient(number, units), node::binary(Binary::Mul, rest, nanos))
}

/// A duration of so many times so many seconds.
pub(super) fn from_seconds(number: ExprId, seconds: i64) -> ExprId {
    let seconds = node::binary(Binary::Mul, number, node::constant(seconds));
    make(seconds, node::constant(0))
}

/// Methods of `Duration`.
impl Expr<Duration> {
    /// `as_secs()`
    #[must_use]
    pub fn as_secs(self) -> Expr<u64> {
        Expr::from_id(parts(self.id()).0)
    }

    /// `as_millis()`
    #[must_use]
    pub fn as_millis(self) -> Expr<u128> {
        self.units(1000)
    }

    /// `as_micros()`
    #[must_use]
    pub fn as_micros(self) -> Expr<u128> {
        self.units(1_000_000)
    }

    /// `as_nanos()`
    #[must_use]
    pub fn as_nanos(self) -> Expr<u128> {
        self.units(NANOS)
    }

    fn units(self, per_second: i64) -> Expr<u128> {
        let whole = node::binary(Binary::Mul, parts(self.id()).0, node::constant(per_second));
        let (units, panic) = (node::binary(Binary::Add, whole, self.part(per_second)), number::inexact());
        Expr::from_id(bounded(Numeric::Unsigned(128), units, panic, panic))
    }

    /// The units in the part of a second.
    fn part(self, per_second: i64) -> ExprId {
        quotient(parts(self.id()).1, node::constant(NANOS / per_second))
    }

    /// `as_secs_f64()`
    #[must_use]
    pub fn as_secs_f64(self) -> Expr<f64> {
        let (secs, nanos) = parts(self.id());
        Expr::from_id(node::binary(Binary::Add, secs, node::binary(Binary::Div, nanos, node::constant(NANOS))))
    }

    /// `subsec_millis()`
    #[must_use]
    pub fn subsec_millis(self) -> Expr<u32> {
        Expr::from_id(self.part(1000))
    }

    /// `subsec_micros()`
    #[must_use]
    pub fn subsec_micros(self) -> Expr<u32> {
        Expr::from_id(self.part(1_000_000))
    }

    /// `subsec_nanos()`
    #[must_use]
    pub fn subsec_nanos(self) -> Expr<u32> {
        Expr::from_id(parts(self.id()).1)
    }

    /// `is_zero()`
    #[must_use]
    pub fn is_zero(self) -> Expr<bool> {
        let (secs, nanos) = parts(self.id());
        let is_zero = |number| node::binary(Binary::Eq, number, node::constant(0));
        Expr::from_id(node::all([is_zero(secs), is_zero(nanos)]))
    }

    /// `saturating_sub(other)`
    #[must_use]
    pub fn saturating_sub(self, other: Self) -> Self {
        let nothing = make(node::constant(0), node::constant(0));
        Expr::from_id(subtract_durations(self.id(), other.id(), nothing))
    }

    /// `checked_sub(other)`
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Expr<Option<Duration>> {
        Expr::from_id(subtract_durations(self.id(), other.id(), node::null()))
    }
}

impl SubOp<Duration> for Duration {
    type Out = Duration;

    fn stage_sub(left: ExprId, right: ExprId) -> ExprId {
        subtract_durations(left, right, node::panic("overflow when subtracting durations"))
    }
}

impl super::SumOf<Duration> for Duration {
    fn sum(items: ExprId) -> ExprId {
        let nothing = make(node::constant(0), node::constant(0));
        list::fold(items, Kind::SCALAR, nothing, Kind::SCALAR, add_durations)
    }
}

/// A time in milliseconds since 1970.
pub(crate) fn millis(time: ExprId) -> ExprId {
    if let Some(millis) = made_of_millis(time) {
        return millis;
    }
    if is_exact(time) {
        return node::call("toMillis", &[time]);
    }
    let zeros = node::call("replace", &[time, node::regex(r"(\.[0-9]{3})0+"), node::constant("$1")]);
    let finer = node::call("contains", &[time, node::regex(r"\.[0-9]{3}[0-9]*[1-9]")]);
    let panic = node::panic("times are exact to the millisecond in a state machine");
    node::if_(finer, panic, node::call("toMillis", &[zeros]))
}

/// The time of so many milliseconds since 1970, as serde writes it.
pub(crate) fn from_millis(millis: ExprId) -> ExprId {
    without_zero_millis(node::call("fromMillis", &[millis]))
}

/// A time that JSONata wrote, as serde writes it.
pub(crate) fn without_zero_millis(time: ExprId) -> ExprId {
    node::call("replace", &[time, node::constant(".000Z"), node::constant("Z")])
}

/// A time from outside, as serde would write it again.
pub(crate) fn canonical(time: ExprId) -> ExprId {
    if is_exact(time) { time } else { from_millis(millis(time)) }
}

/// The milliseconds that [`from_millis`] made a time of.
fn made_of_millis(time: ExprId) -> Option<ExprId> {
    recorder::with(|recorder| match recorder.arena.get(written(&recorder.arena, time)?) {
        ir::Expr::Call(function, arguments) if function.name == "fromMillis" => arguments.first().copied(),
        _ => None,
    })
}

/// What [`without_zero_millis`] was given.
fn written(arena: &ir::Arena, time: ExprId) -> Option<ExprId> {
    match arena.get(time) {
        ir::Expr::Call(function, arguments) if function.name == "replace" => arguments.first().copied(),
        _ => None,
    }
}

/// Whether a time is known to be in milliseconds, and written as serde writes it: by JSONata, or in the source.
fn is_exact(time: ExprId) -> bool {
    let time = recorder::held(time);
    recorder::with(|recorder| {
        match recorder.arena.get(time) {
        ir::Expr::Call(..) => written(&recorder.arena, time).is_some_and(
            |time| matches!(recorder.arena.get(time), ir::Expr::Call(function, _) if matches!(function.name, "fromMillis" | "now")),
        ),
        ir::Expr::Literal(Value::String(time)) => {
            let parsed = time.parse::<DateTime<Utc>>();
            parsed.is_ok_and(|time| i64::from(time.timestamp_subsec_nanos()) % NANOS_PER_MILLI == 0)
        }
        _ => false,
    }
    })
}

fn shift(time: ExprId, op: Binary, by: ExprId) -> ExprId {
    from_millis(node::binary(op, millis(time), by))
}

/// A duration in milliseconds, where it is a whole number of them.
fn whole_millis(duration: ExprId) -> ExprId {
    let (secs, nanos) = parts(duration);
    let thousand = node::binary(Binary::Mul, secs, node::constant(1000));
    let unit = node::constant(NANOS_PER_MILLI);
    let sum = node::binary(Binary::Add, thousand, node::binary(Binary::Div, nanos, unit));
    let (rest, zero) = (node::binary(Binary::Rem, nanos, unit), node::constant(0));
    let panic = node::panic("times are exact to the millisecond in a state machine");
    node::if_(node::binary(Binary::Eq, rest, zero), sum, panic)
}

impl AddOp<Duration> for DateTime<Utc> {
    type Out = DateTime<Utc>;

    fn stage_add(left: ExprId, right: ExprId) -> ExprId {
        shift(left, Binary::Add, whole_millis(right))
    }
}

impl SubOp<Duration> for DateTime<Utc> {
    type Out = DateTime<Utc>;

    fn stage_sub(left: ExprId, right: ExprId) -> ExprId {
        shift(left, Binary::Sub, whole_millis(right))
    }
}

impl AddOp<TimeDelta> for DateTime<Utc> {
    type Out = DateTime<Utc>;

    fn stage_add(left: ExprId, right: ExprId) -> ExprId {
        shift(left, Binary::Add, right)
    }
}

impl SubOp<TimeDelta> for DateTime<Utc> {
    type Out = DateTime<Utc>;

    fn stage_sub(left: ExprId, right: ExprId) -> ExprId {
        shift(left, Binary::Sub, right)
    }
}

impl SubOp<DateTime<Utc>> for DateTime<Utc> {
    type Out = TimeDelta;

    fn stage_sub(left: ExprId, right: ExprId) -> ExprId {
        node::binary(Binary::Sub, millis(left), millis(right))
    }
}

/// Methods of `DateTime<Utc>`.
impl Expr<DateTime<Utc>> {
    /// `timestamp()`
    #[must_use]
    pub fn timestamp(self) -> Expr<i64> {
        let seconds = node::binary(Binary::Div, millis(self.id()), node::constant(1000));
        Expr::from_id(node::call("floor", &[seconds]))
    }

    /// `timestamp_millis()`
    #[must_use]
    pub fn timestamp_millis(self) -> Expr<i64> {
        Expr::from_id(millis(self.id()))
    }

    /// `signed_duration_since(other)`
    #[must_use]
    pub fn signed_duration_since(self, other: Self) -> Expr<TimeDelta> {
        Expr::from_id(node::binary(Binary::Sub, millis(self.id()), millis(other.id())))
    }

    /// `to_rfc3339()`
    #[must_use]
    pub fn to_rfc3339(self) -> Expr<String> {
        Expr::from_id(replace(canonical(self.id()), "Z", "+00:00"))
    }
}

impl Show for DateTime<Utc> {
    fn show(value: Expr<Self>) -> Expr<String> {
        let day_and_time = replace(canonical(value.id()), "T", " ");
        Expr::from_id(replace(day_and_time, "Z", " UTC"))
    }
}

fn replace(text: ExprId, from: &str, to: &str) -> ExprId {
    node::call("replace", &[text, node::constant(from), node::constant(to)])
}

/// Milliseconds. It never leaves a workflow.
impl Shaped for TimeDelta {
    fn shape() -> Shape {
        Shape::Integer { signed: true, bits: 64 }
    }
}

impl super::Ordered for TimeDelta {}

macro_rules! units {
    ($($name:ident $millis:literal;)+) => {
        /// Methods of `TimeDelta`.
        impl Expr<TimeDelta> {
            $(#[doc = concat!("`", stringify!($name), "()`")]
            #[must_use]
            pub fn $name(self) -> Expr<i64> {
                Expr::from_id(quotient(self.id(), node::constant($millis)))
            })+
        }
    };
}

units! {
    num_milliseconds 1;
    num_seconds 1_000;
    num_minutes 60_000;
    num_hours 3_600_000;
    num_days 86_400_000;
    num_weeks 604_800_000;
}
