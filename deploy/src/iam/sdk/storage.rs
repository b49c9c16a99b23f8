//! Actions of S3, whose resources are buckets or the objects in them.

use super::{Call, Needs, Text, action, sid};
use crate::{
    arn::Arn,
    iam::{
        integration::use_keys,
        name::{BUCKET, Form, objects_within},
        needs::{Absent, Named},
    },
};

/// Actions that become others by an argument.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("VersionId", "s3:DeleteObject", "s3:DeleteObjectVersion"),
    ("VersionId", "s3:GetObject", "s3:GetObjectVersion"),
    ("VersionId", "s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"),
];

/// Actions that need another as well by an argument.
const BESIDES: &[(&str, &str, &str)] =
    &[("Acl", "s3:PutObject", "s3:PutObjectAcl"), ("Tagging", "s3:PutObject", "s3:PutObjectTagging")];

pub(super) fn rights(needs: &mut Needs, call: &Call, api: &str) {
    let mut actions = action::actions("s3", api);
    for (_, action, other) in INSTEAD.iter().filter(|(argument, ..)| call.arguments.has(argument)) {
        actions.iter_mut().filter(|known| known == action).for_each(|known| *known = (*other).to_owned());
    }
    for (_, action, other) in BESIDES.iter().filter(|(argument, ..)| call.arguments.has(argument)) {
        if actions.iter().any(|known| known == action) {
            actions.push((*other).to_owned());
        }
    }
    let actions: Vec<_> = actions.iter().map(String::as_str).collect();
    if api == "listBuckets" {
        // The list of all buckets belongs to none.
        return needs.add(call, &sid(&actions), &actions, vec![Text::any()]);
    }
    let buckets = needs.arns(call, Named { argument: "Bucket", absent: Absent::Required, form: BUCKET });
    let resources = if actions.iter().all(|action| is_of_objects(action)) {
        let argument = if api == "deleteObjects" { "Delete.Objects.Key" } else { "Key" };
        objects_within(&buckets, &texts(needs, call, argument))
    } else {
        buckets.iter().cloned().map(Text::Arn).collect()
    };
    needs.add(call, &sid(&actions), &actions, resources);
    if matches!(api, "copyObject" | "uploadPartCopy") {
        let form = Form::Read(source, "a source of a copy, `BUCKET/KEY`");
        let sources = needs.arns(call, Named { argument: "CopySource", absent: Absent::Required, form });
        let names: Vec<_> = sources.iter().filter_map(|source| source.resource.split('/').next()).collect();
        let keys = needs.keys(names.into_iter());
        needs.add(call, "S3GetObject", &["s3:GetObject"], sources.iter().cloned().map(Text::Arn).collect());
        needs.add(call, "DecryptionKeys", &["kms:Decrypt"], keys);
    }
    let names = buckets.iter().map(|bucket| bucket.resource.as_str());
    if actions.contains(&"s3:PutObject") {
        use_keys(needs, call, names);
    } else if actions.iter().any(|action| action.starts_with("s3:GetObject")) {
        let keys = needs.keys(names);
        needs.add(call, "DecryptionKeys", &["kms:Decrypt"], keys);
    }
}

/// Whether the resources of an action are objects, and not buckets.
fn is_of_objects(action: &str) -> bool {
    let of_uploads = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
    action.contains("Object") && !action.contains("Bucket") || of_uploads.contains(&action)
}

/// The objects that an action of another service reads as the caller: `S3Object` in its arguments.
pub(super) fn read_by_others(needs: &mut Needs, call: &Call) {
    for object in call.arguments.named(|name| name == "S3Object") {
        let buckets = texts(needs, call, &format!("{object}.Bucket"));
        let names = texts(needs, call, &format!("{object}.Name"));
        let arns: Vec<_> = buckets.iter().map(|bucket| Arn::public("s3", bucket)).collect();
        let objects = objects_within(&arns, &names);
        needs.add(call, "S3GetObject", &["s3:GetObject"], objects);
        let keys = needs.keys(buckets.iter().map(String::as_str));
        needs.add(call, "DecryptionKeys", &["kms:Decrypt"], keys);
    }
}

fn texts(needs: &mut Needs, call: &Call, argument: &str) -> Vec<String> {
    needs.texts(call, argument, Absent::Required).into_iter().map(|(text, _)| text).collect()
}

/// The object that is copied; a version of it is the same resource.
fn source(text: &str) -> Option<Vec<Arn>> {
    let object = text.trim_start_matches('/').split("?versionId=").next()?;
    object.contains('/').then(|| vec![Arn::public("s3", object)])
}
