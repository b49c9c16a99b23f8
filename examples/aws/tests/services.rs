//! Each workflow with a mock of its service in place: native and local runs end alike, and services see what AWS takes.

use serde_json::json;
use stepwright::{
    asl::validate,
    aws::{apigateway, bedrock, dynamodb, eventbridge, http, lambda, sns, sqs, stepfunctions, to_json},
    prelude::*,
};
use stepwright_aws_examples as examples;

/// Runs a workflow natively and locally, and compares the ends with what is expected: a value, or the name of an error. The machine is
/// valid. Evaluates to the arguments of the local run's calls.
macro_rules! ends {
    ($workflow:path $(, $task:ty => $mock:expr)+; $input:expr => $expected:expr) => {{
        use $workflow as workflow;
        assert_eq!(validate(workflow::definition().asl()), []);
        let native = workflow::native()$(.mock::<$task>($mock))+.run($input).await;
        let local = workflow::local()$(.mock::<$task>($mock))+.run($input).await;
        let expected = $expected.map_err(|name: &str| name.to_owned());
        assert_eq!(native.result().map_err(|failure| failure.name), expected);
        assert_eq!(local.result().map_err(|failure| failure.name), expected);
        let calls: Vec<_> = local.calls().iter().map(|call| call.arguments.clone()).collect();
        calls
    }};
}

#[tokio::test(start_paused = true)]
async fn functions() {
    use examples::lambda::{Parcel, Quote};
    let parcel = || Parcel { postcode: "10115".to_owned(), weight_grams: 900 };
    let quote = || Quote { carrier: "post".to_owned(), price_cents: 499 };
    let answer = move |request: lambda::InvokeRequest| match request.invocation_type {
        None => Ok(lambda::InvokeResponse { payload: to_json(&quote()), ..Default::default() }),
        Some(_) => Ok(lambda::InvokeResponse::default()),
    };
    let calls = ends!(examples::lambda::quote_parcel, lambda::invoke => answer; parcel() => Ok(Some(quote())));
    let payload = json!({ "postcode": "10115", "weightGrams": 900 });
    assert_eq!(calls[0], json!({ "FunctionName": "carrier-quotes:live", "Payload": payload }));
    assert_eq!(calls[1], json!({ "FunctionName": "audit", "InvocationType": "Event", "Payload": payload }));
    let busy = |_: lambda::InvokeRequest| Err(lambda::InvokeError::TooManyRequests("slow down".to_owned()));
    ends!(examples::lambda::quote_parcel, lambda::invoke => busy; parcel() => Ok(None));
}

#[tokio::test(start_paused = true)]
async fn items() {
    use examples::dynamodb::Account;
    let account = |balance| Account { id: "7".to_owned(), owner: "Ada".to_owned(), balance };
    let id = || "7".to_owned();
    let put = |_: dynamodb::PutItemRequest| Ok(dynamodb::PutItemResponse::default());
    let calls = ends!(examples::dynamodb::open_account, dynamodb::put_item => put; account(5) => Ok(id()));
    let item = json!({ "id": { "S": "7" }, "owner": { "S": "Ada" }, "balance": { "N": "5" } });
    let expected = json!({ "TableName": "accounts", "Item": item, "ConditionExpression": "attribute_not_exists(id)" });
    assert_eq!(calls, [expected]);
    let taken = |_: dynamodb::PutItemRequest| Err(dynamodb::PutItemError::ConditionalCheckFailed("there".to_owned()));
    ends!(examples::dynamodb::open_account, dynamodb::put_item => taken; account(5) => Err("OpenError.Taken"));

    let get = move |_: dynamodb::GetItemRequest| {
        Ok(dynamodb::GetItemResponse { item: Some(dynamodb::item(&account(5))), ..Default::default() })
    };
    ends!(examples::dynamodb::find_account, dynamodb::get_item => get; id() => Ok(Some(account(5))));
    let update = move |_: dynamodb::UpdateItemRequest| {
        Ok(dynamodb::UpdateItemResponse { attributes: Some(dynamodb::item(&account(2))), ..Default::default() })
    };
    let calls = ends!(examples::dynamodb::withdraw, dynamodb::update_item => update; (id(), 3) => Ok(Some(account(2))));
    assert_eq!(calls[0]["ExpressionAttributeValues"], json!({ ":amount": { "N": "3" } }));
    let poor =
        |_: dynamodb::UpdateItemRequest| Err(dynamodb::UpdateItemError::ConditionalCheckFailed("poor".to_owned()));
    ends!(examples::dynamodb::withdraw, dynamodb::update_item => poor; (id(), 3) => Ok(None));
    let nothing = |_: dynamodb::DeleteItemRequest| Ok(dynamodb::DeleteItemResponse::default());
    ends!(examples::dynamodb::close_account, dynamodb::delete_item => nothing; id() => Ok(false));
}

