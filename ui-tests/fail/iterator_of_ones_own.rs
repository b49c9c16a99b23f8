use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Countdown(u64);

impl Iterator for Countdown {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

#[workflow]
async fn last(from: Countdown) -> u64 {
    let mut last = 0;
    for n in from {
        last = n;
    }
    last
}

fn main() {}
