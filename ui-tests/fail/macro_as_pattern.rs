use stepwright::prelude::*;

macro_rules! one {
    () => {
        1
    };
}

#[workflow]
async fn is_one(total: u64) -> bool {
    match total {
        one!() => true,
        _ => false,
    }
}

fn main() {}
