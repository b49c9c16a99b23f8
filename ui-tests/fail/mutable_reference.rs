use stepwright::prelude::*;

#[pure]
fn add(list: &mut Vec<u32>) {
    list.push(1);
}

fn main() {}
