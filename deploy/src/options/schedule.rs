//! When a schedule starts executions.
//!
//! Source: EventBridge Scheduler User Guide, "Schedule types in EventBridge Scheduler".

use std::{fmt, ops::RangeInclusive, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};

/// `rate(VALUE UNIT)`, `cron(MINUTES HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK YEAR)` or `at(YYYY-MM-DDThh:mm:ss)`.
///
/// ```
/// use stepwright_deploy::options::ScheduleExpression;
///
/// assert!("cron(0 8 ? * MON-FRI *)".parse::<ScheduleExpression>().is_ok());
/// let error = "cron(0 24 ? * MON-FRI *)".parse::<ScheduleExpression>().unwrap_err();
/// assert_eq!(error.to_string(), "`cron(0 24 ? * MON-FRI *)` is no schedule: `24` is no hour, which is 0 to 23");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleExpression(String);

/// A text is no schedule. `Display` says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSchedule {
    text: String,
    reason: String,
}

/// A field of `cron(…)`.
struct Field {
    /// What its value is.
    name: &'static str,
    /// Its values.
    range: RangeInclusive<u32>,
    /// What values are called, from the first.
    words: &'static [&'static str],
}

const DAY_OF_MONTH: usize = 2;
const DAY_OF_WEEK: usize = 4;

const FIELDS: [Field; 6] = [
    Field { name: "minute", range: 0..=59, words: &[] },
    Field { name: "hour", range: 0..=23, words: &[] },
    Field { name: "day of the month", range: 1..=31, words: &[] },
    Field {
        name: "month",
        range: 1..=12,
        words: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    },
    Field { name: "day of the week", range: 1..=7, words: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
    Field { name: "year", range: 1970..=2199, words: &[] },
];

impl ScheduleExpression {
    /// The text of the expression.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ScheduleExpression {
    type Err = NoSchedule;

    fn from_str(text: &str) -> Result<Self, NoSchedule> {
        let inner = |word: &str| text.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')');
        let checked = match (inner("rate"), inner("cron"), inner("at")) {
            (Some(rate), ..) => check_rate(rate),
            (_, Some(fields), _) => check_cron(fields),
            (.., Some(time)) => check_time(time),
            (None, None, None) => {
                Err("expected `rate(1 hour)`, `cron(0 8 ? * MON-FRI *)` or `at(2030-01-31T08:00:00)`".to_owned())
            }
        };
        let text = text.to_owned();
        match checked {
            Ok(()) => Ok(ScheduleExpression(text)),
            Err(reason) => Err(NoSchedule { text, reason }),
        }
    }
}

fn check_rate(rate: &str) -> Result<(), String> {
    let is_rate = rate.split_once(' ').is_some_and(|(value, unit)| {
        let unit = unit.trim_start();
        number(value).is_some_and(|value| value > 0)
            && ["minute", "hour", "day"].contains(&unit.strip_suffix('s').unwrap_or(unit))
    });
    is_rate.then_some(()).ok_or_else(|| "a rate is a number, and `minutes`, `hours` or `days`".to_owned())
}

fn check_cron(text: &str) -> Result<(), String> {
    let fields: Vec<_> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        let names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
        return Err(format!("it has {} fields, not six: {}", fields.len(), names.join(", ")));
    }
    for (index, (field, text)) in FIELDS.iter().zip(&fields).enumerate() {
        let is_day = matches!(index, DAY_OF_MONTH | DAY_OF_WEEK);
        if is_day && *text == "?" {
            continue;
        }
        for part in text.split(',') {
            let is_known = field.has(part) || is_day && field.has_day(part, index == DAY_OF_WEEK);
            if !is_known {
                let (first, last) = (field.range.start(), field.range.end());
                return Err(format!("`{part}` is no {}, which is {first} to {last}", field.name));
            }
        }
    }
    let open = fields.iter().filter(|field| **field == "?").count();
    if open == 1 {
        return Ok(());
    }
    Err("either the day of the month or the day of the week has to be `?`".to_owned())
}

