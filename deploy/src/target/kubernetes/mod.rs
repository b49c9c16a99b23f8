//! Manifests for the AWS Controllers for Kubernetes (ACK): of Step Functions, IAM, Lambda and CloudWatch Logs.
//!
//! Manifests cannot refer to the place of deployment, so region and account stand in them.
//!
//! Source: the custom resource definitions of the controllers.

mod function;
mod machine;
mod role;
mod yaml;

use std::collections::BTreeMap;

use super::Output;
use crate::{
    arn::{Location, is_account, partition_of},
    id::Id,
    plan::{Machine, Plan, StackErrors},
    text::{Part, Text},
    tree::{Tree, object},
};

pub(super) use yaml::yaml;

/// Where manifests are applied, and what they deploy to.
pub(super) struct Place<'a> {
    plan: &'a Plan,
    /// What is written, with the verb that it needs something.
    needs: &'static str,
    location: Location,
    pub(super) namespace: String,
}

/// A manifest.
pub(super) struct Manifest {
    /// Such as `sfn`, the group of the controller.
    pub(super) group: &'static str,
    /// Such as `StateMachine`.
    pub(super) kind: &'static str,
    /// What it is called in its namespace.
    pub(super) name: String,
    /// What is wanted.
    pub(super) spec: Tree,
}

pub(super) fn output(plan: &Plan) -> Result<Output, StackErrors> {
    let place = Place::of(plan, "manifests for Kubernetes need")?;
    let manifests = manifests(&place)?;
    let documents: Vec<_> = manifests.iter().map(|manifest| yaml(&place.json(&manifest.tree(&place)))).collect();
    let files = BTreeMap::from([("manifests.yaml".to_owned(), documents.join("---\n"))]);
    Ok(Output { files, left_out: left_out(plan) })
}

/// All manifests of a stack.
pub(super) fn manifests(place: &Place) -> Result<Vec<Manifest>, StackErrors> {
    let plan = place.plan;
    let mut manifests = Vec::new();
    if !plan.functions.is_empty() {
        let code = function::code(place)?;
        for function in &plan.functions {
            manifests.extend([
                role::log_group(&function.logs, plan),
                role::role(&function.role, place),
                function::function(function, &code, plan),
            ]);
        }
    }
    manifests.extend(plan.activities.iter().map(|activity| function::activity(activity, plan)));
    for machine in &plan.machines {
        manifests.extend(machine.logs.iter().map(|logs| role::log_group(logs, plan)));
        manifests.extend([role::role(&machine.role, place), machine::machine(machine, place)]);
    }
    Ok(manifests)
}

/// What the controllers do not know.
pub(super) fn left_out(plan: &Plan) -> Vec<String> {
    type IsWanted = fn(&Machine) -> bool;
    let unknown: [(&str, IsWanted); 6] = [
        ("the keys", |machine| machine.encryption.is_some()),
        ("the aliases", |machine| machine.alias.is_some()),
        ("the alarms", |machine| !machine.alarms.is_empty()),
        ("the schedules", |machine| !machine.schedules.is_empty()),
        ("the event rules", |machine| !machine.events.is_empty()),
        ("the IoT rules", |machine| !machine.iot.is_empty()),
    ];
    let of_machines = unknown.into_iter().filter_map(|(what, wanted)| {
        let machines: Vec<_> = plan.machines.iter().filter(|machine| wanted(machine)).collect();
        let names: Vec<_> = machines.iter().map(|machine| machine.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{what} of {}", names.join(", ")))
    });
    of_machines.chain(plan.api.iter().map(|_| "the REST API".to_owned())).collect()
}

impl<'a> Place<'a> {
    pub(super) fn of(plan: &'a Plan, needs: &'static str) -> Result<Self, StackErrors> {
        let options = &plan.kubernetes;
        let mut errors = StackErrors::default();
        let mut needed = |key: &str, value: &Option<String>| {
            if value.is_none() {
                errors.push(
                    format!("{needs} to know the {key} of the deployment"),
                    format!("say it in Stepwright.toml: `kubernetes.{key} = \"…\"`"),
                );
            }
            value.clone().unwrap_or_default()
        };
        let (region, account) = (needed("region", &options.region), needed("account", &options.account));
        if options.account.is_some() && !is_account(&account) {
            errors.push(
                format!("`kubernetes.account` cannot be `{account}`"),
                "an account is twelve digits, as a text: leading zeros count",
            );
        }
        let partition = options.partition.as_deref().unwrap_or_else(|| partition_of(&region));
        let location = Location::new(partition, &region, &account);
        let namespace = options.namespace.clone().unwrap_or_else(|| "default".to_owned());
        errors.into_result(Place { plan, needs, location, namespace })
    }

    /// The JSON of a tree, in which nothing is open.
    pub(super) fn json(&self, tree: &Tree) -> serde_json::Value {
        tree.json(&|text| self.text(text).into())
    }

    /// A text, in which nothing is open.
    pub(super) fn text(&self, text: &Text) -> String {
        text.0.iter().map(|part| self.part(part)).collect()
    }

    /// What all resources of this place have.
    pub(super) fn annotations(&self) -> Tree {
        object! { "services.k8s.aws/region" => &self.location.region }
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Literal(text) | Part::Own(text) => text.clone(),
            Part::Partition => self.location.partition.clone(),
            Part::Region => self.location.region.clone(),
            Part::Account => self.location.account.clone(),
            Part::Of(id, _) => self.arn(id),
        }
    }

    fn arn(&self, id: &Id) -> String {
        self.plan.arn(id).map(|arn| arn.at(&self.location)).unwrap_or_default()
    }
}

impl Manifest {
    /// The version of its interface.
    pub(super) fn api_version(&self) -> String {
        format!("{}.services.k8s.aws/v1alpha1", self.group)
    }

    fn tree(&self, place: &Place) -> Tree {
        object! {
            "apiVersion" => self.api_version(),
            "kind" => self.kind,
            "metadata" => object! {
                "name" => &self.name,
                "namespace" => &place.namespace,
                "annotations" => place.annotations(),
            },
            "spec" => self.spec.clone(),
        }
    }
}

/// Another manifest of the same namespace.
fn from(name: &str) -> Tree {
    object! { "from" => object! { "name" => name } }
}

/// Tags as a list of pairs.
fn tags(plan: &Plan) -> Option<Tree> {
    let tags = plan.tags.iter().map(|(key, value)| object! { "key" => key, "value" => value });
    (!plan.tags.is_empty()).then(|| Tree::list(tags))
}

/// Tags as an object.
fn tag_map(plan: &Plan) -> Option<Tree> {
    (!plan.tags.is_empty()).then(|| Tree::of_pairs(&plan.tags))
}
