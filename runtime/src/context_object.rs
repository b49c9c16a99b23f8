//! The context object, `$states.context` or `$$`: what an execution knows about itself.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, SubsecRound, Utc};

use crate::random::{Random, Uuid};
use crate::value::{Fields, Value};

/// Who an execution is: what the context object says under `Execution` and `StateMachine`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The ARN of the execution.
    pub execution_id: String,
    /// The name of the execution.
    pub execution_name: String,
    /// The ARN of the role that the execution has; empty if it has none, of which the context object says `null`.
    pub role_arn: String,
    /// The ARN of the state machine.
    pub state_machine_id: String,
    /// The name of the state machine.
    pub state_machine_name: String,
}

impl Identity {
    /// The identity of an execution of the named machine, in an account and a region that nobody has.
    #[must_use]
    pub fn of(state_machine_name: &str, execution_name: &str) -> Identity {
        let arn = |rest: &str| format!("arn:aws:states:us-east-1:123456789012:{rest}");
        Identity {
            execution_id: arn(&format!("execution:{state_machine_name}:{execution_name}")),
            execution_name: execution_name.to_owned(),
            role_arn: "arn:aws:iam::123456789012:role/StepwrightLocal".to_owned(),
            state_machine_id: arn(&format!("stateMachine:{state_machine_name}")),
            state_machine_name: state_machine_name.to_owned(),
        }
    }

    /// The same for an express execution, which `run` tells from others of its name.
    ///
    /// An express execution ends after five minutes at the latest, see [`Limits::express_seconds`](crate::Limits::express_seconds).
    ///
    /// ```
    /// # use stepwright_runtime::Identity;
    /// let identity = Identity::of("orders", "first").express("r1");
    /// assert_eq!(identity.execution_id, "arn:aws:states:us-east-1:123456789012:express:orders:first:r1");
    /// ```
    #[must_use]
    pub fn express(self, run: &str) -> Identity {
        let execution_id = format!("{}:{run}", self.execution_id.replacen(":execution:", ":express:", 1));
        Identity { execution_id, ..self }
    }

    /// Whether the execution is an express one: its ARN tells.
    fn is_express(&self) -> bool {
        self.execution_id.split(':').nth(5) == Some("express")
    }

    /// The members `Execution` and `StateMachine`, which stay the same from start to end.
    fn members(&self, input: &Value, start: DateTime<Utc>) -> FixedMembers {
        let mut fields = Fields::new();
        let mut add = |name: &str, value: Value| fields.insert(Arc::from(name), value);
        add("Id", Value::string(self.execution_id.as_str()));
        add("Input", input.clone());
        add("StartTime", timestamp(start));
        add("Name", Value::string(self.execution_name.as_str()));
        add("RoleArn", if self.role_arn.is_empty() { Value::Null } else { Value::string(self.role_arn.as_str()) });
        if !self.is_express() {
            add("RedriveCount", Value::number(0.0));
        }
        let execution = Value::object(fields);
        let machine = Value::record([
            ("Id", Value::string(self.state_machine_id.as_str())),
            ("Name", Value::string(self.state_machine_name.as_str())),
        ]);
        [("Execution", execution), ("StateMachine", machine)]
    }
}

/// Where an execution comes from: who it is, when it started and with what.
///
/// Most of it is put into words only when somebody asks: an execution that waits should not hold texts that nobody reads.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) input: Value,
    pub(crate) started_at: DateTime<Utc>,
    random: Arc<Random>,
    name: Name,
    members: OnceLock<Box<FixedMembers>>,
}

/// What an execution is known by.
#[derive(Debug)]
enum Name {
    Given(Arc<Identity>),
    /// Drawn when somebody asks for it; everything else follows from it.
    Random(OnceLock<Uuid>),
}

