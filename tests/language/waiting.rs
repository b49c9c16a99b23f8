//! # `sleep`
//!
//! A Wait state: for a duration of whole seconds, or until a time.

use stepwright::prelude::*;

use std::time::Duration;

#[task]
pub async fn status(job: String) -> bool {
    !job.is_empty()
}

#[workflow]
pub async fn wait_for(job: String) -> u32 {
    let mut polls = 1;
    while !status(job.clone()).await && polls < 3 {
        polls += 1;
        sleep(Duration::from_secs(30)).await;
    }
    polls
}

runs! {
    wait_for(json!("job")) => json!(1),
    wait_for(json!("")) => json!(3),
}
