//! All pages of several sources at once, each source page by page.

use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Page {
    pub rows: Vec<Row>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Row {
    pub id: u32,
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Listing {
    pub source: String,
    pub pages: u32,
    pub names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ListError {
    #[error("{0} is forbidden")]
    Forbidden(String),
}

#[task]
pub async fn list(source: String, marker: Option<String>, page: u32) -> Result<Page, ListError> {
    let mut dice = dice(("list", &source, &marker, page));
    if dice.one_in(12) {
        return Err(ListError::Forbidden(source));
    }
    let rows =
        (0..dice.roll(4)).map(|id| Row { id: id as u32, name: (!dice.one_in(3)).then(|| dice.word()) }).collect();
    Ok(Page { rows, next: (page < 4 && dice.one_in(2)).then(|| dice.word()) })
}

#[workflow]
pub async fn list_all(sources: Vec<String>) -> Result<Vec<Listing>, ListError> {
    let listings = map(sources, async |source| {
        let mut names = Vec::new();
        let mut marker = None;
        let mut pages = 0;
        loop {
            let page = list(source.clone(), marker, pages).await?;
            pages += 1;
            names.extend(page.rows.into_iter().filter(|row| row.id > 0).filter_map(|row| row.name));
            marker = page.next;
            if marker.is_none() {
                break;
            }
        }
        Ok::<Listing, ListError>(Listing { source, pages, names })
    })
    .await?;
    Ok(listings.into_iter().filter(|listing| !listing.names.is_empty()).collect())
}

/// Page by page while there is one.
#[workflow]
pub async fn count_rows(source: String) -> Result<usize, ListError> {
    let first = list(source.clone(), None, 0).await?;
    let mut count = first.rows.len();
    let mut next = first.next;
    let mut page = 0;
    while let Some(marker) = next {
        page += 1;
        let more = list(source.clone(), Some(marker), page).await?;
        count += more.rows.iter().filter(|row| row.name.is_some()).count();
        next = more.next;
    }
    Ok(count)
}

cases! { list_all => few(words()), count_rows => words() }
