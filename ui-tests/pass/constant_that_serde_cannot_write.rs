use stepwright::prelude::*;

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) enum Mode {
    Fast,
}

const MODE: Mode = Mode::Fast;

#[workflow]
pub(crate) async fn workflow(mode: Mode) -> bool {
    mode == MODE
}
