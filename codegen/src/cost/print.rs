//! The report as text.

use std::fmt::{Display, Formatter, Result};

use stepwright_asl::{
    ExecutionType,
    cost::{Bounds, Cost, Part, Repeat, RepeatKind, Step},
};

use super::{CostReport, DataSize, Size, count, of, unit};
use crate::source_map::SourceMap;

impl CostReport {
    /// The transitions of an execution in one line: `2 to 7 + 4 per turn of the loop at src/jobs.rs:52`.
    #[must_use]
    pub fn formula(&self) -> String {
        self.bounds(&self.cost.transitions)
    }

    fn bounds(&self, bounds: &Bounds) -> String {
        let Bounds { least, most, repeats, .. } = bounds;
        let own = if least == most { count(*most) } else { format!("{} to {}", count(*least), count(*most)) };
        repeats.iter().fold(own, |text, repeat| format!("{text} + {}", each(repeat, &self.source_map)))
    }

    fn price(&self) -> String {
        let price = self.price_per_million();
        let own = if price.least == price.most {
            count(price.most)
        } else {
            format!("{} to {}", count(price.least), count(price.most))
        };
        if self.express {
            return format!("{own} USD, and the duration of each in steps of 100 ms by its memory in steps of 64 MB");
        }
        let repeats = self.cost.transitions.repeats.iter().zip(&price.repeats);
        let repeats =
            repeats.map(|(repeat, each)| format!(" + {} per {} {}", count(*each), unit(repeat), self.of(repeat)));
        format!("{own}{} USD", repeats.collect::<String>())
    }
}

/// What one time of what is repeated adds: `4 per turn of the loop at src/jobs.rs:52`.
pub(super) fn each(repeat: &Repeat, source_map: &SourceMap) -> String {
    let what = if repeat.kind == RepeatKind::Child(ExecutionType::Express) { " (not charged)" } else { "" };
    format!("{}{what} per {} {}", count(repeat.each), unit(repeat), of(repeat, source_map))
}

impl Display for CostReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "{} at {}:{}", self.name, self.at.file, self.at.line)?;
        let rows = self.rows();
        let width = rows.iter().map(|(what, _)| what.chars().count()).max().unwrap_or_default();
        rows.iter().try_for_each(|(what, text)| writeln!(f, "  {what:width$}  {text}"))?;
        self.warnings().iter().try_for_each(|warning| writeln!(f, "  warning: {warning}"))
    }
}

impl CostReport {
    fn rows(&self) -> Vec<(String, String)> {
        let Cost { transitions, events, parts, retries } = &self.cost;
        let row = |what: &str, text: String| (what.to_owned(), text);
        let mut rows = vec![
            row("transitions", self.formula()),
            row("shortest way", way(&transitions.shortest)),
            row("longest way", way(&transitions.longest)),
        ];
        rows.extend(parts.iter().map(|part| (part_name(part), self.bounds(&part.transitions))));
        rows.extend(retries.iter().map(|retries| {
            row("retries", format!("up to {} of `{}`, one transition each", count(retries.most), retries.state))
        }));
        rows.push(row("per million", self.price()));
        if !self.express {
            rows.push(row("events", self.bounds(events)));
        }
        rows.extend(self.data.iter().map(|data| row(&data.what, size(data))));
        rows
    }
}

fn way(steps: &[Step]) -> String {
    steps.iter().map(|step| step.state.as_str()).collect::<Vec<_>>().join(" > ")
}

fn part_name(part: &Part) -> String {
    match part.branch {
        Some(index) => format!("branch {} of `{}`", index + 1, part.state),
        None => format!("item of `{}`", part.state),
    }
}

fn size(data: &DataSize) -> String {
    match &data.size {
        Size::Bytes(bytes) => format!("up to {} bytes", count(*bytes)),
        Size::Unbounded { place, reason } if place.is_empty() => format!("unbounded: {reason}"),
        Size::Unbounded { place, reason } => format!("unbounded: `{place}`: {reason}"),
    }
}
