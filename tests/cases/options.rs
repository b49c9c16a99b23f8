//! Optional values all the way: `?` in a function that gives an `Option`, let chains, `let … else`, defaults.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub struct Profile {
    pub nick_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<u32>,
    #[serde(rename = "e-mail", alias = "mail")]
    pub email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Contact {
    pub address: String,
    pub years: u32,
}

#[task]
pub async fn find(name: String) -> Option<Profile> {
    let mut dice = dice(("find", &name));
    if dice.one_in(4) {
        return None;
    }
    Some(Profile {
        nick_name: dice.one_in(2).then(|| dice.word()),
        age: dice.one_in(2).then(|| dice.roll(99) as u32),
        email: dice.one_in(2).then(|| dice.word()),
    })
}

#[workflow]
pub async fn contact(profile: Profile) -> Option<Contact> {
    let nick = profile.nick_name.as_ref()?;
    let found = find(nick.clone()).await?;
    let address = found.email.or(profile.email).filter(|email| !email.is_empty())?;
    let years = found.age.and_then(|age| age.checked_sub(18)).or(profile.age).unwrap_or_default();
    Some(Contact { address, years })
}

#[workflow]
pub async fn greeting(profile: Profile, fallback: Option<String>) -> String {
    let Some(nick) = profile.nick_name.clone().filter(|nick| nick != "a") else {
        return fallback.map_or("nobody".to_string(), |name| format!("{name}?"));
    };
    let mut greeting = format!("Hello {nick}");
    if let Some(age) = profile.age
        && age > 17
        && let Some(found) = find(nick.clone()).await
    {
        greeting += &found.nick_name.map(|other| format!(" or {other}")).unwrap_or_else(|| "!".to_string());
        if found.age.is_some_and(|other| other > age) {
            greeting.push_str(" the younger");
        }
    } else if profile.email.is_none()
        && let Some(name) = fallback
    {
        greeting = name.to_uppercase();
    }
    greeting
}

/// A variable that begins as `Some` is asked before `None` can come to it.
#[workflow]
pub async fn chain(names: Vec<String>, first: String) -> (Vec<String>, Vec<Option<String>>) {
    let mut last = Some(first);
    let mut asked = Vec::new();
    let mut seen = Vec::new();
    for name in names {
        let before = last.clone();
        seen.push(before.clone());
        if let Some(word) = before {
            asked.push(word);
        }
        last = find(name).await.and_then(|profile| profile.nick_name);
    }
    (asked, seen)
}

