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

fn chains() -> impl Strategy<Value = serde_json::Value> {
    (few(words()), words()).prop_map(|(names, first)| serde_json::json!({ "names": names, "first": first }))
}

cases! { contact => profiles(), greeting => greetings(), chain => chains(), runs_of => few(0..99u32) }
