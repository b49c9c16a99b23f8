//! What the macros write is silent under any lints of its user's.
#![deny(
    warnings,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    unused,
    missing_docs,
    private_bounds,
    private_interfaces,
    redundant_imports,
    single_use_lifetimes,
    trivial_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_code,
    unused_qualifications,
    unused_results,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#![allow(clippy::redundant_pub_crate)]

use stepwright::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub(crate) enum PaymentError {
    #[error("declined {code}")]
    Declined { code: String },
    #[error("busy")]
    Busy,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Payment {
    id: String,
    amount: u64,
}

#[pure]
impl Payment {
    const fn is_large(&self) -> bool {
        self.amount > 100
    }
}

#[task]
async fn charge(payment: Payment) -> Result<String, PaymentError> {
    if payment.is_large() { Err(PaymentError::Busy) } else { Ok(payment.id) }
}

#[pure]
const fn one_more(number: u64) -> u64 {
    number + 1
}

#[workflow(inline)]
async fn told(twin: String) -> String {
    format!("{twin}!")
}

/// Called by no one.
#[workflow]
async fn unused(number: u64) -> u64 {
    number
}

#[workflow]
async fn r#type(number: u64) -> u64 {
    one_more(number)
}

#[workflow]
pub(crate) async fn workflow(payments: Vec<Payment>, mut left: u64, note: Option<String>) -> Result<Vec<String>, Failure> {
    let mut done = Vec::new();
    for payment in payments {
        if left == 0 {
            break;
        }
        left -= 1;
        match charge(payment.clone()).await {
            Ok(receipt) => done.push(receipt),
            Err(PaymentError::Declined { code }) => done.push(code),
            Err(PaymentError::Busy) => {
                sleep(std::time::Duration::from_secs(1)).await;
                done.push(told(payment.id).await);
            }
        }
    }
    let kept = done.len() > 1 && note.is_some();
    if kept {
        let receipt = charge(Payment { id: "kept".to_owned(), amount: r#type(left).await }).await?;
        done.push(receipt);
    }
    Ok(done)
}
