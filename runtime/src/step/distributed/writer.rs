//! `ResultWriter`: what becomes of the results of child executions.

use serde_json::{Value as Json, json};
use stepwright_asl as asl;
use stepwright_asl::{OutputType, WriterConfig, WriterTransformation};

use super::children::Child;
use super::map_run::MapRun;
use crate::compile::Compiler;
use crate::conclusion::ExecutionStatus;
use crate::error::EvaluationError;
use crate::io::Template;
use crate::object_store::{ObjectError, ObjectStore};
use crate::query::View;
use crate::timestamp::to_milliseconds;
use crate::value::Value;

#[derive(Debug)]
pub(crate) struct ResultWriter {
    /// Where to write; nothing is written without.
    parameters: Option<Template>,
    config: WriterConfig,
}

/// Where the results go, evaluated.
pub(super) struct Destination {
    bucket: String,
    prefix: String,
}

impl ResultWriter {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, definition: &asl::ResultWriter) -> ResultWriter {
        compiler.at("ResultWriter", |compiler| {
            let parameters = [("Arguments", &definition.arguments), ("Parameters", &definition.parameters)];
            let parameters = parameters.into_iter().find_map(|(name, json)| Some((name, json.as_ref()?)));
            let writes = definition.resource.is_some();
            ResultWriter {
                parameters: parameters
                    .filter(|_| writes)
                    .map(|(name, json)| compiler.template_in("ResultWriter", name, json)),
                config: definition.writer_config.clone().unwrap_or_default(),
            }
        })
    }

    pub(super) fn eval(&self, view: &View<'_>) -> Result<Option<Destination>, EvaluationError> {
        let Some(parameters) = &self.parameters else { return Ok(None) };
        let parameters = parameters.eval(view)?;
        let text = |name: &str| {
            let field = parameters.as_fields().and_then(|fields| fields.get(name)?.as_str());
            field.unwrap_or_default().to_owned()
        };
        Ok(Some(Destination { bucket: text("Bucket"), prefix: text("Prefix") }))
    }

    /// The results in the form that the state asks for.
    pub(super) fn formatted(&self, run: &MapRun, children: &[&Child]) -> Vec<Json> {
        let output = |child: &Child| child.result.output.clone().unwrap_or_default();
        match self.config.transformation {
            Some(WriterTransformation::Compact) => children.iter().map(|child| output(child)).collect(),
            Some(WriterTransformation::Flatten) => children
                .iter()
                .flat_map(|child| match output(child) {
                    Json::Array(items) => items,
                    other => vec![other],
                })
                .collect(),
            Some(WriterTransformation::None) | None => children.iter().map(|child| record(run, child)).collect(),
        }
    }

    /// Writes the results and a manifest of them; gives the result of the state.
    pub(super) async fn write(
        &self,
        destination: &Destination,
        objects: &dyn ObjectStore,
        run: &MapRun,
        children: &[Child],
    ) -> Result<Value, ObjectError> {
        let Destination { bucket, prefix } = destination;
        let folder = if prefix.is_empty() { run.id.clone() } else { format!("{prefix}/{}", run.id) };
        let mut files = json!({ "FAILED": [], "PENDING": [], "SUCCEEDED": [] });
        for (status, succeeded) in [("SUCCEEDED", true), ("FAILED", false)] {
            let has_status = |child: &&Child| (child.result.status == ExecutionStatus::Succeeded) == succeeded;
            let of_status: Vec<&Child> = children.iter().filter(has_status).collect();
            if of_status.is_empty() {
                continue;
            }
            let key = format!("{folder}/{status}_0.{}", self.extension());
            let body = self.body(&self.formatted(run, &of_status));
            if let Some(listed) = files.get_mut(status) {
                *listed = json!([{ "Key": key, "Size": body.len() }]);
            }
            objects.put(bucket, &key, body).await?;
        }
        let key = format!("{folder}/manifest.json");
        let manifest = json!({ "DestinationBucket": bucket, "MapRunArn": run.arn, "ResultFiles": files });
        objects.put(bucket, &key, manifest.to_string().into_bytes()).await?;
        let details = json!({ "MapRunArn": run.arn, "ResultWriterDetails": { "Bucket": bucket, "Key": key } });
        Ok(Value::from(details))
    }

    fn extension(&self) -> &'static str {
        match self.config.output_type {
            Some(OutputType::Jsonl) => "jsonl",
            Some(OutputType::Json) | None => "json",
        }
    }

    fn body(&self, results: &[Json]) -> Vec<u8> {
        match self.config.output_type {
            Some(OutputType::Jsonl) => {
                results.iter().map(|result| format!("{result}\n")).collect::<String>().into_bytes()
            }
            Some(OutputType::Json) | None => json!(results).to_string().into_bytes(),
        }
    }
}

/// A child execution as the service describes it.
fn record(run: &MapRun, child: &Child) -> Json {
    let mut record = json!({
        "ExecutionArn": child.identity.execution_id,
        "Input": child.input.to_string(),
        "InputDetails": { "Included": true },
        "Name": child.identity.execution_name,
        "RedriveCount": 0,
        "StartDate": to_milliseconds(child.result.started_at),
        "StateMachineArn": run.state_machine_arn,
        "Status": child.result.status.as_str(),
        "StopDate": to_milliseconds(child.result.stopped_at),
    });
    let output = child.result.output.as_ref();
    let output = [
        ("Output", output.map(|output| json!(output.to_string()))),
        ("OutputDetails", output.map(|_| json!({ "Included": true }))),
    ];
    let error = child.result.described_error().map(|(name, text)| (name, text.map(|text| json!(text))));
    for (name, value) in output.into_iter().chain(error) {
        if let (Some(fields), Some(value)) = (record.as_object_mut(), value) {
            fields.insert(name.to_owned(), value);
        }
    }
    record
}
