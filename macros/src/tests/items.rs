//! The items around twins.

use insta::assert_snapshot;

use super::{accepted, pretty};

#[test]
fn a_workflow() {
    assert_snapshot!(accepted(
        r#"#[workflow(timeout = "1h", name = "fulfil-order", max_transitions = 12)]
        /// Ships an order.
        ///
        /// All of it.
        pub async fn fulfil(order: &Order, mut n: u64) -> Result<u64, E> { n }"#
    ));
}

#[test]
fn an_express_workflow_without_parameters() {
    let expansion = accepted("#[workflow(express, inline)] async fn ping() {}");
    for part in
        ["type Input = ();", "type Output = ();", "express: true", "inline: true", "probe0::<_, _>(&__ping::__body)"]
    {
        assert!(expansion.contains(part), "{part}\n{expansion}");
    }
}

#[test]
fn a_task() {
    assert_snapshot!(accepted(
        r#"#[task(timeout = "30s", heartbeat = 5, retry(on(PaymentError::Gateway, "States.Timeout"), interval = "2s",
            backoff = 2.0, max_attempts = 3, max_delay = "1m", jitter = full), retry(jitter = none))]
        /// Charges.
        #[tracing::instrument]
        pub(crate) async fn charge(customer: &Customer, label: &str, amount: u64) -> Result<Receipt, PaymentError> { body() }"#
    ));
}

#[test]
fn a_task_without_a_body() {
    assert_snapshot!(accepted(
        r#"#[task(resource = "arn:aws:states:::sqs:sendMessage", name = "send")] async fn notify(message: Message) -> Sent;"#
    ));
}

#[test]
fn an_activity() {
    assert!(accepted("#[task(activity)] async fn approve(id: String) -> bool;").contains("TaskKind::Activity"));
}

#[test]
fn a_task_that_waits_for_a_token() {
    assert_snapshot!(accepted(
        "#[task(wait_for_task_token)] async fn ask(who: &str, token: TaskToken<Result<bool, E>>) -> Result<(), E> { send(who, token) }"
    ));
}

#[test]
fn a_service_that_waits_for_a_token() {
    assert_snapshot!(accepted(
        r#"#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
        async fn ask<B, T>(request: impl FnOnce(TaskToken<T>) -> SendMessage<B>) -> T;"#
    ));
}

#[test]
fn a_generic_task() {
    assert_snapshot!(accepted(
        "#[task] async fn first<'a, T: Serialize>(items: &'a [T]) -> Option<T> where T: Clone { todo!() }"
    ));
}

#[test]
fn a_pure_function() {
    assert_snapshot!(accepted("#[pure] pub fn total(items: &[Item], mut start: u64) -> u64 { start += 1; start }"));
}

#[test]
fn a_generic_pure_function() {
    assert_snapshot!(accepted("#[pure] fn first<T: Clone>(items: Vec<T>) -> Option<T> { items.first().cloned() }"));
}

#[test]
fn a_pure_parameter_that_is_taken_apart() {
    let expansion = accepted("#[pure] fn area((w, h): (u32, u32)) -> u32 { w * h }");
    assert!(expansion.contains("__p0"), "{expansion}");
}

#[test]
fn pure_methods() {
    assert_snapshot!(accepted(
        "#[pure] impl Order {
            const MOST: u32 = 3;
            pub fn new(n: u32) -> Self { Self { n } }
            fn plus(mut self, other: &Self) -> Self { self.n += other.n; self }
        }"
    ));
}

#[test]
fn pure_methods_of_a_generic_type() {
    assert_snapshot!(accepted("#[pure] impl<T> Page<T> { pub fn size(&self) -> usize { self.items.len() } }"));
}

#[test]
fn a_pure_conversion() {
    assert_snapshot!(accepted(
        "#[pure] impl From<Low> for High { fn from(low: Low) -> Self { match low { Low::X => Self::Empty, _ => Self::Other } } }"
    ));
}

/// A mistake in the body: the function stays, and what others refer to does not mention the body.
#[test]
fn a_workflow_with_a_mistake() {
    assert_snapshot!(pretty("#[workflow] async fn order(n: u32) -> u32 { println!(); n | 1 }"));
}

/// A mistake in the signature: nothing that depends on it is emitted.
#[test]
fn a_task_whose_signature_is_wrong() {
    assert_snapshot!(pretty("#[task] fn charge(amount: &mut u64) -> u64 { 1 }"));
}

#[test]
fn wrong_options_leave_the_rest_alone() {
    let expansion = pretty("#[task(timeuot = \"3s\")] async fn charge(amount: u64) -> u64 { amount }");
    assert!(expansion.contains("impl ::stepwright::__private::Task for charge"), "{expansion}");
}
