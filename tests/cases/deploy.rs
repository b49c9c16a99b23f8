//! A deployment with checks between its stages, undone where a check fails; `Failure` for names of its own.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Plan {
    pub version: String,
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub settings: Settings,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Stage {
    pub name: String,
    pub percent: u8,
    pub bake: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(default)]
pub struct Settings {
    pub tolerated: u32,
    pub dry: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { tolerated: 1, dry: false }
    }
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum DeployError {
    #[error("throttled")]
    #[asl(error = "Deploy.Throttled")]
    Throttled,
    #[error("{stage} is locked by {by}")]
    Locked { stage: String, by: String },
}

#[task(retry(on(DeployError::Throttled), interval = "1s", max_attempts = 1))]
pub async fn shift(version: String, stage: String, percent: u8) -> Result<(), DeployError> {
    let mut dice = dice(("shift", &version, &stage, percent));
    match dice.roll(6) {
        0 => Err(DeployError::Locked { stage, by: dice.word() }),
        1 | 2 => Err(DeployError::Throttled),
        _ => Ok(()),
    }
}

#[task]
pub async fn alarms(stage: String) -> Result<u32, Failure> {
    let mut dice = dice(("alarms", &stage));
    match dice.roll(6) {
        0 => Err(Failure::new("Monitor.Unreachable", stage)),
        n => Ok(n as u32 / 3),
    }
}

#[task]
pub async fn roll_back(version: String, stages: Vec<String>) {
    let _ = (version, stages);
}

#[workflow]
pub async fn deploy(plan: Plan) -> Result<u32, Failure> {
    let mut done: Vec<String> = Vec::new();
    let mut seen = 0;
    if plan.stages.iter().any(|stage| stage.percent > 100) {
        return Err(Failure::new("Deploy.BadPlan", format!("{} has a bad stage", plan.version)));
    }
    for stage in plan.stages.iter().filter(|stage| stage.percent > 0) {
        if !plan.settings.dry {
            if let Err(error) = shift(plan.version.clone(), stage.name.clone(), stage.percent).await {
                roll_back(plan.version.clone(), done).await;
                return Err(Failure::new("Deploy.Failed", error.to_string()));
            }
            done.push(stage.name.clone());
        }
        sleep(Duration::from_secs(u64::from(stage.bake * 60))).await;
        match alarms(stage.name.clone()).await {
            Ok(0) => {}
            Ok(count) => {
                seen += count;
                if seen > plan.settings.tolerated {
                    roll_back(plan.version, done).await;
                    return Err(Failure::new("Deploy.Alarms", format!("{seen} alarms")));
                }
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(seen)
}

fn plans() -> impl Strategy<Value = serde_json::Value> {
    let stage = (words(), prop_oneof![9 => 0..100u8, 1 => 100..120u8], 0..3u32)
        .prop_map(|(name, percent, bake)| Stage { name, percent, bake });
    (words(), few(stage), proptest::option::of((0..4u32, any::<bool>()))).prop_map(|(version, stages, settings)| {
        let mut plan = serde_json::json!({ "version": version, "stages": stages });
        if let Some((tolerated, dry)) = settings {
            plan["settings"] =
                if dry { serde_json::json!({ "dry": true }) } else { serde_json::json!({ "tolerated": tolerated }) };
        }
        plan
    })
}

cases! { deploy => plans() }
