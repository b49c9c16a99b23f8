//! The state machines of a stack.

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright_asl::ExecutionType;

use super::{
    Event, Function, Iot, LogGroup, Role, Schedule, StackErrors, definition,
    function::summary,
    role::{Rights, Started},
};
use crate::{
    arn::Arn,
    iam,
    id::{Id, Kind},
    options::{AlarmOptions, AliasOptions, EncryptionOptions, LogLevel, WorkflowOptions},
    stack::{self, Stack},
    text::Text,
};

/// A day in seconds, the longest period that alarms look at.
const DAY: u64 = 86_400;

/// A state machine.
#[derive(Clone, Debug)]
pub(crate) struct Machine {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
    /// What it is for; `None` if nobody says.
    pub(crate) description: Option<String>,
    /// Standard or express.
    pub(crate) execution_type: ExecutionType,
    /// The definition, with placeholders `${NAME}`.
    pub(crate) definition: Value,
    /// What stands for them.
    pub(crate) substitutions: BTreeMap<String, Text>,
    /// As what it runs.
    pub(crate) role: Role,
    /// Where it logs; `None` if it does not.
    pub(crate) logs: Option<LogGroup>,
    /// What is logged.
    pub(crate) log_level: LogLevel,
    /// Whether data is logged.
    pub(crate) log_data: bool,
    /// Whether executions are traced.
    pub(crate) tracing: bool,
    /// The key that encrypts it.
    pub(crate) encryption: Option<EncryptionOptions>,
    /// Its alarms.
    pub(crate) alarms: Vec<Alarm>,
    /// The alias that triggers start.
    pub(crate) alias: Option<Alias>,
    /// When executions start by the clock.
    pub(crate) schedules: Vec<Schedule>,
    /// Which events start executions.
    pub(crate) events: Vec<Event>,
    /// Which messages of devices start executions.
    pub(crate) iot: Vec<Iot>,
}

/// An alarm about a machine: it is raised by a single count.
#[derive(Clone, Debug)]
pub(crate) struct Alarm {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
    /// What is counted.
    pub(crate) metric: &'static str,
    /// How many seconds are looked at.
    pub(crate) period: u64,
    /// ARNs of what is told.
    pub(crate) actions: Vec<Text>,
}

/// An alias of a machine.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// The version it moves to.
    pub(crate) version: Id,
    /// Name and way of moving.
    pub(crate) options: AliasOptions,
}

impl Machine {
    pub(super) fn of(
        stack_name: &str,
        machine: &stack::Machine,
        stack: &Stack,
        functions: &[Function],
        errors: &mut StackErrors,
    ) -> Self {
        let name = &machine.name;
        let about = format!("workflow {name}");
        let options = stack.options.workflow(name);
        let id = Id::new(Kind::Machine, name);
        let log_level = log_level(machine, &options);
        let logs = (log_level != LogLevel::Off).then(|| {
            LogGroup::new(&id, format!("/aws/vendedlogs/states/{name}"), options.logging.retention, &about, errors)
        });
        check(&options, &about, errors);
        let mut rights = Rights::default();
        match policy(machine, stack, functions) {
            Ok(policy) => rights.policy_of(&policy),
            Err(unknown) => unknown.into_iter().for_each(|unknown| errors.rights(name, unknown)),
        }
        let role = Id::new(Kind::Role, format!("{name}-machine"));
        let definition = definition::with_placeholders(&machine.definition, functions).to_value();
        let alias = options.alias.clone().map(|options| Alias::of(&id, options, &about, errors));
        let mut machine = Machine {
            substitutions: definition::substitutions(machine, &definition, stack, functions, errors),
            description: summary(&machine.docs),
            execution_type: machine.execution_type,
            definition,
            role: Role::new(role, stack_name, "states", rights, Vec::new()),
            logs,
            log_level,
            log_data: options.logging.data.unwrap_or_default(),
            tracing: options.tracing.unwrap_or_default(),
            encryption: options.encryption.clone(),
            alarms: options.alarms.iter().flat_map(|alarms| Alarm::all(stack_name, name, alarms)).collect(),
            schedules: Vec::new(),
            events: Vec::new(),
            iot: Vec::new(),
            alias,
            id,
            name: name.clone(),
        };
        let started = machine.started(false);
        machine.schedules = Schedule::all(stack_name, name, &started, &options.schedule);
        machine.events = Event::all(stack_name, name, &started, &options.event);
        // Such a rule takes the name of a machine, so it starts no alias.
        let started = Started { arn: machine.arn(), ..started };
        machine.iot = Iot::all(stack_name, name, &started, &options.iot);
        machine
    }

    /// What triggers start.
    pub(super) fn started(&self, is_sync: bool) -> Started {
        let own = self.arn();
        let alias = self.alias.as_ref();
        Started {
            target: Text::arn_of(self.target()),
            arn: alias.map_or_else(
                || own.clone(),
                |alias| own.with_resource(format!("{}:{}", own.resource, alias.options.name)),
            ),
            key: self.encryption.as_ref().map(|encryption| encryption.key.clone()),
            is_sync,
        }
    }

