//! The algorithms of `hash`.

use serde::{Deserialize, Serialize};

/// An algorithm for [`hash`](crate::stage::prelude::hash), by the name that Step Functions knows it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hash {
    /// MD5, which is broken: not for secrets.
    #[serde(rename = "MD5")]
    Md5,
    /// SHA-1, which is broken: not for secrets.
    #[serde(rename = "SHA-1")]
    Sha1,
    /// SHA-256.
    #[serde(rename = "SHA-256")]
    Sha256,
    /// SHA-384.
    #[serde(rename = "SHA-384")]
    Sha384,
    /// SHA-512.
    #[serde(rename = "SHA-512")]
    Sha512,
}
