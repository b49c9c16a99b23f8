use stepwright::prelude::*;

#[workflow]
async fn read(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

fn main() {}
