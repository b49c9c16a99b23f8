//! Who does the work: Lambda functions and activities.

use super::resource::{Resource, tags};
use crate::{
    plan::{Activity, Function, Plan},
    text::{Attribute, Text},
    tree::{Tree, object},
};

/// The parameters that tell where the code lies.
pub(super) const CODE_BUCKET: &str = "CodeBucket";
pub(super) const CODE_KEY: &str = "CodeKey";

pub(super) fn function(function: &Function, plan: &Plan) -> Resource {
    let parameter = |name: &str| object! { "Ref" => name };
    let properties = object! {
        "FunctionName" => &function.name,
        "Description" => function.description.as_deref(),
        "Runtime" => "provided.al2023",
        "Handler" => "bootstrap",
        "Architectures" => [function.architecture.name()],
        "Code" => object! { "S3Bucket" => parameter(CODE_BUCKET), "S3Key" => parameter(CODE_KEY) },
        "Role" => Text::arn_of(&function.role.id),
        "MemorySize" => function.memory,
        "Timeout" => function.timeout,
        "Environment" => object! { "Variables" => Tree::of_pairs(function.environment.clone()) },
        "Layers" => (!function.layers.is_empty()).then(|| function.layers.clone()),
        "VpcConfig" => vpc(function),
        "TracingConfig" => function.tracing.then(|| object! { "Mode" => "Active" }),
        "LoggingConfig" => object! { "LogGroup" => Text::of(&function.logs.id, Attribute::Id) },
        "Tags" => tags(&plan.tags),
    };
    Resource::new(&function.id, "AWS::Lambda::Function", properties)
}

pub(in crate::target) fn vpc(function: &Function) -> Option<Tree> {
    let (subnets, groups) = function.vpc.clone()?;
    Some(object! { "SubnetIds" => subnets, "SecurityGroupIds" => groups })
}

pub(super) fn activity(activity: &Activity, plan: &Plan) -> Resource {
    let properties = object! { "Name" => &activity.name, "Tags" => tags(&plan.tags) };
    Resource::new(&activity.id, "AWS::StepFunctions::Activity", properties)
}
