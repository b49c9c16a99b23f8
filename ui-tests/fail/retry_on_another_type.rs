use stepwright::prelude::*;

#[derive(Clone, Copy)]
pub enum Mode {
    Fast,
}

#[task(retry(on(Mode::Fast)))]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
