use stepwright::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
struct Payment {
    amount: u64,
}

#[workflow]
pub async fn pay(payment: Payment, limit: u64) -> bool {
    payment.amount < limit
}

fn main() {}
