use stepwright::prelude::*;

mod hex {
    pub fn serialize<S: serde::Serializer>(n: &u32, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{n:x}"))
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
        serde::Deserialize::deserialize(from)
    }
}

#[derive(Serialize, Deserialize, Data)]
pub enum Status {
    #[serde(with = "hex")]
    Open(u32),
}

fn main() {}
