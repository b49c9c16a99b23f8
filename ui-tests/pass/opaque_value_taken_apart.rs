use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Size(u64, u64);

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Parcel {
    size: Size,
}

#[workflow]
pub(crate) async fn workflow(parcel: Parcel) -> u64 {
    let Parcel { size: Size(width, _) } = parcel;
    width
}
