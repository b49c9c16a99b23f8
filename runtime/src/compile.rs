//! From a definition to a program.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexSet;
use serde_json::Value as Json;
use stepwright_asl as asl;
use stepwright_asl::{Pointer, QueryLanguage};

use crate::error::{CompileError, Problem};
use crate::io::jsonata::JsonataIo;
use crate::io::jsonpath::JsonPathIo;
use crate::io::{Field, Io, Template, jsonata, jsonpath};
use crate::program::{
    Catcher, Choice, Condition, ErrorPolicy, Fail, Items, Kind, Machine, Map, Parallel, Rule, State, StateId, Task,
    Wait,
};
use crate::query::jsonpath::Path;
use crate::query::jsonpath::comparison::Comparison;
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
        let credentials = task.credentials.clone().map(Json::Object);
        let credentials = credentials.as_ref().map(|json| self.template("Credentials", json));
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
            credentials,
            policy: self.policy(task.retry.as_deref(), task.catch.as_deref(), targets),
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

    fn choice(&mut self, choice: &asl::Choice, io: &Io, targets: &Targets<'_>) -> Option<Choice> {
        let rules = self.at("Choices", |compiler| {
            let rule = |(index, rule): (usize, &asl::ChoiceRule)| {
                compiler.at(&index.to_string(), |compiler| compiler.rule(index, rule, io, targets))
            };
            let rules: Vec<_> = choice.choices.iter().enumerate().map(rule).collect();
            rules.into_iter().collect::<Option<Vec<_>>>()
        });
        let default = match &choice.default {
            Some(default) => Some(self.at("Default", |compiler| compiler.target(default, targets))?),
            None => None,
        };
        Some(Choice { rules: rules?, default })
    }

    fn rule(&mut self, index: usize, rule: &asl::ChoiceRule, state: &Io, targets: &Targets<'_>) -> Option<Rule> {
        let prefix = format!("Choices[{index}]/");
        let condition = self.condition(&prefix, &rule.test);
        let io = match state {
            Io::Jsonata(_) => {
                Io::jsonata(JsonataIo::compile(self, &prefix, [None, rule.output.as_ref()], rule.assign.as_ref()))
            }
            Io::JsonPath(state) => Io::json_path(state.of_rule(self, rule.assign.as_ref())),
        };
        let Some(next) = &rule.next else {
            self.problem("A choice rule needs a Next");
            return None;
        };
        let next = self.at("Next", |compiler| compiler.target(next, targets));
        Some(Rule { condition: condition?, io, next: next? })
    }

    fn condition(&mut self, prefix: &str, test: &asl::Test) -> Option<Condition> {
        let all = |compiler: &mut Self, key: &str, rules: &[asl::ChoiceRule]| {
            compiler.at(key, |compiler| {
                let rule = |(index, rule): (usize, &asl::ChoiceRule)| {
                    compiler.at(&index.to_string(), |compiler| compiler.condition(prefix, &rule.test))
                };
                rules.iter().enumerate().map(rule).collect::<Option<Vec<_>>>()
            })
        };
        match test {
            asl::Test::Condition(condition) => {
                let name = format!("{prefix}Condition");
                Field::compile_as(self, "Condition", &name, Some(condition)).map(Condition::Field)
            }
            asl::Test::And(rules) => all(self, "And", rules).map(Condition::And),
            asl::Test::Or(rules) => all(self, "Or", rules).map(Condition::Or),
            asl::Test::Not(rule) => {
                let condition = self.at("Not", |compiler| compiler.condition(prefix, &rule.test))?;
                Some(Condition::Not(Box::new(condition)))
            }
            asl::Test::Variable { path, comparison } => {
                let path = self.at("Variable", |compiler| compiler.path(path));
                let comparison = Comparison::compile(self, comparison);
                Some(Condition::Variable(path?, comparison?))
            }
        }
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
