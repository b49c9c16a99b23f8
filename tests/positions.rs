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

/// Both that are too large share a Fail state.
#[tokio::test]
async fn a_failure_that_shares_its_state_is_told_where_it_was_made() {
    let source: Vec<&str> = include_str!("positions.rs").lines().collect();
    let before = |number: u32| {
        let source = source.clone();
        async move {
            let failure = workflow::checked::local().run(number).await.result().unwrap_err();
            let place = failure.place.unwrap();
            (place.state, source.get(place.line as usize - 2).map(|line| line.trim()))
        }
    };
    assert_eq!(before(101).await, ("Fail Refused.Large".to_owned(), Some("if number > 100 {")));
    assert_eq!(before(31).await, ("Fail Refused.Large".to_owned(), Some("if doubled > 60 {")));
}
