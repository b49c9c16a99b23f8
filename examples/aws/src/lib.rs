//! Example workflows that call AWS services, a module for each service; the machines they become are in `asl/`.

pub mod apigateway;
pub mod bedrock;
pub mod dynamodb;
pub mod eventbridge;
pub mod http;
pub mod lambda;
pub mod sdk;
pub mod sns;
pub mod sqs;
pub mod stepfunctions;
