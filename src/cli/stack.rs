//! `stack FORMAT [DIR] [--check]`

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use stepwright_asl::ExecutionType;
use stepwright_codegen::{
    definition::{Definition, TaskDefinition},
    export,
    files::Files,
    info::{TaskInfo, TaskKind},
};
use stepwright_deploy::{
    options::Options,
    stack::{Activity, Function, Machine, Stack},
    target::Target,
};

use super::{Done, files};

/// The file with the options, beside the `Cargo.toml`.
const OPTIONS: &str = "Stepwright.toml";

/// Who deploys a stack.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// AWS CloudFormation.
    #[value(name = "cloudformation")]
    CloudFormation,
    /// AWS Serverless Application Model.
    Sam,
    /// Terraform.
    Terraform,
    /// AWS Cloud Development Kit, in TypeScript.
    Cdk,
    /// AWS Controllers for Kubernetes.
    Kubernetes,
    /// Meshery.
    Meshery,
}

/// Writes what deploys the program's machines.
pub(super) fn stack(package: &Path, name: &str, format: Format, directory: Option<PathBuf>, check: bool) -> Done {
    let stack = describe(package, name)?;
    let output = format.target().output(&stack).map_err(|errors| errors.to_string())?;
    let format = format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let directory = directory.unwrap_or_else(|| package.join("stack").join(&format));
    for left_out in output.left_out {
        eprintln!("warning: {format} leaves out {left_out}");
    }
    files::update(&Files(output.files), &directory, check, &format!("stack {format}"))
}

/// What `Stepwright.toml` says; nothing if there is none.
pub(super) fn options(package: &Path) -> Result<Options, String> {
    let path = package.join(OPTIONS);
    match fs::read_to_string(&path) {
        Ok(text) => Options::from_toml(&text).map_err(|error| format!("error: {}: {error}", path.display())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Options::default()),
        Err(error) => Err(format!("error: cannot read {}: {error}", path.display())),
    }
}

/// The machines of the program, and the tasks that they call.
pub(super) fn describe(package: &Path, name: &str) -> Result<Stack, String> {
    let definitions = export::definitions().map_err(|error| error.to_string())?;
    let mut tasks: Vec<_> = definitions.iter().flat_map(Definition::tasks).map(TaskDefinition::info).collect();
    tasks.sort_by_key(|info| info.position());
    tasks.dedup_by_key(|info| info.name);
    Ok(Stack {
        name: name.to_owned(),
        machines: definitions.iter().map(machine).collect(),
        functions: tasks.iter().copied().filter_map(function).collect(),
        activities: tasks.iter().copied().filter_map(activity).collect(),
        options: options(package)?,
    })
}

fn machine(definition: &Definition) -> Machine {
    let info = definition.info();
    Machine {
        name: info.name.to_owned(),
        docs: info.docs.to_owned(),
        execution_type: if info.express { ExecutionType::Express } else { ExecutionType::Standard },
        definition: definition.asl().clone(),
        input_schema: definition.input_schema().clone(),
    }
}

/// The function of a task whose body is in this program; any other is there already, under the name of its task.
fn function(info: &TaskInfo) -> Option<Function> {
    // The time-out of a task that waits for its token is not that of the call.
    let timeout = match info.kind {
        TaskKind::Lambda => info.timeout,
        TaskKind::WaitForTaskToken => None,
        TaskKind::Activity | TaskKind::Resource(_) => return None,
    };
    info.has_body.then(|| Function { task: info.name.to_owned(), docs: info.docs.to_owned(), timeout })
}

fn activity(info: &TaskInfo) -> Option<Activity> {
    (info.kind == TaskKind::Activity)
        .then(|| Activity { name: info.name.to_owned(), placeholder: info.activity_substitution() })
}

impl Format {
    fn target(self) -> Target {
        match self {
            Format::CloudFormation => Target::CloudFormation,
            Format::Sam => Target::Sam,
            Format::Terraform => Target::Terraform,
            Format::Cdk => Target::Cdk,
            Format::Kubernetes => Target::Kubernetes,
            Format::Meshery => Target::Meshery,
        }
    }
}
