//! Workflows that keep Rust values in DynamoDB.

use std::collections::BTreeMap;

use stepwright::{
    aws::dynamodb::{self, AttributeValue},
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
struct Order {
    id: String,
    total: u64,
    weight: f64,
    open: bool,
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coupon: Option<String>,
    state: State,
    lines: Vec<Line>,
    labels: BTreeMap<String, i32>,
    size: (u8, Option<u8>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
enum State {
    New,
    #[serde(rename = "in-work")]
    InWork,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
struct Line {
    article_number: u32,
    #[serde(default)]
    gift: bool,
}

#[workflow]
async fn save(order: Order) -> Result<(), dynamodb::PutItemError> {
    let request = dynamodb::PutItemRequest {
        table_name: "orders".to_owned(),
        item: dynamodb::item(&order),
        condition_expression: Some("attribute_not_exists(id)".to_owned()),
        ..Default::default()
    };
    match dynamodb::put_item(request).await {
        Ok(_) | Err(dynamodb::PutItemError::ConditionalCheckFailed(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

#[workflow]
async fn load(id: String) -> Result<Option<Order>, dynamodb::GetItemError> {
    let key = BTreeMap::from([("id".to_owned(), AttributeValue::S(id))]);
    let request = dynamodb::GetItemRequest { table_name: "orders".to_owned(), key, ..Default::default() };
    let found = dynamodb::get_item(request).await?;
    Ok(found.item.map(|item| dynamodb::from_item::<Order>(&item)))
}

/// Errors of two actions become one.
#[workflow]
async fn copy(from: String, to: String) -> Result<(), Failure> {
    let key = BTreeMap::from([("id".to_owned(), AttributeValue::S("7".to_owned()))]);
    let found = dynamodb::get_item(dynamodb::GetItemRequest { table_name: from, key, ..Default::default() }).await?;
    let item = found.item.ok_or_else(|| Failure::new("Missing", "nothing to copy"))?;
    dynamodb::put_item(dynamodb::PutItemRequest { table_name: to, item, ..Default::default() }).await?;
    Ok(())
}

fn orders() -> Vec<Order> {
    let plain = Order {
        id: "7".to_owned(),
        total: 12,
        weight: 1.5,
        open: true,
        note: None,
        coupon: None,
        state: State::InWork,
        lines: Vec::new(),
        labels: BTreeMap::new(),
        size: (1, None),
    };
    let full = Order {
        weight: 2.0,
        open: false,
        note: Some(String::new()),
        coupon: Some("x".to_owned()),
        state: State::New,
        lines: vec![Line { article_number: 1, gift: true }, Line { article_number: 2, gift: false }],
        labels: BTreeMap::from([("a b".to_owned(), -1), ("c".to_owned(), 0)]),
        size: (1, Some(2)),
        ..plain.clone()
    };
    let one = Order { lines: vec![Line { article_number: 3, gift: false }], ..full.clone() };
    vec![plain, full, one]
}

#[test]
fn items_have_what_dynamodb_expects() {
    let item = serde_json::to_value(dynamodb::item(&orders()[1])).unwrap();
    let expected = serde_json::json!({
        "id": { "S": "7" }, "total": { "N": "12" }, "weight": { "N": "2" }, "open": { "BOOL": false }, "note": { "S": "" },
        "coupon": { "S": "x" }, "state": { "S": "New" },
        "lines": { "L": [
            { "M": { "articleNumber": { "N": "1" }, "gift": { "BOOL": true } } },
            { "M": { "articleNumber": { "N": "2" }, "gift": { "BOOL": false } } },
        ] },
        "labels": { "M": { "a b": { "N": "-1" }, "c": { "N": "0" } } },
        "size": { "L": [{ "N": "1" }, { "N": "2" }] },
    });
    assert_eq!(item, expected);
}

#[tokio::test]
async fn machines_write_and_read_items_as_rust_does() {
    insta::assert_snapshot!("save", save::definition().to_json());
    insta::assert_snapshot!("load", load::definition().to_json());
    for order in orders() {
        let expected = dynamodb::item(&order);
        let put = move |request: dynamodb::PutItemRequest| {
            assert_eq!(request.item, expected);
            Ok(dynamodb::PutItemResponse::default())
        };
        save::native().mock::<dynamodb::put_item>(put.clone()).run(order.clone()).await.result().unwrap();
        save::local().mock::<dynamodb::put_item>(put).run(order.clone()).await.result().unwrap();

        let item = dynamodb::item(&order);
        let get = move |_: dynamodb::GetItemRequest| {
            Ok(dynamodb::GetItemResponse { item: Some(item.clone()), ..Default::default() })
        };
        let native = load::native().mock::<dynamodb::get_item>(get.clone()).run("7".to_owned()).await;
        let local = load::local().mock::<dynamodb::get_item>(get).run("7".to_owned()).await;
        assert_eq!((native.result(), local.result()), (Ok(Some(order.clone())), Ok(Some(order))));
    }
    let nothing = |_: dynamodb::GetItemRequest| Ok(dynamodb::GetItemResponse::default());
    let native = load::native().mock::<dynamodb::get_item>(nothing).run("7".to_owned()).await;
    let local = load::local().mock::<dynamodb::get_item>(nothing).run("7".to_owned()).await;
    assert_eq!((native.result(), local.result()), (Ok(None), Ok(None)));
}

#[tokio::test]
async fn an_absent_attribute_has_its_default() {
    let mut item = dynamodb::item(&orders()[2]);
    item.remove("note");
    if let Some(AttributeValue::L(lines)) = item.get_mut("lines") {
        for line in lines {
            if let AttributeValue::M(line) = line {
                line.remove("gift");
            }
        }
    }
    let expected = Order { note: None, ..orders()[2].clone() };
    let get = move |_: dynamodb::GetItemRequest| {
        Ok(dynamodb::GetItemResponse { item: Some(item.clone()), ..Default::default() })
    };
    let native = load::native().mock::<dynamodb::get_item>(get.clone()).run("7".to_owned()).await;
    let local = load::local().mock::<dynamodb::get_item>(get).run("7".to_owned()).await;
    assert_eq!((native.result(), local.result()), (Ok(Some(expected.clone())), Ok(Some(expected))));
}

#[tokio::test]
async fn an_error_of_the_service_is_told_by_its_name() {
    let put =
        |_: dynamodb::PutItemRequest| Err(dynamodb::PutItemError::ConditionalCheckFailed("it is there".to_owned()));
    let order = orders().remove(0);
    save::native().mock::<dynamodb::put_item>(put).run(order.clone()).await.result().unwrap();
    save::local().mock::<dynamodb::put_item>(put).run(order.clone()).await.result().unwrap();
    let put = |_: dynamodb::PutItemRequest| Err(dynamodb::PutItemError::ResourceNotFound("no table".to_owned()));
    let native = save::native().mock::<dynamodb::put_item>(put).run(order.clone()).await.result().unwrap_err();
    let local = save::local().mock::<dynamodb::put_item>(put).run(order).await.result().unwrap_err();
    for failure in [native, local] {
        assert_eq!(failure.name, "DynamoDB.ResourceNotFoundException");
        assert_eq!(failure.error, Some(dynamodb::PutItemError::ResourceNotFound("no table".to_owned())));
    }
}

#[tokio::test]
async fn errors_of_several_actions_become_a_failure() {
    let machine = copy::definition().to_json();
    assert!(!machine.contains("Catch"), "{machine}");
    let get = |_: dynamodb::GetItemRequest| {
        Ok(dynamodb::GetItemResponse { item: Some(BTreeMap::new()), ..Default::default() })
    };
    let lost = |_: dynamodb::GetItemRequest| Err(dynamodb::GetItemError::ResourceNotFound("no table".to_owned()));
    let put = |_: dynamodb::PutItemRequest| {
        Err(dynamodb::PutItemError::Other { name: "DynamoDB.Unknown".to_owned(), cause: "?".to_owned() })
    };
    let input = || ("orders".to_owned(), "archive".to_owned());
    let native = copy::native().mock::<dynamodb::get_item>(lost).run(input()).await.result().unwrap_err();
    let local = copy::local().mock::<dynamodb::get_item>(lost).run(input()).await.result().unwrap_err();
    for failure in [native, local] {
        assert_eq!(failure.error, Some(Failure::new("DynamoDB.ResourceNotFoundException", "no table")));
    }
    let native = copy::native().mock::<dynamodb::get_item>(get).mock::<dynamodb::put_item>(put);
    let local = copy::local().mock::<dynamodb::get_item>(get).mock::<dynamodb::put_item>(put);
    let (native, local) = (native.run(input()).await, local.run(input()).await);
    for failure in [native.result().unwrap_err(), local.result().unwrap_err()] {
        assert_eq!(failure.error, Some(Failure::new("DynamoDB.Unknown", "?")));
    }
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
struct Basket {
    articles: Vec<Article>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
struct Article {
    price: Price,
    size: Size,
    #[serde(flatten)]
    more: BTreeMap<String, u64>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
enum Price {
    Free,
    Paid(u64),
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
struct Size(u64, u64);

#[workflow]
async fn keep(basket: Basket, names: Vec<String>) -> usize {
    let kept = dynamodb::item(&basket);
    let named = dynamodb::item(&names);
    let again: Article = dynamodb::from_item(&kept);
    named.len() + again.more.len()
}

#[test]
fn what_has_no_form_in_dynamodb_is_named() {
    let mistakes = keep::try_definition().unwrap_err().to_string();
    let told: Vec<&str> = mistakes.lines().filter_map(|line| line.strip_prefix("error[SW114]: ")).collect();
    let refused = |place: &str, what: &str| {
        format!(
            "a workflow cannot convert `{place}` for DynamoDB: it is {what}, and not one of structs, lists, maps, options, \
             texts, numbers, `bool`s and enums without fields"
        )
    };
    let expected = [
        refused("Basket.articles.price", "the enum `Price`"),
        refused("Basket.articles.size", "the struct `Size`, with fields by position"),
        refused("Basket.articles.more", "flattened"),
        "only a struct or a map becomes an item, and this is a list".to_owned(),
        refused("Article.price", "the enum `Price`"),
        refused("Article.size", "the struct `Size`, with fields by position"),
        refused("Article.more", "flattened"),
    ];
    assert_eq!(told, expected);
}
