use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(note: Option<String>) -> bool {
    let kept = Some(note).flatten();
    kept.is_some()
}
