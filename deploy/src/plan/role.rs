//! As what functions, machines and triggers act, and where they log.

use std::collections::BTreeMap;

use super::StackErrors;
use crate::{
    arn::{Arn, Location},
    fingerprint::fingerprint,
    iam::{self, Policy},
    id::{Id, Kind},
    options::Statement,
    text::Text,
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

/// What a trigger starts.
#[derive(Clone, Debug)]
pub(super) struct Started {
    /// The ARN, from the resource itself.
    pub(super) target: Text,
    /// The same ARN by its name.
    pub(super) arn: Arn,
    /// The key that encrypts the machine.
    pub(super) key: Option<Arn>,
    /// Whether its end is waited for.
    pub(super) is_sync: bool,
}

impl Role {
    pub(super) fn new(id: Id, stack: &str, service: &'static str, rights: Rights, managed: Vec<Text>) -> Self {
        Role { name: short(format!("{stack}-{}", id.name)), id, service, policy: rights.policy(), managed }
    }

    /// The role that starts executions for a service.
    pub(super) fn starting<'a>(
        about: String,
        stack: &str,
        service: &'static str,
        started: impl IntoIterator<Item = &'a Started>,
    ) -> Self {
        let mut rights = Rights::default();
        for Started { arn, key, is_sync, .. } in started {
            rights.policy_of(&iam::start_policy(arn, *is_sync, key.as_slice()));
        }
        Role::new(Id::new(Kind::Role, about), stack, service, rights, Vec::new())
    }

    /// Who may take the role.
    pub(crate) fn trust(&self) -> Tree {
        let (location, principal) = (Location::pseudo_parameters(), self.principal());
        match self.service {
            "states" => Tree::with_open_texts(&iam::execution_trust(&location)),
            // Lambda and API Gateway are not documented to say for whom they act.
            "lambda" | "apigateway" => document(vec![object! {
                "Effect" => "Allow",
                "Principal" => object! { "Service" => principal },
                "Action" => "sts:AssumeRole",
            }]),
            _ => Tree::with_open_texts(&iam::service_trust(&principal, &location)),
        }
    }

    /// The service that may take the role.
    pub(crate) fn principal(&self) -> String {
        format!("{}.amazonaws.com", self.service)
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
    /// Allows actions with resources; `sid` says for what.
    pub(super) fn allow<A: Into<Tree>>(
        &mut self,
        sid: &str,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = Text>,
    ) {
        self.0.push(object! {
            "Sid" => sid,
            "Effect" => "Allow",
            "Action" => Tree::list(actions),
            "Resource" => Tree::list(resources),
        });
    }

    /// Allows what the author says.
    pub(super) fn statement(&mut self, statement: &Statement) {
        self.allow("Author", &statement.actions, statement.resources.iter().map(Text::from));
    }

    /// Allows what a policy allows.
    pub(super) fn policy_of(&mut self, policy: &Policy) {
        let document = Tree::with_open_texts(&policy.document(&Location::pseudo_parameters()));
        if let Some(Tree::List(statements)) = document.get("Statement") {
            self.0.extend(statements.iter().cloned());
        }
    }

    fn policy(self) -> Option<Tree> {
        (!self.0.is_empty()).then(|| document(self.0))
    }
}

/// The name in 64 characters; a longer one ends in what tells it from others that begin like it.
pub(super) fn short(name: String) -> String {
    if name.len() <= 64 {
        return name;
    }
    let hash: String = fingerprint(&name).simple().to_string().chars().take(8).collect();
    let start: String = name.chars().take(55).collect();
    format!("{start}-{hash}")
}

/// The statements as a document, in which no two have the same `Sid`.
fn document(statements: Vec<Tree>) -> Tree {
    let mut times = BTreeMap::<String, usize>::new();
    let statements: Vec<_> = statements
        .into_iter()
        .map(|statement| {
            let Some(sid) = statement.get("Sid").and_then(Tree::literal).map(str::to_owned) else { return statement };
            let times = times.entry(sid.clone()).or_default();
            *times += 1;
            if *times == 1 { statement } else { statement.with("Sid", format!("{sid}{times}")) }
        })
        .collect();
    object! { "Version" => "2012-10-17", "Statement" => statements }
}
