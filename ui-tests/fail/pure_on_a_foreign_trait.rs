use stepwright::prelude::*;

pub struct Shop;

#[pure]
impl Clone for Shop {
    fn clone(&self) -> Self {
        Shop
    }
}

fn main() {}
