use stepwright::prelude::*;

#[workflow]
async fn has_digit(text: String) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
}

fn main() {}
