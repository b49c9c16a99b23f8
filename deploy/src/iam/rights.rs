//! Rights as they are found, and how they become the statements of a policy.

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Need, Policy, Source, Statement, Text};

/// Rights, merged where they differ in their resources only.
#[derive(Default)]
pub(super) struct Rights(BTreeMap<Kind, Merged>);

/// What is the same for all rights of one statement.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    actions: Vec<String>,
    condition: Condition,
}

struct Merged {
    sid: String,
    needs: BTreeMap<Source, BTreeSet<Text>>,
}

impl Rights {
    /// Adds a right; none if there is no resource.
    pub(super) fn add(
        &mut self,
        sid: &str,
        actions: &[&str],
        resources: impl IntoIterator<Item = Text>,
        condition: Condition,
        by: &Source,
    ) {
        let resources: BTreeSet<_> = resources.into_iter().collect();
        if !resources.is_empty() {
            let kind = Kind { actions: actions.iter().map(|action| (*action).to_owned()).collect(), condition };
            let new = || Merged { sid: sid.to_owned(), needs: BTreeMap::new() };
            let merged = self.0.entry(kind).or_insert_with(new);
            // The order of the states must not matter.
            if sid < merged.sid.as_str() {
                sid.clone_into(&mut merged.sid);
            }
            merged.needs.entry(by.clone()).or_default().extend(resources);
        }
    }

    /// The policy. Statements that come from the same but differ are numbered; `order` is that of the states.
    pub(super) fn into_policy(self, order: &[Source]) -> Policy {
        let mut statements: Vec<_> = self.0.into_iter().map(|(kind, merged)| merged.statement(kind, order)).collect();
        statements.sort_by(|one, other| one.sid.cmp(&other.sid));
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for Statement { sid, .. } in &mut statements {
            let times = times.entry(sid.clone()).or_default();
            *times += 1;
            if *times > 1 {
                sid.push_str(&times.to_string());
            }
        }
        Policy { statements }
    }
}

impl Merged {
    fn statement(self, Kind { actions, condition }: Kind, order: &[Source]) -> Statement {
        let resources: BTreeSet<_> = self.needs.values().flatten().cloned().collect();
        let resources = resources.into_iter().collect();
        let needs = self.needs.into_iter();
        let mut needed_by: Vec<_> =
            needs.map(|(by, resources)| Need { by, resources: resources.into_iter().collect() }).collect();
        needed_by.sort_by_key(|need| order.iter().position(|source| *source == need.by));
        Statement { sid: self.sid, actions, resources, condition, needed_by }
    }
}

/// The condition that `key` has one of the values, as `operator` compares.
pub(super) fn condition(operator: &str, key: &str, values: impl IntoIterator<Item = Text>) -> Condition {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort();
    values.dedup();
    Condition::from([(operator.to_owned(), BTreeMap::from([(key.to_owned(), values)]))])
}
