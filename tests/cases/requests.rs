//! Requests with fields that serde leaves out: made in place, over a base, by assignment, in variants, and read back.

use std::collections::{BTreeMap, HashMap};

use proptest::{option, prelude::*};
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct GetItem {
    pub table_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    pub key: BTreeMap<String, Attribute>,
    #[serde(skip_serializing_if = "HashMap::is_empty")]
    pub names: HashMap<String, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub filter: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub segment: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not", alias = "Consistent")]
    pub consistent_read: bool,
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub forward: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returning: Option<Returning>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Page {
    pub start: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub enum Attribute {
    S(String),
    N {
        digits: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "Mode", rename_all = "PascalCase", rename_all_fields = "PascalCase")]
pub enum Returning {
    Old {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        only: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
    },
    Nothing,
}

#[pure]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde lends it")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[pure]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde lends it")]
fn is_true(flag: &bool) -> bool {
    *flag
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Found {
    pub rows: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

#[task]
pub async fn get_item(request: GetItem) -> Found {
    let mut dice = dice((request.table_name, request.limit, request.attributes, request.names.len()));
    Found { rows: dice.roll(4) as u32, next: dice.one_in(2).then(|| dice.roll(9) as u32) }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Query {
    pub table: String,
    pub limit: Option<u32>,
    pub attributes: Vec<String>,
    pub filter: String,
    pub consistent: bool,
    pub unit: Option<String>,
    pub page: Option<Page>,
}

/// What is known to be left out vanishes; what may be left out is decided in the machine.
#[workflow]
pub async fn query(query: Query) -> Found {
    let key = BTreeMap::from([("id".to_owned(), Attribute::S(query.table.clone()))]);
    let first = get_item(GetItem { table_name: query.table.clone(), key, ..Default::default() }).await;
    let key = BTreeMap::from([("n".to_owned(), Attribute::N { digits: first.rows, unit: query.unit })]);
    let request = GetItem {
        table_name: query.table,
        limit: query.limit.or(first.next),
        attributes: query.attributes,
        key,
        names: HashMap::new(),
        filter: query.filter,
        segment: first.rows,
        consistent_read: query.consistent,
        forward: first.rows != 1,
        returning: None,
        page: query.page,
    };
    let limit = request.limit.unwrap_or(7);
    let found = get_item(request.clone()).await;
    get_item(GetItem { limit: found.next, forward: limit > 7, ..request }).await
}

/// Fields of a request that is made step by step, and read back.
#[workflow]
pub async fn refine(base: GetItem, words: Vec<String>) -> (GetItem, Found) {
    let mut request = GetItem { table_name: "refined".to_owned(), returning: Some(Returning::Nothing), ..base };
    let mut found = Found { rows: 0, next: None };
    for word in words {
        request.attributes.retain(|known| *known != word);
        if request.attributes.is_empty() {
            request.attributes.push(word.clone());
            request.limit = found.next;
        }
        request.names.insert(word.clone(), "name".to_owned());
        request.segment = found.rows;
        request.consistent_read = !request.consistent_read;
        request.returning = match &request.returning {
            Some(Returning::Old { only, most: None }) if only.is_empty() => None,
            Some(Returning::Old { only, most }) => {
                Some(Returning::Old { only: only.iter().skip(1).cloned().collect(), most: most.filter(|n| *n > 1) })
            }
            Some(Returning::Nothing) => Some(Returning::Old { only: vec![word, "b".to_owned()], most: request.limit }),
            None => Some(Returning::Nothing),
        };
        found = get_item(request.clone()).await;
        found.next = found.next.filter(|next| *next > 2);
    }
    (request, found)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Filters {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

/// Only read: when serde leaves a key out is the task's business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Counted {
    pub rows: u32,
    #[serde(default, skip_serializing_if = "is_none_at_all")]
    pub more: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde lends it")]
fn is_none_at_all(n: &u32) -> bool {
    *n == 0
}

#[task]
pub async fn matching(filters: Filters) -> Counted {
    Counted { rows: filters.from.unwrap_or(9), more: filters.to.unwrap_or(0) }
}

/// Nothing at all may be left.
#[workflow]
pub async fn narrow(filters: Filters, to: Option<u32>) -> Filters {
    let mut filters = Filters { to, ..filters };
    let counted = matching(filters.clone()).await;
    if counted.rows + counted.more > 4 {
        filters.from = None;
    }
    filters
}

fn filters() -> impl Strategy<Value = serde_json::Value> {
    let number = || option::of(0..9u32);
    (number(), number(), number()).prop_map(|(from, to, other)| {
        let filters = Filters { from, to };
        serde_json::json!({ "filters": filters, "to": other })
    })
}

fn queries() -> impl Strategy<Value = Query> {
    let page = (0..9u32, option::of(words())).prop_map(|(start, token)| Page { start, token });
    (words(), option::of(0..9u32), few(words()), words(), any::<bool>(), option::of(words()), option::of(page))
        .prop_map(|(table, limit, attributes, filter, consistent, unit, page)| Query {
            table,
            limit,
            attributes,
            filter,
            consistent,
            unit,
            page,
        })
}

fn requests() -> impl Strategy<Value = serde_json::Value> {
    (queries(), few("[ab]")).prop_map(|(query, words)| {
        let base = GetItem {
            table_name: query.table,
            limit: query.limit,
            attributes: query.attributes,
            filter: query.filter,
            consistent_read: query.consistent,
            page: query.page,
            ..Default::default()
        };
        let mut base = serde_json::to_value(base).unwrap();
        // Without a default, serde wants these keys of what it left out.
        base["Names"] = serde_json::json!({ "n": "m" });
        base["Filter"] = serde_json::json!("f");
        serde_json::json!({ "base": base, "words": words })
    })
}

/// The output itself, before any type reads it.
#[tokio::test(start_paused = true)]
async fn the_output_is_what_serde_writes() {
    let base = GetItem { names: HashMap::from([("a".into(), "b".into())]), filter: "f".into(), ..Default::default() };
    let input = serde_json::json!({ "base": base, "words": ["w"] });
    let found = |_| Found { rows: 0, next: None };
    let native = refine::native().mock::<get_item>(found).run_json(input.clone()).await.result().unwrap();
    let local = refine::local().mock::<get_item>(found).run_json(input).await;
    assert_eq!(local.output(), Some(&serde_json::to_value(native).unwrap()));
}

cases! { query => queries(), refine => requests(), narrow => filters() }
