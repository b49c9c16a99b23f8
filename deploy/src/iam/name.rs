//! How services name their resources, and the ARNs of what is so named.

use super::Text;
use crate::arn::{Arn, Part, partition_of};

/// How a text names resources.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// By a name, or by an ARN whose resource is the name behind `prefix`.
    Named {
        /// Where such resources live.
        home: Home,
        /// The namespace in ARNs.
        service: &'static str,
        /// What is before the name in an ARN.
        prefix: &'static str,
        /// The resource to have rights to: `{}` is the name, `{lower}` the name in lower case, `{parent}` what is before its
        /// first colon.
        resource: &'static str,
    },
    /// By an ARN only, as which it is meant.
    Arn,
    /// In a way of its own.
    Read(fn(&str) -> Option<Vec<Arn>>, &'static str),
}

/// What an ARN says of the place of a resource.
#[derive(Clone, Copy)]
pub(super) enum Home {
    /// Region and account.
    Region,
    /// The account only.
    Account,
    /// Neither.
    Nowhere,
}

impl Form {
    /// The resources that a text names, or what such a text looks like.
    pub(super) fn arns(self, text: &str) -> Result<Vec<Arn>, String> {
        match self {
            Self::Named { home, service, prefix, resource } => {
                let given = named(text, home.arn(service), prefix);
                let (arn, name) = given.ok_or_else(|| format!("a name or an ARN of `{service}:…:{prefix}NAME`"))?;
                let parent = name.split(':').next().unwrap_or(&name);
                let resource = resource.replace("{lower}", &name.to_lowercase()).replace("{parent}", parent);
                Ok(vec![arn.with_resource(resource.replace("{}", &name))])
            }
            Self::Arn => text.parse().map(|arn| vec![arn]).map_err(|_| "an ARN".to_owned()),
            Self::Read(read, expected) => read(text).ok_or_else(|| expected.to_owned()),
        }
    }
}

impl Home {
    fn arn(self, service: &str) -> Arn {
        match self {
            Self::Region => Arn::here(service, ""),
            Self::Account => Arn::global(service, ""),
            Self::Nowhere => Arn::public(service, ""),
        }
    }
}

/// A queue by its URL, `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`.
pub(super) const QUEUE: Form = Form::Read(queue, "the URL of a queue, `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`");

/// A bucket by its name.
pub(super) const BUCKET: Form = Form::Named { home: Home::Nowhere, service: "s3", prefix: "", resource: "{}" };

/// A bucket, or an object in it, by `s3://BUCKET/KEY`; what ends with `/` stands for all objects below.
pub(super) const S3_URI: Form = Form::Read(s3_objects, "a location in S3, `s3://BUCKET/KEY`");

/// The bucket of `s3://BUCKET/KEY`.
pub(super) const S3_URI_BUCKET: Form = Form::Read(s3_bucket, "a location in S3, `s3://BUCKET/KEY`");

/// A task definition by `FAMILY`, `FAMILY:REVISION` or its ARN: rights speak of revisions.
pub(super) const TASK_DEFINITION: Form = Form::Read(task_definition, "a task definition");

/// A job definition by `NAME`, `NAME:REVISION` or its ARN.
pub(super) const JOB_DEFINITION: Form = Form::Read(job_definition, "a job definition");

/// A model by its identifier or ARN, or an inference profile by its.
pub(super) const MODEL: Form = Form::Read(model, "a model or an inference profile");

/// The objects with these keys in these buckets.
pub(super) fn objects_within(buckets: &[Arn], keys: &[String]) -> Vec<Text> {
    let object = |bucket: &Arn, key: &String| Text::Arn(bucket.with_resource(format!("{}/{key}", bucket.resource)));
    buckets.iter().flat_map(|bucket| keys.iter().map(move |key| object(bucket, key))).collect()
}

fn queue(url: &str) -> Option<Vec<Arn>> {
    let mut parts = url.strip_prefix("https://")?.split('/');
    let (host, account, name) = (parts.next()?, parts.next()?, parts.next()?);
    let mut labels = host.split('.');
    // The old form has the region first: `eu-west-1.queue.amazonaws.com`.
    let region = match (labels.next()?, labels.next()?) {
        ("sqs", region) => region,
        (region, "queue") => region,
        _ => return None,
    };
    let arn = format!("arn:{}:sqs:{region}:{account}:{name}", partition_of(region));
    Some(vec![arn.parse().ok()?])
}

fn s3_objects(uri: &str) -> Option<Vec<Arn>> {
    let (bucket, key) = s3_parts(uri)?;
    let all = if key.is_empty() || key.ends_with('/') { "*" } else { "" };
    Some(vec![Arn::public("s3", format!("{bucket}/{key}{all}"))])
}

fn s3_bucket(uri: &str) -> Option<Vec<Arn>> {
    Some(vec![Arn::public("s3", s3_parts(uri)?.0)])
}

/// Bucket and key.
fn s3_parts(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("s3://")?;
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    (!bucket.is_empty()).then_some((bucket, key))
}