#[tokio::test(start_paused = true)]
async fn messages() {
    use examples::{
        sns::Alert,
        sqs::{PackError, Shipment},
    };
    let input = || ("topic".to_owned(), Alert { service: "shop".to_owned(), urgent: true, text: "down".to_owned() });
    let publish =
        |_: sns::PublishRequest| Ok(sns::PublishResponse { message_id: Some("m".to_owned()), ..Default::default() });
    let calls = ends!(examples::sns::raise_alert, sns::publish => publish; input() => Ok(Some("m".to_owned())));
    let expected = json!({
        "TopicArn": "topic", "Subject": "shop: page", "Message": { "service": "shop", "urgent": true, "text": "down" },
        "MessageAttributes": { "severity": { "DataType": "String", "StringValue": "page" } },
    });
    assert_eq!(calls, [expected]);
    let gone = |_: sns::PublishRequest| Err(sns::PublishError::NotFound("no topic".to_owned()));
    ends!(examples::sns::raise_alert, sns::publish => gone; input() => Ok(None));

    let input = |pieces| ("q".to_owned(), Shipment { order: "o".to_owned(), pieces });
    let send = |_: sqs::SendMessageRequest| Ok(sqs::SendMessageResponse::default());
    let calls = ends!(examples::sqs::queue_shipment, sqs::send_message => send; input(9) => Ok(None));
    assert_eq!(calls, [json!({ "QueueUrl": "q", "MessageBody": { "order": "o", "pieces": 9 } })]);
    let pack = |request: sqs::SendMessageRequest| match request.message_body["shipment"]["pieces"].as_u64() {
        Some(1) => Ok("parcel".to_owned()),
        Some(2) => Err(PackError::OutOfStock { article: "hat".to_owned() }),
        _ => Err(PackError::Other { name: "Broken".to_owned(), cause: "belt".to_owned() }),
    };
    type Pack = sqs::send_message_wait_for_task_token<String, PackError>;
    let calls = ends!(examples::sqs::pack_shipment, Pack => pack; input(1) => Ok(Some("parcel".to_owned())));
    assert!(calls[0]["MessageBody"]["token"].as_str().is_some_and(|token| !token.is_empty()));
    ends!(examples::sqs::pack_shipment, Pack => pack; input(2) => Ok(None));
    ends!(examples::sqs::pack_shipment, Pack => pack; input(3) => Err("Broken"));
}

#[tokio::test(start_paused = true)]
async fn events() {
    use examples::eventbridge::OrderPlaced;
    let input = || ("main".to_owned(), vec![OrderPlaced { order_id: "o".to_owned(), total: 5 }]);
    let put = |_: eventbridge::PutEventsRequest| Ok(eventbridge::PutEventsResponse::default());
    let calls = ends!(examples::eventbridge::announce_orders, eventbridge::put_events => put; input() => Ok(true));
    let detail = json!({ "orderId": "o", "total": 5 });
    let entry = json!({ "Source": "shop", "DetailType": "order placed", "Detail": detail, "EventBusName": "main" });
    assert_eq!(calls, [json!({ "Entries": [entry] })]);
    let refuse = |_: eventbridge::PutEventsRequest| Err(eventbridge::PutEventsError::FailedEntry("no".to_owned()));
    ends!(examples::eventbridge::announce_orders, eventbridge::put_events => refuse; input() => Ok(false));
}

#[tokio::test(start_paused = true)]
async fn machines() {
    use examples::stepfunctions::{Report, Upload};
    use stepfunctions::{DescribeExecutionOutput, StartExecutionError, StartExecutionRequest, StartExecutionResponse};
    let input = || ("m".to_owned(), Upload { bucket: "b".to_owned(), key: "k".to_owned() });
    let named = || ("m".to_owned(), "n".to_owned(), input().1);
    let start = |_: StartExecutionRequest| Ok(StartExecutionResponse::default());
    let calls =
        ends!(examples::stepfunctions::start_import, stepfunctions::start_execution => start; named() => Ok(true));
    assert_eq!(calls, [json!({ "StateMachineArn": "m", "Name": "n", "Input": { "bucket": "b", "key": "k" } })]);
    let twice = |_: StartExecutionRequest| Err(StartExecutionError::ExecutionAlreadyExists("n".to_owned()));
    ends!(examples::stepfunctions::start_import, stepfunctions::start_execution => twice; named() => Ok(false));
    let report = || Report { rows: 9, rejected: 1 };
    let end = move |_: StartExecutionRequest| {
        Ok(DescribeExecutionOutput { output: to_json(&report()), ..Default::default() })
    };
    type Sync = stepfunctions::start_execution_sync;
    ends!(examples::stepfunctions::import_upload, Sync => end; input() => Ok(Some(report())));
    let fail = |_: StartExecutionRequest| Err(StartExecutionError::TaskFailed("{}".to_owned()));
    ends!(examples::stepfunctions::import_upload, Sync => fail; input() => Ok(None));
    type Review = stepfunctions::start_execution_wait_for_task_token<bool, Failure>;
    let review = |request: StartExecutionRequest| Ok(request.input["upload"]["key"] == "k");
    ends!(examples::stepfunctions::review_upload, Review => review; input() => Ok(true));
    let refuse = |_: StartExecutionRequest| Err(Failure::new("Refused", "no"));
    ends!(examples::stepfunctions::review_upload, Review => refuse; input() => Err("Refused"));
}

