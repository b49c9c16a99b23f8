//! The Lambda functions of the recorded cases.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_runtime::{BoxFuture, TaskFailure, TaskHandler, TaskRequest};

/// The functions that a case was recorded with: name, and the source file that tells what it does.
pub(crate) struct Functions(Vec<(String, String)>);

impl Functions {
    pub(crate) fn of(case: &Value) -> Functions {
        let functions = case["lambdas"].as_array().into_iter().flatten();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Functions(
            functions.map(|function| (text(&function["function_name"]), text(&function["handler_path"]))).collect(),
        )
    }

    /// The source file of a function; names were not always recorded faithfully.
    fn source(&self, name: &str) -> &str {
        let named = self.0.iter().find(|(function, _)| function == name).or_else(|| self.0.first());
        named.map_or("", |(_, path)| path.rsplit('/').next().unwrap_or_default())
    }
}

impl TaskHandler for Functions {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, TaskFailure>> {
        Box::pin(async move {
            let call = request.lambda().ok_or_else(|| TaskFailure::new("NoFunction", request.resource.clone()))?;
            if call.function.starts_with("no_such") {
                return Err(no_such_function(call.function));
            }
            let event = call.event()?;
            let answer = match self.source(call.function) {
                "raise_exception.py" => {
                    let line = "raise Exception(\"Some exception was raised.\")";
                    return Err(raised("Exception", "Some exception was raised.", 2, "handler", line));
                }
                "raise_custom_exception.py" => {
                    return Err(raised("CustomException", "", 9, "handler", "raise CustomException()"));
                }
                "wait_60_seconds.py" => {
                    request.clock.sleep(Duration::from_secs(60)).await;
                    json!(null)
                }
                "large_output_string.py" => json!({ "statusCode": 200, "body": "\u{30ab}".repeat(100_000) }),
                "return_decorated_input.py" => json!(format!("input-event-{}", event.to_string().replace('"', "'"))),
                "return_bytes_str.py" => json!("HelloWorld!"),
                _ => event,
            };
            let mut result = call.result(answer);
            if request.arguments["LogType"] == "Tail" {
                result["LogResult"] = json!("");
            }
            Ok(result)
        })
    }
}

fn no_such_function(name: &str) -> TaskFailure {
    let cause = format!(
        "Function not found: arn:aws:lambda:us-east-1:111111111111:function:{name}:$LATEST (Service: AWSLambda; \
         Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 0; Proxy: null)"
    );
    TaskFailure::new("Lambda.ResourceNotFoundException", cause)
}

/// What a failing function written in Python answers.
fn raised(name: &str, message: &str, number: usize, function: &str, line: &str) -> TaskFailure {
    let trace = format!("  File \"/var/task/handler.py\", line {number}, in {function}\n    {line}\n");
    let payload = json!({ "errorMessage": message, "errorType": name, "requestId": "0", "stackTrace": [trace] });
    TaskFailure::new(name, payload.to_string())
}