/// The same without calls.
#[workflow]
pub async fn runs_of(numbers: Vec<u32>) -> (u32, Vec<Option<Vec<u32>>>) {
    let mut last = Some(vec![0]);
    let mut steps = 0;
    let mut all = Vec::new();
    for number in numbers {
        let before = last.clone();
        if let Some(known) = &before
            && known.contains(&number)
        {
            steps += number;
        }
        last = if number > 50 { None } else { Some(vec![number]) };
        all.push(before);
    }
    (steps, all)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Account {
    pub owner: Option<Owner>,
    pub limit: Option<u32>,
    #[serde(default = "middle")]
    pub rank: Option<u32>,
}

fn middle() -> Option<u32> {
    Some(3)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Owner {
    pub name: String,
    pub home: Option<Home>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Home {
    pub street: Option<String>,
    pub floor: u32,
    pub kind: Option<HomeKind>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub enum HomeKind {
    Flat,
    Boat { length: Option<u32> },
}

/// Parts of what may not be there: keys that are absent or `null` at each depth.
#[workflow]
pub async fn depths(account: Account) -> (Option<String>, u32, bool, Option<u32>, bool, String) {
    let home = account.owner.as_ref().and_then(|owner| owner.home.as_ref());
    let street = home.and_then(|home| home.street.clone());
    let floor = home.map_or(7, |home| home.floor);
    let upstairs = home.is_some_and(|home| home.floor > 2) && account.limit.is_none();
    let ranked = account.rank.is_some_and(|rank| rank > 2) || account.rank.is_none();
    let length = match home {
        Some(Home { kind: Some(HomeKind::Boat { length }), .. }) => *length,
        Some(Home { kind: Some(HomeKind::Flat), floor, .. }) => Some(*floor),
        Some(Home { kind: None, street: Some(_), .. }) => Some(1000),
        _ => None,
    };
    let name = if let Some(owner) = &account.owner
        && let Some(Home { street: Some(street), .. }) = &owner.home
        && street == "a"
    {
        format!("{} at {street}", owner.name)
    } else if account.owner.is_none() {
        format!("nobody {}", account.owner.is_some())
    } else {
        account.owner.map_or("none".to_owned(), |owner| owner.name)
    };
    (street, floor, upstairs, length, ranked, name)
}

/// What a choice has decided is not asked again behind it.
#[workflow]
pub async fn settled(account: Account) -> (Option<Account>, String) {
    let Some(owner) = account.owner.clone() else {
        let found = find("nobody".to_owned()).await;
        return (None, format!("{} {}", account.owner.is_none(), found.is_some()));
    };
    let found = find(owner.name.clone()).await;
    let street = match &owner.home {
        Some(home) if home.street.is_some() => {
            let again = find(home.street.clone().unwrap_or_default()).await;
            home.street.clone().or(again.and_then(|profile| profile.email))
        }
        Some(home) => found.and_then(|profile| profile.nick_name).or(home.street.clone()),
        None => owner.home.as_ref().map(|home| home.floor.to_string()),
    };
    (Some(account), street.unwrap_or_else(|| "none".to_owned()))
}

/// `None?` and `Err(error)?` as statements: they only leave.
#[workflow]
pub async fn only_few(counts: Vec<u32>) -> Option<u32> {
    if counts.len() > 3 {
        None?;
    }
    let checked = async {
        match counts.first() {
            Some(first) if *first > 50 => {
                Err(format!("{first} is too many"))?;
            }
            Some(_) => {}
            None => Err("none")?,
        }
        Ok::<u32, String>(counts.iter().sum())
    };
    checked.await.ok()
}

fn profiles() -> impl Strategy<Value = serde_json::Value> {
    use proptest::option::of;
    (of(words()), of(0..99u32), of(words()), 0..3).prop_map(|(nick, age, email, form)| {
        let mut profile = serde_json::json!({});
        if form != 1 || nick.is_some() {
            profile["nickName"] = nick.into();
        }
        if age.is_some() {
            profile["age"] = age.into();
        }
        if form != 0 || email.is_some() {
            profile[if form == 2 { "mail" } else { "e-mail" }] = email.into();
        }
        profile
    })
}

fn greetings() -> impl Strategy<Value = serde_json::Value> {
    (profiles(), proptest::option::of(words()))
        .prop_map(|(profile, fallback)| serde_json::json!({ "profile": profile, "fallback": fallback }))
}

/// An object with some of its optional keys, and some of these `null`.
fn object(fields: Vec<(&'static str, Option<Option<serde_json::Value>>)>) -> serde_json::Value {
    let given = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.unwrap_or_default())));
    serde_json::Value::Object(given.collect())
}

fn accounts() -> impl Strategy<Value = serde_json::Value> {
    use proptest::option::of;
    use serde_json::json;
    let maybe = |value: BoxedStrategy<serde_json::Value>| of(of(value));
    let number = || (0..5u32).prop_map(|n| json!(n)).boxed();
    let text = || words().prop_map(|text| json!(text)).boxed();
    let boat = maybe(number()).prop_map(|length| json!({ "Boat": object(vec![("length", length)]) }));
    let kind = prop_oneof![Just(json!("Flat")), boat].boxed();
    let home = (maybe(text()), number(), maybe(kind)).prop_map(|(street, floor, kind)| {
        object(vec![("street", street), ("floor", Some(Some(floor))), ("kind", kind)])
    });
    let owner =
        (text(), maybe(home.boxed())).prop_map(|(name, home)| object(vec![("name", Some(Some(name))), ("home", home)]));
    (maybe(owner.boxed()), maybe(number()), maybe(number()))
        .prop_map(|(owner, limit, rank)| object(vec![("owner", owner), ("limit", limit), ("rank", rank)]))
}

fn chains() -> impl Strategy<Value = serde_json::Value> {
    (few(words()), words()).prop_map(|(names, first)| serde_json::json!({ "names": names, "first": first }))
}

/// What equals `null` is not there, and what does not is.
#[workflow]
pub async fn sift(found: serde_json::Value, limit: Option<u64>, again: bool) -> Vec<String> {
    let mut told = Vec::new();
    if found == serde_json::Value::Null && again {
        told.push(if found != serde_json::Value::Null { "something".to_owned() } else { "nothing".to_owned() });
        told.push(if found["part"].is_null() { "no part".to_owned() } else { "a part".to_owned() });
    }
    if found.is_null() || limit.is_none() {
        let part = found["part"].clone();
        if found != serde_json::Value::Null && limit.is_some() {
            told.push("neither".to_owned());
        }
        match part.as_u64() {
            Some(part) if found != serde_json::Value::Null => told.push(format!("part {part}")),
            None if part != serde_json::Value::Null => told.push("no number".to_owned()),
            _ => told.push("none".to_owned()),
        }
    } else if let Some(limit) = limit
        && found["part"] != serde_json::Value::Null
        && (found["part"].as_u64() == Some(limit) || found["part"].is_u64())
    {
        told.push(format!("at most {limit}"));
    }
    if !(found["part"] == serde_json::Value::Null || again) {
        told.push(if found.is_null() { "null".to_owned() } else { "there".to_owned() });
    }
    told
}

fn findings() -> impl Strategy<Value = serde_json::Value> {
    let part = prop_oneof![
        Just(serde_json::json!({})),
        Just(serde_json::json!({ "part": null })),
        (0..3u64).prop_map(|part| serde_json::json!({ "part": part })),
    ];
    let found = prop_oneof![Just(serde_json::Value::Null), part];
    (found, proptest::option::of(0..3u64), any::<bool>())
        .prop_map(|(found, limit, again)| serde_json::json!({ "found": found, "limit": limit, "again": again }))
}

cases! {
    contact => profiles(),
    greeting => greetings(),
    chain => chains(),
    runs_of => few(0..99u32),
    depths => accounts(),
    settled => accounts(),
    sift => findings(),
    only_few => few(0..99u32),
}
