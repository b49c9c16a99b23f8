//! Durations as text: `30s`, `5m`, `1h30m`, `2d`.

const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// The seconds of a duration: numbers with units, the larger unit first.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let mut units = UNITS.iter();
    let mut rest = text;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, unit) = rest.split_at(end);
        let mut letters = unit.chars();
        let letter = letters.next()?;
        let (_, seconds) = units.find(|(name, _)| *name == letter)?;
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(*seconds)?)?;
        rest = letters.as_str();
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_are_numbers_with_falling_units() {
        let good = [("30s", 30), ("5m", 300), ("1h", 3_600), ("2d", 172_800), ("1h30m", 5_400), ("1d1s", 86_401)];
        for (text, expected) in good {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "30", "s", "1.5s", "500ms", "30m1h", "1h1h", "-1s", "1 h", "99999999999999999999s"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