    /// Its name anywhere.
    pub(crate) fn arn(&self) -> Arn {
        Arn::here("states", format!("stateMachine:{}", self.name))
    }

    /// What triggers start.
    pub(crate) fn target(&self) -> &Id {
        self.alias.as_ref().map_or(&self.id, |alias| &alias.id)
    }

    /// The type, as AWS calls it.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.execution_type {
            ExecutionType::Standard => "STANDARD",
            ExecutionType::Express => "EXPRESS",
        }
    }
}

/// Reports what AWS does not take.
fn check(options: &WorkflowOptions, about: &str, errors: &mut StackErrors) {
    if let Some(period) = options.alarms.as_ref().map(|alarms| alarms.period)
        && (period == 0 || period % 60 != 0 || period > DAY)
    {
        let help = format!("it is a multiple of 60, up to {DAY}");
        errors.push(format!("{about}: `alarms.period` cannot be {period}"), help);
    }
    if let Some(reuse) = options.encryption.as_ref().and_then(|encryption| encryption.reuse) {
        errors.within(about, "encryption.reuse", reuse, 60..=900);
    }
    for zone in options.schedule.iter().filter_map(|schedule| schedule.timezone.as_deref()) {
        let is_zone = zone.starts_with(|c: char| c.is_ascii_alphabetic())
            && zone.chars().all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c));
        if !is_zone {
            errors.push(format!("{about}: `{zone}` is no time zone"), "write a name such as `Europe/Berlin`");
        }
    }
    for path in options.event.iter().filter_map(|event| event.input_path.as_deref()) {
        if path != "$" && !path.starts_with("$.") && !path.starts_with("$[") {
            errors.push(format!("{about}: `{path}` is no path into an event"), "write a path such as `$.detail`");
        }
    }
    for sql in options.iot.iter().map(|iot| iot.sql.as_str()) {
        if !sql.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("select")) {
            let help = "write a statement such as `SELECT * FROM 'orders/new'`";
            errors.push(format!("{about}: `{sql}` selects no messages"), help);
        }
    }
}

/// What is logged, which for express machines is the only history.
fn log_level(machine: &stack::Machine, options: &WorkflowOptions) -> LogLevel {
    options.logging.level.unwrap_or(match machine.execution_type {
        ExecutionType::Standard => LogLevel::Error,
        ExecutionType::Express => LogLevel::All,
    })
}

/// The policy of a machine's own role, with what its author allows besides.
pub(super) fn policy(
    machine: &stack::Machine,
    stack: &Stack,
    functions: &[Function],
) -> Result<iam::Policy, Vec<iam::Unknown>> {
    let options = stack.options.workflow(&machine.name);
    let activities = stack.activities.iter().map(|activity| {
        (activity.placeholder.clone(), Arn::here("states", format!("activity:{}", activity.name)).to_string())
    });
    let iam_options = iam::Options {
        arguments: options.arguments.clone(),
        placeholders: stack.options.substitutions.clone().into_iter().chain(activities).collect(),
        keys: stack.options.keys.clone(),
    };
    let definition = definition::with_names(&machine.definition, functions);
    let mut policy = iam::execution_policy(&iam::Machine {
        logging: log_level(machine, &options) != LogLevel::Off,
        tracing: options.tracing.unwrap_or_default(),
        encryption_key: options.encryption.as_ref().map(|encryption| &encryption.key),
        ..iam::Machine::new(&machine.name, &definition, &iam_options)
    })?;
    options.allow.iter().for_each(|statement| policy.allow(&statement.actions, &statement.resources));
    Ok(policy)
}

impl Alarm {
    fn all(stack: &str, machine: &str, options: &AlarmOptions) -> Vec<Self> {
        let metrics = [
            (options.failed, "ExecutionsFailed", "failed"),
            (options.timed_out, "ExecutionsTimedOut", "timed-out"),
            (options.aborted, "ExecutionsAborted", "aborted"),
            (options.throttled, "ExecutionThrottled", "throttled"),
        ];
        let wanted = metrics.into_iter().filter(|(wanted, ..)| *wanted);
        let actions: Vec<_> = options.actions.iter().map(Text::from).collect();
        wanted
            .map(|(_, metric, word)| Alarm {
                id: Id::new(Kind::Alarm, format!("{machine}-{word}")),
                name: format!("{stack}-{machine}-{word}"),
                metric,
                period: options.period,
                actions: actions.clone(),
            })
            .collect()
    }
}

impl Alias {
    fn of(machine: &Id, options: AliasOptions, about: &str, errors: &mut StackErrors) -> Self {
        errors.within(about, "alias.percentage", options.percentage, 1..=99);
        errors.within(about, "alias.interval", options.interval, 1..=2100);
        let name = &options.name;
        let is_name = name.len() <= 80
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
            && name.contains(|c: char| !c.is_ascii_digit());
        if !is_name {
            errors.push(
                format!("{about}: an alias cannot be called `{name}`"),
                "a name has letters, digits and `-._`, not digits alone, and 80 characters at most",
            );
        }
        Alias { id: machine.sibling(Kind::Alias), version: machine.sibling(Kind::Version), options }
    }
}
