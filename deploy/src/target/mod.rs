//! A stack in the words of those who deploy it. Each target prints the same plan.
//!
//! * `cloudformation/`: the resources as CloudFormation knows them; `sam.rs` and `cdk/` start from these, too.
//! * `terraform/`, `kubernetes/`, `meshery.rs`: the same in words of their own.

mod cdk;
mod cloudformation;
mod kubernetes;
mod meshery;
mod sam;
mod terraform;

use std::collections::BTreeMap;

use crate::{
    plan::{Plan, StackErrors},
    stack::Stack,
};

/// Who deploys a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// CloudFormation: `template.json`, with the bucket and the key of the functions' code as parameters.
    CloudFormation,
    /// The Serverless Application Model: `template.json`, with the functions' code as a file.
    Sam,
    /// Terraform: `main.tf.json`, and the definitions beside it.
    Terraform,
    /// The AWS Cloud Development Kit: a construct in TypeScript, and the definitions beside it.
    Cdk,
    /// The AWS Controllers for Kubernetes: `manifests.yaml`.
    Kubernetes,
    /// Meshery: `design.yaml`, of the same manifests.
    Meshery,
}

/// A stack as a target wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The files, by name; always the same for the same stack.
    pub files: BTreeMap<String, String>,
    /// What the target cannot say, in words.
    pub left_out: Vec<String>,
}

/// The file with the functions' code, beside the folder with a target's files.
pub const CODE: &str = "../bootstrap.zip";

impl Target {
    /// The files of a stack.
    ///
    /// # Errors
    ///
    /// All that is wrong with the stack, and what this target needs to know beyond it.
    pub fn output(self, stack: &Stack) -> Result<Output, StackErrors> {
        let plan = Plan::of(stack)?;
        match self {
            Target::CloudFormation => cloudformation::output(&plan),
            Target::Sam => sam::output(&plan),
            Target::Terraform => Ok(terraform::output(&plan)),
            Target::Cdk => Ok(cdk::output(&plan)),
            Target::Kubernetes => kubernetes::output(&plan),
            Target::Meshery => meshery::output(&plan),
        }
    }
}
