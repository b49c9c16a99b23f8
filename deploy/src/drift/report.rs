//! Differences as text.

use std::fmt;

use serde_json::Value;
use stepwright_asl::ExecutionType;

use super::{Break, Broken, Change, Drift, Effect, Fate, Side, StateDrift};

impl fmt::Display for Drift {
    /// A paragraph for each state: `+` is new, `-` is no more, `>` has another name, `~` has other fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(deployed) = self.execution_type {
            let deployed = match deployed {
                ExecutionType::Standard => "standard",
                ExecutionType::Express => "express",
            };
            writeln!(f, "~ the type: what is deployed is {deployed}, so a new machine takes its place")?;
        }
        if !self.changes.is_empty() {
            writeln!(f, "~ the machine")?;
            self.changes.iter().try_for_each(|change| writeln!(f, "{change}"))?;
        }
        self.states.iter().try_for_each(|state| write!(f, "{state}"))?;
        if self.is_empty() {
            return writeln!(f, "the definitions are the same");
        }
        writeln!(f, "executions that run keep the definition that they started with")?;
        self.effects.iter().try_for_each(|effect| writeln!(f, "! {effect}"))
    }
}

impl fmt::Display for StateDrift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, pointer, fate, changes } = self;
        match fate {
            Fate::Added => writeln!(f, "+ state `{name}` ({pointer})")?,
            Fate::Removed => writeln!(f, "- state `{name}` ({pointer} as deployed)")?,
            Fate::Renamed { from } => writeln!(f, "> state `{name}` was `{from}` ({pointer})")?,
            Fate::Changed => writeln!(f, "~ state `{name}` ({pointer})")?,
        }
        changes.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
        write!(f, "    {}: {} -> {}", self.pointer, told(&self.deployed), told(&self.ours))
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StillCalled { callee, states } => write!(
                f,
                "they may still call `{callee}`, which this version does not ({}): keep it until they end",
                states.join(", ")
            ),
            Self::CalledBothWays { callee, state } => write!(
                f,
                "they call `{callee}` with the arguments from before, and state `{state}` calls it with others: it has to take both"
            ),
        }
    }
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { side, pointer, broken } = self;
        let what = match side {
            Side::Input => "input",
            Side::Output => "output",
        };
        write!(f, "{what} {}: ", if pointer.is_empty() { "(all of it)" } else { pointer })?;
        match (side, broken) {
            (Side::Input, Broken::Required) => f.write_str("is required now"),
            (Side::Output, Broken::Required) => f.write_str("may be absent now"),
            (Side::Input, Broken::Type(name)) => write!(f, "may not be of type {name} any more"),
            (Side::Output, Broken::Type(name)) => write!(f, "may be of type {name} now"),
            (Side::Input, Broken::Value(value)) => write!(f, "may not be {value} any more"),
            (Side::Output, Broken::Value(value)) => write!(f, "may be {value} now"),
            (Side::Input, Broken::Unexpected) => f.write_str("is not accepted any more"),
            (Side::Output, Broken::Unexpected) => f.write_str("may be there now"),
            (Side::Input, Broken::Bound(keyword)) => write!(f, "is held to a narrower `{keyword}` now"),
            (Side::Output, Broken::Bound(keyword)) => write!(f, "is held to a wider `{keyword}` now"),
            (_, Broken::Never) => f.write_str("takes nothing now"),
        }
    }
}
