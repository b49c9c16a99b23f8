//! `graph NAME --format FORMAT`

use std::{fs, path::Path, process::ExitCode};

use clap::ValueEnum;
use stepwright_asl::{StateMachine, graph::Graph};

use super::{Done, definition, say};

/// What a graph is printed for.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// A picture that browsers show.
    Svg,
    /// A flowchart for Mermaid, which many Markdown viewers draw.
    Mermaid,
    /// A directed graph for Graphviz.
    Dot,
}

/// Prints the graph of a workflow of this program, or of a file with a state machine.
pub(super) fn graph(name: &str, format: Format) -> Done {
    let path = Path::new(name);
    let graph = if path.extension().is_some_and(|extension| extension == "json") {
        read(path)?
    } else {
        definition(name)?.graph()
    };
    let text = match format {
        Format::Svg => graph.to_svg(),
        Format::Mermaid => graph.to_mermaid(),
        Format::Dot => graph.to_dot(),
    };
    say(text.trim_end());
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Graph, String> {
    let failed =
        |error: &dyn std::fmt::Display| format!("error: cannot read a state machine from {}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    let machine = StateMachine::from_json(&text).map_err(|error| failed(&error))?;
    Ok(Graph::of(&machine))
}
