//! The mock configuration of Step Functions Local.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use serde_json::{Map, Value as Json};
use stepwright_asl::Pointer;

use super::{Mocks, Responses};
use crate::error::Problem;
use crate::task_handler::TaskFailure;

/// Mocks by machine and test case, in the format of [Step Functions Local]'s mock configuration file.
///
/// ```
/// use stepwright_runtime::mocks::MockFile;
///
/// let file = MockFile::parse(r#"{
///     "StateMachines": {
///         "Orders": {
///             "TestCases": {
///                 "CardReaderBusy": { "Charge": "BusyTwice", "Tell": "Told" }
///             }
///         }
///     },
///     "MockedResponses": {
///         "BusyTwice": {
///             "0-1": { "Throw": { "Error": "CardReaderBusy", "Cause": "try again" } },
///             "2": { "Return": { "StatusCode": 200, "Payload": "r-7" } }
///         },
///         "Told": { "0": { "Return": { "MessageId": "m" } } }
///     }
/// }"#)?;
/// let mocks = file.case("Orders", "CardReaderBusy")?;
/// assert_eq!(format!("{mocks:?}"), r#"Mocks { states: ["Charge", "Tell"], resources: [] }"#);
/// # Ok::<(), stepwright_runtime::mocks::MockFileError>(())
/// ```
///
/// Numbers count the attempts at a state from its entry: `"0"` is the first one, `"1-2"` the first two retries. An attempt without a
/// response ends the execution. States that a test case does not name are not mocked.
///
/// [Step Functions Local]: https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
#[derive(Clone, Debug)]
pub struct MockFile {
    /// By the names of machines, of their test cases, and of the states.
    machines: BTreeMap<String, Cases>,
}

type Cases = BTreeMap<String, BTreeMap<String, Responses>>;

/// Why there are no mocks in a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MockFileError {
    /// The file cannot be read.
    #[error("cannot read the mocks: {0}")]
    Io(#[from] std::io::Error),
    /// The text is no JSON.
    #[error("the mocks are no JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The JSON is no mock configuration: everything that is wrong with it.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid(Vec<Problem>),
    /// There is no such machine or no such test case.
    #[error("the mocks have no {kind} `{name}`; there are: {}", .there.join(", "))]
    Missing {
        /// What there is none of: `state machine` or `test case`.
        kind: &'static str,
        /// Its name.
        name: String,
        /// The names that there are.
        there: Vec<String>,
    },
}

impl MockFile {
    /// Reads the file at a path.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is no JSON, or no mock configuration; then with every problem and its place.
    pub fn read(path: impl AsRef<Path>) -> Result<MockFile, MockFileError> {
        MockFile::parse(&std::fs::read_to_string(path)?)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// As [`MockFile::read`].
    pub fn parse(text: &str) -> Result<MockFile, MockFileError> {
        let json = serde_json::from_str(text)?;
        let mut reader = Reader::default();
        let machines = reader.file(&json);
        if reader.problems.is_empty() {
            Ok(MockFile { machines })
        } else {
            Err(MockFileError::Invalid(reader.problems))
        }
    }

    /// The mocks of a machine's test case.
    ///
    /// # Errors
    ///
    /// If the file has no such machine, or the machine no such test case.
    pub fn case(&self, machine: &str, case: &str) -> Result<Mocks, MockFileError> {
        let cases = named(&self.machines, "state machine", machine)?;
        let states = named(cases, "test case", case)?;
        Ok(states.iter().fold(Mocks::new(), |mocks, (state, responses)| mocks.state(state, responses.clone())))
    }
}

fn named<'m, T>(map: &'m BTreeMap<String, T>, kind: &'static str, name: &str) -> Result<&'m T, MockFileError> {
    let missing = || MockFileError::Missing { kind, name: name.to_owned(), there: map.keys().cloned().collect() };
    map.get(name).ok_or_else(missing)
}

/// Reads on after a problem, so that all of them are found.
#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn file(&mut self, json: &Json) -> BTreeMap<String, Cases> {
        let root = Pointer::default();
        let [machines, responses] = self.members(&root, json, ["StateMachines", "MockedResponses"]);
        let responses = self.each(&root.key("MockedResponses"), responses, Reader::responses);
        self.each(&root.key("StateMachines"), machines, |reader, at, machine| {
            let [cases] = reader.members(at, machine, ["TestCases"]);
            reader.each(&at.key("TestCases"), cases, |reader, at, case| {
                reader.each(at, Some(case), |reader, at, name| reader.named_responses(at, name, &responses))
            })
        })
    }

    fn named_responses(&mut self, at: &Pointer, name: &Json, all: &BTreeMap<String, Responses>) -> Responses {
        let responses = name.as_str().and_then(|name| all.get(name));
        responses.cloned().unwrap_or_else(|| {
            let there = all.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            self.problem(at, format!("expected the name of mocked responses, found {name}; there are: {there}"));
            Responses::none()
        })
    }

    fn responses(&mut self, at: &Pointer, json: &Json) -> Responses {
        let mut responses = Responses::none();
        for (key, response) in self.object(at, Some(json)).into_iter().flatten() {
            let at = at.key(key);
            let answer = self.response(&at, response);
            match attempts(key) {
                None => self.problem(&at, "expected an attempt such as \"0\", or a range of them such as \"1-2\""),
                Some(attempts) if responses.overlap(&attempts) => {
                    self.problem(&at, "some of these attempts have a response already");
                }
                Some(attempts) => responses = answer.map_or(responses.clone(), |answer| responses.at(attempts, answer)),
            }
        }
        responses
    }

    fn response(&mut self, at: &Pointer, json: &Json) -> Option<Result<Json, TaskFailure>> {
        let object = self.object(at, Some(json))?;
        match (object.len(), object.get("Return"), object.get("Throw")) {
            (1, Some(result), _) => Some(Ok(result.clone())),
            (1, _, Some(failure)) => {
                let at = at.key("Throw");
                let [error, cause] = self.members(&at, failure, ["Error", "Cause"]);
                Some(Err(TaskFailure {
                    error: self.text(&at.key("Error"), error),
                    cause: self.text(&at.key("Cause"), cause),
                }))
            }
            _ => {
                self.problem(at, "expected one of `Return` and `Throw`");
                None
            }
        }
    }

    fn text(&mut self, at: &Pointer, json: Option<&Json>) -> Option<String> {
        let text = json?.as_str();
        if text.is_none() {
            self.problem(at, "expected a text");
        }
        text.map(str::to_owned)
    }

    /// The members of an object that has no others.
    fn members<'j, const N: usize>(&mut self, at: &Pointer, json: &'j Json, names: [&str; N]) -> [Option<&'j Json>; N] {
        let Some(object) = self.object(at, Some(json)) else { return [None; N] };
        for name in object.keys().filter(|name| !names.contains(&name.as_str())) {
            self.problem(&at.key(name), format!("expected one of `{}`", names.join("`, `")));
        }
        names.map(|name| object.get(name))
    }

    /// What is read of each member of an object.
    fn each<T>(
        &mut self,
        at: &Pointer,
        json: Option<&Json>,
        mut read: impl FnMut(&mut Reader, &Pointer, &Json) -> T,
    ) -> BTreeMap<String, T> {
        let object = self.object(at, json).into_iter().flatten();
        object.map(|(name, member)| (name.clone(), read(self, &at.key(name), member))).collect()
    }

    fn object<'j>(&mut self, at: &Pointer, json: Option<&'j Json>) -> Option<&'j Map<String, Json>> {
        let object = json.and_then(Json::as_object);
        if object.is_none() {
            self.problem(at, if json.is_some() { "expected an object" } else { "is missing" });
        }
        object
    }

    fn problem(&mut self, at: &Pointer, message: impl Into<String>) {
        self.problems.push(Problem { pointer: at.clone(), message: message.into() });
    }
}

