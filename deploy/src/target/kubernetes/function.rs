//! Who does the work: Lambda functions and activities.

use super::{Manifest, Place, from, tag_map, tags};
use crate::{
    plan::{Activity, Function, Plan, StackErrors},
    tree::{Tree, object},
};

/// Where the code of the functions lies.
pub(super) fn code(place: &Place) -> Result<Tree, StackErrors> {
    let options = &place.plan.kubernetes;
    let Some(bucket) = &options.code_bucket else {
        let mut errors = StackErrors::default();
        errors.push(
            format!("{} to know the bucket with the code of the functions", place.needs),
            "say it in Stepwright.toml: `kubernetes.code_bucket = \"…\"`",
        );
        return errors.into_result(Tree::Absent);
    };
    Ok(object! { "s3Bucket" => bucket, "s3Key" => options.code_key.as_deref().unwrap_or("bootstrap.zip") })
}

pub(super) fn function(function: &Function, code: &Tree, plan: &Plan) -> Manifest {
    let vpc = function.vpc.clone().map(|(subnets, groups)| {
        object! { "subnetIDs" => subnets, "securityGroupIDs" => groups }
    });
    let spec = object! {
        "name" => &function.name,
        "description" => function.description.as_deref(),
        "runtime" => "provided.al2023",
        "handler" => "bootstrap",
        "architectures" => [function.architecture.name()],
        "code" => code.clone(),
        "roleRef" => from(&function.role.id.kebab()),
        "memorySize" => function.memory,
        "timeout" => function.timeout,
        "environment" => object! { "variables" => Tree::of_pairs(function.environment.clone()) },
        "layers" => (!function.layers.is_empty()).then(|| function.layers.clone()),
        "vpcConfig" => vpc,
        "tracingConfig" => function.tracing.then(|| object! { "mode" => "Active" }),
        "loggingConfig" => object! { "logGroup" => &function.logs.name },
        "tags" => tag_map(plan),
    };
    Manifest { group: "lambda", kind: "Function", name: function.id.kebab(), spec }
}

pub(super) fn activity(activity: &Activity, plan: &Plan) -> Manifest {
    let spec = object! { "name" => &activity.name, "tags" => tags(plan) };
    Manifest { group: "sfn", kind: "Activity", name: activity.id.kebab(), spec }
}
