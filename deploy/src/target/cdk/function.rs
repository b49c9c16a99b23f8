//! Who does the work: Lambda functions and activities.

use super::{
    Object, own,
    typescript::{quoted, typescript, variable},
};
use crate::{
    options::Architecture,
    plan::{Activity, Function},
    target::CODE,
    tree::{Tree, object},
};

pub(super) fn function(function: &Function) -> Object {
    let architecture = match function.architecture {
        Architecture::Arm64 => "lambda.Architecture.ARM_64",
        Architecture::X86 => "lambda.Architecture.X86_64",
    };
    let layers = (1..).zip(&function.layers).map(|(number, layer)| {
        let id = quoted(&format!("{}Layer{number}", function.id.upper_camel()));
        own(format!("lambda.LayerVersion.fromLayerVersionArn(this, {id}, {})", typescript(&layer.clone().into())))
    });
    let properties = object! {
        "functionName" => &function.name,
        "description" => function.description.as_deref(),
        "runtime" => own("lambda.Runtime.PROVIDED_AL2023"),
        "handler" => "bootstrap",
        "architecture" => own(architecture),
        "code" => own(format!("lambda.Code.fromAsset(path.join(__dirname, {}))", quoted(CODE))),
        "role" => own(variable(&function.role.id)),
        "memorySize" => function.memory,
        "timeout" => own(format!("Duration.seconds({})", function.timeout)),
        "environment" => Tree::of_pairs(function.environment.clone()),
        "layers" => (!function.layers.is_empty()).then(|| Tree::list(layers)),
        "tracing" => function.tracing.then(|| own("lambda.Tracing.ACTIVE")),
        "logGroup" => own(variable(&function.logs.id)),
    };
    Object { id: function.id.clone(), class: "lambda.Function", properties, then: vpc(function).into_iter().collect() }
}

/// The kit's own way would have to look the network up.
fn vpc(function: &Function) -> Option<String> {
    let (subnets, groups) = function.vpc.clone()?;
    let vpc = typescript(&object! { "subnetIds" => subnets, "securityGroupIds" => groups });
    Some(format!("(this.{}.node.defaultChild as lambda.CfnFunction).vpcConfig = {vpc};", variable(&function.id)))
}

pub(super) fn activity(activity: &Activity) -> Object {
    let properties = object! { "activityName" => &activity.name };
    Object { id: activity.id.clone(), class: "sfn.Activity", properties, then: Vec::new() }
}
