//! Jobs on data: Glue and DataBrew prepare it, Athena asks it.

use std::collections::BTreeMap;

use stepwright::{
    aws::{athena, databrew, glue},
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum DataError {
    #[error("the job failed: {cause}")]
    JobFailed { cause: String },
    #[error("the query failed: {cause}")]
    QueryFailed { cause: String },
    #[error("too much runs already")]
    Busy,
    #[error("refused")]
    Refused,
}

/// Loads a day with a job of Glue, again while too many of its runs are under way, and tells how many seconds it ran.
#[workflow]
pub async fn load_day(day: String) -> Result<i32, DataError> {
    let request = glue::StartJobRunRequest {
        job_name: "load-orders".to_owned(),
        arguments: Some(BTreeMap::from([
            ("--day".to_owned(), day),
            ("--job-bookmark-option".to_owned(), "job-bookmark-enable".to_owned()),
        ])),
        worker_type: Some(glue::WorkerType::G_1X.to_owned()),
        number_of_workers: Some(10),
        ..Default::default()
    };
    let run = glue::start_job_run_sync(request)
        .retry(Retry::on("Glue.ConcurrentRunsExceededException").max_attempts(5))
        .await;
    match run {
        Ok(run) => Ok(run.execution_time.unwrap_or_default()),
        Err(glue::StartJobRunError::TaskFailed(cause)) => Err(DataError::JobFailed { cause }),
        Err(glue::StartJobRunError::ConcurrentRunsExceeded(_)) => Err(DataError::Busy),
        Err(_) => Err(DataError::Refused),
    }
}

/// Cleans a data set with a job of DataBrew, and names the buckets that hold what it wrote.
#[workflow]
pub async fn clean(job: String) -> Result<Vec<String>, DataError> {
    match databrew::start_job_run_sync(databrew::StartJobRunRequest { name: job }).await {
        Ok(run) => {
            Ok(run.outputs.unwrap_or_default().into_iter().map(|output| output.location.bucket).collect::<Vec<_>>())
        }
        Err(databrew::StartJobRunError::TaskFailed(cause)) => Err(DataError::JobFailed { cause }),
        Err(databrew::StartJobRunError::Conflict(_)) => Err(DataError::Busy),
        Err(_) => Err(DataError::Refused),
    }
}

/// The customers of a country: the first row of a result names its columns.
#[workflow]
pub async fn customers(country: String) -> Result<Vec<String>, DataError> {
    let request = athena::StartQueryExecutionRequest {
        query_string: "SELECT name FROM customers WHERE country = ?".to_owned(),
        execution_parameters: Some(vec![country]),
        query_execution_context: Some(athena::QueryExecutionContext {
            database: Some("shop".to_owned()),
            ..Default::default()
        }),
        result_configuration: Some(athena::ResultConfiguration {
            output_location: Some("s3://query-results/customers/".to_owned()),
            ..Default::default()
        }),
        work_group: Some("reports".to_owned()),
        ..Default::default()
    };
    let query = match athena::start_query_execution_sync(request).await {
        Ok(answer) => answer.query_execution.unwrap_or_default(),
        Err(athena::StartQueryExecutionError::TaskFailed(cause)) => return Err(DataError::QueryFailed { cause }),
        Err(athena::StartQueryExecutionError::TooManyRequests(_)) => return Err(DataError::Busy),
        Err(_) => return Err(DataError::Refused),
    };
    let results = athena::GetQueryResultsRequest {
        query_execution_id: query.query_execution_id.unwrap_or_default(),
        max_results: Some(100),
        ..Default::default()
    };
    let page = athena::get_query_results(results).await.map_err(|_| DataError::Refused)?;
    let mut names = Vec::new();
    for row in page.result_set.unwrap_or_default().rows.unwrap_or_default().into_iter().skip(1) {
        for datum in row.data.unwrap_or_default() {
            names.push(datum.var_char_value.unwrap_or_default());
        }
    }
    Ok(names)
}
