//! # What only the service knows
//!
//! `uuid()`, `random()`, `now()`, `hash(…)`, `base64_encode(…)` and the context object. Each is evaluated once, where it stands.

use stepwright::prelude::*;

use stepwright::{Hash, base64_encode, hash};

#[workflow]
pub async fn seal(text: String) -> String {
    let digest = hash(&text, Hash::Sha256);
    base64_encode(&format!("{}:{}", digest.chars().take(6).collect::<String>(), text))
}

runs! {
    seal(json!("deal")) => json!("Zjk2Yzk0OmRlYWw="),
}
