use stepwright::prelude::*;

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Fast,
}

const MODE: Mode = Mode::Fast;

#[workflow]
async fn is_fast() -> bool {
    MODE == MODE
}

fn main() {}
