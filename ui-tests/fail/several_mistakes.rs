use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    println!("{total}");
    let odd = total & 1;
    format!("{odd:?}");
    total
}

fn main() {}
