//! Workflows that call actions of AWS services through `aws_sdk!`. That the modules of awkward actions compile is part of the test: shapes
//! that hold themselves, unions, documents, names of Rust's prelude, actions that take nothing.

use stepwright::prelude::*;

stepwright::aws_sdk!(
    s3::{head_object, list_objects_v2, put_object},
    dynamodb::query,
    rds::describe_db_instances,
    wafv2::create_web_acl,
    bedrockruntime::converse,
    emr::run_job_flow,
    quicksight::create_dashboard,
    sts::get_caller_identity,
    sqs::{send_message, send_message_wait_for_task_token},
    sns::publish_wait_for_task_token,
);

#[workflow]
async fn count(bucket: String, prefix: Option<String>) -> Result<i32, s3::ListObjectsV2Error> {
    let mut total = 0;
    let mut token = None;
    loop {
        let request = s3::ListObjectsV2Request {
            bucket: bucket.clone(),
            prefix: prefix.clone(),
            continuation_token: token,
            encoding_type: Some(s3::EncodingType::URL.to_owned()),
            ..Default::default()
        };
        let page = match s3::list_objects_v2(request).await {
            Ok(page) => page,
            Err(s3::ListObjectsV2Error::NoSuchBucket(_)) => return Ok(0),
            Err(error) => return Err(error),
        };
        total += page.key_count.unwrap_or_default();
        token = page.next_continuation_token;
        if token.is_none() {
            return Ok(total);
        }
    }
}

#[tokio::test]
async fn a_workflow_calls_an_action() {
    insta::assert_snapshot!(count::definition().to_json());
    let answer = |request: s3::ListObjectsV2Request| match request.bucket.as_str() {
        "none" => Err(s3::ListObjectsV2Error::NoSuchBucket("it is not there (Service: S3)".to_owned())),
        "closed" => Err(s3::ListObjectsV2Error::Other { name: "S3.S3Exception".to_owned(), cause: "no".to_owned() }),
        _ => Ok(s3::ListObjectsV2Response {
            key_count: Some(2),
            next_continuation_token: request.continuation_token.is_none().then(|| "next".to_owned()),
            ..Default::default()
        }),
    };
    for (bucket, expected) in [("full", Ok(4)), ("none", Ok(0)), ("closed", Err("S3.S3Exception"))] {
        let native = count::native().mock::<s3::list_objects_v2>(answer).run((bucket.to_owned(), None)).await;
        let local = count::local().mock::<s3::list_objects_v2>(answer).run((bucket.to_owned(), None)).await;
        for result in [native.result(), local.result()] {
            assert_eq!(result.map_err(|failure| failure.name), expected.map_err(str::to_owned), "{bucket}");
        }
    }
}
