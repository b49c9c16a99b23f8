//! A design for Meshery: the manifests for Kubernetes as the components of a picture.
//!
//! Source: Meshery's schemas of designs, components and models, version v1beta1.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    Output,
    kubernetes::{self, Manifest, Place, yaml},
};
use crate::{
    fingerprint::fingerprint,
    plan::{Plan, StackErrors},
    tree::{Tree, object},
};

/// What Meshery calls a controller, and where it puts it.
struct Model {
    name: &'static str,
    title: &'static str,
    category: &'static str,
    sub_category: &'static str,
}

pub(super) fn output(plan: &Plan) -> Result<Output, StackErrors> {
    let place = Place::of(plan, "a design for Meshery needs")?;
    let components = kubernetes::manifests(&place)?;
    let design = object! {
        "id" => id(&plan.name, "design"),
        "name" => &plan.name,
        "schemaVersion" => "designs.meshery.io/v1beta1",
        "version" => "0.0.1",
        "components" => Tree::list(components.iter().map(|manifest| component(manifest, &place, &plan.name))),
        "relationships" => Tree::List(Vec::new()),
    };
    let files = BTreeMap::from([("design.yaml".to_owned(), yaml(&place.json(&design)))]);
    Ok(Output { files, left_out: kubernetes::left_out(plan) })
}

/// The same for the same part of a stack of the same name.
fn id(stack: &str, part: &str) -> String {
    fingerprint(&format!("{stack}/{part}")).to_string()
}

fn component(manifest: &Manifest, place: &Place, stack: &str) -> Tree {
    let model = model(manifest.group);
    object! {
        "id" => id(stack, &format!("{}/{}", manifest.kind, manifest.name)),
        "schemaVersion" => "components.meshery.io/v1beta1",
        "version" => "v1.0.0",
        "displayName" => &manifest.name,
        "description" => "",
        "format" => "JSON",
        "status" => "enabled",
        // Meshery fills in the schema from its registry.
        "component" => object! { "kind" => manifest.kind, "version" => manifest.api_version(), "schema" => "" },
        "configuration" => object! {
            "metadata" => object! {
                "namespace" => &place.namespace,
                "annotations" => place.annotations(),
                "labels" => Tree::Object(Vec::new()),
            },
            "spec" => manifest.spec.clone(),
        },
        "metadata" => object! {
            "genealogy" => "",
            "isAnnotation" => false,
            "isNamespaced" => true,
            "published" => false,
            "instanceDetails" => Tree::Object(Vec::new()),
            "configurationUISchema" => "",
        },
        "modelReference" => object! {
            "id" => nil(),
            "name" => model.name,
            "version" => "v1.0.0",
            "displayName" => model.title,
            "model" => object! { "version" => "v1.0.0" },
            "registrant" => object! { "kind" => "github" },
        },
        "model" => model.tree(),
    }
}

fn model(group: &str) -> Model {
    match group {
        "iam" => Model {
            name: "aws-iam-controller",
            title: "AWS IAM",
            category: "Security and Compliance",
            sub_category: "Security",
        },
        "lambda" => Model {
            name: "aws-lambda-controller",
            title: "AWS Lambda",
            category: "Serverless",
            sub_category: "Compute",
        },
        "cloudwatchlogs" => Model {
            name: "aws-cloudwatchlogs-controller",
            title: "AWS CloudWatch Logs",
            category: "Observability and Analysis",
            sub_category: "Logging",
        },
        _ => Model {
            name: "aws-sfn-controller",
            title: "AWS Step Functions",
            category: "Serverless",
            sub_category: "Compute",
        },
    }
}

fn nil() -> String {
    Uuid::nil().to_string()
}

impl Model {
    fn tree(&self) -> Tree {
        object! {
            "id" => nil(),
            "schemaVersion" => "models.meshery.io/v1beta1",
            "version" => "v1.0.0",
            "name" => self.name,
            "displayName" => self.title,
            "description" => format!("ACK controller for {}", self.title),
            "status" => "enabled",
            "registrant" => object! {
                "id" => nil(),
                "name" => "Github",
                "kind" => "github",
                "type" => "registry",
                "subType" => "",
                "status" => "discovered",
                "credentialId" => nil(),
                "schemaVersion" => "connections.meshery.io/v1beta1",
            },
            "registrantId" => nil(),
            "categoryId" => nil(),
            "category" => object! { "id" => nil(), "name" => self.category, "metadata" => Tree::Object(Vec::new()) },
            "subCategory" => self.sub_category,
            "metadata" => object! { "isAnnotation" => false, "svgColor" => "<svg/>", "svgWhite" => "<svg/>" },
            "model" => object! { "version" => "v1.0.0" },
            "components" => Tree::List(Vec::new()),
            "relationships" => Tree::List(Vec::new()),
            "componentsCount" => 0,
            "relationshipsCount" => 0,
        }
    }
}
