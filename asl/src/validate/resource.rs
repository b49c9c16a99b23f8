//! What tasks call, and what Express machines cannot call.

use super::finding::Findings;
use super::variables::is_distributed;
use super::{Rule, integration};
use crate::{ExecutionType, Pattern, Pointer, Resource, Scope, State, StateMachine};

pub(super) fn check(machine: &StateMachine, machine_type: ExecutionType, findings: &mut Findings) {
    let whole = machine.scopes().into_iter().take(1);
    let mut pending: Vec<(Scope<'_>, _)> = whole.map(|scope| (scope, machine_type)).collect();
    while let Some((scope, machine_type)) = pending.pop() {
        for placed in scope.states() {
            let mut inner_type = machine_type;
            match placed.state {
                State::Task(task) => check_task(placed.pointer.key("Resource"), &task.resource, machine_type, findings),
                State::Map(map) if is_distributed(map) => {
                    if machine_type == ExecutionType::Express {
                        let message = "Express state machine does not support Map state in DISTRIBUTED mode";
                        findings.add(Rule::Express, placed.pointer.clone(), message);
                    }
                    let config = map.processor().and_then(|processor| processor.processor_config.as_ref());
                    inner_type = config.and_then(|config| config.execution_type).unwrap_or(machine_type);
                }
                _ => {}
            }
            pending.extend(placed.scopes().into_iter().map(|scope| (scope, inner_type)));
        }
    }
}

fn check_task(pointer: Pointer, text: &str, machine_type: ExecutionType, findings: &mut Findings) {
    let resource = Resource::parse(text);
    if machine_type == ExecutionType::Express
        && let Some(message) = resource.as_ref().and_then(refused_in_express)
    {
        findings.add(Rule::Express, pointer, message);
    } else if resource.as_ref().is_none_or(|resource| !integration::is_known(resource)) && !has_placeholder(text) {
        // What opens a placeholder and does not close it is none.
        if text.starts_with("arn:") || text.contains("${") {
            let message = format!(
                "The resource provided {text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
            );
            findings.add(Rule::Resource, pointer, message);
        } else {
            let message = format!("The resource {text} is not an ARN: something has to put one in its place.");
            findings.add(Rule::ResourceArn, pointer, message);
        }
    }
}

/// Whether something is still to be put in, as in `${Function}`.
fn has_placeholder(text: &str) -> bool {
    text.split_once("${").is_some_and(|(_, rest)| rest.contains('}'))
}

fn refused_in_express(resource: &Resource<'_>) -> Option<&'static str> {
    if matches!(resource, Resource::Activity(_)) {
        return Some("Express state machine does not support Activity ARN");
    }
    match resource.pattern() {
        Pattern::RequestResponse => None,
        Pattern::Sync | Pattern::Sync2 => Some("Express state machine does not support '.sync' service integration"),
        // With a blank at its end, as the service says it.
        Pattern::WaitForTaskToken => {
            Some("Express state machine does not support '.waitForTaskToken' service integration ")
        }
    }
}
