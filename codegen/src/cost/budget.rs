//! `#[workflow(max_transitions = …)]`

use stepwright_asl::{
    StateMachine,
    cost::{Bounds, Cost, Step},
};

use super::{print::each, times, unit};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    info::WorkflowInfo,
    position::Position,
    source_map::SourceMap,
};

/// Reports a workflow of which an execution can come to more transitions than its attribute allows, without retries.
pub(crate) fn check(info: &WorkflowInfo, machine: &StateMachine, source_map: &SourceMap) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    if let Some(allowed) = info.max_transitions {
        let transitions = Cost::of(machine).transitions;
        diagnostics.extend(exceeded(info, &transitions, allowed, source_map));
    }
    diagnostics.into_result(())
}

fn exceeded(info: &WorkflowInfo, transitions: &Bounds, allowed: u64, source_map: &SourceMap) -> Option<Diagnostic> {
    let Bounds { most, repeats, .. } = transitions;
    if repeats.is_empty() && *most <= allowed {
        return None;
    }
    let name = info.name;
    let message = if *most > allowed {
        format!("`{name}` takes up to {most} state transitions, and `max_transitions` is {allowed}")
    } else {
        format!("`{name}` takes any number of state transitions, and `max_transitions` is {allowed}")
    };
    let place = |at: Position| if at.file == info.file { format!("line {}", at.line) } else { at.to_string() };
    let way: Vec<_> = transitions.longest.iter().map(|step| told(step, source_map, place)).collect();
    let diagnostic = Diagnostic::new(Code::Budget, info.position(), message);
    let diagnostic = diagnostic.note(format!("{most} on the way {}", way.join(", ")));
    let more = repeats.iter().map(|repeat| {
        let more = each(repeat, source_map);
        match allowed.checked_sub(*most) {
            Some(left) => format!("{more}: {} are too many", times(left / repeat.each.max(1) + 1, unit(repeat))),
            None => more,
        }
    });
    Some(more.fold(diagnostic, Diagnostic::note))
}

/// A state on a way, with its place.
fn told(step: &Step, source_map: &SourceMap, place: impl Fn(Position) -> String) -> String {
    let inside = if step.adds > 1 { format!(" with {} inside", step.adds - 1) } else { String::new() };
    let at = source_map.get(&step.state).map(|at| format!(" ({})", place(at))).unwrap_or_default();
    format!("`{}`{inside}{at}", step.state)
}
