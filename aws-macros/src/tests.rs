//! Expansions of `aws_sdk!`, and what it says of mistakes.

use std::collections::{BTreeSet, HashMap, HashSet};

use quote::quote;
use stepwright_services::{ModelFolder, ServiceModels as _};
use syn::{Item, ext::IdentExt as _};

use crate::{
    emit, input,
    integration::{Call, Integration},
    names,
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

#[test]
fn it_is_told_where_the_models_should_be() {
    let told = input::no_service("s3", &ModelFolder::new("nowhere"));
    assert_eq!(
        told,
        "there are no models of services in nowhere, where the sources of `stepwright-services` have them"
    );
}

/// What botocore says of every API: the members of what it takes and answers.
const BOTOCORE: &str = r#"
import json, botocore
from botocore.loaders import Loader
loader, found = Loader(), {}
for service in loader.list_available_services("service-2"):
    model = loader.load_service_model(service, "service-2")
    sides = lambda api: [sorted(model["shapes"][api[side]["shape"]].get("members", {})) if side in api else [] for side in ("input", "output")]
    found.setdefault(model["metadata"]["serviceId"], {name: sides(api) for name, api in model["operations"].items()})
print(json.dumps([botocore.__version__, found]))
"#;

/// Every parameter and every part of a result has its field, under the key that Step Functions has for it.
#[test]
#[ignore = "takes a minute, and needs botocore"]
fn every_member_that_botocore_knows_has_a_field() {
    type Apis = HashMap<String, [Vec<String>; 2]>;
    let python = std::env::var("STEPWRIGHT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let printed = std::process::Command::new(python).args(["-c", BOTOCORE]).output();
    let Some(printed) = printed.ok().filter(|printed| printed.status.success()) else {
        return println!("skipped: python3 has no botocore");
    };
    let (version, services): (String, HashMap<String, Apis>) = serde_json::from_slice(&printed.stdout).unwrap();
    if version != "1.41.5" {
        return println!("skipped: the models are those of botocore 1.41.5, and this is {version}");
    }
    let models = ModelFolder::all();
    for service in models.names() {
        let integration = Integration::sdk(&service, models.service(&service).unwrap().unwrap());
        let apis = &services[&integration.model.metadata.service_id];
        assert_eq!(apis.len(), integration.model.operations.len(), "{service}");
        for (api, [input, output]) in apis {
            let call = Call::new(api);
            let file: syn::File = syn::parse2(emit::module(&integration, std::slice::from_ref(&call))).unwrap();
            for (kind, members) in [("Request", input), ("Response", output)] {
                let keys: BTreeSet<_> = members.iter().map(|member| integration.spelling.key(member)).collect();
                assert_eq!(keys_of(&file, &call.type_name(kind)), keys, "{service}: {api}: {kind}");
            }
        }
    }
}

/// The keys under which serde writes a struct; none if there is no such struct.
fn keys_of(file: &syn::File, name: &str) -> BTreeSet<String> {
    let structs = file.items.iter().filter_map(|item| match item {
        Item::Struct(item) if item.ident == name => Some(&item.fields),
        _ => None,
    });
    let renamed = |attribute: &syn::Attribute| {
        let mut key = None;
        if attribute.path().is_ident("serde") {
            attribute
                .parse_nested_meta(|meta| {
                    let value: syn::LitStr = meta.value()?.parse()?;
                    if meta.path.is_ident("rename") {
                        key = Some(value.value());
                    }
                    Ok(())
                })
                .unwrap();
        }
        key
    };
    let fields = structs.flatten();
    let key = |field: &syn::Field| {
        let ident = field.ident.as_ref().map(|name| name.unraw().to_string()).unwrap_or_default();
        field.attrs.iter().find_map(renamed).unwrap_or_else(|| names::pascal(&ident))
    };
    fields.map(key).collect()
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
