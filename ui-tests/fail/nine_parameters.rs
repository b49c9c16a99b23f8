use stepwright::prelude::*;

#[task]
async fn sum(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8) -> u8 {
    a + b + c + d + e + f + g + h + i
}

#[workflow]
async fn total(n: u8) -> u8 {
    sum(n, n, n, n, n, n, n, n, n).retry(Retry::all()).await
}

fn check() {
    let _ = total::local().mock::<sum>(|n: u8| n);
}

fn main() {}
