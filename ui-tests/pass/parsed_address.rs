use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(text: String) -> bool {
    matches!(text.parse::<u32>(), Ok(80))
}
