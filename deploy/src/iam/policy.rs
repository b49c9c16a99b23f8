//! A policy: statements, each with what needs it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stepwright_asl::Pointer;

use crate::arn::{Arn, Location};

/// What a role may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The statements, of which no two have the same [`Statement::sid`].
    pub statements: Vec<Statement>,
}

/// The right to do all of the actions with all of the resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What the right comes from, in letters and digits.
    pub sid: String,
    /// Such as `dynamodb:PutItem`.
    pub actions: Vec<String>,
    /// The resources, sorted; `*` where IAM knows nothing narrower.
    pub resources: Vec<Text>,
    /// When it holds; empty means always.
    pub condition: Condition,
    /// Who needs which of the resources, in the order of the machine.
    pub needed_by: Vec<Need>,
}

/// Operators such as `StringEquals`, then condition keys such as `iam:PassedToService`, then the values of which one must match.
pub type Condition = BTreeMap<String, BTreeMap<String, Vec<Text>>>;

/// Why a statement is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What needs it.
    pub by: Source,
    /// Which of the statement's resources.
    pub resources: Vec<Text>,
}

/// What rights come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A state of the machine.
    State {
        /// The state's name.
        name: String,
        /// Where it is in the definition.
        pointer: Pointer,
    },
    /// A setting of the deployment, such as `tracing`.
    Setting(&'static str),
}

/// A text of a policy that may name the place of deployment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Text {
    /// The text as it is.
    Literal(String),
    /// The name of a resource.
    Arn(Arn),
    /// The account of the deployment.
    Account,
}

impl Policy {
    /// Adds what the author of the machine allows it besides.
    pub(crate) fn allow(&mut self, actions: &[String], resources: &[Arn]) {
        let by = Source::Setting("`allow` in Stepwright.toml");
        let times =
            1 + self.statements.iter().filter(|statement| statement.needed_by.iter().any(|need| need.by == by)).count();
        let resources: Vec<_> = resources.iter().cloned().map(Text::Arn).collect();
        self.statements.push(Statement {
            sid: if times == 1 { "Author".to_owned() } else { format!("Author{times}") },
            actions: actions.to_vec(),
            needed_by: vec![Need { by, resources: resources.clone() }],
            resources,
            condition: Condition::new(),
        });
    }

    /// The policy as JSON, with the names that its resources have at a place.
    #[must_use]
    pub fn document(&self, location: &Location) -> Value {
        self.document_with(|text| text.at(location).into())
    }

    /// The policy as JSON, where `write` gives the value for each resource and each value of a condition.
    #[must_use]
    pub fn document_with(&self, write: impl Fn(&Text) -> Value) -> Value {
        let statements: Vec<_> = self.statements.iter().map(|statement| statement.document(&write)).collect();
        json!({"Version": "2012-10-17", "Statement": statements})
    }
}

impl Statement {
    fn document(&self, write: &impl Fn(&Text) -> Value) -> Value {
        let mut members = vec![
            ("Sid", json!(self.sid)),
            ("Effect", json!("Allow")),
            ("Action", json!(self.actions)),
            ("Resource", self.resources.iter().map(write).collect()),
        ];
        if !self.condition.is_empty() {
            members.push(("Condition", condition(&self.condition, write)));
        }
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// A condition as JSON.
fn condition(condition: &Condition, write: &impl Fn(&Text) -> Value) -> Value {
    let operators = condition.iter().map(|(operator, keys)| {
        let keys = keys.iter().map(|(key, values)| (key.clone(), values.iter().map(write).collect()));
        (operator.clone(), Value::Object(keys.collect()))
    });
    Value::Object(operators.collect())
}

impl Text {
    /// Everything: `*`.
    #[must_use]
    pub fn any() -> Self {
        Self::Literal("*".to_owned())
    }

    /// The text at a place.
    #[must_use]
    pub fn at(&self, location: &Location) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Arn(arn) => arn.at(location),
            Self::Account => location.account.clone(),
        }
    }
}

impl From<Arn> for Text {
    fn from(arn: Arn) -> Self {
        Self::Arn(arn)
    }
}
