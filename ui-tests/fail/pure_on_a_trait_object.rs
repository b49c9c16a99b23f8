use stepwright::prelude::*;

trait Shop {}

#[pure]
impl dyn Shop {
    fn total(&self) -> u64 {
        0
    }
}

fn main() {}
