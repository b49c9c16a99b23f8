//! Waits until a time, in maps in the branches of a parallel block in a map.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::{now, prelude::*};

use crate::support::{few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Meeting {
    pub title: String,
    pub guests: Vec<String>,
    pub minutes: u64,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum InviteError {
    #[error("{guest} cannot be reached")]
    Unreachable { guest: String },
}

#[task]
pub async fn invite(guest: String, title: String) -> Result<bool, InviteError> {
    match guest.len() + title.len() {
        length if length > 9 => Err(InviteError::Unreachable { guest }),
        length => Ok(length % 2 == 0),
    }
}

#[task]
pub async fn reserve(title: String, seat: usize) -> u64 {
    (title.len() * 10 + seat) as u64
}

/// Says of the meetings how many come, which seats they have, and whether nobody was reminded too early.
#[workflow]
pub async fn call_together(meetings: Vec<Meeting>, early: u64) -> Result<Vec<(usize, Vec<u64>, bool)>, InviteError> {
    map(meetings, async |meeting| -> Result<(usize, Vec<u64>, bool), InviteError> {
        let title = meeting.title;
        let (coming, seats) = join!(
            map(meeting.guests.clone(), async |guest| invite(guest, title.clone()).await).max_concurrency(2),
            map((0..meeting.guests.len()).collect::<Vec<_>>(), async |seat| reserve(title.clone(), seat).await),
        );
        let coming = coming?.into_iter().filter(|comes| *comes).count();
        let due = now() + Duration::from_secs(meeting.minutes.saturating_sub(early) * 60);
        sleep_until(due).await;
        Ok((coming, seats, now() >= due))
    })
    .await
}

fn calendars() -> impl Strategy<Value = serde_json::Value> {
    let meetings =
        few((words(), few(words()), 0..90u64).prop_map(|(title, guests, minutes)| Meeting { title, guests, minutes }));
    (meetings, 0..30u64).prop_map(|(meetings, early)| serde_json::json!({ "meetings": meetings, "early": early }))
}

cases! { call_together => calendars() }
