use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
enum Payment {
    Card(String, u64),
    Cash(u64),
}

#[workflow]
async fn pay(card: String, amount: u64) -> Payment {
    if amount > 100 {
        Payment::Card(card)
    } else if amount > 10 {
        Payment::Card(card, amount, amount)
    } else {
        Payment::Cash(amount, card)
    }
}

fn main() {}
