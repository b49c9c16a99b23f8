use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> Result<u64, std::num::ParseIntError> {
    amount.to_string().parse()
}

fn main() {}
