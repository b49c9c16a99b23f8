//! Where failures stand in the source map: at what made the error, not at the function.
#![expect(unreachable_pub, reason = "the workflows are written as a user's library is")]

use std::collections::BTreeMap;

mod workflow {
    use stepwright::prelude::*;

    #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, TaskError)]
    pub enum Refused {
        Large,
        Unlucky { number: u32 },
        Small,
        Busy,
    }

    #[task]
    pub async fn double(number: u32) -> Result<u32, Refused> {
        Ok(number * 2)
    }

    #[workflow]
    pub async fn checked(number: u32) -> Result<u32, Refused> {
        if number > 100 {
            return Err(Refused::Large);
        }
        if number == 13 {
            return Err(Refused::Unlucky { number });
        }
        let doubled = match double(number).await {
            Ok(doubled) => doubled,
            Err(Refused::Small) => return Err(Refused::Busy),
            Err(other) => return Err(other),
        };
        if doubled > 60 {
            return Err(Refused::Large);
        }
        assert!(doubled != 50, "fifty");
        Err(Refused::Small)
    }
}

#[test]
fn failures_stand_at_what_made_them() {
    let source: Vec<&str> = include_str!("positions.rs").lines().collect();
    let definition = workflow::checked::definition();
    let places = definition.source_map().iter().filter(|(state, _)| state.starts_with("Fail"));
    let places: BTreeMap<_, _> = places
        .map(|(state, at)| {
            let line = source.get(at.line as usize - 1).copied().unwrap_or_default();
            (state, line.get(at.column as usize - 1..).unwrap_or_default())
        })
        .collect();
    let expected = [
        ("Fail Panic", "assert!(doubled != 50, \"fifty\");"),
        // Arms that only return become one value.
        ("Fail Refused.Busy", "match double(number).await {"),
        ("Fail Refused.Large", "return Err(Refused::Large);"),
        ("Fail Refused.Small", "Err(Refused::Small)"),
        ("Fail Refused.Unlucky", "return Err(Refused::Unlucky { number });"),
    ];
    assert_eq!(places, BTreeMap::from(expected));
}
