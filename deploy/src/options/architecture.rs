//! The processor that functions run on.

use serde::Deserialize;

/// The processor that a Lambda function runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Architecture {
    /// 64-bit ARM, the cheaper one.
    #[default]
    Arm64,
    /// 64-bit x86.
    #[serde(rename = "x86_64")]
    X86,
}

impl Architecture {
    /// What AWS calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Architecture::Arm64 => "arm64",
            Architecture::X86 => "x86_64",
        }
    }
}
