//! Asks, and polls for an answer until a deadline; the answer is an adjacently tagged enum.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Request {
    pub from: String,
    pub amount: u64,
    pub patience: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "kind", content = "details", rename_all = "lowercase")]
pub enum Answer {
    Pending,
    Approved(String),
    Refused { by: String, why: Option<String> },
    Forwarded(String, u32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "outcome")]
pub enum Verdict {
    Automatic,
    Approved { by: String, after: u32 },
    Refused { reason: String },
    Expired,
}

#[task]
pub async fn ask(who: String, amount: u64) -> String {
    format!("{who}/{amount}")
}

#[task]
pub async fn answer(ticket: String, round: u32) -> Answer {
    let mut dice = dice(("answer", &ticket, round));
    match dice.roll(6) {
        0 => Answer::Approved(dice.word()),
        1 => Answer::Refused { by: dice.word(), why: dice.one_in(2).then(|| dice.word()) },
        2 => Answer::Forwarded(dice.word(), dice.roll(3) as u32),
        _ => Answer::Pending,
    }
}

#[workflow]
pub async fn approve(request: Request) -> Verdict {
    if request.amount < 100 {
        return Verdict::Automatic;
    }
    let mut ticket = ask(request.from, request.amount).await;
    let mut waited = 0;
    let patience = request.patience.unwrap_or(3).min(5);
    loop {
        match answer(ticket.clone(), waited).await {
            Answer::Approved(by) => return Verdict::Approved { by, after: waited },
            Answer::Refused { by, why } => {
                let reason = why.unwrap_or_else(|| format!("{by} gave no reason"));
                return Verdict::Refused { reason };
            }
            Answer::Forwarded(next, 0) => ticket = ask(next, request.amount).await,
            Answer::Forwarded(next, level @ 1..=5) => ticket = ask(format!("{next} {level}"), request.amount + 1).await,
            Answer::Forwarded(..) | Answer::Pending => {}
        }
        waited += 1;
        if waited > patience {
            break;
        }
        sleep(Duration::from_secs(60) * waited).await;
    }
    Verdict::Expired
}

fn requests() -> impl Strategy<Value = Request> {
    (words(), prop_oneof![0..100u64, 100..5000u64], proptest::option::of(0..9u32))
        .prop_map(|(from, amount, patience)| Request { from, amount, patience })
}

cases! { approve => requests() }
