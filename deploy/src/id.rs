//! What the resources of a stack are called within it.

use heck::{ToKebabCase, ToLowerCamelCase, ToSnakeCase, ToUpperCamelCase};

/// A resource of a stack. Each target makes its own name of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id {
    /// What it is.
    pub(crate) kind: Kind,
    /// What it is about: the name of a task or workflow, perhaps with more behind it.
    pub(crate) name: String,
}

/// What kind of resource it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A Lambda function.
    Function,
    /// An activity.
    Activity,
    /// A state machine.
    Machine,
    /// A version of a state machine.
    Version,
    /// An alias of a state machine.
    Alias,
    /// A role.
    Role,
    /// A log group.
    Logs,
    /// An alarm.
    Alarm,
    /// A schedule.
    Schedule,
    /// A rule of EventBridge.
    Rule,
    /// A rule of IoT.
    TopicRule,
    /// A REST API.
    Api,
    /// A part of a path of an API.
    Path,
    /// A method of an API.
    Method,
    /// A schema of an API.
    Model,
    /// What checks requests of an API.
    Validator,
    /// A snapshot of an API.
    Deployment,
    /// A snapshot of an API that is served.
    Stage,
}

impl Id {
    /// A resource of this kind.
    pub(crate) fn new(kind: Kind, name: impl Into<String>) -> Self {
        Id { kind, name: name.into() }
    }

    /// Another resource about the same.
    pub(crate) fn sibling(&self, kind: Kind) -> Self {
        Id { kind, name: self.name.clone() }
    }

    /// `ChargeFunction`
    pub(crate) fn upper_camel(&self) -> String {
        format!("{}{}", self.name.to_upper_camel_case(), self.kind.word().to_upper_camel_case())
    }

    /// `chargeFunction`
    pub(crate) fn lower_camel(&self) -> String {
        format!("{} {}", self.name, self.kind.word()).to_lower_camel_case()
    }

    /// `charge`, in lower case with `-`; the kind stands apart.
    pub(crate) fn kebab(&self) -> String {
        self.name.to_kebab_case()
    }

    /// `charge`, in lower case with `_`; the kind stands apart.
    pub(crate) fn snake(&self) -> String {
        self.name.to_snake_case()
    }
}

impl Kind {
    /// The kind in a word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Function => "function",
            Kind::Activity => "activity",
            Kind::Machine => "machine",
            Kind::Version => "version",
            Kind::Alias => "alias",
            Kind::Role => "role",
            Kind::Logs => "logs",
            Kind::Alarm => "alarm",
            Kind::Schedule => "schedule",
            Kind::Rule => "rule",
            Kind::TopicRule => "topic rule",
            Kind::Api => "api",
            Kind::Path => "path",
            Kind::Method => "method",
            Kind::Model => "model",
            Kind::Validator => "validator",
            Kind::Deployment => "deployment",
            Kind::Stage => "stage",
        }
    }
}
