//! Typed tasks for the optimized integrations of Step Functions, a module for each service.
//!
//! In each, an action is a task without a body; `…_sync` waits for the end of the job that it starts,
//! `…_wait_for_task_token` for an answer to the token that its request is made of. What an action takes and answers is as
//! Step Functions has it, which differs from the API in places: a message, a payload or an input is any JSON (see [`to_json()`] and [`from_json()`]), and some parameters are not
//! there. Answers also hold `SdkHttpMetadata` and `SdkResponseMetadata`, which the types leave out.
//!
//! What holds for the types of `aws_sdk!` holds here.

#[cfg(feature = "aws-dynamodb")]
mod item;
mod json;
pub(crate) mod status;

pub use json::{from_json, to_json};

#[cfg(feature = "aws-apigateway")]
#[rustfmt::skip]
pub mod apigateway;
#[cfg(feature = "aws-athena")]
#[rustfmt::skip]
pub mod athena;
#[cfg(feature = "aws-batch")]
#[rustfmt::skip]
pub mod batch;
#[cfg(feature = "aws-bedrock")]
#[rustfmt::skip]
pub mod bedrock;
#[cfg(feature = "aws-codebuild")]
#[rustfmt::skip]
pub mod codebuild;
#[cfg(feature = "aws-databrew")]
#[rustfmt::skip]
pub mod databrew;
#[cfg(feature = "aws-dynamodb")]
#[rustfmt::skip]
pub mod dynamodb;
#[cfg(feature = "aws-ecs")]
#[rustfmt::skip]
pub mod ecs;
#[cfg(feature = "aws-eks")]
#[rustfmt::skip]
pub mod eks;
#[cfg(feature = "aws-emr")]
#[rustfmt::skip]
pub mod emr;
#[cfg(feature = "aws-emr-containers")]
#[rustfmt::skip]
pub mod emr_containers;
#[cfg(feature = "aws-emr-serverless")]
#[rustfmt::skip]
pub mod emr_serverless;
#[cfg(feature = "aws-eventbridge")]
#[rustfmt::skip]
pub mod eventbridge;
#[cfg(feature = "aws-glue")]
#[rustfmt::skip]
pub mod glue;
#[cfg(feature = "aws-http")]
#[rustfmt::skip]
pub mod http;
#[cfg(feature = "aws-lambda")]
#[rustfmt::skip]
pub mod lambda;
#[cfg(feature = "aws-mediaconvert")]
#[rustfmt::skip]
pub mod mediaconvert;
#[cfg(feature = "aws-sagemaker")]
#[rustfmt::skip]
pub mod sagemaker;
#[cfg(feature = "aws-sns")]
#[rustfmt::skip]
pub mod sns;
#[cfg(feature = "aws-sqs")]
#[rustfmt::skip]
pub mod sqs;
#[cfg(feature = "aws-stepfunctions")]
#[rustfmt::skip]
pub mod stepfunctions;
