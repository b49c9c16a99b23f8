//! The randomness of one execution: the same seed gives the same identifiers, jitter and numbers.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::rngs::SmallRng;
use rand::{Rng, RngExt, SeedableRng};

/// A source of random numbers that the branches of an execution share.
#[derive(Debug)]
pub(crate) struct Random(Mutex<SmallRng>);

/// Where the executions of an interpreter have their random numbers from.
#[derive(Clone, Debug)]
pub(crate) enum Randomness {
    /// Each has its own source, with this seed.
    Seeded(u64),
    /// All have the same source.
    Shared(Arc<Random>),
}

impl Default for Randomness {
    fn default() -> Self {
        Randomness::Shared(Arc::new(Random::unlike_any_other()))
    }
}

impl Randomness {
    pub(crate) fn for_execution(&self) -> Arc<Random> {
        match self {
            Randomness::Seeded(seed) => Arc::new(Random::seeded(*seed)),
            Randomness::Shared(random) => Arc::clone(random),
        }
    }
}

impl Random {
    pub(crate) fn seeded(seed: u64) -> Random {
        Random(Mutex::new(SmallRng::seed_from_u64(seed)))
    }

    /// A source with a seed of its own.
    fn unlike_any_other() -> Random {
        // The standard library's hashers are keyed at random.
        Random::seeded(RandomState::new().hash_one(0))
    }

    /// An even number from 0 (included) to 1 (excluded).
    pub(crate) fn fraction(&self) -> f64 {
        self.lock().random()
    }

    /// A random UUID.
    pub(crate) fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.lock().fill_bytes(&mut bytes);
        Uuid(bytes)
    }

    fn lock(&self) -> MutexGuard<'_, SmallRng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Random bytes that are written as a UUID of version 4, in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Uuid([u8; 16]);

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.0) & !(0xf000 << 64 | 0xc000 << 48) | 0x4000 << 64 | 0x8000 << 48;
        let digits = |from: u32, mask: u64| (number >> from) & u128::from(mask);
        let (first, second, third) = (digits(96, 0xffff_ffff), digits(80, 0xffff), digits(64, 0xffff));
        write!(
            f,
            "{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}",
            digits(48, 0xffff),
            digits(0, 0xffff_ffff_ffff)
        )
    }
}

/// Java's `Random`: what a seed means on the service.
#[derive(Debug)]
pub(crate) struct JavaRandom(u64);

impl JavaRandom {
    const MULTIPLIER: u64 = 0x5_deec_e66d;
    const MASK: u64 = (1 << 48) - 1;

    pub(crate) fn seeded(seed: i64) -> JavaRandom {
        JavaRandom((seed.cast_unsigned() ^ Self::MULTIPLIER) & Self::MASK)
    }

    /// An even number from 0 (included) to 1 (excluded).
    pub(crate) fn fraction(&mut self) -> f64 {
        let number = (self.bits(26) << 27) + self.bits(27);
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
        let fraction = number as f64 / (1_u64 << 53) as f64;
        fraction
    }

    fn bits(&mut self, count: u32) -> u64 {
        self.0 = self.0.wrapping_mul(Self::MULTIPLIER).wrapping_add(0xb) & Self::MASK;
        self.0 >> (48 - count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_numbers_are_javas() {
        assert!((JavaRandom::seeded(42).fraction() - 0.727_563_680_032_868_1).abs() < f64::EPSILON);
        assert!((JavaRandom::seeded(0).fraction() - 0.730_967_787_376_657).abs() < f64::EPSILON);
    }

    #[test]
    fn uuids_are_of_version_4_and_follow_the_seed() {
        let uuid = Random::seeded(1).uuid().to_string();
        assert_eq!(uuid, Random::seeded(1).uuid().to_string());
        assert_ne!(uuid, Random::seeded(2).uuid().to_string());
        let parts: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]));
    }
}
