use stepwright::prelude::*;

#[workflow]
async fn most() -> u64 {
    9_007_199_254_740_993
}

fn main() {}
