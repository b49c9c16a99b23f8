//! What Rust the shapes become that a module's calls reach.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use stepwright_services::{Shape, ShapeRef};

use crate::{
    integration::{Call, Integration},
    names::{self, Spelling},
};

/// Names of Rust's prelude that generated code uses as such.
const PRELUDE: &[&str] = &[
    "Box",
    "Clone",
    "Default",
    "Err",
    "Error",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Some",
    "String",
    "ToString",
    "Vec",
];

/// The types of a module.
pub(crate) struct Types<'a> {
    pub(crate) integration: &'a Integration,
    /// What shapes are called in Rust: structures, unions and enumerations, in the order in which they are reached.
    names: IndexMap<&'a str, String>,
    /// The shapes of what calls take and answer, by the shape: the names that they have for a call.
    roots: BTreeMap<&'a str, String>,
    /// The names of the calls' own types.
    own: HashSet<String>,
    /// The shapes that can be given.
    given: HashSet<&'a str>,
}

impl<'a> Types<'a> {
    /// The types that the calls need.
    pub(crate) fn of(integration: &'a Integration, calls: &'a [Call]) -> Types<'a> {
        let mut types = Types {
            integration,
            names: IndexMap::new(),
            roots: BTreeMap::new(),
            given: HashSet::new(),
            own: HashSet::new(),
        };
        for call in calls {
            types.own.extend(["Request", "Response", "Error"].map(|kind| call.type_name(kind)));
            let Some(operation) = integration.operation(call) else { continue };
            for (side, kind) in [(&operation.input, "Request"), (&operation.output, "Response")] {
                if let Some(shape) = side.as_ref().filter(|_| kind == "Request" || call.result.is_none()) {
                    types.roots.entry(&shape.shape).or_insert_with(|| call.type_name(kind));
                }
            }
        }
        let mut reached = HashSet::new();
        for call in calls {
            for member in given(integration, call) {
                reach(integration, &member.shape, &mut types.given);
            }
        }
        for call in calls {
            let members = given(integration, call).into_iter().chain(answered(integration, call));
            let roots = members.map(|member| &member.shape).chain(&call.result);
            for shape in roots.flat_map(|shape| reach(integration, shape, &mut reached)).collect::<Vec<_>>() {
                types.name(shape);
            }
        }
        types
    }

    /// The shapes that have types of their own beside the calls', with their names, sorted by name.
    pub(crate) fn named(&self) -> Vec<(&'a str, &str)> {
        let mut named: Vec<_> = self.names.iter().map(|(shape, name)| (*shape, name.as_str())).collect();
        named.sort_by_key(|(_, name)| *name);
        named
    }

    /// The shape of a name.
    pub(crate) fn shape(&self, name: &str) -> Option<&'a Shape> {
        self.integration.model.shapes.get(name)
    }

    /// What the type of a shape is called.
    pub(crate) fn type_of(&self, shape: &str) -> Option<Ident> {
        self.names.get(shape).or_else(|| self.roots.get(shape)).map(|name| names::ident(name))
    }

    /// The type of a value of a shape.
    pub(crate) fn rust(&self, shape: &str) -> TokenStream {
        match self.shape(shape) {
            None => json(),
            Some(Shape::Structure { document: true, .. }) => json(),
            Some(Shape::Structure { .. }) => self.type_of(shape).map_or_else(json, |name| quote!(#name)),
            Some(Shape::List { member, .. }) => {
                let item = self.rust(&member.shape);
                quote!(Vec<#item>)
            }
            Some(Shape::Map { value, .. }) => {
                let value = self.rust(&value.shape);
                quote!(::std::collections::BTreeMap<String, #value>)
            }
            Some(Shape::String { .. } | Shape::Character | Shape::Blob(_)) => quote!(String),
            Some(Shape::Integer(_)) => quote!(i32),
            Some(Shape::Long(_)) => quote!(i64),
            Some(Shape::Float(_)) => quote!(f64),
            Some(Shape::Boolean) => quote!(bool),
            Some(Shape::Timestamp) if self.is_number(shape) => quote!(f64),
            Some(Shape::Timestamp) => {
                quote!(::stepwright::__private::chrono::DateTime<::stepwright::__private::chrono::Utc>)
            }
        }
    }

    /// Whether a value of a shape is any JSON.
    pub(crate) fn is_document(&self, shape: &str) -> bool {
        matches!(self.shape(shape), None | Some(Shape::Structure { document: true, .. }))
    }

    /// The type of a member of a structure or union: boxed where the type would hold itself.
    pub(crate) fn member(&self, of: &str, member: &ShapeRef) -> TokenStream {
        let inner = self.rust(&member.shape);
        if self.holds(&member.shape, of, &mut HashSet::new()) { quote!(Box<#inner>) } else { inner }
    }

    /// Whether a time is a number: optimized integrations answer so.
    fn is_number(&self, shape: &str) -> bool {
        self.integration.spelling == Spelling::Optimized && !self.given.contains(shape)
    }

    /// Whether a type has a default: a union has none.
    pub(crate) fn has_default(&self, shape: &str) -> bool {
        match self.shape(shape) {
            Some(Shape::Structure { union: true, document: false, .. }) => false,
            Some(Shape::Structure { members, required, document: false, .. }) => {
                required.iter().filter_map(|name| members.get(name)).all(|member| self.has_default(&member.shape))
            }
            _ => true,
        }
    }

    /// Whether a value of a shape holds one of another shape, with no list or map between them.
    fn holds<'s>(&'s self, shape: &'s str, inner: &str, seen: &mut HashSet<&'s str>) -> bool {
        let Some(Shape::Structure { members, document: false, .. }) = self.shape(shape) else { return false };
        shape == inner || seen.insert(shape) && members.values().any(|member| self.holds(&member.shape, inner, seen))
    }

    fn name(&mut self, shape: &'a str) {
        if self.roots.contains_key(shape) {
            let name = self.roots.get(shape).cloned().unwrap_or_default();
            self.names.insert(shape, name);
            return;
        }
        let plain = names::camel(shape);
        let own = match PRELUDE.contains(&plain.as_str()) {
            true => format!("{}{plain}", self.integration.prefix),
            false => plain,
        };
        let is_taken = |name: &str| self.own.contains(name) || self.names.values().any(|taken| taken == name);
        let name = if is_taken(&own) { format!("{own}Shape") } else { own };
        self.names.insert(shape, name);
    }
}

/// Any JSON.
pub(crate) fn json() -> TokenStream {
    quote!(::stepwright::__private::serde_json::Value)
}

/// The members that a call takes, without those that are any JSON.
fn given<'a>(integration: &'a Integration, call: &Call) -> Vec<&'a ShapeRef> {
    let input = integration.operation(call).and_then(|operation| operation.input.as_ref());
    let members = input.into_iter().flat_map(|input| members(integration, &input.shape));
    members.filter(|(name, _)| call.takes(name)).map(|(_, member)| member).collect()
}

/// The members that a call answers, without those that are any JSON.
fn answered<'a>(integration: &'a Integration, call: &Call) -> Vec<&'a ShapeRef> {
    let output = integration.operation(call).and_then(|operation| operation.output.as_ref());
    let output = output.filter(|_| call.result.is_none() && !call.waits_for_token());
    output.into_iter().flat_map(|output| members(integration, &output.shape)).map(|(_, member)| member).collect()
}

