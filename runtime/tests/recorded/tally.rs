//! How many cases agree, by category and aspect, and the share that has to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::compare;

/// What is compared, from the least to the most.
pub(crate) const ASPECTS: [&str; 4] = ["status", "result", "event types", "events"];

/// The share of the cases that has to agree, in percent.
const BARS: [f64; 4] = [100.0, 99.5, 99.5, 97.0];

#[derive(Default)]
pub(crate) struct Tally(BTreeMap<(String, usize), Count>);

#[derive(Clone, Copy, Default)]
struct Count {
    agreeing: usize,
    all: usize,
}

impl Tally {
    pub(crate) fn count(&mut self, case: &Value, differences: &BTreeMap<usize, String>) {
        for aspect in (0..ASPECTS.len()).filter(|aspect| compare::is_recorded(case, *aspect)) {
            let category = case["category"].as_str().unwrap().to_owned();
            let count = self.0.entry((category, aspect)).or_default();
            count.all += 1;
            count.agreeing += usize::from(!differences.contains_key(&aspect));
        }
    }

    /// The aspects in which fewer cases agree than have to.
    pub(crate) fn missed(&self) -> Vec<&'static str> {
        let missed = (0..ASPECTS.len()).filter(|aspect| self.total(*aspect).percent() < BARS[*aspect]);
        missed.map(|aspect| ASPECTS[aspect]).collect()
    }

    fn total(&self, aspect: usize) -> Count {
        let counts = self.0.iter().filter(|((_, of), _)| *of == aspect).map(|(_, count)| count);
        counts.fold(Count::default(), |sum, count| Count {
            agreeing: sum.agreeing + count.agreeing,
            all: sum.all + count.all,
        })
    }
}

impl Count {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    fn percent(self) -> f64 {
        self.agreeing as f64 * 100.0 / self.all.max(1) as f64
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut line = |category: &str, aspect: usize, count: Count| {
            let Count { agreeing, all } = count;
            writeln!(f, "{category:12} {:12} {agreeing:4} of {all:4} {:6.2} %", ASPECTS[aspect], count.percent())
        };
        self.0.iter().try_for_each(|((category, aspect), count)| line(category, *aspect, *count))?;
        (0..ASPECTS.len()).try_for_each(|aspect| line("all", aspect, self.total(aspect)))
    }
}
