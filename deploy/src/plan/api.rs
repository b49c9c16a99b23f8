//! The REST API of a stack: requests that start executions.
//!
//! API Gateway itself turns a request into a call of Step Functions, and the answer of that into its own.

use serde_json::Value;
use stepwright_asl::ExecutionType;

use super::{Machine, Role, StackErrors};
use crate::{
    draft4::draft4,
    id::{Id, Kind},
    options::ApiTrigger,
    stack::{self, Stack},
    text::Text,
};

/// A REST API.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
    /// As what it starts executions.
    pub(crate) role: Role,
    /// The parts of all paths, each behind the one that it hangs on.
    pub(crate) paths: Vec<Path>,
    /// What it serves.
    pub(crate) routes: Vec<Route>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// What it hangs on; `None` is the root.
    pub(crate) parent: Option<Id>,
    /// The text between the slashes.
    pub(crate) part: String,
}

/// A request that starts an execution.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// What its method is called within the stack.
    pub(crate) id: Id,
    /// The last part of its path.
    pub(crate) path: Id,
    /// Such as `POST`.
    pub(crate) method: &'static str,
    /// Who may send it, in API Gateway's words.
    pub(crate) authorization: &'static str,
    /// The action that is called.
    pub(crate) uri: Text,
    /// What is sent to it, as a mapping template.
    pub(crate) request: Text,
    /// What is answered.
    pub(crate) responses: Vec<Response>,
    /// What bodies are held against.
    pub(crate) model: Option<Model>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Its status.
    pub(crate) status: &'static str,
    /// The statuses of Step Functions that it stands for, as a regular expression; `None` is all others.
    pub(crate) pattern: Option<&'static str>,
    /// Its body, as a mapping template; `None` is what Step Functions answers.
    pub(crate) template: Option<&'static str>,
}

/// What bodies are held against.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its JSON Schema, draft 4.
    pub(crate) schema: Value,
}

/// An execution that was waited for answers with status 200 even if it failed.
const OUTPUT: &str = "#set($status = $input.path('$.status'))\
    #if($status == 'SUCCEEDED')$input.path('$.output')#else\
    #set($context.responseOverride.status = 500){\"error\":\"$util.escapeJavaScript($input.path('$.error'))\"}#end";

impl Api {
    pub(super) fn of(name: &str, stack: &Stack, machines: &[Machine], errors: &mut StackErrors) -> Option<Self> {
        let (mut paths, mut routes) = (Vec::new(), Vec::<Route>::new());
        let mut started = Vec::new();
        for (machine, described) in machines.iter().zip(&stack.machines) {
            let triggers = stack.options.workflow(&machine.name).api;
            let is_sync = machine.execution_type == ExecutionType::Express;
            if !triggers.is_empty() {
                started.push(machine.started(is_sync));
            }
            for trigger in triggers {
                let path = add_path(&mut paths, &trigger.route.path, errors);
                let route = Route::of(machine, described, path, &trigger, is_sync);
                if routes.iter().any(|other| other.id == route.id) {
                    let path = trigger.route.path.join("/");
                    errors.push(
                        format!("there are two routes `{} /{path}`", route.method),
                        "give one of them another path",
                    );
                }
                routes.push(route);
            }
        }
        (!routes.is_empty()).then(|| Api {
            id: Id::new(Kind::Api, name),
            name: name.to_owned(),
            role: Role::starting("api".to_owned(), name, "apigateway", &started),
            paths,
            routes,
        })
    }
}

/// The last part of the path, which is put behind those before it unless it is there.
fn add_path(paths: &mut Vec<Path>, parts: &[String], errors: &mut StackErrors) -> Id {
    let mut parent: Option<Id> = None;
    for length in 1..=parts.len() {
        let name = parts.iter().take(length).cloned().collect::<Vec<_>>().join("-");
        let part = parts.get(length - 1).cloned().unwrap_or_default();
        let path = Path { id: Id::new(Kind::Path, name), parent: parent.take(), part };
        parent = Some(path.id.clone());
        if paths.contains(&path) {
            continue;
        }
        if let Some(other) = paths.iter().find(|other| other.id.upper_camel() == path.id.upper_camel()) {
            errors.push(
                format!("the paths of `{}` and `{}` differ in case or punctuation only", other.part, path.part),
                "give one of them another path",
            );
        }
        paths.push(path);
    }
    parent.unwrap_or_else(|| Id::new(Kind::Path, ""))
}

impl Route {
    fn of(machine: &Machine, described: &stack::Machine, path: Id, trigger: &ApiTrigger, is_sync: bool) -> Self {
        let method = trigger.route.method.name();
        let action = if is_sync { "StartSyncExecution" } else { "StartExecution" };
        let uri = format!("arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:states:action/{action}");
        let ok = Response { status: "200", pattern: None, template: is_sync.then_some(OUTPUT) };
        let failed = [("400", r"4\d{2}"), ("500", r"5\d{2}")];
        let failed = failed.map(|(status, pattern)| Response { status, pattern: Some(pattern), template: Some("{}") });
        Route {
            id: Id::new(Kind::Method, format!("{}-{method}", path.name)),
            path,
            method,
            authorization: trigger.authorization.name(),
            uri: Text::with_pseudo_parameters(&uri),
            request: request(machine),
            responses: std::iter::once(ok).chain(failed).collect(),
            model: trigger
                .validate
                .then(|| Model { id: machine.id.sibling(Kind::Model), schema: draft4(&described.input_schema) }),
        }
    }
}

/// The mapping template that hands the body over. `escapeJavaScript` makes `\'` of `'`, which JSON does not have.
fn request(machine: &Machine) -> Text {
    let input = r#"$util.escapeJavaScript($input.json('$')).replaceAll("\\'","'")"#;
    Text::from(r#"{"stateMachineArn":""#).then(Text::arn_of(machine.target())).then(format!(r#"","input":"{input}"}}"#))
}
