//! The digests that both query languages offer.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The algorithms by the service's names, in the service's order.
pub(crate) const ALGORITHMS: &str = "SHA-1, SHA-384, SHA-256, SHA-512, MD5";

/// The digest in lower-case hexadecimal digits; `None` for an algorithm that the service does not know.
pub(crate) fn digest(data: &[u8], algorithm: &str) -> Option<String> {
    fn hex<D: Digest>(data: &[u8]) -> String {
        D::digest(data).iter().map(|byte| format!("{byte:02x}")).collect()
    }
    match algorithm {
        "MD5" => Some(hex::<Md5>(data)),
        "SHA-1" => Some(hex::<Sha1>(data)),
        "SHA-256" => Some(hex::<Sha256>(data)),
        "SHA-384" => Some(hex::<Sha384>(data)),
        "SHA-512" => Some(hex::<Sha512>(data)),
        _ => None,
    }
}
