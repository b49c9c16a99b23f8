//! What IAM calls the actions of the SDK.
//!
//! Most are `SERVICE:Api`. These are the exceptions.

use super::prefix::PREFIXES;

/// Services that AWS has closed, or calls otherwise by now: there are no models of them.
const FORMER: [(&str, &str); 5] = [
    ("alexaforbusiness", "a4b"),
    ("cloudwatchevents", "events"),
    ("elasticinference", "elastic-inference"),
    ("opsworkscm", "opsworks-cm"),
    ("qldbsession", "qldb"),
];

/// APIs whose actions IAM calls otherwise, or that need more than one. Source: Service Authorization Reference.
pub(super) const ACTIONS: &[(&str, &str, &[&str])] = &[
    ("bedrock", "converse", &["bedrock:InvokeModel"]),
    (
        "dynamodb",
        "transactWriteItems",
        &["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"],
    ),
    ("dynamodb", "transactGetItems", &["dynamodb:GetItem"]),
    ("lambda", "invoke", &["lambda:InvokeFunction"]),
    ("s3", "completeMultipartUpload", &["s3:PutObject"]),
    ("s3", "copyObject", &["s3:PutObject"]),
    ("s3", "createMultipartUpload", &["s3:PutObject"]),
    ("s3", "deleteBucketAnalyticsConfiguration", &["s3:PutAnalyticsConfiguration"]),
    ("s3", "deleteBucketCors", &["s3:PutBucketCORS"]),
    ("s3", "deleteBucketEncryption", &["s3:PutEncryptionConfiguration"]),
    ("s3", "deleteBucketIntelligentTieringConfiguration", &["s3:PutIntelligentTieringConfiguration"]),
    ("s3", "deleteBucketInventoryConfiguration", &["s3:PutInventoryConfiguration"]),
    ("s3", "deleteBucketLifecycle", &["s3:PutLifecycleConfiguration"]),
    ("s3", "deleteBucketMetricsConfiguration", &["s3:PutMetricsConfiguration"]),
    ("s3", "deleteBucketOwnershipControls", &["s3:PutBucketOwnershipControls"]),
    ("s3", "deleteBucketReplication", &["s3:PutReplicationConfiguration"]),
    ("s3", "deleteBucketTagging", &["s3:PutBucketTagging"]),
    ("s3", "deleteObjects", &["s3:DeleteObject"]),
    ("s3", "deletePublicAccessBlock", &["s3:PutBucketPublicAccessBlock"]),
    ("s3", "getBucketAccelerateConfiguration", &["s3:GetAccelerateConfiguration"]),
    ("s3", "getBucketAnalyticsConfiguration", &["s3:GetAnalyticsConfiguration"]),
    ("s3", "getBucketCors", &["s3:GetBucketCORS"]),
    ("s3", "getBucketEncryption", &["s3:GetEncryptionConfiguration"]),
    ("s3", "getBucketIntelligentTieringConfiguration", &["s3:GetIntelligentTieringConfiguration"]),
    ("s3", "getBucketInventoryConfiguration", &["s3:GetInventoryConfiguration"]),
    ("s3", "getBucketLifecycleConfiguration", &["s3:GetLifecycleConfiguration"]),
    ("s3", "getBucketMetricsConfiguration", &["s3:GetMetricsConfiguration"]),
    ("s3", "getBucketNotificationConfiguration", &["s3:GetBucketNotification"]),
    ("s3", "getBucketReplication", &["s3:GetReplicationConfiguration"]),
    ("s3", "getObjectAttributes", &["s3:GetObject", "s3:GetObjectAttributes"]),
    ("s3", "getObjectLockConfiguration", &["s3:GetBucketObjectLockConfiguration"]),
    ("s3", "getPublicAccessBlock", &["s3:GetBucketPublicAccessBlock"]),
    ("s3", "headBucket", &["s3:ListBucket"]),
    ("s3", "headObject", &["s3:GetObject"]),
    ("s3", "listBucketAnalyticsConfigurations", &["s3:GetAnalyticsConfiguration"]),
    ("s3", "listBucketIntelligentTieringConfigurations", &["s3:GetIntelligentTieringConfiguration"]),
    ("s3", "listBucketInventoryConfigurations", &["s3:GetInventoryConfiguration"]),
    ("s3", "listBucketMetricsConfigurations", &["s3:GetMetricsConfiguration"]),
    ("s3", "listBuckets", &["s3:ListAllMyBuckets"]),
    ("s3", "listMultipartUploads", &["s3:ListBucketMultipartUploads"]),
    ("s3", "listObjectVersions", &["s3:ListBucketVersions"]),
    ("s3", "listObjects", &["s3:ListBucket"]),
    ("s3", "listObjectsV2", &["s3:ListBucket"]),
    ("s3", "listParts", &["s3:ListMultipartUploadParts"]),
    ("s3", "putBucketAccelerateConfiguration", &["s3:PutAccelerateConfiguration"]),
    ("s3", "putBucketAnalyticsConfiguration", &["s3:PutAnalyticsConfiguration"]),
    ("s3", "putBucketCors", &["s3:PutBucketCORS"]),
    ("s3", "putBucketEncryption", &["s3:PutEncryptionConfiguration"]),
    ("s3", "putBucketIntelligentTieringConfiguration", &["s3:PutIntelligentTieringConfiguration"]),
    ("s3", "putBucketInventoryConfiguration", &["s3:PutInventoryConfiguration"]),
    ("s3", "putBucketLifecycleConfiguration", &["s3:PutLifecycleConfiguration"]),
    ("s3", "putBucketMetricsConfiguration", &["s3:PutMetricsConfiguration"]),
    ("s3", "putBucketNotificationConfiguration", &["s3:PutBucketNotification"]),
    ("s3", "putBucketReplication", &["s3:PutReplicationConfiguration"]),
    ("s3", "putObjectLockConfiguration", &["s3:PutBucketObjectLockConfiguration"]),
    ("s3", "putPublicAccessBlock", &["s3:PutBucketPublicAccessBlock"]),
    ("s3", "uploadPart", &["s3:PutObject"]),
    ("s3", "uploadPartCopy", &["s3:PutObject"]),
];

/// What IAM calls a service of the SDK.
pub(super) fn prefix(service: &str) -> &str {
    let known = PREFIXES.iter().chain(&FORMER);
    known.into_iter().find(|(name, _)| *name == service).map_or(service, |(_, prefix)| prefix)
}

/// What IAM calls the actions that an API needs.
pub(super) fn actions(prefix: &str, api: &str) -> Vec<String> {
    match ACTIONS.iter().find(|(service, name, _)| (*service, *name) == (prefix, api)) {
        Some((_, _, actions)) => actions.iter().map(|action| (*action).to_owned()).collect(),
        None => vec![format!("{prefix}:{}", capitalized(api))],
    }
}

/// The name with a capital first letter.
pub(super) fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
