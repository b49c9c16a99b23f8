//! The tables are held against the models of the services.

use std::{fmt::Write as _, fs, path::Path};

use stepwright_services::{ModelFolder, ServiceModel, ServiceModels as _, Shape};

use super::{action, resource};

/// The services by the names that Step Functions has for them.
fn models() -> Vec<(String, ServiceModel)> {
    let folder = ModelFolder::all();
    folder.names().into_iter().map(|name| (name.clone(), folder.service(&name).unwrap().unwrap())).collect()
}

/// Whether an API has an argument, which Step Functions may spell in another case.
fn takes(model: &ServiceModel, api: &str, argument: &str) -> bool {
    let mut shape = model.operations[api].input.as_ref().map(|input| input.shape.as_str());
    for step in argument.split('.') {
        let mut at = shape.map(|name| &model.shapes[name]);
        while let Some(Shape::List { member, .. }) = at {
            at = Some(&model.shapes[&member.shape]);
        }
        let Some(Shape::Structure { members, .. }) = at else { return false };
        let found = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(step));
        shape = found.map(|(_, member)| member.shape.as_str());
    }
    shape.is_some()
}

/// The models tell IAM's prefix of each service; `BLESS=1` rewrites the table of those that are not the service's name.
#[test]
fn prefixes_are_those_of_the_models() {
    let mut rows = String::new();
    for (name, model) in models() {
        let prefix = model.metadata.iam;
        if prefix != name {
            writeln!(rows, "    ({name:?}, {prefix:?}),").unwrap();
        }
    }
    let text = format!(
        "//! What IAM calls services, where that is not what Step Functions calls them. A test writes this from the models.\n\n\
         pub(super) const PREFIXES: &[(&str, &str)] = &[\n{rows}];\n"
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/iam/sdk/prefix.rs");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), text, "BLESS=1 rewrites it");
}

#[test]
fn tables_speak_of_apis_and_arguments_that_there_are() {
    let models = models();
    let of = |prefix: &str, is_meant: &dyn Fn(&ServiceModel, &str) -> bool| {
        let mut services = models.iter().filter(|(_, model)| model.metadata.iam == prefix);
        services.any(|(_, model)| model.operations.keys().any(|api| is_meant(model, api)))
    };
    let mut wrong = Vec::new();
    for (prefix, api, _) in action::ACTIONS {
        if !of(prefix, &|_, known| known == action::capitalized(api)) {
            wrong.push(format!("{prefix}:{api}"));
        }
    }
    for (prefix, apis) in resource::NONE {
        let starts = apis.iter().map(|start| (start, action::capitalized(start)));
        let none = starts.filter(|(_, start)| !of(prefix, &|_, api| api.starts_with(start)));
        wrong.extend(none.map(|(start, _)| format!("{prefix}:{start}…")));
    }
    for (prefix, part, named) in resource::ARGUMENTS {
        if !of(prefix, &|model, api| api.contains(part) && takes(model, api, named.argument)) {
            wrong.push(format!("{prefix}:…{part}…: {}", named.argument));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
