//! An order: checks, calls one after the other, one task called twice.
use stepwright::prelude::*;

use super::Edit;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    pub id: String,
    pub lines: Vec<Line>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Line {
    pub price: u64,
    pub count: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Refused {
    Invalid { why: String },
    Declined { code: String },
}

#[task]
pub async fn reserve(id: String) -> bool {
    !id.is_empty()
}

#[task]
pub async fn charge(id: String, total: u64) -> Result<String, Refused> {
    Ok(format!("{id}{total}"))
}

#[task]
pub async fn ship(id: String) -> String {
    id
}

#[task]
pub async fn notify(what: String, about: String) {
    let _ = (what, about);
}

#[task]
pub async fn audit(id: String) {
    let _ = id;
}

#[workflow]
pub async fn order(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn audited_first(order: Order) -> Result<String, Refused> {
    audit(order.id.clone()).await;
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn audited(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    audit(receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn audited_last(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    audit(label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn told_of_packing(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    notify("packing".to_string(), order.id.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn told_of_payment(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("paying".to_string(), order.id.clone()).await;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn limited(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    if total > 5_000 {
        return Err(Refused::Declined { code: "limit".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn counted(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    if order.lines.len() > 50 {
        return Err(Refused::Invalid { why: "too long".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn delayed(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    sleep(std::time::Duration::from_secs(60)).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn untold_of_label(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn unreserved(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn numbered(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn renamed(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let payment = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), payment.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{payment} {label}"))
}

#[workflow]
pub async fn renamed_total(order: Order) -> Result<String, Refused> {
    let sum: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if sum == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), sum).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn shipped_first(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "nothing to pay".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    let label = ship(order.id.clone()).await;
    notify("charged".to_string(), receipt.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

#[workflow]
pub async fn reworded(order: Order) -> Result<String, Refused> {
    let total: u64 = order.lines.iter().map(|line| line.price * line.count).sum();
    if total == 0 {
        return Err(Refused::Invalid { why: "free of charge".to_string() });
    }
    if order.id.is_empty() {
        return Err(Refused::Invalid { why: "no number".to_string() });
    }
    reserve(order.id.clone()).await;
    let receipt = charge(order.id.clone(), total).await?;
    notify("charged".to_string(), receipt.clone()).await;
    let label = ship(order.id.clone()).await;
    notify("shipped".to_string(), label.clone()).await;
    Ok(format!("{receipt} {label}"))
}

edits! { order:
    "insert a call at the start" => audited_first;
    "insert a call in the middle" => audited;
    "insert a call at the end" => audited_last;
    "insert a call of a task that is called before and behind" => told_of_packing;
    "insert a call of a task that is called behind" => told_of_payment;
    "insert a check with an error of its own" => limited;
    "insert a check with an error that others have" => counted;
    "insert a wait" => delayed;
    "remove the second of two calls of a task" => untold_of_label;
    "remove a call" => unreserved;
    "remove a check" => numbered;
    "rename a variable" => renamed;
    "rename a variable in a condition" => renamed_total;
    "swap two calls" => shipped_first;
    "change a text" => reworded;
}
