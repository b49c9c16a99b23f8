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
    pub(crate) environment: BTreeMap<String, Text>,
    /// ARNs of layers.
    pub(crate) layers: Vec<Text>,
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
        let said = |ids: &Option<Vec<String>>| ids.clone().unwrap_or_default();
        let vpc = match (said(&options.subnets), said(&options.security_groups)) {
            (subnets, groups) if subnets.is_empty() && groups.is_empty() => None,
            (subnets, groups) if !subnets.is_empty() && !groups.is_empty() => Some((subnets, groups)),
            _ => {
                errors.push(
                    format!("{about}: a VPC needs both `subnets` and `security_groups`"),
                    "say both, or neither for a function outside of VPCs",
                );
                None
            }
        };
        let environment = environment(task, &options.environment, &about, errors);
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
            layers: options.layers.iter().flatten().map(Text::from).collect(),
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

/// What Lambda sets itself. Source: Lambda Developer Guide, "Defined runtime environment variables".
const RESERVED: [&str; 15] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
];

/// What the author sets, and which task the function serves.
fn environment(
    task: &str,
    variables: &BTreeMap<String, String>,
    about: &str,
    errors: &mut StackErrors,
) -> BTreeMap<String, Text> {
    for name in variables.keys() {
        let is_name = name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if name == TASK_VARIABLE || RESERVED.contains(&name.as_str()) {
            errors.push(format!("{about}: the variable `{name}` is set already"), "give yours another name");
        } else if !is_name {
            errors.push(
                format!("{about}: no variable can be called `{name}`"),
                "a name has letters, digits and `_`, two of them at least, and begins with a letter",
            );
        }
    }
    let own = (TASK_VARIABLE.to_owned(), Text::from(task));
    let texts = variables.iter().map(|(name, value)| (name.clone(), Text::with_pseudo_parameters(value)));
    texts.chain([own]).collect()
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
