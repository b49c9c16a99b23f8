//! What expressions of the target can do beyond Rust's own library: time, randomness, digests, the context object.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SubsecRound, Utc};
use sha2::Digest;
use stepwright_codegen::hash::Hash;

use super::surroundings;

/// The present moment, in milliseconds.
#[must_use]
pub fn now() -> DateTime<Utc> {
    surroundings::clock().now().trunc_subsecs(3)
}

/// A random (version 4) UUID in lower case.
#[must_use]
pub fn uuid() -> String {
    uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid().to_string()
}

/// A random number from 0 (included) to 1 (excluded).
#[must_use]
pub fn random() -> f64 {
    fastrand::f64()
}

/// The digest of a text, in lower-case hexadecimal digits.
#[must_use]
pub fn hash(text: &str, algorithm: Hash) -> String {
    fn hex<D: Digest>(text: &str) -> String {
        D::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
    match algorithm {
        Hash::Md5 => hex::<md5::Md5>(text),
        Hash::Sha1 => hex::<sha1::Sha1>(text),
        Hash::Sha256 => hex::<sha2::Sha256>(text),
        Hash::Sha384 => hex::<sha2::Sha384>(text),
        Hash::Sha512 => hex::<sha2::Sha512>(text),
    }
}

/// A text in Base64 (RFC 4648, with padding).
#[must_use]
pub fn base64_encode(text: &str) -> String {
    STANDARD.encode(text)
}

/// The text that [`base64_encode`] made this of.
///
/// # Panics
///
/// If it is not Base64 of a text, which fails an execution of the machine.
#[must_use]
pub fn base64_decode(text: &str) -> String {
    let decoded = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.unwrap_or_else(|| crate::__private::stop(format!("`{text}` is not Base64 of a text")))
}

/// What the execution knows of itself.
#[must_use]
pub fn context() -> Context {
    surroundings::execution()
}

/// What an execution knows of itself. Natively there is none, so these are the values of a local run of the same workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub(super) identity: stepwright_runtime::Identity,
    pub(super) start_time: DateTime<Utc>,
}

impl Context {
    /// The ARN of the execution.
    #[must_use]
    pub fn execution_id(&self) -> String {
        self.identity.execution_id.clone()
    }

    /// The name of the execution.
    #[must_use]
    pub fn execution_name(&self) -> String {
        self.identity.execution_name.clone()
    }

    /// When the execution started.
    #[must_use]
    pub fn start_time(&self) -> DateTime<Utc> {
        self.start_time
    }

    /// The ARN of the state machine.
    #[must_use]
    pub fn state_machine_id(&self) -> String {
        self.identity.state_machine_id.clone()
    }

    /// How often the state was tried again before.
    #[must_use]
    pub fn retry_count(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_hexadecimal() {
        assert_eq!(hash("abc", Hash::Md5), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hash("abc", Hash::Sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hash("abc", Hash::Sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn base64_goes_both_ways() {
        assert_eq!(base64_encode("größe"), "Z3LDtsOfZQ==");
        assert_eq!(base64_decode("Z3LDtsOfZQ=="), "größe");
    }

    #[test]
    fn uuids_are_random_and_of_version_4() {
        assert_ne!(uuid(), uuid());
        assert_eq!(uuid().as_bytes()[14], b'4');
    }

    #[tokio::test(start_paused = true)]
    async fn time_passes_as_tokio_says() {
        let run = surroundings::Surroundings::new("pay", crate::mock::StandIns::default());
        let (before, after, known) = run
            .scope(async {
                let before = now();
                tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
                (before, now(), super::context())
            })
            .await;
        assert_eq!((after - before).num_seconds(), 3600);
        assert_eq!(known.start_time(), before);
        assert_eq!(known.execution_id(), "arn:aws:states:us-east-1:123456789012:execution:pay:local");
    }
}
