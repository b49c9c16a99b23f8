//! `cost [NAME]`

use std::process::ExitCode;

use stepwright_codegen::{cost::CostReport, definition::Definition, task::WorkflowEntry};

use super::{Done, say};

/// Prints what executions of a workflow cost.
pub(super) fn one(definition: &Definition) -> Done {
    say(definition.cost().to_string().trim_end());
    Ok(ExitCode::SUCCESS)
}

/// Prints what executions of all workflows cost, a line each.
pub(super) fn all() -> Done {
    let definitions = WorkflowEntry::all().into_iter().map(|entry| (entry.definition)());
    let definitions = definitions.collect::<Result<Vec<_>, _>>().map_err(|diagnostics| diagnostics.to_string())?;
    let lines: Vec<_> = definitions.iter().map(line).collect();
    let names = width(&lines, |line| &line[0], "workflow");
    let prices = width(&lines, |line| &line[1], "USD per million");
    say(format!("{:names$}  {:>prices$}  transitions", "workflow", "USD per million"));
    lines.iter().for_each(|[name, price, transitions]| say(format!("{name:names$}  {price:>prices$}  {transitions}")));
    Ok(ExitCode::SUCCESS)
}

/// Name, price and transitions; what is repeated adds to the price, too.
fn line(definition: &Definition) -> [String; 3] {
    let cost = definition.cost();
    [definition.name().to_owned(), price(&cost), cost.formula()]
}

fn price(cost: &CostReport) -> String {
    let price = cost.price_per_million();
    let more = if price.repeats.iter().any(|each| *each > 0) { " +" } else { "" };
    if price.least == price.most {
        format!("{}{more}", price.most)
    } else {
        format!("{} to {}{more}", price.least, price.most)
    }
}

fn width(lines: &[[String; 3]], column: impl Fn(&[String; 3]) -> &String, title: &str) -> usize {
    lines.iter().map(|line| column(line).chars().count()).chain([title.len()]).max().unwrap_or_default()
}
