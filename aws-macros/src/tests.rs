//! Expansions of `aws_sdk!`, and what it says of mistakes.

use std::collections::HashSet;

use quote::quote;
use stepwright_services::{ModelFolder, ServiceModels as _};
use syn::Item;

use crate::{
    emit, input,
    integration::{Call, Integration},
};

fn pretty(tokens: proc_macro2::TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

#[test]
fn an_action_becomes_a_task_and_its_types() {
    insta::assert_snapshot!(pretty(input::expand(quote!(s3::delete_object)).unwrap()));
}

#[test]
fn recursive_shapes_unions_and_documents_have_types() {
    insta::assert_snapshot!(pretty(input::expand(quote!(dynamodb::batch_get_item)).unwrap()));
    let document = pretty(input::expand(quote!(bedrockruntime::converse)).unwrap());
    assert!(document.contains("pub input: ::stepwright::__private::serde_json::Value,"), "{document}");
    let recursive = pretty(input::expand(quote!(wafv2::check_capacity)).unwrap());
    assert!(recursive.contains("pub statement: Box<Statement>,"), "{recursive}");
    assert!(recursive.contains("pub statements: Vec<Statement>,"), "{recursive}");
}

#[test]
fn an_action_without_input_or_output_takes_nothing_and_answers_an_object() {
    let code = pretty(
        input::expand(quote!(cloudwatchlogs::{delete_log_group}, glue::{get_glue_identity_center_configuration}))
            .unwrap(),
    );
    assert!(code.contains("pub struct DeleteLogGroupResponse {}"), "{code}");
    assert!(code.contains("pub async fn get_glue_identity_center_configuration() -> Result<"), "{code}");
}

#[test]
fn mistakes_are_reported_all_at_once_at_their_names() {
    let message = |tokens| {
        let error: syn::Error = input::expand(tokens).unwrap_err();
        error.into_iter().map(|error| error.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        message(quote!(s4::list_objects_v2, dynamo::query, s3::{list_object_v2, selct, select_object_content})),
        [
            "Step Functions knows no service `s4`; did you mean `s3`?",
            "Step Functions knows no service `dynamo`; did you mean `dynamodb` or `dynamodbstreams`?",
            "`s3` has no action `list_object_v2`; did you mean `list_objects_v2`, `list_objects` or `list_object_versions`?",
            "`s3` has no action `selct`",
            "Step Functions does not offer `SelectObjectContent` of `s3`",
        ]
    );
    assert_eq!(
        message(quote!(s3::head_object, s3::get_object)),
        ["`s3` stands here twice: name all of its actions in one place, `s3::{…}`"]
    );
}

/// Names of types are unique, whatever is called together, and all is Rust.
#[test]
#[ignore = "takes two minutes"]
fn every_action_of_every_service_becomes_rust() {
    let models = ModelFolder::all();
    for service in models.names() {
        let integration = Integration::sdk(&service, models.service(&service).unwrap().unwrap());
        let calls: Vec<_> = integration.model.operations.keys().map(|api| Call::new(api)).collect();
        let file: syn::File = syn::parse2(emit::module(&integration, &calls)).unwrap();
        let mut types = HashSet::new();
        for item in &file.items {
            let (name, fields) = match item {
                Item::Struct(item) => {
                    (&item.ident, item.fields.iter().filter_map(|field| field.ident.clone()).collect())
                }
                Item::Enum(item) => (&item.ident, item.variants.iter().map(|variant| variant.ident.clone()).collect()),
                _ => continue,
            };
            let fields: Vec<_> = fields;
            assert!(types.insert(name), "{service}: {name} twice");
            let mut names = HashSet::new();
            for field in &fields {
                assert!(names.insert(field), "{service}: {name}: {field} twice");
            }
        }
    }
}
