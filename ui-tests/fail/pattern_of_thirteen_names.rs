use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Week {
    days: (u8, u8, u8, u8, u8, u8, u8),
    nights: (u8, u8, u8, u8, u8, u8),
}

#[workflow]
async fn first(week: Week) -> u8 {
    let Week { days: (a, b, c, d, e, f, g), nights: (h, i, j, k, l, m) } = week;
    a + b + c + d + e + f + g + h + i + j + k + l + m
}

fn main() {}
