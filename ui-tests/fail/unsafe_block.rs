use stepwright::prelude::*;

unsafe fn double(n: u64) -> u64 {
    n * 2
}

#[workflow]
async fn pay(total: u64) -> u64 {
    unsafe { double(total) }
}

fn main() {}
