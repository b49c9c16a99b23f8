//! How Step Functions and Rust spell the names of an API.

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Ident, Span};

/// Whose names a kind of integration uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// Of the AWS SDK integrations: those of the AWS SDK for Java 2, with a capital first letter.
    Sdk,
    /// Of the optimized integrations: those of the API, with a capital first letter.
    Optimized,
}

impl Spelling {
    /// The key of a member.
    pub(crate) fn key(self, member: &str) -> String {
        match self {
            Spelling::Sdk => capitalized(&uncapitalized(member)),
            Spelling::Optimized => capitalized(member),
        }
    }

    /// The name of an error, from its shape's, without the service's prefix and without `Exception`.
    pub(crate) fn error(self, shape: &str) -> String {
        match self {
            Spelling::Sdk => {
                words(shape.strip_suffix("Fault").unwrap_or(shape)).trim_end_matches("Exception").to_owned()
            }
            Spelling::Optimized => shape.strip_suffix("Exception").unwrap_or(shape).to_owned(),
        }
    }
}

/// The action of an API in a resource: `describeDBInstances` of `DescribeDBInstances`.
pub(crate) fn action(api: &str) -> String {
    uncapitalized(api)
}

/// A name with its first letter a capital.
pub(crate) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

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

/// A name with the capitals that it begins with made small, but for the one that begins the next word: `dbInstance` of `DBInstance`.
fn uncapitalized(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is = |index: usize, check: fn(&char) -> bool| letters.get(index).is_some_and(check);
    let upper = |letter: &char| letter.is_uppercase();
    let lower = |letter: &char| letter.is_lowercase();
    let small = (1..letters.len()).take_while(|&index| is(index, upper) && !is(index + 1, lower)).count() + 1;
    letters
        .iter()
        .enumerate()
        .map(|(index, letter)| if index < small { letter.to_ascii_lowercase() } else { *letter })
        .collect()
}

/// A name in which only the first letters of words are capitals: `DbInstance` of `DBInstance`.
fn words(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    let mut begins = true;
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        begins |= letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() && after.is_some_and(char::is_ascii_alphanumeric))
                || before.is_some_and(char::is_ascii_uppercase) && after.is_some_and(char::is_ascii_lowercase));
        begins |= letter.is_ascii_alphabetic() && before.is_some_and(char::is_ascii_digit);
        if letter.is_ascii_alphanumeric() {
            words.push(if begins { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
        }
        begins = !letter.is_ascii_alphanumeric();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_spelt_as_each_kind_of_integration_does() {
        for (member, sdk, optimized) in [
            ("Bucket", "Bucket", "Bucket"),
            ("jobName", "JobName", "JobName"),
            ("DBInstanceIdentifier", "DbInstanceIdentifier", "DBInstanceIdentifier"),
            ("ETag", "ETag", "ETag"),
            ("ChecksumCRC32", "ChecksumCRC32", "ChecksumCRC32"),
            ("SSEKMSKeyId", "SsekmsKeyId", "SSEKMSKeyId"),
            ("MD5OfMessageBody", "Md5OfMessageBody", "MD5OfMessageBody"),
            ("S", "S", "S"),
            ("BOOL", "Bool", "BOOL"),
        ] {
            assert_eq!(
                (Spelling::Sdk.key(member).as_str(), Spelling::Optimized.key(member).as_str()),
                (sdk, optimized)
            );
        }
        assert_eq!(action("DescribeDBInstances"), "describeDBInstances");
        assert_eq!(action("ListObjectsV2"), "listObjectsV2");
    }

    #[test]
    fn errors_are_spelt_as_each_kind_of_integration_does() {
        for (shape, sdk, optimized) in [
            ("NoSuchKey", "NoSuchKey", "NoSuchKey"),
            ("ResourceNotFoundException", "ResourceNotFound", "ResourceNotFound"),
            ("DBInstanceNotFoundFault", "DbInstanceNotFound", "DBInstanceNotFoundFault"),
            ("KMSAccessDeniedException", "KmsAccessDenied", "KMSAccessDenied"),
            ("EC2ThrottledException", "Ec2Throttled", "EC2Throttled"),
        ] {
            assert_eq!(
                (Spelling::Sdk.error(shape).as_str(), Spelling::Optimized.error(shape).as_str()),
                (sdk, optimized)
            );
        }
    }

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
