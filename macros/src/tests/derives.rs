//! `#[derive(Data)]`, `#[derive(TaskError)]`.

use insta::assert_snapshot;

use super::accepted;

/// What `shape()` gives.
fn shape(source: &str) -> String {
    let expansion = accepted(source);
    let start = expansion.find("OpaqueShape as _;").expect("a shape") + "OpaqueShape as _;".len();
    let length = expansion[start..]
        .find("impl ::stepwright::__private::Data")
        .or(expansion[start..].find("impl<"))
        .expect("an end");
    expansion[start..start + length].trim().to_owned()
}

#[test]
fn a_struct() {
    assert_snapshot!(accepted(
        r#"#[derive(Data)]
        #[serde(rename_all = "camelCase")]
        pub struct Order { order_id: String, #[serde(rename = "card-token", alias = "card")] card: String, r#type: u8 }"#
    ));
}

#[test]
fn a_generic_struct() {
    assert_snapshot!(accepted(
        "#[derive(Data)] pub struct Page<T, const N: usize = 3> where T: Clone { items: Vec<T> }"
    ));
}

#[test]
fn field_attributes() {
    assert_snapshot!(shape(
        r#"#[derive(Data)] struct S {
            #[serde(default)] a: u8,
            #[serde(default = "five")] b: u8,
            #[serde(flatten)] c: Inner,
            #[serde(skip)] d: Cache,
            #[serde(with = "hex")] e: Bytes,
            #[serde(skip_serializing_if = "Option::is_none")] f: Option<u8>,
            #[serde(default, skip_serializing_if = "is_zero")] g: u8,
        }"#
    ));
}

#[test]
fn container_defaults() {
    assert_snapshot!(shape("#[derive(Data)] #[serde(default)] struct S { a: u8 }"));
}

#[test]
fn forms_of_structs() {
    assert_snapshot!(shape("#[derive(Data)] struct Unit;"));
    assert_snapshot!(shape("#[derive(Data)] struct Id(String);"));
    assert_snapshot!(shape("#[derive(Data)] struct Pair(u8, String);"));
    assert_snapshot!(shape("#[derive(Data)] #[serde(transparent)] struct Named { inner: u8 }"));
    assert_snapshot!(shape("#[derive(Data)] #[serde(into = \"String\")] struct Text { inner: u8 }"));
}

#[test]
fn enums_in_all_representations() {
    assert_snapshot!(shape(
        "#[derive(Data)] #[serde(rename_all = \"SCREAMING_SNAKE_CASE\")] enum E { InProgress, Done(u8) }"
    ));
    assert_snapshot!(shape(
        "#[derive(Data)] #[serde(tag = \"t\", rename_all_fields = \"camelCase\")] enum E { A { percent_done: u8 } }"
    ));
    assert_snapshot!(shape("#[derive(Data)] #[serde(tag = \"t\", content = \"c\")] enum E { A(u8, u8) }"));
    assert_snapshot!(shape("#[derive(Data)] #[serde(untagged)] enum E { A(u8), B { b: u8 } }"));
    assert_snapshot!(shape("#[derive(Data)] enum E { #[serde(alias = \"a\")] A, #[serde(other)] Other }"));
}

#[test]
fn a_task_error() {
    assert_snapshot!(accepted(
        r#"#[derive(TaskError)] enum PaymentError {
            #[error("card declined: {code}")] Declined { code: String },
            #[error("gateway unavailable")] Gateway,
            #[error("{0:>5} of {1}")] Pair(u32, String),
            #[error(transparent)] Low(#[from] LowError),
            #[error("late")] #[asl(error = "States.Timeout")] Late,
            #[error("{name}")] #[asl(other)] Other { name: String, cause: String },
        }"#
    ));
}

/// `{0:?}` means nothing to a workflow: the derive succeeds, and `to_string` is refused where it is called.
#[test]
fn an_error_with_a_text_that_a_workflow_cannot_make() {
    let expansion = accepted(r#"#[derive(TaskError)] enum E { #[error("{0:?}")] A(Vec<u8>), #[error("b")] B }"#);
    assert!(!expansion.contains("__private::Show"), "{expansion}");
}
