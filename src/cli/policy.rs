//! `policy NAME`

use std::{path::Path, process::ExitCode};

use clap::Args;
use stepwright_deploy::{
    arn::{Location, is_account, partition_of},
    stack::Machine,
};

use super::{Done, names, say, stack};

/// Where a policy is for. What is not given stays open: `${AWS::Region}`.
#[derive(Args)]
pub(super) struct Place {
    /// Such as `aws`; that of the region if not given.
    #[arg(long)]
    partition: Option<String>,
    /// Such as `eu-west-1`.
    #[arg(long)]
    region: Option<String>,
    /// Twelve digits.
    #[arg(long, value_parser = account)]
    account: Option<String>,
}

impl Place {
    fn location(self) -> Location {
        let open = Location::pseudo_parameters();
        let region = self.region.unwrap_or(open.region);
        Location {
            partition: self.partition.unwrap_or_else(|| partition_of(&region).to_owned()),
            region,
            account: self.account.unwrap_or(open.account),
        }
    }
}

fn account(text: &str) -> Result<String, &'static str> {
    if is_account(text) { Ok(text.to_owned()) } else { Err("an account is twelve digits") }
}

/// Prints what the role of a workflow's machine has to be allowed, or which states need which right.
pub(super) fn policy(package: &Path, program: &str, name: &str, place: Place, explain: bool) -> Done {
    let stack = stack::describe(package, program)?;
    let Some(policy) = stack.policy(name) else {
        let known = stack.machines.iter().map(|Machine { name, .. }| name.as_str());
        return Err(format!("error: {}", names::unknown("workflow", name, known)));
    };
    let policy = policy.map_err(|errors| errors.to_string())?;
    let location = place.location();
    if explain {
        say(policy.explain(&location).trim_end());
    } else {
        say(format!("{:#}", policy.document(&location)));
    }
    Ok(ExitCode::SUCCESS)
}
