use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(text: String) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}
