//! Generic structs, newtypes, tuples, flattened and defaulted fields, struct update, field assignment, patterns.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Data)]
pub struct Meters(pub i32);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(transparent)]
pub struct Id {
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Pair<A, B> {
    pub first: A,
    pub second: B,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Limits {
    #[serde(default = "most")]
    pub most: i32,
    #[serde(default)]
    pub strict: bool,
}

fn most() -> i32 {
    3
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Site {
    pub site_id: Id,
    pub place: (Meters, Meters),
    #[serde(flatten)]
    pub limits: Limits,
    pub spans: Vec<Pair<Meters, Option<String>>>,
}

#[task]
pub async fn survey(id: Id, place: (Meters, Meters)) -> Pair<Meters, Option<String>> {
    let mut dice = dice(("survey", &id, place));
    Pair { first: Meters(dice.roll(9) as i32 - 4), second: dice.one_in(2).then(|| dice.word()) }
}

#[workflow]
pub async fn widen(site: Site) -> Site {
    let mut site = site;
    let Site { site_id, place: (Meters(x), y), .. } = site.clone();
    let found = survey(site_id, (Meters(x + 1), y)).await;
    site.place.0 = Meters(x.max(found.first.0));
    site.limits.most += 1;
    match &found {
        Pair { second: Some(name), .. } if name.is_empty() => site.limits.strict = true,
        Pair { first: Meters(m @ (1 | 2)), second: Some(name) } => site.site_id = Id { value: format!("{name}{m}") },
        Pair { first: Meters(..=0), .. } => site.spans = vec![],
        Pair { .. } => {}
    }
    if !site.limits.strict || (site.spans.len() as i32) < site.limits.most {
        site.spans.push(found);
    }
    Site { place: (site.place.1, site.place.0), ..site }
}

#[workflow]
pub async fn farthest(sites: Vec<Site>) -> Option<Pair<Id, i32>> {
    let far = |(Meters(x), Meters(y)): (Meters, Meters)| x.abs() + y.abs();
    let site = sites.into_iter().max_by_key(|site| far(site.place))?;
    let names: Vec<String> = site.spans.iter().filter_map(|span| span.second.clone()).collect();
    let Pair { first: Meters(more), .. } = survey(Id { value: names.join("/") }, site.place).await;
    Some(Pair { first: site.site_id, second: far(site.place) + more })
}

fn sites() -> impl Strategy<Value = serde_json::Value> {
    let span = (-9..9i32, proptest::option::of(words())).prop_map(|(m, second)| Pair { first: Meters(m), second });
    (words(), (-9..9i32, -9..9i32), proptest::option::of(0..5i32), any::<bool>(), few(span)).prop_map(
        |(id, place, most, strict, spans)| {
            let mut site = serde_json::json!({ "SiteId": id, "Place": place, "Spans": spans });
            if let Some(most) = most {
                site["most"] = most.into();
            }
            if strict {
                site["strict"] = true.into();
            }
            site
        },
    )
}

cases! { widen => sites(), farthest => few(sites()) }
