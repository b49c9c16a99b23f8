//! Builds of CodeBuild and the reports of their tests.

use stepwright::{aws::codebuild, prelude::*};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum BuildError {
    #[error("the build failed: {cause}")]
    Failed { cause: String },
    #[error("refused: {cause}")]
    Refused { cause: String },
}

/// Builds a commit, and tells how many tests ran.
#[workflow]
pub async fn build(commit: String) -> Result<i32, BuildError> {
    let request = codebuild::StartBuildRequest {
        project_name: "shop".to_owned(),
        source_version: Some(commit),
        environment_variables_override: Some(vec![codebuild::EnvironmentVariable {
            name: "PROFILE".to_owned(),
            value: "release".to_owned(),
            r#type: Some(codebuild::EnvironmentVariableType::PLAINTEXT.to_owned()),
        }]),
        ..Default::default()
    };
    let built = match codebuild::start_build_sync(request).await {
        Ok(answer) => answer.build.unwrap_or_default(),
        Err(codebuild::StartBuildError::TaskFailed(cause)) => return Err(BuildError::Failed { cause }),
        Err(codebuild::StartBuildError::ResourceNotFound(cause)) => return Err(BuildError::Refused { cause }),
        Err(_) => return Err(BuildError::Refused { cause: "CodeBuild".to_owned() }),
    };
    let reports = codebuild::BatchGetReportsRequest { report_arns: built.report_arns.unwrap_or_default() };
    let answer = codebuild::batch_get_reports(reports)
        .await
        .map_err(|_| BuildError::Refused { cause: "no reports".to_owned() })?;
    let mut tests = 0;
    for report in answer.reports.unwrap_or_default() {
        tests += report.test_summary.map(|summary| summary.total).unwrap_or(0);
    }
    Ok(tests)
}
