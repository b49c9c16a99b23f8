//! Example workflows that call AWS services, a module for each service or kind of job; the machines they become are in `asl/`.

pub mod apigateway;
pub mod bedrock;
pub mod builds;
pub mod containers;
pub mod data;
pub mod dynamodb;
pub mod eventbridge;
pub mod http;
pub mod lambda;
pub mod learning;
pub mod media;
pub mod sdk;
pub mod sns;
pub mod spark;
pub mod sqs;
pub mod stepfunctions;
