use stepwright::prelude::*;

mod plain {
    use super::Size;

    pub(super) fn serialize<S: serde::Serializer>(size: &Size, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{}x{}", size.0, size.1))
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<Size, D::Error> {
        Ok(Size(1, 1))
    }
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Size(u64, u64);

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Parcel {
    #[serde(with = "plain")]
    #[schemars(with = "String")]
    size: Size,
}

#[workflow]
pub(crate) async fn workflow(parcel: Parcel) -> u64 {
    let Parcel { size: Size(width, _) } = parcel;
    width
}