/// The members of the context object that stay the same from start to end.
type FixedMembers = [(&'static str, Value); 2];

impl Origin {
    /// The origin of an execution; without an identity it gets a random one.
    pub(crate) fn new(
        input: Value,
        started_at: DateTime<Utc>,
        identity: Option<Arc<Identity>>,
        random: &Arc<Random>,
    ) -> Origin {
        let name = identity.map_or_else(|| Name::Random(OnceLock::new()), Name::Given);
        Origin { input, started_at, random: Arc::clone(random), name, members: OnceLock::new() }
    }

    /// Who the execution is. A random name is kept, and what follows from it is written anew each time.
    pub(crate) fn identity(&self) -> Arc<Identity> {
        match &self.name {
            Name::Given(identity) => Arc::clone(identity),
            Name::Random(name) => {
                let name = name.get_or_init(|| self.random.uuid());
                Arc::new(Identity::of("local", &name.to_string()))
            }
        }
    }

    /// Whether the execution is an express one; none with a random name is.
    pub(crate) fn is_express(&self) -> bool {
        matches!(&self.name, Name::Given(identity) if identity.is_express())
    }

    fn members(&self) -> &FixedMembers {
        self.members.get_or_init(|| Box::new(self.identity().members(&self.input, self.started_at)))
    }
}

/// The context object as one state sees it.
#[derive(Clone, Debug)]
pub(crate) struct ContextObject<'a> {
    /// All of it, where a test gives it.
    pub(crate) given: Option<&'a Value>,
    pub(crate) origin: &'a Origin,
    pub(crate) state_name: &'a Arc<str>,
    pub(crate) entered: DateTime<Utc>,
    /// Only Task, Parallel and Map states know how often they were tried again.
    pub(crate) retry_count: Option<u32>,
    pub(crate) item: Option<&'a MapItem>,
    pub(crate) task_token: Option<&'a Arc<str>>,
}

/// The item that an iteration of a Map is for.
#[derive(Clone, Debug)]
pub(crate) struct MapItem {
    pub(crate) index: usize,
    /// The key, if the items are the members of an object.
    pub(crate) key: Option<Arc<str>>,
    pub(crate) value: Value,
    /// Where the items of a distributed Map come from.
    pub(crate) source: Option<Arc<str>>,
}

impl ContextObject<'_> {
    /// One member of the object, without making the others.
    pub(crate) fn member(&self, name: &str) -> Option<Value> {
        if let Some(given) = self.given {
            return given.as_fields()?.get(name).cloned();
        }
        match name {
            "State" => Some(self.state()),
            "Map" => self.item.map(MapItem::to_value),
            "Task" => self.task_token.map(|token| Value::record([("Token", Value::String(Arc::clone(token)))])),
            _ => self.origin.members().iter().find(|(fixed, _)| *fixed == name).map(|(_, value)| value.clone()),
        }
    }

    pub(crate) fn to_value(&self) -> Value {
        if let Some(given) = self.given {
            return given.clone();
        }
        let members = ["Execution", "StateMachine", "State", "Map", "Task"];
        let present = members.into_iter().filter_map(|name| Some((Arc::from(name), self.member(name)?)));
        Value::object(present.collect())
    }

    fn state(&self) -> Value {
        let mut fields = Fields::new();
        fields.insert("Name".into(), Value::String(Arc::clone(self.state_name)));
        fields.insert("EnteredTime".into(), timestamp(self.entered));
        if let Some(count) = self.retry_count {
            fields.insert("RetryCount".into(), Value::number(count.into()));
        }
        Value::object(fields)
    }
}

impl MapItem {
    fn to_value(&self) -> Value {
        let mut fields = Fields::new();
        fields.insert("Index".into(), Value::Number(self.index.into()));
        if let Some(key) = &self.key {
            fields.insert("Key".into(), Value::String(Arc::clone(key)));
        }
        fields.insert("Value".into(), self.value.clone());
        if let Some(source) = &self.source {
            fields.insert("Source".into(), Value::String(Arc::clone(source)));
        }
        Value::record([("Item", Value::object(fields))])
    }
}

/// A time as the service writes it: milliseconds, without digits that say nothing.
fn timestamp(time: DateTime<Utc>) -> Value {
    Value::string(time.trunc_subsecs(3).to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
}
