use stepwright::prelude::*;

#[task]
async fn wait(until: std::time::Instant) {
    drop(until);
}

fn main() {}
