//! Names that are made of content: the same for the same, another for anything else.

use uuid::Uuid;

/// A UUID (version 5) that stands for a text.
pub(crate) fn fingerprint(text: &str) -> Uuid {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"https://github.com/stepwright/stepwright");
    Uuid::new_v5(&namespace, text.as_bytes())
}
