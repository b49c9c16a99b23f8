//! Starts something unless it is there already, whoever was faster.

use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Instance {
    pub id: String,
    pub state: State,
    pub tags: std::collections::BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Running,
    ShuttingDown,
    Stopped,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StartError {
    #[error("{id} exists")]
    #[asl(error = "Compute.AlreadyExists")]
    Exists { id: String },
    #[error("no capacity")]
    #[asl(error = "Compute.NoCapacity")]
    NoCapacity,
}

#[task]
pub async fn look_up(name: String) -> Option<Instance> {
    let mut dice = dice(("look_up", &name));
    let state = [State::Running, State::ShuttingDown, State::Stopped][dice.roll(3) as usize];
    let tags = (0..dice.roll(3)).map(|_| (dice.word(), dice.word())).collect();
    (!dice.one_in(3)).then(|| Instance { id: format!("i-{name}"), state, tags })
}

#[task]
pub async fn start(name: String, owner: String) -> Result<Instance, StartError> {
    let mut dice = dice(("start", &name));
    match dice.roll(4) {
        0 => Err(StartError::Exists { id: dice.word() }),
        1 => Err(StartError::NoCapacity),
        _ => Ok(Instance { id: format!("{owner}:{name}"), state: State::Running, tags: [].into() }),
    }
}

#[task]
pub async fn resume(id: String) -> bool {
    dice(("resume", id)).one_in(2)
}

#[workflow]
pub async fn ensure_running(name: String) -> Result<String, StartError> {
    if let Some(instance) = look_up(name.clone()).await
        && let Some(owner) = instance.tags.get("ash")
        && !owner.is_empty()
    {
        match instance.state {
            State::Running => return Ok(instance.id),
            State::Stopped => {
                if resume(instance.id.clone()).await {
                    return Ok(format!("{} of {owner}", instance.id));
                }
            }
            State::ShuttingDown => {}
        }
    }
    match start(name, "me".to_string()).await {
        Ok(instance) => Ok(instance.id),
        Err(StartError::Exists { id }) => Ok(id),
        Err(error) => Err(error),
    }
}

cases! { ensure_running => words() }
