//! Stand-ins for tasks: native and local runs of the same workflow end alike, whatever the tasks answer.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::{
    mocks::{self, Mocks, Responses, TaskRequest},
    prelude::*,
};
use stepwright_examples::orders::{Order, fulfil};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
struct Customer {
    name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError, thiserror::Error)]
enum PaymentError {
    #[error("declined: {code}")]
    Declined { code: String },
    #[error("gateway unavailable")]
    Gateway,
    #[error("too slow")]
    #[asl(error = "States.Timeout")]
    Slow,
    #[error("{name}")]
    #[asl(other)]
    Other { name: String, cause: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError, thiserror::Error)]
enum PayError {
    #[error("payment: {0}")]
    Payment(#[from] PaymentError),
}

#[task]
async fn charge(customer: &Customer, amount: u64) -> Result<String, PaymentError> {
    Ok(format!("{} paid {amount}", customer.name))
}

#[task(resource = "arn:aws:states:::sqs:sendMessage")]
async fn send(message: Customer) -> Result<(), Failure>;

#[workflow]
async fn pay(customer: Customer, amount: u64) -> Result<String, PayError> {
    let receipt = charge(&customer, amount)
        .retry(Retry::on("PaymentError.Gateway").max_attempts(2).interval(Duration::from_secs(3)))
        .await?;
    sleep(Duration::from_secs(5)).await;
    Ok(receipt)
}

#[workflow(timeout = "10s")]
async fn notify(customer: Customer) -> Result<(), Failure> {
    if customer.name.is_empty() {
        return Err(Failure::new("NoName", "nobody"));
    }
    if customer.name == "slow" {
        sleep(Duration::from_secs(60)).await;
    }
    send(customer).await
}

fn customer(name: &str) -> Customer {
    Customer { name: name.to_owned() }
}

#[tokio::test(start_paused = true)]
async fn every_answer_ends_native_and_local_runs_alike() {
    let answers = [
        Ok("receipt".to_owned()),
        Err(PaymentError::Declined { code: "51".to_owned() }),
        Err(PaymentError::Gateway),
        Err(PaymentError::Slow),
        Err(PaymentError::Other { name: "Foreign".to_owned(), cause: Some("unknown".to_owned()) }),
    ];
    for answer in answers {
        let (natively, locally) = (answer.clone(), answer.clone());
        let native = pay::native().mock::<charge>(move |_, _| natively.clone()).run((customer("Ann"), 7)).await;
        let local = pay::local().mock::<charge>(move |_, _| locally.clone()).run((customer("Ann"), 7)).await;
        assert_eq!(native.result(), local.result(), "{answer:?}");
        assert_eq!(native.calls(), local.calls(), "{answer:?}");
    }
}

#[tokio::test]
async fn mocks_see_the_arguments_and_keep_state() {
    let mut attempts = 0;
    let local = pay::local().mock::<charge>(move |customer, amount| {
        attempts += 1;
        if attempts < 3 { Err(PaymentError::Gateway) } else { Ok(format!("{} {amount} {attempts}", customer.name)) }
    });
    let run = local.run((customer("Ann"), 7)).await;
    assert_eq!(run.result(), Ok("Ann 7 3".to_owned()));
    assert_eq!(run.calls().len(), 3);
    // Two states are entered; the retries count as well.
    assert_eq!(run.transitions(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_task_without_a_body_has_to_be_mocked() {
    let native = notify::native().run(customer("Ann")).await.result().unwrap_err();
    let local = notify::local().run(customer("Ann")).await.result().unwrap_err();
    assert_eq!(native, local);
    assert_eq!(native.name, "NoBody");
    assert!(native.cause.unwrap().contains("the task `send` has no body in this program"));

    let failing = |_| Err(Failure::new("Sqs.QueueDoesNotExist", "no queue"));
    let native = notify::native().mock::<send>(failing).run(customer("Ann")).await.result();
    assert_eq!(native, notify::local().mock::<send>(failing).run(customer("Ann")).await.result());
    assert_eq!(native.unwrap_err().error, Some(Failure::new("Sqs.QueueDoesNotExist", "no queue")));
    assert_eq!(notify::local().mock::<send>(|_| Ok(())).run(customer("Ann")).await.result(), Ok(()));
}

#[tokio::test(start_paused = true)]
async fn failures_of_any_name_and_time_outs_end_both() {
    for name in ["", "slow"] {
        let native = notify::native().mock::<send>(|_| Ok(())).run(customer(name)).await.result();
        let local = notify::local().mock::<send>(|_| Ok(())).run(customer(name)).await.result();
        assert_eq!(native, local);
        assert!(native.is_err());
    }
}

#[tokio::test]
async fn states_can_be_mocked_in_local_runs() {
    let mocks = Mocks::new().state(
        "charge",
        Responses::throws("PaymentError.Gateway", "").times(1).then_returns(json!({ "Payload": "r-7" })),
    );
    let run = pay::local().mocks(mocks).run((customer("Ann"), 7)).await;
    assert_eq!(run.result(), Ok("r-7".to_owned()));
    let calls: Vec<_> = run.calls().iter().map(|call| call.task.as_str()).collect();
    assert_eq!(calls, ["charge", "charge"]);
    assert_eq!(run.transitions(), 3);

    let told = |request: &TaskRequest| match &request.arguments["name"] {
        Value::String(name) if name == "Ann" => Ok(json!(null)),
        name => Err(mocks::TaskFailure::new("Unexpected", name.to_string())),
    };
    let mocks = Mocks::new().resource("arn:aws:states:::sqs:sendMessage", told);
    assert_eq!(notify::local().mocks(mocks.clone()).run(customer("Ann")).await.result(), Ok(()));
    assert_eq!(notify::local().mocks(mocks).run(customer("Bob")).await.result().unwrap_err().name, "Unexpected");
}

#[tokio::test]
#[should_panic(
    expected = "`pay` cannot run: `chrage` is mocked, but is no Task state of the machine; there are: charge"
)]
async fn a_misspelt_state_is_told() {
    let _ =
        pay::local().mocks(Mocks::new().state("chrage", Responses::returns(json!(1)))).run((customer("Ann"), 7)).await;
}

#[tokio::test]
async fn a_test_case_is_taken_from_a_file() {
    let order: Order = serde_json::from_str(include_str!("../inputs/order.json")).unwrap();
    let run = fulfil::local().mock_file("inputs/order.mocks.json", "GatewayDownTwice").run(order).await;
    assert_eq!(run.result().unwrap().receipt.id, "r-mocked");
}

#[test]
#[should_panic(expected = "nowhere.json: cannot read the mocks: ")]
fn a_missing_file_is_told() {
    let _ = fulfil::local().mock_file("nowhere.json", "Any");
}
