//! How Step Functions spells the names of an API.

/// Whose names a kind of integration uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Of the AWS SDK integrations: those of the AWS SDK for Java 2, with a capital first letter.
    Sdk,
    /// Of the optimized integrations: those of the API, with a capital first letter.
    Optimized,
}

impl Spelling {
    /// The key of a member.
    #[must_use]
    pub fn key(self, member: &str) -> String {
        match self {
            Spelling::Sdk => capitalized(&uncapitalized(member)),
            Spelling::Optimized => capitalized(member),
        }
    }

    /// The name of an error, from its shape's, without the service's prefix and without `Exception`.
    #[must_use]
    pub fn error(self, shape: &str) -> String {
        match self {
            Spelling::Sdk => {
                words(shape.strip_suffix("Fault").unwrap_or(shape)).trim_end_matches("Exception").to_owned()
            }
            Spelling::Optimized => shape.strip_suffix("Exception").unwrap_or(shape).to_owned(),
        }
    }
}

/// The action of an API in a resource: `describeDBInstances` of `DescribeDBInstances`.
#[must_use]
pub fn action(api: &str) -> String {
    uncapitalized(api)
}

/// A name with its first letter a capital.
#[must_use]
pub fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
}
