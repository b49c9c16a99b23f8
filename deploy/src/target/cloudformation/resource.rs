//! Resources of a template, and how their texts refer to each other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    arn::Location,
    id::{Id, Kind},
    text::{Attribute, Part, Text},
    tree::{Tree, object},
};

/// A resource of a template.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// What it is called.
    pub(crate) id: Id,
    /// Such as `AWS::Lambda::Function`.
    pub(crate) kind: &'static str,
    /// Its properties.
    pub(crate) properties: Tree,
    /// What it has to wait for, beyond what it refers to.
    pub(crate) depends_on: Vec<Id>,
    /// Whether it stays when it is no longer in the template.
    pub(crate) is_retained: bool,
}

/// How CloudFormation refers to something of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// `Ref`
    Ref,
    /// `Fn::GetAtt` with this attribute.
    GetAtt(&'static str),
}

impl Resource {
    pub(super) fn new(id: &Id, kind: &'static str, properties: Tree) -> Self {
        Resource { id: id.clone(), kind, properties, depends_on: Vec::new(), is_retained: false }
    }

    /// Its member of `Resources`.
    pub(super) fn entry(&self) -> (String, Tree) {
        let retain = || self.is_retained.then_some("Retain");
        let depends_on: Vec<_> = self.depends_on.iter().map(Id::upper_camel).collect();
        let resource = object! {
            "Type" => self.kind,
            "DependsOn" => (!depends_on.is_empty()).then_some(depends_on),
            "DeletionPolicy" => retain(),
            "UpdateReplacePolicy" => retain(),
            "Properties" => self.properties.clone(),
        };
        (self.id.upper_camel(), resource)
    }
}

/// How something of a resource is referred to. Source: "Return values" of the resource types.
pub(crate) fn reference(id: &Id, attribute: Attribute) -> Reference {
    match (id.kind, attribute) {
        (Kind::Function | Kind::Role | Kind::Logs, Attribute::Arn) => Reference::GetAtt("Arn"),
        (_, Attribute::Revision) => Reference::GetAtt("StateMachineRevisionId"),
        (_, Attribute::Root) => Reference::GetAtt("RootResourceId"),
        (_, Attribute::Arn | Attribute::Id) => Reference::Ref,
    }
}

/// A text as a template says it.
pub(crate) fn write(text: &Text) -> Value {
    match text.0.as_slice() {
        [Part::Of(id, attribute)] => match reference(id, *attribute) {
            Reference::Ref => json!({"Ref": id.upper_camel()}),
            Reference::GetAtt(attribute) => json!({"Fn::GetAtt": [id.upper_camel(), attribute]}),
        },
        [Part::Account] => json!({"Ref": "AWS::AccountId"}),
        parts => match text.literal() {
            Some(literal) => literal.into(),
            None => json!({"Fn::Sub": parts.iter().map(part).collect::<String>()}),
        },
    }
}

/// A part of what `Fn::Sub` takes.
fn part(part: &Part) -> String {
    let open = Location::pseudo_parameters();
    match part {
        Part::Literal(text) => text.replace("${", "${!"),
        Part::Partition => open.partition,
        Part::Region => open.region,
        Part::Account => open.account,
        Part::Own(text) => text.clone(),
        Part::Of(id, attribute) => match reference(id, *attribute) {
            Reference::Ref => format!("${{{}}}", id.upper_camel()),
            Reference::GetAtt(attribute) => format!("${{{}.{attribute}}}", id.upper_camel()),
        },
    }
}

/// Tags as most resource types take them.
pub(crate) fn tags(tags: &BTreeMap<String, String>) -> Tree {
    let list = tags.iter().map(|(key, value)| object! { "Key" => key, "Value" => value });
    (!tags.is_empty()).then(|| Tree::list(list)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_refer_to_resources() {
        let charge = Id::new(Kind::Function, "charge");
        let fulfil = Id::new(Kind::Machine, "fulfil");
        assert_eq!(write(&Text::arn_of(&charge)), json!({"Fn::GetAtt": ["ChargeFunction", "Arn"]}));
        assert_eq!(write(&Text::arn_of(&fulfil)), json!({"Ref": "FulfilMachine"}));
        assert_eq!(write(&"costs ${amount}".into()), json!("costs ${amount}"));
        let text =
            Text::from("${a} ").then(Text::arn_of(&charge)).then(Text::with_pseudo_parameters("/${AWS::Region}"));
        assert_eq!(write(&text), json!({"Fn::Sub": "${!a} ${ChargeFunction.Arn}/${AWS::Region}"}));
    }
}
