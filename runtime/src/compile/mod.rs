//! From a definition to a program.

mod choice;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexSet;
use serde_json::Value as Json;
use stepwright_asl as asl;
use stepwright_asl::{Dynamic, Pointer, QueryLanguage};

use crate::error::{CompileError, Problem};
use crate::io::jsonata::JsonataIo;
use crate::io::jsonpath::JsonPathIo;
use crate::io::{Field, Io, Template, jsonata, jsonpath};
use crate::program::{Catcher, ErrorPolicy, Fail, Items, Kind, Machine, Map, Parallel, State, StateId, Task, Wait};
use crate::query::jsonpath::Path;
use crate::resource::Resource;
use crate::retry::{ErrorNames, Retrier};
use crate::scope::VariableId;
use crate::step::distributed::Distributed;

/// Compiles a whole machine.
pub(crate) fn compile(definition: &asl::StateMachine) -> Result<Machine, CompileError> {
    let mut compiler = Compiler {
        definition,
        language: QueryLanguage::JsonPath,
        states: Vec::new(),
        variables: IndexSet::new(),
        problems: Vec::new(),
        path: Vec::new(),
    };
    let start = compiler.block(&definition.start_at, &definition.states);
    let Compiler { states, variables, problems, .. } = compiler;
    let states: Option<Vec<State>> = states.into_iter().collect();
    match (start, states) {
        (Some(start), Some(states)) if problems.is_empty() => {
            let timeout = definition.timeout_seconds.map(Duration::from_secs);
            Ok(Machine { start, states, variables: variables.into_iter().collect(), timeout })
        }
        _ => Err(CompileError { problems }),
    }
}

/// What is known so far, and where in the definition the compiler is.
pub(crate) struct Compiler<'d> {
    definition: &'d asl::StateMachine,
    /// The query language of the state that is being compiled.
    language: QueryLanguage,
    /// A slot for each state, filled when the state is compiled.
    states: Vec<Option<State>>,
    variables: IndexSet<Arc<str>>,
    problems: Vec<Problem>,
    path: Vec<String>,
}

/// The states of one block by name: all that its transitions can lead to.
type Targets<'d> = HashMap<&'d str, StateId>;

impl<'d> Compiler<'d> {
    /// Compiles what stands under `key`, one level down.
    pub(crate) fn at<T>(&mut self, key: &str, compile: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(key.to_owned());
        let compiled = compile(self);
        self.path.pop();
        compiled
    }

    /// The query language of the state that is being compiled.
    pub(crate) fn language(&self) -> QueryLanguage {
        self.language
    }

    /// Reports that what stands here cannot be run.
    pub(crate) fn problem(&mut self, message: impl Into<String>) {
        let pointer = self.path.iter().fold(Pointer::default(), |pointer, key| pointer.key(key));
        self.problems.push(Problem { pointer, message: message.into() });
    }

