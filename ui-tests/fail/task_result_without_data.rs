use stepwright::prelude::*;

#[task]
async fn clock() -> std::time::Instant {
    std::time::Instant::now()
}

fn main() {}
