//! How Step Functions and Rust spell the names of an API.

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Ident, Span};
pub(crate) use stepwright_services::{Spelling, action, capitalized};

/// The name of a field or function.
pub(crate) fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// The name of a type or variant.
pub(crate) fn camel(name: &str) -> String {
    if name.chars().all(char::is_alphanumeric) { capitalized(name) } else { name.to_upper_camel_case() }
}

/// The name of a constant.
pub(crate) fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// What serde's `rename_all = "PascalCase"` makes of a field.
pub(crate) fn pascal(field: &str) -> String {
    field.split('_').map(capitalized).collect()
}

/// An identifier, raw where the name is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    if ["self", "Self", "super", "crate", "_"].contains(&name) || name.starts_with(|first: char| first.is_ascii_digit())
    {
        return Ident::new(
            &format!("{name}_").replace(|letter: char| !letter.is_alphanumeric(), "_"),
            Span::call_site(),
        );
    }
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_an_identifier() {
        for (name, expected) in [("type", "r#type"), ("self", "self_"), ("2xx", "2xx_"), ("bucket", "bucket")] {
            let name = if name.starts_with('2') { format!("v{name}") } else { name.to_owned() };
            let expected = if name.starts_with('v') { "v2xx" } else { expected };
            assert_eq!(ident(&name).to_string(), expected);
        }
        assert_eq!(
            (snake("ListObjectsV2"), snake("DescribeDBInstances")),
            ("list_objects_v2".into(), "describe_db_instances".into())
        );
        assert_eq!((pascal("list_objects_v2").as_str(), shouty("aws:kms").as_str()), ("ListObjectsV2", "AWS_KMS"));
        assert_eq!(
            (camel("__EndpointConfig").as_str(), camel("DBInstance").as_str()),
            ("EndpointConfig", "DBInstance")
        );
    }
}
