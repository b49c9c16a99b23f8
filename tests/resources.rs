//! Tasks without a body: what is behind a resource is mocked, each task by itself, and each form of a generic one.
#![expect(missing_docs, reason = "the workflows are written as a user's library is")]

use stepwright::{TaskDefinition, TaskFailure, prelude::*};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Invoke<In> {
    pub function_name: String,
    pub payload: In,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Invoked<Out> {
    pub payload: Out,
}

/// Any function, by its name.
#[task(resource = "arn:aws:states:::lambda:invoke")]
pub async fn invoke<In, Out>(request: Invoke<In>) -> Invoked<Out>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Key {
    pub id: String,
}

#[task(resource = "arn:aws:states:::dynamodb:getItem")]
pub async fn stock_of(key: Key) -> u32;

#[task(resource = "arn:aws:states:::dynamodb:getItem")]
pub async fn owner_of(key: Key) -> Option<String>;

/// One resource, two tasks.
#[workflow]
pub async fn look_up(key: Key) -> (u32, Option<String>) {
    (stock_of(key.clone()).await, owner_of(key).await)
}

/// One task, two forms of it, and one of the forms twice.
#[workflow]
pub async fn convert(text: String) -> Vec<String> {
    let counted: Invoked<u32> = invoke(Invoke { function_name: "count".to_owned(), payload: text.clone() }).await;
    let doubled = invoke::<u32, u32>(Invoke { function_name: "double".to_owned(), payload: counted.payload }).await;
    let again = invoke::<u32, u32>(Invoke { function_name: "double".to_owned(), payload: doubled.payload }).await;
    let (first, second) = join!(
        invoke::<u32, String>(Invoke { function_name: "spell".to_owned(), payload: again.payload }),
        stock_of(Key { id: text }),
    );
    vec![first.payload, second.to_string()]
}

#[workflow]
pub async fn convert_each(texts: Vec<String>) -> Vec<Vec<String>> {
    map(texts, async |text| convert(text).await).await
}

#[tokio::test(start_paused = true)]
async fn tasks_of_one_resource_have_mocks_of_their_own() {
    let key = || Key { id: "k1".to_owned() };
    let owner = |key: Key| Some(format!("owner of {}", key.id));
    let native = look_up::native().mock::<stock_of>(|_| 3).mock::<owner_of>(owner).run(key()).await;
    let local = look_up::local().mock::<stock_of>(|_| 3).mock::<owner_of>(owner).run(key()).await;
    assert_eq!(native.result(), Ok((3, Some("owner of k1".to_owned()))));
    assert_eq!(local.result(), native.result());
    assert_eq!(local.calls(), native.calls());
    assert_eq!(local.calls().iter().map(|call| call.task.as_str()).collect::<Vec<_>>(), ["stock_of", "owner_of"]);
}

#[tokio::test(start_paused = true)]
async fn each_form_of_a_generic_task_has_a_mock_of_its_own() {
    let count = |request: Invoke<String>| Invoked { payload: request.payload.chars().count() as u32 };
    let double = |request: Invoke<u32>| Invoked { payload: request.payload * 2 };
    let spell = |request: Invoke<u32>| Invoked { payload: format!("<{}>", request.payload) };
    let native = convert::native()
        .mock::<invoke<String, u32>>(count)
        .mock::<invoke<u32, u32>>(double)
        .mock::<invoke<u32, String>>(spell)
        .mock::<stock_of>(|key| key.id.len() as u32);
    let local = convert_each::local()
        .mock::<invoke<String, u32>>(count)
        .mock::<invoke<u32, u32>>(double)
        .mock::<invoke<u32, String>>(spell)
        .mock::<stock_of>(|key| key.id.len() as u32);
    let native = native.run("abc".to_owned()).await.result();
    assert_eq!(native, Ok(vec!["<12>".to_owned(), "3".to_owned()]));
    let local = local.run(vec!["abc".to_owned(), String::new()]).await;
    assert_eq!(local.result(), Ok(vec![native.unwrap_or_default(), vec!["<0>".to_owned(), "0".to_owned()]]));
}

/// Its state has the name of one in the workflow that calls it.
#[workflow]
pub async fn owner(key: Key) -> Option<String> {
    owner_of(key).name("Look up").await
}

#[workflow]
pub async fn stock_and_owner(key: Key) -> (u32, Option<String>) {
    (stock_of(key.clone()).name("Look up").await, owner(key).await)
}

#[tokio::test(start_paused = true)]
async fn executions_that_are_started_call_tasks_of_their_own() {
    let run = stock_and_owner::local().mock::<stock_of>(|_| 3).mock::<owner_of>(|key| Some(key.id));
    let run = run.run(Key { id: "k1".to_owned() }).await;
    assert_eq!(run.result(), Ok((3, Some("k1".to_owned()))));
}

#[tokio::test(start_paused = true)]
async fn a_form_without_a_mock_has_nothing_behind_it() {
    let count = |_: Invoke<String>| Invoked { payload: 1 };
    let run = convert::local().mock::<invoke<String, u32>>(count).run("abc".to_owned()).await;
    let failure = run.result().err().map(|failure| (failure.name, failure.place.map(|place| place.state)));
    assert_eq!(failure, Some((TaskFailure::NO_BODY.to_owned(), Some("invoke 2".to_owned()))));
}

/// Generic tasks are in the definition, with the schemas of their types.
#[test]
fn a_definition_tells_the_task_of_each_state() {
    let definition = convert::definition();
    let form = |task: &TaskDefinition| {
        let types = [("Invoke", task.input_schema()), ("Invoked", task.output_schema())];
        let types = types.map(|(name, schema)| schema["$defs"][name]["properties"]["Payload"]["type"].clone());
        format!("{} {} {}", task.name(), types[0], types[1])
    };
    let forms = [
        r#"invoke "string" "integer""#,
        r#"invoke "integer" "integer""#,
        r#"invoke "integer" "string""#,
        "stock_of null null",
    ];
    assert_eq!(definition.tasks().iter().map(form).collect::<Vec<_>>(), forms);
    let called = |state: &str| definition.task_of(state).map(form);
    assert_eq!(
        ["invoke", "invoke 2", "invoke 3", "invoke 4", "stock_of"].map(|state| called(state).unwrap_or_default()),
        [forms[0], forms[1], forms[1], forms[2], forms[3]]
    );
    assert_eq!(called("Parallel"), None);
}
