//! Two workflows and two tasks of one name.

use std::process::ExitCode;

use stepwright::prelude::*;

mod shop {
    use stepwright::prelude::*;

    #[task]
    pub(crate) async fn charge(amount: u64) -> u64 {
        amount
    }

    #[workflow]
    pub(crate) async fn pay(total: u64) -> u64 {
        charge(total).await
    }
}

#[task]
async fn charge(amount: u64) -> u64 {
    amount + shop::charge(1).await
}

#[workflow]
async fn pay(total: u64) -> u64 {
    charge(total).await
}

fn main() -> ExitCode {
    stepwright::main!()
}
