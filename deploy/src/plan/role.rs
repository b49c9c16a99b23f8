//! As what functions, machines and triggers act, and where they log.

use super::StackErrors;
use crate::{
    arn::Arn,
    fingerprint::fingerprint,
    id::{Id, Kind},
    options::Statement,
    text::{Part, Text},
    tree::{Tree, object},
};

/// How many days logs are kept where nobody says it.
const RETENTION: u64 = 30;

/// How many days CloudWatch can keep logs.
const RETENTIONS: [u64; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// A role.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name, where a target has to give one; at most 64 characters.
    pub(crate) name: String,
    /// The service that takes it, such as `states`.
    pub(crate) service: &'static str,
    /// What it may do; `None` is nothing.
    pub(crate) policy: Option<Tree>,
    /// ARNs of policies that exist already.
    pub(crate) managed: Vec<Text>,
}

/// A log group.
#[derive(Clone, Debug)]
pub(crate) struct LogGroup {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
    /// How many days logs are kept.
    pub(crate) retention: u64,
}

/// The statements of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rights(Vec<Tree>);

impl Role {
    pub(super) fn new(id: Id, stack: &str, service: &'static str, rights: Rights, managed: Vec<Text>) -> Self {
        Role { name: short(format!("{stack}-{}", id.name)), id, service, policy: rights.policy(), managed }
    }

    /// The role that starts executions for a service: with which actions which machines.
    pub(super) fn starting(
        id: Id,
        stack: &str,
        service: &'static str,
        actions: impl IntoIterator<Item = (&'static str, Vec<Text>)>,
    ) -> Self {
        let mut rights = Rights::default();
        for (action, machines) in actions.into_iter().filter(|(_, machines)| !machines.is_empty()) {
            rights.allow([action], machines);
        }
        Role::new(id, stack, service, rights, Vec::new())
    }

    /// Who may take the role.
    pub(crate) fn trust(&self) -> Tree {
        document(vec![object! {
            "Effect" => "Allow",
            "Principal" => object! { "Service" => self.principal() },
            "Action" => "sts:AssumeRole",
            "Condition" => self.condition(),
        }])
    }

    /// The service that may take the role.
    pub(crate) fn principal(&self) -> String {
        format!("{}.amazonaws.com", self.service)
    }

    /// When it may. Step Functions and Scheduler act for many customers: only what they do for this account counts.
    pub(crate) fn condition(&self) -> Option<Tree> {
        let account = Text(vec![Part::Account]);
        match self.service {
            "states" => Some(object! {
                "ArnLike" => object! { "aws:SourceArn" => Text::from(&Arn::here("states", "stateMachine:*")) },
                "StringEquals" => object! { "aws:SourceAccount" => account },
            }),
            "scheduler" => Some(object! { "StringEquals" => object! { "aws:SourceAccount" => account } }),
            _ => None,
        }
    }
}

impl LogGroup {
    pub(super) fn new(of: &Id, name: String, retention: Option<u64>, about: &str, errors: &mut StackErrors) -> Self {
        let retention = retention.unwrap_or(RETENTION);
        if !RETENTIONS.contains(&retention) {
            errors.push(
                format!("{about}: logs cannot be kept for {retention} days"),
                format!("`retention` is one of {RETENTIONS:?}"),
            );
        }
        LogGroup { id: Id::new(Kind::Logs, format!("{}-{}", of.name, of.kind.word())), name, retention }
    }

    /// Its name anywhere, with what is in it.
    pub(crate) fn arn(&self) -> Text {
        (&Arn::here("logs", format!("log-group:{}:*", self.name))).into()
    }
}

impl Rights {
    /// Allows actions with resources.
    pub(super) fn allow<A: Into<Tree>>(
        &mut self,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = Text>,
    ) {
        self.0.push(object! {
            "Effect" => "Allow",
            "Action" => Tree::list(actions),
            "Resource" => Tree::list(resources),
        });
    }

    /// Allows what the author says.
    pub(super) fn statement(&mut self, statement: &Statement) {
        self.allow(&statement.actions, statement.resources.iter().map(Text::from));
    }

    fn policy(self) -> Option<Tree> {
        (!self.0.is_empty()).then(|| document(self.0))
    }
}

/// The name in 64 characters; a longer one ends in what tells it from others that begin like it.
fn short(name: String) -> String {
    if name.len() <= 64 {
        return name;
    }
    let hash: String = fingerprint(&name).simple().to_string().chars().take(8).collect();
    let start: String = name.chars().take(55).collect();
    format!("{start}-{hash}")
}

fn document(statements: Vec<Tree>) -> Tree {
    object! { "Version" => "2012-10-17", "Statement" => statements }
}
