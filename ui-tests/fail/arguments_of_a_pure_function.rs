use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
struct Price {
    net: u64,
}

#[pure]
impl Price {
    fn of(net: u64) -> Price {
        Price { net }
    }

    fn gross(&self, tax: u64) -> u64 {
        self.net + tax
    }
}

#[pure]
fn add(a: u64, b: u64) -> u64 {
    a + b
}

#[workflow]
async fn pay(net: u64, tax: u64) -> u64 {
    let price = Price::of(net, tax);
    let other = Price::of();
    let sum = add(net);
    add(sum, net, tax) + price.gross() + other.gross(net, tax)
}

fn main() {}