/// The attempts that a key is about: `3`, or `1-2`.
fn attempts(key: &str) -> Option<RangeInclusive<u32>> {
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let attempts = number(first)?..=number(last)?;
    (!attempts.is_empty()).then_some(attempts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_told_with_its_place() {
        let text = r#"{
            "StateMachines": {
                "M": { "TestCases": { "A": { "S": "Good", "T": "Goood", "U": 1 }, "B": [] }, "Other": 1 },
                "N": {}
            },
            "MockedResponse": {},
            "MockedResponses": {
                "Good": { "0": { "Return": null }, "1-2": { "Throw": { "Error": "E" } } },
                "Bad": {
                    "first": { "Return": 1 },
                    "2-1": { "Return": 1 },
                    "3": { "Return": 1, "Throw": {} },
                    "4-6": { "Return": 1 },
                    "5": { "Throw": { "Error": 1, "Why": "" } },
                    "7": 7
                },
                "Worse": []
            }
        }"#;
        let error = MockFile::parse(text).unwrap_err().to_string();
        let expected = [
            "/MockedResponse: expected one of `StateMachines`, `MockedResponses`",
            "/MockedResponses/Bad/first: expected an attempt such as \"0\", or a range of them such as \"1-2\"",
            "/MockedResponses/Bad/2-1: expected an attempt such as \"0\", or a range of them such as \"1-2\"",
            "/MockedResponses/Bad/3: expected one of `Return` and `Throw`",
            "/MockedResponses/Bad/5/Throw/Why: expected one of `Error`, `Cause`",
            "/MockedResponses/Bad/5/Throw/Error: expected a text",
            "/MockedResponses/Bad/5: some of these attempts have a response already",
            "/MockedResponses/Bad/7: expected an object",
            "/MockedResponses/Worse: expected an object",
            "/StateMachines/M/Other: expected one of `TestCases`",
            "/StateMachines/M/TestCases/A/T: expected the name of mocked responses, found \"Goood\"; there are: Bad, Good, Worse",
            "/StateMachines/M/TestCases/A/U: expected the name of mocked responses, found 1; there are: Bad, Good, Worse",
            "/StateMachines/M/TestCases/B: expected an object",
            "/StateMachines/N/TestCases: is missing",
        ];
        assert_eq!(error.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_there_is_not_is_told_with_what_there_is() {
        let file = r#"{ "StateMachines": { "M": { "TestCases": { "A": {}, "B": {} } } }, "MockedResponses": {} }"#;
        let file = MockFile::parse(file).unwrap();
        assert_eq!(file.case("N", "A").unwrap_err().to_string(), "the mocks have no state machine `N`; there are: M");
        assert_eq!(file.case("M", "C").unwrap_err().to_string(), "the mocks have no test case `C`; there are: A, B");
        assert!(MockFile::parse("{").unwrap_err().to_string().starts_with("the mocks are no JSON: EOF"));
        assert!(MockFile::read("no such file").unwrap_err().to_string().starts_with("cannot read the mocks: "));
    }
}
