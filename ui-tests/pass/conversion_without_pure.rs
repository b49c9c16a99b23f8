use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Total(u64);

#[pure]
impl From<u64> for Total {
    fn from(total: u64) -> Self {
        Total(total)
    }
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> Total {
    total.into()
}
