use stepwright::prelude::*;

#[workflow]
async fn pay(totals: Vec<u64>) -> Vec<u64> {
    let mut totals = totals;
    for total in totals.iter_mut() {
        *total = 3;
    }
    totals
}

fn main() {}
