//! The rights that each optimized integration needs.
//!
//! Most are rows of tables: what is called, with which actions, on the resources that which arguments name. What a row cannot say
//! is a function (`special.rs`). Sources: the AWS documentation's policies for each integration, and the service authorization
//! reference for what resources an action knows.

mod athena;
mod compute;
mod data;
mod endpoint;
mod learning;
mod special;

pub(super) use special::{function, invoke, use_keys};

use super::{
    Condition, Text,
    name::{Form, Home},
    needs::{Absent, Call, Named, Needs},
    rights::condition,
};
use crate::arn::Arn;

/// What an integration needs.
pub(super) struct Row {
    /// Such as `dynamodb:putItem`.
    integration: &'static str,
    /// The rights.
    rights: &'static [Right],
}

/// The right to do all of the actions with all of the resources.
pub(super) struct Right {
    sid: &'static str,
    when: When,
    actions: &'static [&'static str],
    on: &'static [On],
    given: &'static [Given],
}

/// When a right is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Always.
    Called,
    /// If the state waits for the end of the job: to see it, and to stop it when the execution is stopped.
    Awaited,
    /// If the call has this argument.
    With(&'static str),
}

/// Resources of a right.
#[derive(Clone, Copy)]
pub(super) enum On {
    /// Those that an argument names.
    Named(Named),
    /// Resources of the account whose names are only known once they are there.
    Here(&'static str, &'static str),
    /// The same, where resources belong to no region.
    Account(&'static str, &'static str),
    /// All: IAM knows nothing narrower for these actions.
    Any,
}

/// A condition of a right: operator, key and value.
struct Given(&'static str, &'static str, Value);

enum Value {
    Text(&'static str),
    Named(Named),
}

/// Adds the rights that a call needs.
type Special = fn(&mut Needs, &Call);

/// Integrations whose rights are no rows.
const SPECIAL: &[(&str, Special)] = &[
    ("apigateway:invoke", endpoint::api_gateway),
    ("athena:startQueryExecution", athena::start_query_execution),
    ("athena:getQueryResults", athena::get_query_results),
    ("http:invoke", endpoint::http),
    ("lambda:invoke", special::lambda),
    ("sns:publish", special::publish),
    ("sqs:sendMessage", special::send_message),
];

/// Adds the rights that a call of an optimized integration needs; `false` if there is no such integration.
pub(super) fn rights(needs: &mut Needs, call: &Call) -> bool {
    if let Some((_, special)) = SPECIAL.iter().find(|(integration, _)| *integration == call.integration) {
        special(needs, call);
        return true;
    }
    let mut rows = [data::ROWS, compute::ROWS, learning::ROWS].into_iter().flatten();
    let row = rows.find(|row| row.integration == call.integration);
    row.inspect(|row| row.rights.iter().for_each(|right| right.add(needs, call))).is_some()
}

impl Right {
    const fn given(mut self, given: &'static [Given]) -> Self {
        self.given = given;
        self
    }

    const fn with(mut self, argument: &'static str) -> Self {
        self.when = When::With(argument);
        self
    }

    fn add(&self, needs: &mut Needs, call: &Call) {
        let needed = match self.when {
            When::Called => true,
            When::Awaited => call.sync,
            When::With(argument) => call.arguments.has(argument),
        };
        if !needed {
            return;
        }
        let resources = self.on.iter().flat_map(|on| on.resources(needs, call)).collect();
        let mut condition = Condition::new();
        for given in self.given {
            for (operator, keys) in given.condition(needs, call) {
                condition.entry(operator).or_default().extend(keys);
            }
        }
        needs.add_if(call, self.sid, self.actions, resources, condition);
    }
}

impl On {
    /// The argument may be absent, as which there is no resource.
    const fn optional(self) -> Self {
        self.absent(Absent::None)
    }

    /// The name that an absent argument stands for.
    const fn or(self, name: &'static str) -> Self {
        self.absent(Absent::Default(name))
    }

    const fn absent(self, absent: Absent) -> Self {
        match self {
            Self::Named(Named { argument, form, .. }) => Self::Named(Named { argument, absent, form }),
            other => other,
        }
    }

    pub(super) fn resources(self, needs: &mut Needs, call: &Call) -> Vec<Text> {
        match self {
            Self::Named(named) => needs.resources(call, named),
            Self::Here(service, resource) => vec![Arn::here(service, resource).into()],
            Self::Account(service, resource) => vec![Arn::global(service, resource).into()],
            Self::Any => vec![Text::any()],
        }
    }
}

impl Given {
    fn condition(&self, needs: &mut Needs, call: &Call) -> Condition {
        let Self(operator, key, value) = self;
        let values = match value {
            Value::Text(text) => vec![Text::Literal((*text).to_owned())],
            Value::Named(named) => needs.resources(call, *named),
        };
        condition(operator, key, values)
    }
}

/// A right that each call needs.
const fn called(sid: &'static str, actions: &'static [&'static str], on: &'static [On]) -> Right {
    Right { sid, when: When::Called, actions, on, given: &[] }
}

/// A right that is needed to wait for the end of a job.
const fn awaited(sid: &'static str, actions: &'static [&'static str], on: &'static [On]) -> Right {
    Right { sid, when: When::Awaited, actions, on, given: &[] }
}

/// The right to let events of jobs come in by a rule that Step Functions manages, one in each account.
const fn events(rule: &'static [On]) -> Right {
    awaited("SyncRules", &["events:PutTargets", "events:PutRule", "events:DescribeRule"], rule)
}

/// The right to pass roles on to a service.
const fn pass(sid: &'static str, roles: &'static [On], to: &'static [Given]) -> Right {
    called(sid, &["iam:PassRole"], roles).given(to)
}

/// That a role is passed to a service.
const fn passed_to(service: &'static str) -> Given {
    Given("StringEquals", "iam:PassedToService", Value::Text(service))
}

/// The role that an argument names.
const fn role(argument: &'static str) -> On {
    On::Named(Named {
        argument,
        absent: Absent::Required,
        form: Form::Named { home: Home::Account, service: "iam", prefix: "role/", resource: "role/{}" },
    })
}

/// A resource of the account that an argument names by what follows `prefix` in its ARN.
pub(super) const fn here(
    argument: &'static str,
    service: &'static str,
    prefix: &'static str,
    resource: &'static str,
) -> On {
    let form = Form::Named { home: Home::Region, service, prefix, resource };
    On::Named(Named { argument, absent: Absent::Required, form })
}

/// A resource that an argument names in a way of its own.
pub(super) const fn by(argument: &'static str, form: Form) -> On {
    On::Named(Named { argument, absent: Absent::Required, form })
}
