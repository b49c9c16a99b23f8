//! Workflows that call optimized integrations: those that take any JSON, and those that wait for a job.

use stepwright::{
    aws::{self, ecs, lambda, sqs},
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
struct Order {
    id: String,
    lines: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
struct Receipt {
    number: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError)]
enum Problem {
    Unsent,
    Unpaid(String),
    Unpacked,
}

#[workflow]
async fn ship(order: Order) -> Result<u64, Problem> {
    let message = sqs::SendMessageRequest {
        queue_url: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders".to_owned(),
        message_body: aws::to_json(&order),
        ..Default::default()
    };
    sqs::send_message(message).await.map_err(|_| Problem::Unsent)?;
    let call =
        lambda::InvokeRequest { function_name: "pay".to_owned(), payload: aws::to_json(&order), ..Default::default() };
    let paid = match lambda::invoke(call).await {
        Ok(paid) => paid,
        Err(lambda::InvokeError::Other { name, .. }) => return Err(Problem::Unpaid(name)),
        Err(_) => return Err(Problem::Unpaid("service".to_owned())),
    };
    let receipt = aws::from_json::<Receipt>(&paid.payload);
    let task = ecs::RunTaskRequest { task_definition: "pack:1".to_owned(), ..Default::default() };
    let packed = ecs::run_task_sync(task).await.map_err(|_| Problem::Unpacked)?;
    if packed.last_status != Some("STOPPED".to_owned()) {
        return Err(Problem::Unpacked);
    }
    Ok(receipt.number)
}

fn order() -> Order {
    Order { id: "7".to_owned(), lines: vec![1] }
}

#[tokio::test]
async fn values_go_into_messages_and_payloads() {
    insta::assert_snapshot!(ship::definition().to_json());
    macro_rules! mocked {
        ($run:expr, $pay:expr) => {
            $run.mock::<sqs::send_message>(|request| {
                assert_eq!(request.message_body, aws::to_json(&order()));
                Ok(sqs::SendMessageResponse::default())
            })
            .mock::<lambda::invoke>($pay)
            .mock::<ecs::run_task_sync>(|_| {
                Ok(ecs::Task { last_status: Some("STOPPED".to_owned()), ..Default::default() })
            })
            .run(order())
            .await
            .result()
            .map_err(|failure| failure.error)
        };
    }
    let pay = |_: lambda::InvokeRequest| {
        let payload = aws::to_json(&Receipt { number: 5 });
        Ok(lambda::InvokeResponse { payload, ..Default::default() })
    };
    assert_eq!((mocked!(ship::native(), pay), mocked!(ship::local(), pay)), (Ok(5), Ok(5)));
    let pay = |_: lambda::InvokeRequest| {
        Err(lambda::InvokeError::Other { name: "Broke".to_owned(), cause: "no money".to_owned() })
    };
    let failed = Err(Some(Problem::Unpaid("Broke".to_owned())));
    assert_eq!((mocked!(ship::native(), pay), mocked!(ship::local(), pay)), (failed.clone(), failed));
}

#[derive(Serialize, Deserialize, JsonSchema, Data)]
struct Question {
    text: String,
    token: TaskToken<Result<bool, Failure>>,
}

#[workflow]
async fn ask(text: String) -> Result<bool, Failure> {
    sqs::send_message_wait_for_task_token(|token| sqs::SendMessageRequest {
        queue_url: "https://sqs.eu-west-1.amazonaws.com/111122223333/questions".to_owned(),
        message_body: aws::to_json(&Question { text, token }),
        ..Default::default()
    })
    .await
}

#[test]
fn a_token_goes_into_a_message() {
    insta::assert_snapshot!(ask::definition().to_json());
}

/// What is in an `Option` is never `null`; the `Option` may be.
#[workflow]
async fn send_if_there(order: Option<Order>) -> Result<bool, sqs::SendMessageError> {
    if let Some(order) = &order {
        let message = sqs::SendMessageRequest {
            queue_url: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders".to_owned(),
            message_body: aws::to_json(order),
            ..Default::default()
        };
        sqs::send_message(message).await?;
    }
    Ok(order.is_some())
}

#[tokio::test]
async fn a_value_that_is_not_null_says_nothing_of_its_option() {
    for input in [None, Some(order())] {
        let expected = Some(input.is_some());
        let sent = |_: sqs::SendMessageRequest| Ok(sqs::SendMessageResponse::default());
        let native = send_if_there::native().mock::<sqs::send_message>(sent).run(input.clone()).await;
        let local = send_if_there::local().mock::<sqs::send_message>(sent).run(input).await;
        assert_eq!((native.result().ok(), local.result().ok()), (expected, expected));
    }
}
