use stepwright::prelude::*;

#[workflow]
async fn half(n: f32) -> f32 {
    n / 2.0
}

fn main() {}