impl Field {
    /// `*`, a value, a range, or one of these with a step.
    fn has(&self, part: &str) -> bool {
        let (values, step) = part.split_once('/').map_or((part, None), |(values, step)| (values, Some(step)));
        let is_step = step.is_none_or(|step| number(step).is_some_and(|step| step > 0 && step <= *self.range.end()));
        let is_range = || values.split_once('-').is_some_and(|(from, to)| self.is_value(from) && self.is_value(to));
        is_step && (values == "*" || self.is_value(values) || is_range())
    }

    /// What only days can be: the last one, the working day that is nearest to one, or the nth of such days in a month.
    fn has_day(&self, part: &str, of_week: bool) -> bool {
        let nth =
            |(day, nth): (&str, &str)| self.is_value(day) && number(nth).is_some_and(|nth| (1..=5).contains(&nth));
        let last = part.strip_suffix('L').is_some_and(|day| day.is_empty() || of_week && self.is_value(day));
        let working = || part.strip_suffix('W').is_some_and(|day| day == "L" || self.is_value(day));
        last || if of_week { part.split_once('#').is_some_and(nth) } else { working() }
    }

    fn is_value(&self, text: &str) -> bool {
        number(text).is_some_and(|value| self.range.contains(&value))
            || self.words.iter().any(|word| word.eq_ignore_ascii_case(text))
    }
}

fn check_time(text: &str) -> Result<(), String> {
    let is_time = text.split_once('T').is_some_and(|(date, time)| {
        let part = |text: &str, range: RangeInclusive<u32>| number(text).is_some_and(|value| range.contains(&value));
        let is_date = matches!(date.split('-').collect::<Vec<_>>()[..], [year, month, day]
            if year.len() == 4 && month.len() == 2 && day.len() == 2
                && part(year, 1970..=9999) && part(month, 1..=12) && part(day, 1..=days(year, month)));
        let parts: Vec<_> = time.split(':').collect();
        let is_clock = matches!(parts[..], [hour, minute, second]
            if part(hour, 0..=23) && part(minute, 0..=59) && part(second, 0..=59));
        is_date && is_clock && parts.iter().all(|part| part.len() == 2)
    });
    is_time.then_some(()).ok_or_else(|| "a time is `YYYY-MM-DDThh:mm:ss`".to_owned())
}

/// How many days a month has.
fn days(year: &str, month: &str) -> u32 {
    let year = number(year).unwrap_or_default();
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        "02" => 28 + u32::from(is_leap),
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    }
}

/// The number, in digits only.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for NoSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no schedule: {}", self.text, self.reason)
    }
}

impl std::error::Error for NoSchedule {}

impl<'de> Deserialize<'de> for ScheduleExpression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_read() {
        for text in [
            "rate(1 hour)",
            "rate(5 minutes)",
            "cron(0 8 ? * MON-FRI *)",
            "cron(0/15 8-18 1,15 * ? 2030-2040)",
            "cron(0 10 L jan ? *)",
            "cron(0 10 3W * ? *)",
            "cron(0 10 ? * 6#3 *)",
            "at(2028-02-29T08:00:00)",
        ] {
            assert_eq!(text.parse().as_ref().map(ScheduleExpression::as_str), Ok(text));
        }
    }

    #[test]
    fn what_is_none_is_told_why() {
        let told: Vec<_> = [
            "hourly",
            "rate(0 hours)",
            "rate(5 weeks)",
            "rate(5)",
            "rate(5 minutes",
            "cron(0 8 * * *)",
            "cron(0 8 * * * *)",
            "cron(0 8 ? * ? *)",
            "cron(60 8 ? * MON *)",
            "cron(0 8 32 * ? *)",
            "cron(0 8 ? 13 MON *)",
            "cron(0 8 ? * MO *)",
            "cron(0 8 ? * MON#6 *)",
            "cron(0 8 ? * 3W *)",
            "cron(0/0 8 ? * MON *)",
            "cron(+1 8 ? * MON *)",
            "at(2027-02-29T08:00:00)",
            "at(2027-02-28 08:00:00)",
            "at(2027-02-28T08:00)",
        ]
        .into_iter()
        .map(|text| text.parse::<ScheduleExpression>().unwrap_err().to_string())
        .collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}