/// The members of a structure that have shapes.
fn members<'a>(integration: &'a Integration, name: &'a str) -> Vec<(&'a str, &'a ShapeRef)> {
    match integration.model.shapes.get(name) {
        Some(Shape::Structure { members, .. }) => {
            let members = members.iter().map(|(member, shape)| (member.as_str(), shape));
            members.filter(|(member, _)| !integration.is_json(name, member)).collect()
        }
        _ => Vec::new(),
    }
}

/// The shapes with types of their own that a shape is made of, itself included, that were not reached before.
fn reach<'a>(integration: &'a Integration, shape: &'a str, reached: &mut HashSet<&'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut waiting = vec![shape];
    while let Some(name) = waiting.pop() {
        let Some((name, shape)) = integration.model.shapes.get_key_value(name).filter(|_| reached.insert(name)) else {
            continue;
        };
        match shape {
            Shape::Structure { document: true, .. } => {}
            Shape::Structure { .. } => {
                found.push(name.as_str());
                waiting.extend(members(integration, name).into_iter().map(|(_, member)| member.shape.as_str()));
            }
            Shape::List { member, .. } => waiting.push(&member.shape),
            Shape::Map { key, value } => waiting.extend([key.shape.as_str(), value.shape.as_str()]),
            Shape::String { values, .. } if !values.is_empty() => found.push(name.as_str()),
            Shape::String { .. }
            | Shape::Character
            | Shape::Blob(_)
            | Shape::Integer(_)
            | Shape::Long(_)
            | Shape::Float(_)
            | Shape::Boolean
            | Shape::Timestamp => {}
        }
    }
    found
}
