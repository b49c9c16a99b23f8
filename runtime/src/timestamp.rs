//! Points in time as text.

use chrono::{DateTime, SecondsFormat, Utc};

/// A point in time in the profile of RFC 3339 that the language asks for: an upper-case `T` between date and time, and
/// an upper-case `Z` or an offset at the end.
pub(crate) fn parse_timestamp(text: &str) -> Option<DateTime<Utc>> {
    let is_profile = text.as_bytes().get(10) == Some(&b'T') && !text.ends_with('z');
    is_profile.then(|| DateTime::parse_from_rfc3339(text).ok())?.map(|time| time.to_utc())
}

/// A point in time to the millisecond, as most of the service's answers give it.
pub(crate) fn to_milliseconds(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_profile_is_read() {
        for text in ["2016-03-14T01:59:00Z", "2016-03-14T01:59:00.25Z", "2016-03-14T01:59:00+02:00"] {
            assert!(parse_timestamp(text).is_some(), "{text}");
        }
        for text in ["", "2016-03-14 01:59:00Z", "2016-03-14T01:59:00", "2016-13-14T01:59:00Z", "2016-03-14t01:59:00z"]
        {
            assert!(parse_timestamp(text).is_none(), "{text}");
        }
    }
}
