use stepwright_asl as asl;

use super::{Compiler, Targets};
use crate::io::jsonata::JsonataIo;
use crate::io::{Field, Io};
use crate::program::{Choice, Condition, Rule};
use crate::query::jsonpath::comparison::Comparison;

impl Compiler<'_> {
    pub(super) fn choice(&mut self, choice: &asl::Choice, io: &Io, targets: &Targets<'_>) -> Option<Choice> {
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
}