#[tokio::test(start_paused = true)]
async fn apis() {
    use examples::apigateway::Customer;
    let input = || ("api".to_owned(), Customer { name: "Ada".to_owned(), email: "a@example.com".to_owned() });
    let create = |_: apigateway::InvokeRequest| {
        Ok(apigateway::InvokeResponse { response_body: json!({ "id": 7 }), ..Default::default() })
    };
    let calls = ends!(examples::apigateway::register_customer, apigateway::invoke => create; input() => Ok(7));
    assert_eq!(calls[0]["RequestBody"], json!({ "name": "Ada", "email": "a@example.com" }));
    assert_eq!(calls[0].get("QueryParameters"), None);
    let status = |code: u16| move |_: apigateway::InvokeRequest| Err(apigateway::InvokeError::from_status(code, ""));
    for (code, name) in [(409, "RegisterError.Conflict"), (403, "RegisterError.Api")] {
        ends!(examples::apigateway::register_customer, apigateway::invoke => status(code); input() => Err(name));
    }

    let input = || ("connection".to_owned(), "EUR".to_owned(), "USD".to_owned());
    let rates = |_: http::InvokeRequest| {
        Ok(http::InvokeResponse { response_body: json!({ "rates": { "USD": 1.5 } }), ..Default::default() })
    };
    let calls = ends!(examples::http::exchange_rate, http::invoke => rates; input() => Ok(Some(1.5)));
    assert_eq!(calls[0]["QueryParameters"], json!({ "base": "EUR", "symbols": "USD" }));
    let status = |code: u16| move |_: http::InvokeRequest| Err(http::InvokeError::from_status(code, ""));
    ends!(examples::http::exchange_rate, http::invoke => status(404); input() => Ok(None));
    let name = "States.Http.StatusCode.500";
    ends!(examples::http::exchange_rate, http::invoke => status(500); input() => Err(name));

    let answer = |_: bedrock::InvokeModelRequest| {
        let body = json!({ "content": [{ "text": "short" }] });
        Ok(bedrock::InvokeModelResponse { body, ..Default::default() })
    };
    let text = || "long".to_owned();
    let calls =
        ends!(examples::bedrock::summarize, bedrock::invoke_model => answer; text() => Ok(Some("short".to_owned())));
    assert_eq!(calls[0]["Body"]["messages"], json!([{ "role": "user", "content": "In one sentence: long" }]));
    let busy = |_: bedrock::InvokeModelRequest| Err(bedrock::InvokeModelError::Throttling("slow".to_owned()));
    let calls = ends!(examples::bedrock::summarize, bedrock::invoke_model => busy; text() => Ok(None));
    assert_eq!(calls.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn pages() {
    use examples::sdk::{s3, ssm};
    let input = || ("bucket".to_owned(), "old/".to_owned());
    let list = |request: s3::ListObjectsV2Request| {
        let first = request.continuation_token.is_none();
        let keys: &[&str] = if first { &["old/a", "old/b"] } else { &["old/c"] };
        let objects = keys.iter().map(|&key| s3::Object { key: Some(key.to_owned()), ..Default::default() });
        let (contents, next) = (Some(objects.collect()), first.then(|| "next".to_owned()));
        Ok(s3::ListObjectsV2Response { contents, next_continuation_token: next, ..Default::default() })
    };
    let delete = |_: s3::DeleteObjectRequest| Ok(s3::DeleteObjectResponse::default());
    type List = s3::list_objects_v2;
    let calls = ends!(examples::sdk::clear_prefix, List => list, s3::delete_object => delete; input() => Ok(3));
    assert_eq!(calls[0], json!({ "Bucket": "bucket", "Prefix": "old/" }));
    assert_eq!(calls[1], json!({ "Bucket": "bucket", "Key": "old/a" }));
    assert_eq!(calls[3], json!({ "Bucket": "bucket", "Prefix": "old/", "ContinuationToken": "next" }));
    let gone = |_: s3::ListObjectsV2Request| Err(s3::ListObjectsV2Error::NoSuchBucket("no".to_owned()));
    ends!(examples::sdk::clear_prefix, List => gone, s3::delete_object => delete; input() => Ok(0));

    let get = |request: ssm::GetParameterRequest| Err(ssm::GetParameterError::ParameterNotFound(request.name));
    let calls = ends!(examples::sdk::read_setting, ssm::get_parameter => get; "gone".to_owned() => Ok(None));
    assert_eq!(calls, [json!({ "Name": "gone" })]);
}

/// Policies tell the literals of objects, and not those inside of an expression.
#[test]
fn arguments_are_objects_unless_a_member_may_be_left_out() {
    let whole = |path: &std::path::Path| {
        let machine: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        machine["States"].as_object().unwrap().values().any(|state| state["Arguments"].is_string())
    };
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/asl")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().ends_with(".asl.json"));
    let mut names: Vec<_> = files.filter(|path| whole(path)).map(|path| path.file_name().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(names, ["clear_prefix.asl.json", "queue_shipment.asl.json"]);
}
