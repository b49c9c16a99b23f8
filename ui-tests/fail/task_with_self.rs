use stepwright::prelude::*;

pub struct Shop;

impl Shop {
    #[task]
    async fn charge(&self, amount: u64) -> u64 {
        amount
    }
}

fn main() {}
