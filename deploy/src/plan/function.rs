//! The Lambda functions of a stack.

use std::collections::BTreeMap;

use super::{LogGroup, Role, StackErrors, role::Rights};
use crate::{
    arn::Arn,
    id::{Id, Kind},
    options::{Architecture, Options},
    stack::{self, TASK_VARIABLE},
    text::Text,
};

/// How long a call may take where nobody says it, in seconds.
const TIMEOUT: u64 = 60;

/// The longest that a call may take, in seconds.
const LONGEST: u64 = 900;

/// Memory where nobody says it, in MiB.
const MEMORY: u64 = 256;

/// A Lambda function.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
    /// The name of its task.
    pub(crate) task: String,
    /// What stands for its ARN in the machines, without `${` and `}`.
    pub(crate) placeholder: String,
    /// What it is for; `None` if nobody says.
    pub(crate) description: Option<String>,
    /// In MiB.
    pub(crate) memory: u64,
    /// The processor.
    pub(crate) architecture: Architecture,
    /// In seconds.
    pub(crate) timeout: u64,
    /// Its environment.
    pub(crate) environment: BTreeMap<String, String>,
    /// ARNs of layers.
    pub(crate) layers: Vec<String>,
    /// Subnets and security groups; none outside of a VPC.
    pub(crate) vpc: Option<(Vec<String>, Vec<String>)>,
    /// Whether calls are traced.
    pub(crate) tracing: bool,
    /// As what it runs.
    pub(crate) role: Role,
    /// Where it logs.
    pub(crate) logs: LogGroup,
}

impl Function {
    pub(super) fn of(stack: &str, function: &stack::Function, options: &Options, errors: &mut StackErrors) -> Self {
        let task = &function.task;
        let (options, architecture) = (options.task(task), options.architecture);
        let name = format!("{stack}-{task}");
        let id = Id::new(Kind::Function, task);
        let about = format!("task {task}");
        let memory = errors.within(&about, "memory", options.memory.unwrap_or(MEMORY), 128..=10240);
        let limit = function.timeout.unwrap_or(TIMEOUT).min(LONGEST);
        let timeout = errors.within(&about, "timeout", options.timeout.unwrap_or(limit), 1..=LONGEST);
        let tracing = options.tracing.unwrap_or_default();
        let logs = LogGroup::new(&id, format!("/aws/lambda/{name}"), options.retention, &about, errors);
        let vpc = match (options.subnets.clone(), options.security_groups.clone()) {
            (Some(subnets), Some(groups)) => Some((subnets, groups)),
            (None, None) => None,
            _ => {
                errors.push(
                    format!("{about}: a VPC needs both `subnets` and `security_groups`"),
                    "say both, or neither for a function outside of VPCs",
                );
                None
            }
        };
        let mut environment = options.environment.clone();
        environment.insert(TASK_VARIABLE.to_owned(), task.clone());
        let mut rights = Rights::default();
        rights.allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logs.arn()]);
        if tracing {
            rights.allow("Tracing", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*".into()]);
        }
        if vpc.is_some() {
            rights.allow(
                "Network",
                ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"],
                ["*".into()],
            );
        }
        options.allow.iter().for_each(|statement| rights.statement(statement));
        let managed = options.policies.iter().map(Text::from).collect();
        Function {
            placeholder: format!("{}_function", word(task)),
            role: Role::new(Id::new(Kind::Role, format!("{task}-function")), stack, "lambda", rights, managed),
            id,
            name,
            task: task.clone(),
            description: summary(&function.docs),
            memory,
            architecture,
            timeout,
            environment,
            layers: options.layers.unwrap_or_default(),
            vpc,
            tracing,
            logs,
        }
    }

    /// Its name anywhere.
    pub(crate) fn arn(&self) -> Arn {
        Arn::here("lambda", format!("function:{}", self.name))
    }
}

/// A name in the letters that placeholders may have.
fn word(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// The first line of a text, in the 256 characters that a description may have.
pub(super) fn summary(docs: &str) -> Option<String> {
    let line = docs.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(256).collect())
}
