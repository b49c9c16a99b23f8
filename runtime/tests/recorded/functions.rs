//! The Lambda functions of the recorded cases.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_runtime::{BoxFuture, TaskFailure, TaskHandler, TaskRequest};

/// The functions that a case was recorded with, by what their source file does.
pub struct Functions(Vec<String>);

impl Functions {
    pub fn of(case: &Value) -> Functions {
        let functions = case["lambdas"].as_array().into_iter().flatten();
        Functions(functions.filter_map(|function| Some(function["handler_path"].as_str()?.to_owned())).collect())
    }
}

impl TaskHandler for Functions {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, TaskFailure>> {
        Box::pin(async move {
            let call = request.lambda().ok_or_else(|| TaskFailure::new("NoFunction", request.resource.clone()))?;
            if call.function.starts_with("no_such") {
                let cause = format!(
                    "Function not found: arn:aws:lambda:us-east-1:111111111111:function:{}:$LATEST (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 0; Proxy: null)",
                    call.function
                );
                return Err(TaskFailure::new("Lambda.ResourceNotFoundException", cause));
            }
            let path = self.0.first().map_or("", |path| path.rsplit('/').next().unwrap_or_default());
            let payload = match path {
                "raise_exception.py" => {
                    return Err(raised(
                        "Exception",
                        "Some exception was raised.",
                        "raise Exception(\"Some exception was raised.\")",
                    ));
                }
                "raise_custom_exception.py" => {
                    return Err(raised("CustomException", "CustomException message", "raise CustomException()"));
                }
                "wait_60_seconds.py" => {
                    request.clock.sleep(Duration::from_secs(60)).await;
                    json!(null)
                }
                "large_output_string.py" => json!({ "statusCode": 200, "body": "\u{30ab}".repeat(100_000) }),
                "return_decorated_input.py" => json!(format!("input-event-{}", call.payload)),
                "return_bytes_str.py" => json!({ "statusCode": 200 }),
                _ => call.payload.clone(),
            };
            Ok(call.result(payload))
        })
    }
}

/// What a failing function written in Python answers.
fn raised(name: &str, message: &str, line: &str) -> TaskFailure {
    let trace = format!("  File \"/var/task/handler.py\", line 2, in handler\n    {line}\n");
    let payload = json!({ "errorMessage": message, "errorType": name, "requestId": "0", "stackTrace": [trace] });
    TaskFailure::new(name, payload.to_string())
}
