use stepwright::prelude::*;

#[workflow]
async fn is_local(text: String) -> bool {
    matches!(text.parse::<std::net::IpAddr>(), Ok(_))
}

fn main() {}
