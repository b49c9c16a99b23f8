//! Timestamps as the States Language writes them: RFC 3339 with an upper-case `T`, and `Z` or an offset.

/// Whether `text` is a timestamp, such as `2016-03-14T01:59:00.5+02:00`.
pub(super) fn is_timestamp(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<()> {
    let (date, time) = text.split_once('T')?;
    let zone_at = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let [year, month, day] = fields(date, '-')?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = fields(clock, ':')?;
    let valid = digits(year, 4).is_some()
        && (1..=days_in(digits(year, 4)?, digits(month, 2)?)).contains(&digits(day, 2)?)
        && digits(hour, 2)? <= 23
        && digits(minute, 2)? <= 59
        && digits(second, 2)? <= 60
        && digits(fraction, fraction.len()).is_some()
        && is_zone(zone);
    valid.then_some(())
}

fn is_zone(zone: &str) -> bool {
    let offset = || {
        let [hours, minutes] = fields(zone.strip_prefix(['+', '-'])?, ':')?;
        Some(digits(hours, 2)? <= 23 && digits(minutes, 2)? <= 59)
    };
    zone == "Z" || offset() == Some(true)
}

fn days_in(year: u64, month: u64) -> u64 {
    let is_leap_year = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u64::from(is_leap_year),
        _ => 0,
    }
}

/// Exactly `N` fields between separators.
fn fields<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    text.split(separator).collect::<Vec<_>>().try_into().ok()
}

/// The number that exactly `length` digits make.
fn digits(text: &str, length: usize) -> Option<u64> {
    let fits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn timestamps() {
        for text in [
            "2016-03-14T01:59:00Z",
            "2016-02-29T23:59:60Z",
            "2016-03-14T01:59:00.123456+02:00",
            "2016-03-14T01:59:00-11:30",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
    }

    #[test]
    fn other_texts() {
        for text in [
            "",
            "T",
            "2016-03-14",
            "2016-03-14 01:59:00Z",
            "2016-03-14t01:59:00Z",
            "2016-03-14T01:59:00",
            "2016-03-14T01:59Z",
            "2016-13-14T01:59:00Z",
            "2015-02-29T01:59:00Z",
            "2016-03-14T25:59:00Z",
            "2016-03-14T01:59:00.Z",
            "2016-03-14T01:59:00+2",
            "14-03-2016T01:59:00Z",
            "2016-03-14T01:59:00Zé",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