fn task_definition(text: &str) -> Option<Vec<Arn>> {
    let (arn, name) = named(text, Arn::here("ecs", ""), "task-definition/")?;
    let revision = if name.contains(':') { "" } else { ":*" };
    Some(vec![arn.with_resource(format!("task-definition/{name}{revision}"))])
}

/// Without a revision the active one is taken, so the right needs to be for the name and for its revisions.
fn job_definition(text: &str) -> Option<Vec<Arn>> {
    let (arn, name) = named(text, Arn::here("batch", ""), "job-definition/")?;
    let revisions = if name.contains(':') { None } else { Some(arn.with_resource(format!("job-definition/{name}:*"))) };
    Some([arn.with_resource(format!("job-definition/{name}"))].into_iter().chain(revisions).collect())
}

/// The geographies that begin the identifiers of inference profiles.
const GEOGRAPHIES: [&str; 9] = ["us", "us-gov", "eu", "apac", "jp", "au", "ca", "sa", "global"];

/// An inference profile sends calls to the same model in several regions, so the model is needed in all of them.
fn model(text: &str) -> Option<Vec<Arn>> {
    if let Ok(arn) = text.parse::<Arn>() {
        let profile = arn.resource.strip_prefix("inference-profile/").and_then(profiled);
        return Some([arn].into_iter().chain(profile).collect());
    }
    if let Some(model) = profiled(text) {
        return Some(vec![Arn::here("bedrock", format!("inference-profile/{text}")), model]);
    }
    let model = format!("foundation-model/{text}");
    Some(vec![Arn { region: Part::Open, ..Arn::public("bedrock", model) }])
}

/// The model that a system-defined inference profile is for.
fn profiled(profile: &str) -> Option<Arn> {
    let (geography, model) = profile.split_once('.')?;
    let region = Part::Given("*".to_owned());
    GEOGRAPHIES
        .contains(&geography)
        .then(|| Arn { region, ..Arn::public("bedrock", format!("foundation-model/{model}")) })
}

/// The name that a text is, or that stands behind `prefix` in an ARN; with the ARN, or the one of the place.
fn named(text: &str, place: Arn, prefix: &str) -> Option<(Arn, String)> {
    match text.parse::<Arn>() {
        Ok(arn) => arn.resource.strip_prefix(prefix).map(|name| (arn.clone(), name.to_owned())),
        Err(_) => Some((place, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(form: Form, text: &str) -> Result<Vec<String>, String> {
        form.arns(text).map(|arns| arns.iter().map(Arn::to_string).collect())
    }

    #[test]
    fn names_become_arns() {
        let table = Form::Named { home: Home::Region, service: "dynamodb", prefix: "table/", resource: "table/{}" };
        let here = "${AWS::Region}:${AWS::AccountId}";
        for (form, text, arns) in [
            (table, "orders", vec![format!("arn:${{AWS::Partition}}:dynamodb:{here}:table/orders")]),
            (
                table,
                "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
                vec!["arn:aws:dynamodb:eu-west-1:123456789012:table/orders".to_owned()],
            ),
            (
                QUEUE,
                "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/orders",
                vec!["arn:aws-cn:sqs:cn-north-1:123456789012:orders".to_owned()],
            ),
            (
                QUEUE,
                "https://eu-west-1.queue.amazonaws.com/123456789012/orders",
                vec!["arn:aws:sqs:eu-west-1:123456789012:orders".to_owned()],
            ),
            (
                QUEUE,
                "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/orders",
                vec![format!("arn:${{AWS::Partition}}:sqs:{here}:orders")],
            ),
            (S3_URI, "s3://bucket/in/", vec!["arn:${AWS::Partition}:s3:::bucket/in/*".to_owned()]),
            (S3_URI, "s3://bucket/in.csv", vec!["arn:${AWS::Partition}:s3:::bucket/in.csv".to_owned()]),
            (S3_URI_BUCKET, "s3://bucket", vec!["arn:${AWS::Partition}:s3:::bucket".to_owned()]),
            (
                MODEL,
                "eu.anthropic.claude-3",
                vec![
                    format!("arn:${{AWS::Partition}}:bedrock:{here}:inference-profile/eu.anthropic.claude-3"),
                    "arn:${AWS::Partition}:bedrock:*::foundation-model/anthropic.claude-3".to_owned(),
                ],
            ),
            (
                MODEL,
                "amazon.titan",
                vec!["arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.titan".to_owned()],
            ),
        ] {
            assert_eq!(told(form, text), Ok(arns), "{text}");
        }
    }

    #[test]
    fn what_names_nothing_is_refused() {
        let table = Form::Named { home: Home::Region, service: "dynamodb", prefix: "table/", resource: "table/{}" };
        for (form, text) in [
            (table, "arn:aws:sqs:eu-west-1:123456789012:orders"),
            (QUEUE, "orders"),
            (QUEUE, "https://example.com/123456789012/orders"),
            (S3_URI, "bucket/key"),
            (Form::Arn, "orders"),
        ] {
            assert!(told(form, text).is_err(), "{text}");
        }
    }
}
