use stepwright::prelude::*;

#[workflow]
async fn pay((order, total): (String, u64)) -> u64 {
    total + order.len() as u64
}

#[workflow]
async fn shop(order: String, total: u64) -> u64 {
    let arn = pay((order.clone(), total)).start().await.execution_arn;
    pay((order, total)).await + arn.len() as u64
}

async fn check() {
    let paid = pay::local().run(("a".to_owned(), 7)).await;
    assert_eq!(paid.result(), pay::native().run(("a".to_owned(), 7)).await.result());
    pay::try_definition().unwrap();
}

fn main() {}