    /// The number of the variable with the given name.
    pub(crate) fn variable(&mut self, name: &str) -> VariableId {
        let (index, _) = self.variables.insert_full(Arc::from(name));
        VariableId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Reads a path; one that cannot be read is reported.
    pub(crate) fn path(&mut self, source: &str) -> Option<Path> {
        let path = Path::parse(source, &mut |name| self.variable(name));
        if path.is_none() {
            self.problem(format!("Value is not a valid JSONPath: {source}"));
        }
        path
    }

    /// Compiles the states of a block; `None` if there is no such start state, which is reported.
    fn block(&mut self, start_at: &'d str, states: &'d asl::States) -> Option<StateId> {
        let first = self.states.len();
        self.states.resize_with(first + states.len(), || None);
        let targets: Targets<'_> =
            states.keys().enumerate().map(|(index, name)| (name.as_str(), StateId(first + index))).collect();
        for (name, state) in states {
            let compile = |compiler: &mut Self| compiler.at(name, |compiler| compiler.state(name, state, &targets));
            let compiled = self.at("States", compile);
            if let Some(slot) = targets.get(name.as_str()).and_then(|id| self.states.get_mut(id.0)) {
                *slot = compiled;
            }
        }
        self.at("StartAt", |compiler| compiler.target(start_at, &targets))
    }

    fn target(&mut self, name: &str, targets: &Targets<'_>) -> Option<StateId> {
        let target = targets.get(name).copied();
        if target.is_none() {
            self.problem(format!("Missing 'Next' target: {name}"));
        }
        target
    }

    fn state(&mut self, name: &str, state: &'d asl::State, targets: &Targets<'_>) -> Option<State> {
        self.language = self.definition.language_of(state);
        let io = match self.language {
            QueryLanguage::Jsonata => {
                Io::jsonata(JsonataIo::compile(self, "", [state.arguments(), state.output()], state.assign()))
            }
            QueryLanguage::JsonPath => Io::json_path(JsonPathIo::compile(self, state)),
        };
        let next = match state.next() {
            Some(next) => Some(self.at("Next", |compiler| compiler.target(next, targets))?),
            None => None,
        };
        let kind = self.kind(state, &io, targets)?;
        Some(State { name: Arc::from(name), io, next, kind })
    }

    fn kind(&mut self, state: &'d asl::State, io: &Io, targets: &Targets<'_>) -> Option<Kind> {
        Some(match state {
            asl::State::Task(task) => Kind::Task(Box::new(self.task(task, targets)?)),
            asl::State::Parallel(parallel) => Kind::Parallel(Box::new(self.parallel(parallel, targets)?)),
            asl::State::Map(map) => Kind::Map(Box::new(self.map(map, targets)?)),
            asl::State::Pass(_) => Kind::Pass,
            asl::State::Wait(wait) => Kind::Wait(Box::new(self.wait(wait)?)),
            asl::State::Choice(choice) => Kind::Choice(Box::new(self.choice(choice, io, targets)?)),
            asl::State::Succeed(_) => Kind::Succeed,
            asl::State::Fail(fail) => Kind::Fail(Box::new(self.fail(fail))),
        })
    }

    fn task(&mut self, task: &'d asl::Task, targets: &Targets<'_>) -> Option<Task> {
        let Some(resource) = Resource::parse(&task.resource) else {
            self.at("Resource", |compiler| compiler.problem(unknown_resource(&task.resource)));
            return None;
        };
        let role_arn = task.credentials.as_ref().and_then(|credentials| self.role_arn(credentials));
        Some(Task {
            resource,
            timeout: Field::compile_or_path(
                self,
                "TimeoutSeconds",
                task.timeout_seconds.as_ref(),
                task.timeout_seconds_path.as_deref(),
            ),
            heartbeat: Field::compile_or_path(
                self,
                "HeartbeatSeconds",
                task.heartbeat_seconds.as_ref(),
                task.heartbeat_seconds_path.as_deref(),
            ),
            role_arn,
            policy: self.policy(task.retry.as_deref(), task.catch.as_deref(), targets),
        })
    }

    /// The role in the credentials of a task.
    fn role_arn(&mut self, credentials: &serde_json::Map<String, Json>) -> Option<Field<String>> {
        let text = |name: &str| credentials.get(name).and_then(Json::as_str);
        let role_arn = text("RoleArn").map(|text| match asl::expression_body(text) {
            Some(_) => Dynamic::Expression(text.to_owned()),
            None => Dynamic::Literal(text.to_owned()),
        });
        self.at("Credentials", |compiler| match text("RoleArn.$") {
            Some(path) => {
                let found = |compiler: &mut Self| jsonpath::Template::computed(compiler, "RoleArn.$", path);
                Some(Field::Found(compiler.at("RoleArn.$", found)))
            }
            None => Field::compile_as(compiler, "RoleArn", "Credentials/RoleArn", role_arn.as_ref()),
        })
    }

    fn parallel(&mut self, parallel: &'d asl::Parallel, targets: &Targets<'_>) -> Option<Parallel> {
        let policy = self.policy(parallel.retry.as_deref(), parallel.catch.as_deref(), targets);
        let branches = self.at("Branches", |compiler| {
            let branch = |(index, branch): (usize, &'d asl::Branch)| {
                compiler.at(&index.to_string(), |compiler| compiler.block(&branch.start_at, &branch.states))
            };
            // Every branch is compiled, so that the problems of all are found.
            let branches: Vec<_> = parallel.branches.iter().enumerate().map(branch).collect();
            branches.into_iter().collect::<Option<Vec<_>>>()
        });
        Some(Parallel { branches: branches?, policy })
    }

    fn map(&mut self, map: &'d asl::Map, targets: &Targets<'_>) -> Option<Map> {
        let Some(processor) = map.processor() else {
            self.problem("A Map state needs an ItemProcessor");
            return None;
        };
        let mode = processor.processor_config.as_ref().and_then(|config| config.mode);
        let distributed =
            (mode == Some(asl::ProcessorMode::Distributed)).then(|| Box::new(Distributed::compile(self, map)));
        let items = self.items(map)?;
        let selector = map.selector().map(|json| self.template("ItemSelector", json));
        let max_concurrency = Field::compile_or_path(
            self,
            "MaxConcurrency",
            map.max_concurrency.as_ref(),
            map.max_concurrency_path.as_deref(),
        );
        let policy = self.policy(map.retry.as_deref(), map.catch.as_deref(), targets);
        let key = if map.item_processor.is_some() { "ItemProcessor" } else { "Iterator" };
        let start = self.at(key, |compiler| compiler.block(&processor.start_at, &processor.states));
        Some(Map { items, selector, max_concurrency, processor: start?, distributed, policy })
    }

    fn items(&mut self, map: &asl::Map) -> Option<Items> {
        match (self.language, &map.items, &map.items_path) {
            (QueryLanguage::Jsonata, Some(items), _) => {
                let template = self.at("Items", |compiler| jsonata::Template::compile(compiler, "Items", items));
                Some(Items::Template(template))
            }
            (QueryLanguage::Jsonata, None, _) => Some(Items::Input),
            (QueryLanguage::JsonPath, _, Some(path)) => {
                self.at("ItemsPath", |compiler| compiler.path(path)).map(Items::Path)
            }
            (QueryLanguage::JsonPath, _, _) => Some(Items::Path(Path::input())),
        }
    }

    fn wait(&mut self, wait: &asl::Wait) -> Option<Wait> {
        let fields = [
            Field::compile(self, "Seconds", wait.seconds.as_ref()).map(Wait::Seconds),
            Field::compile(self, "Timestamp", wait.timestamp.as_ref()).map(Wait::Timestamp),
            self.path_field("SecondsPath", wait.seconds_path.as_deref()).map(Wait::SecondsPath),
            self.path_field("TimestampPath", wait.timestamp_path.as_deref()).map(Wait::TimestampPath),
        ];
        let wait = fields.into_iter().flatten().next();
        if wait.is_none() {
            self.problem("A Wait state needs one of Seconds, Timestamp, SecondsPath and TimestampPath");
        }
        wait
    }

    fn path_field(&mut self, field: &str, path: Option<&str>) -> Option<Path> {
        self.at(field, |compiler| compiler.path(path?))
    }

    fn fail(&mut self, fail: &asl::Fail) -> Fail {
        Fail {
            error: Field::compile_or_path(self, "Error", fail.error.as_ref(), fail.error_path.as_deref()),
            cause: Field::compile_or_path(self, "Cause", fail.cause.as_ref(), fail.cause_path.as_deref()),
        }
    }

    /// Retriers and catchers; a catcher that leads nowhere is reported and left out.
    fn policy(
        &mut self,
        retry: Option<&[asl::Retrier]>,
        catch: Option<&[asl::Catcher]>,
        targets: &Targets<'_>,
    ) -> ErrorPolicy {
        let retriers = retry.unwrap_or_default().iter().map(Retrier::compile).collect();
        let catchers = self.at("Catch", |compiler| {
            let catcher = |(index, catcher): (usize, &asl::Catcher)| {
                compiler.at(&index.to_string(), |compiler| compiler.catcher(index, catcher, targets))
            };
            catch.unwrap_or_default().iter().enumerate().filter_map(catcher).collect()
        });
        ErrorPolicy { retriers, catchers }
    }

    fn catcher(&mut self, index: usize, catcher: &asl::Catcher, targets: &Targets<'_>) -> Option<Catcher> {
        let io = match self.language {
            QueryLanguage::Jsonata => {
                let templates = [None, catcher.output.as_ref()];
                Io::jsonata(JsonataIo::compile(self, &format!("Catch[{index}]/"), templates, catcher.assign.as_ref()))
            }
            QueryLanguage::JsonPath => Io::json_path(JsonPathIo::of_catcher(self, catcher)),
        };
        let next = self.at("Next", |compiler| compiler.target(&catcher.next, targets))?;
        Some(Catcher { errors: ErrorNames::compile(&catcher.error_equals), io, next })
    }

    /// Compiles a member of an object that is a field of the state; messages know it by both names.
    pub(crate) fn template_in(&mut self, outer: &str, field: &str, json: &Json) -> Template {
        self.template_as(field, &format!("{outer}/{field}"), json)
    }

    fn template(&mut self, field: &str, json: &Json) -> Template {
        self.template_as(field, field, json)
    }

    fn template_as(&mut self, key: &str, name: &str, json: &Json) -> Template {
        self.at(key, |compiler| match compiler.language {
            QueryLanguage::Jsonata => Template::Jsonata(jsonata::Template::compile(compiler, name, json)),
            QueryLanguage::JsonPath => Template::JsonPath(jsonpath::Template::compile(compiler, json)),
        })
    }
}

fn unknown_resource(arn: &str) -> String {
    format!(
        "The resource provided {arn} is not recognized. \
         The value is not a valid resource ARN, or the resource is not available in this region."
    )
}
