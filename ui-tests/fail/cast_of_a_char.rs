use stepwright::prelude::*;

#[workflow]
async fn code(letter: char) -> u32 {
    letter as u32
}

fn main() {}
