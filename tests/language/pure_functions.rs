//! # `#[pure]` functions and methods
//!
//! Synchronous Rust that workflows may call: it is inlined into the expression that calls it.

use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Account {
    pub balance: i64,
    pub limit: i64,
}

#[pure]
impl Account {
    pub fn can_pay(&self, amount: i64) -> bool {
        self.balance + self.limit >= amount
    }
}

#[pure]
pub fn with_fee(amount: i64, percent: i64) -> i64 {
    amount + amount * percent / 100
}

#[workflow]
pub async fn allowed(account: Account, amount: i64) -> bool {
    account.can_pay(with_fee(amount, 3))
}

runs! {
    allowed(json!({ "account": { "balance": 50, "limit": 53 }, "amount": 100 })) => json!(true),
    allowed(json!({ "account": { "balance": 50, "limit": 52 }, "amount": 100 })) => json!(false),
}
