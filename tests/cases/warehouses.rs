//! Maps in maps in a parallel block, with captured values and errors that end them early.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Warehouse {
    pub name: String,
    pub shelves: Vec<Vec<u32>>,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum CountError {
    #[error("shelf {shelf} of {warehouse}")]
    Lost { warehouse: String, shelf: usize },
}

#[task]
pub async fn weigh(warehouse: String, item: u32) -> u32 {
    let _ = warehouse;
    item * 3
}

#[task]
pub async fn inspect(warehouse: String, shelf: usize, total: u32) -> Result<bool, CountError> {
    let mut dice = dice(("inspect", &warehouse, shelf, total));
    if dice.one_in(12) { Err(CountError::Lost { warehouse, shelf }) } else { Ok(dice.one_in(2)) }
}

#[task]
pub async fn audit(names: Vec<String>) -> String {
    names.join("+")
}

#[workflow]
pub async fn stock(warehouses: Vec<Warehouse>, limit: u32) -> Result<(String, Vec<u32>), CountError> {
    let (names, totals) = join!(
        async {
            let names: Vec<String> = warehouses.iter().map(|warehouse| warehouse.name.to_uppercase()).collect();
            audit(names).await
        },
        map(warehouses.clone(), async |warehouse| -> Result<u32, CountError> {
            let name = warehouse.name;
            let weights = map(warehouse.shelves.into_iter().enumerate().collect::<Vec<_>>(), async |(index, shelf)| {
                let items: Vec<u32> = shelf.into_iter().filter(|item| *item <= limit).collect();
                let weights = map(items, async |item| weigh(name.clone(), item).await).max_concurrency(3).await;
                let total = weights.iter().sum();
                let fine = inspect(name.clone(), index, total).await?;
                Ok::<u32, CountError>(if fine { total } else { 0 })
            })
            .await?;
            Ok(weights.into_iter().max().unwrap_or(0))
        }),
    );
    let totals = totals?;
    Ok((names, totals))
}

/// What the items of a map, or the branches of a parallel block, give without any state of their own, of what is around them.
#[workflow]
pub async fn marked(items: Vec<u32>, limit: u32) -> Result<Vec<(u32, bool)>, CountError> {
    map(items.clone(), async |item| -> Result<(u32, bool), CountError> {
        let marks = map(items.clone(), async |other| -> u32 {
            if limit < 20 { item } else { other + limit }
        })
        .await;
        let total = marks.iter().sum();
        let fine = inspect("Marks".to_owned(), marks.len(), total).await?;
        Ok((total, fine))
    })
    .await
}

/// A value that differs at each evaluation is one value for all branches that read it.
#[workflow]
pub async fn labelled(items: Vec<u32>) -> Vec<bool> {
    map(items, async |item| -> bool {
        let label = format!("{item}-{}", stepwright::uuid());
        let (one, other) = join!(
            async {
                audit(vec!["one".to_owned()]).await;
                label.clone()
            },
            async {
                audit(vec!["other".to_owned()]).await;
                label.clone()
            },
        );
        one == other
    })
    .await
}

#[task]
pub async fn enough(count: u32, at_least: u32) -> bool {
    count >= at_least
}

/// In each round of a loop, the branches read what the round before left.
#[workflow]
pub async fn counted_up(items: Vec<u32>) -> Vec<u32> {
    map(items, async |item| -> u32 {
        let mut count = item;
        loop {
            let (many, all) = join!(enough(count, 20), enough(count * 2, 70));
            if many && all {
                return count;
            }
            count += 7;
        }
    })
    .await
}

fn limited() -> impl Strategy<Value = serde_json::Value> {
    (few(0..50u32), 0..40u32).prop_map(|(items, limit)| serde_json::json!({ "items": items, "limit": limit }))
}

fn sites() -> impl Strategy<Value = serde_json::Value> {
    let shelves = few(few(0..50u32));
    let sites = few((words(), shelves).prop_map(|(name, shelves)| Warehouse { name, shelves }));
    (sites, 0..60u32).prop_map(|(warehouses, limit)| serde_json::json!({ "warehouses": warehouses, "limit": limit }))
}

cases! { stock => sites(), marked => limited(), labelled => few(0..50u32), counted_up => few(0..50u32) }
