//! Structures as structs, unions as enums.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use stepwright_services::{Shape, ShapeRef};

use super::docs::{self, line};
use crate::{
    integration::Call,
    names,
    types::{Types, json},
};

/// A struct.
pub(super) struct Structure<'a> {
    types: &'a Types<'a>,
    name: String,
    docs: String,
    /// The shape; none has no members.
    shape: Option<&'a str>,
    /// Whether a call answers it.
    answers: bool,
    /// The call that takes it.
    taken_by: Option<&'a Call>,
}

impl<'a> Structure<'a> {
    /// What a call takes; `None` if that is nothing.
    pub(super) fn request(types: &'a Types<'a>, call: &'a Call) -> Option<Self> {
        let shape = types.integration.operation(call)?.input.as_ref()?.shape.as_str();
        let docs = format!("What `{}` takes.", call.api);
        let structure = Structure {
            types,
            name: call.of_the_api().type_name("Request"),
            docs,
            shape: Some(shape),
            answers: false,
            taken_by: Some(call),
        };
        (!structure.members().is_empty()).then_some(structure)
    }

    /// What a call answers; `None` if that is a type of its own. An answer without members is an empty object.
    pub(super) fn response(types: &'a Types<'a>, call: &'a Call) -> Option<Self> {
        if call.result.is_some() || call.waits_for_token() {
            return None;
        }
        let output = types.integration.operation(call)?.output.as_ref();
        let docs = format!("What `{}` answers.", call.api);
        let shape = output.map(|output| output.shape.as_str());
        Some(Structure { types, name: call.type_name("Response"), docs, shape, answers: true, taken_by: None })
    }

    /// A part of others.
    pub(super) fn nested(types: &'a Types<'a>, shape: &'a str, name: &str) -> Self {
        Structure {
            types,
            name: name.to_owned(),
            docs: format!("`{shape}`"),
            shape: Some(shape),
            answers: false,
            taken_by: None,
        }
    }

    pub(super) fn emit(&self) -> TokenStream {
        let (name, docs) = (names::ident(&self.name), line(&self.docs));
        let derives = derives(self.has_default(), Some("PascalCase"));
        let mut taken = Vec::new();
        let fields = self.members().into_iter().map(|(member, shape)| self.field(member, shape, &mut taken));
        let fields: Vec<_> = fields.collect();
        quote! {
            #docs
            #derives
            pub struct #name {
                #(#fields)*
            }
        }
    }

    fn members(&self) -> Vec<(&'a str, &'a ShapeRef)> {
        let Some(Shape::Structure { members, .. }) = self.shape.and_then(|shape| self.types.shape(shape)) else {
            return Vec::new();
        };
        let members = members.iter().map(|(name, member)| (name.as_str(), member));
        members.filter(|(name, _)| self.taken_by.is_none_or(|call| call.takes(name))).collect()
    }

    fn has_default(&self) -> bool {
        self.members()
            .iter()
            .filter(|(name, member)| self.is_required(name, member))
            .all(|(_, member)| self.types.has_default(&member.shape))
    }

    /// A token that Step Functions makes up need not be given.
    fn is_required(&self, name: &str, member: &ShapeRef) -> bool {
        match self.shape.and_then(|shape| self.types.shape(shape)) {
            Some(Shape::Structure { required, .. }) => {
                required.iter().any(|found| found == name) && !member.idempotency_token
            }
            _ => false,
        }
    }

    fn field(&self, name: &str, member: &ShapeRef, taken: &mut Vec<String>) -> TokenStream {
        let key = self.types.integration.spelling.key(name);
        let mut field = names::snake(name);
        while taken.contains(&field) {
            field.push('_');
        }
        taken.push(field.clone());
        let rename = (names::pascal(&field) != key).then(|| quote!(rename = #key));
        let is_json = self.shape.is_some_and(|shape| self.types.integration.is_json(shape, name));
        let ty = match (is_json, self.shape) {
            (false, Some(shape)) => self.types.member(shape, member),
            _ => json(),
        };
        let required = self.is_required(name, member);
        let facts = if is_json { vec!["Any JSON.".to_owned()] } else { docs::value(self.types, &member.shape) };
        let said = match (required, self.answers) {
            (false, _) => "",
            (true, false) => " Required.",
            (true, true) => " Always there.",
        };
        let facts: String = facts.iter().map(|fact| format!(" {fact}")).collect();
        let docs = line(&format!("`{key}`.{said}{facts}"));
        let field = names::ident(&field);
        // A workflow cannot tell `None` from JSON that is `null`, so JSON that is not there is `null`.
        let absent_is_null = !required && (is_json || self.types.is_document(&member.shape));
        let skip = match (required, absent_is_null) {
            (true, _) => None,
            (false, true) => {
                Some(quote!(default, skip_serializing_if = "::stepwright::__private::serde_json::Value::is_null"))
            }
            (false, false) => Some(quote!(skip_serializing_if = "Option::is_none")),
        };
        let options: Vec<_> = rename.into_iter().chain(skip).collect();
        let serde = (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]));
        let ty = if required || absent_is_null { ty } else { quote!(Option<#ty>) };
        quote!(#docs #serde pub #field: #ty,)
    }
}

/// A union as an enum, which serde writes as an object with the one key.
pub(super) fn union(types: &Types<'_>, shape: &str, name: &str, members: &IndexMap<String, ShapeRef>) -> TokenStream {
    let (name, docs, derives) =
        (names::ident(name), line(&format!("`{shape}`: exactly one of these.")), derives(false, None));
    let variants = members.iter().map(|(member, reference)| {
        let key = types.integration.spelling.key(member);
        let variant = names::camel(&key);
        let rename = (variant != key).then(|| quote!(#[serde(rename = #key)]));
        let ty = types.member(shape, reference);
        let facts: String = docs::value(types, &reference.shape).iter().map(|fact| format!(" {fact}")).collect();
        let docs = line(&format!("`{key}`.{facts}"));
        let variant = names::ident(&variant);
        quote!(#docs #rename #variant(#ty),)
    });
    quote! {
        #docs
        #derives
        pub enum #name {
            #(#variants)*
        }
    }
}

/// What every type derives, without any dependency of the user's.
fn derives(default: bool, rename_all: Option<&str>) -> TokenStream {
    let default = default.then(|| quote!(Default,));
    let rename_all = rename_all.map(|rule| quote!(, rename_all = #rule));
    quote! {
        #[derive(
            Clone,
            Debug,
            #default
            PartialEq,
            ::stepwright::__private::serde::Serialize,
            ::stepwright::__private::serde::Deserialize,
            ::stepwright::__private::schemars::JsonSchema,
            ::stepwright::Data
        )]
        #[serde(crate = "::stepwright::__private::serde" #rename_all)]
        #[schemars(crate = "::stepwright::__private::schemars")]
    }
}
