//! What the author of a machine says about rights.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::arn::Arn;

/// What a definition leaves open, so that its author has to say it.
///
/// ```toml
/// # The state "Send" sends to one of these queues; "sqs:sendMessage" instead would speak of all states that send.
/// [arguments."Send"]
/// QueueUrl = ["https://sqs.eu-west-1.amazonaws.com/123456789012/orders-*"]
///
/// [placeholders]
/// Table = "orders"
///
/// [keys]
/// reports = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// What an argument can be where it is an expression or is not given: by the name of the state or by the integration (as
    /// `sqs:sendMessage`, `aws-sdk:s3:getObject`), then by the name of the argument. Names within objects are put together by
    /// points, lists are passed over: `Overrides.TaskRoleArn`, `Entries.EventBusName`. What is said of a state comes first.
    ///
    /// The values have the form of the argument itself; `*` and `?` in them stand for any text and any character. What no
    /// argument tells has names of its own:
    ///
    /// | name | of | values |
    /// |---|---|---|
    /// | `Resources` | `aws-sdk:…` | the ARNs that the action uses; `*` if IAM knows no resources for it |
    /// | `Data` | `athena:startQueryExecution` | where the tables of the query are, `s3://BUCKET/PREFIX/` |
    /// | `WorkGroup` | `athena:getQueryResults` and others that have the id of a query | the workgroup of the query |
    /// | `ItemReader.Objects` | distributed maps that read a manifest | the objects that it lists, `s3://BUCKET/PREFIX/` |
    /// | `Overrides.TaskRoleArn`, `Overrides.ExecutionRoleArn` | `ecs:runTask` | the roles of the task definition |
    pub arguments: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// What the placeholders of the definition (`${NAME}`) stand for.
    pub placeholders: BTreeMap<String, String>,
    /// The customer managed keys that encrypt buckets, queues and topics, by name of the bucket, queue or topic.
    pub keys: BTreeMap<String, Arn>,
}
