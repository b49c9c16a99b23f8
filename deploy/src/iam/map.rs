//! Distributed maps: the executions they start, the data they read, and the results they write.
//!
//! The children run with the machine's own role, so what the states in the item processor need goes into the same policy.

use serde_json::Value;
use stepwright_asl::{
    ItemReader, Map, PlacedState, Pointer, ProcessorMode, ReaderTransformation, Resource, ResultWriter,
};

use super::{
    Condition, Problem, Text,
    execution::source,
    integration::use_keys,
    name::{BUCKET, S3_URI, objects_within},
    needs::{Absent, Call, Named, Needs, payload},
    rights::condition,
};
use crate::arn::Arn;

/// What the author calls the objects that a manifest lists, which the definition does not name: `s3://BUCKET/KEY`.
const MANIFESTED: &str = "Objects";

/// Adds what a Map state needs, if it is distributed.
pub(super) fn map<'a>(needs: &mut Needs<'a>, placed: &PlacedState<'a>, map: &'a Map) {
    let config = map.processor().and_then(|processor| processor.processor_config.as_ref());
    if config.and_then(|config| config.mode) != Some(ProcessorMode::Distributed) {
        return;
    }
    executions(needs, placed, map.label.as_deref());
    if let Some(reader) = &map.item_reader {
        read(needs, placed, reader);
    }
    if let Some(writer) = &map.result_writer {
        write(needs, placed, writer);
    }
}

/// The machine starts, watches and redrives executions of itself. Those of a Map Run have its label behind the machine's name.
fn executions(needs: &mut Needs, placed: &PlacedState, label: Option<&str>) {
    let name = needs.machine.name;
    let own = |resource: String| Text::Arn(Arn::here("states", resource));
    let children = own(format!("execution:{name}/{}:*", label.unwrap_or("*")));
    let mut add = |sid: &str, actions: &[&str], resources: Vec<Text>| {
        needs.rights.add(sid, actions, resources, Condition::new(), &source(placed));
    };
    add("MapStart", &["states:StartExecution"], vec![own(format!("stateMachine:{name}"))]);
    let watched = vec![own(format!("execution:{name}:*")), children.clone()];
    add("MapWatch", &["states:DescribeExecution", "states:StopExecution"], watched);
    add("MapRedrive", &["states:RedriveExecution"], vec![children]);
}

fn read<'a>(needs: &mut Needs<'a>, placed: &PlacedState<'a>, reader: &'a ItemReader) {
    let at = placed.pointer.key("ItemReader");
    let call = call(needs, placed, &at, "ItemReader.", (reader.parameters.as_ref(), reader.arguments.as_ref()));
    let (listed, opened) = match (api(&reader.resource), &reader.reader_config) {
        (Some("getObject"), config) => (false, config.as_ref().is_some_and(|config| config.manifest_type.is_some())),
        (Some("listObjectsV2"), config) => {
            let transformation = config.as_ref().and_then(|config| config.transformation);
            (true, transformation == Some(ReaderTransformation::LoadAndFlatten))
        }
        _ => return needs.tell(&call, &at.key("Resource"), Problem::Resource { text: reader.resource.clone() }),
    };
    let buckets = needs.arns(&call, Named { argument: "Bucket", absent: Absent::Required, form: BUCKET });
    if listed {
        let prefixes = texts(needs, &call, "Prefix", Absent::Default(""));
        let narrow = prefixes.iter().all(|prefix| !prefix.is_empty());
        let starts = prefixes.iter().map(|prefix| Text::Literal(format!("{prefix}*")));
        let only = if narrow { condition("StringLike", "s3:prefix", starts) } else { Condition::new() };
        needs.add_if(&call, "ReaderList", &["s3:ListBucket"], buckets.iter().cloned().map(Text::Arn).collect(), only);
        if opened {
            let objects: Vec<_> = prefixes.iter().map(|prefix| format!("{prefix}*")).collect();
            needs.add(&call, "ReaderGet", &["s3:GetObject"], objects_within(&buckets, &objects));
        }
    } else {
        let keys = texts(needs, &call, "Key", Absent::Required);
        let get = if call.arguments.has("VersionId") { "s3:GetObjectVersion" } else { "s3:GetObject" };
        needs.add(&call, "ReaderGet", &[get], objects_within(&buckets, &keys));
        if opened {
            let listed = Named { argument: MANIFESTED, absent: Absent::Required, form: S3_URI };
            let objects = needs.resources(&call, listed);
            needs.add(&call, "ReaderGet", &["s3:GetObject"], objects);
        }
    }
    let keys = needs.keys(buckets.iter().map(|bucket| bucket.resource.as_str()));
    needs.add(&call, "DecryptionKeys", &["kms:Decrypt"], keys);
}

fn write<'a>(needs: &mut Needs<'a>, placed: &PlacedState<'a>, writer: &'a ResultWriter) {
    let Some(resource) = &writer.resource else { return };
    let at = placed.pointer.key("ResultWriter");
    let call = call(needs, placed, &at, "ResultWriter.", (writer.parameters.as_ref(), writer.arguments.as_ref()));
    if api(resource) != Some("putObject") {
        return needs.tell(&call, &at.key("Resource"), Problem::Resource { text: resource.clone() });
    }
    let buckets = needs.arns(&call, Named { argument: "Bucket", absent: Absent::Required, form: BUCKET });
    let below = |prefix: String| match prefix.trim_end_matches('/') {
        "" => "*".to_owned(),
        prefix => format!("{prefix}/*"),
    };
    let objects: Vec<_> = texts(needs, &call, "Prefix", Absent::Default("")).into_iter().map(below).collect();
    let actions = ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"];
    needs.add(&call, "WriterPut", &actions, objects_within(&buckets, &objects));
    use_keys(needs, &call, buckets.iter().map(|bucket| bucket.resource.as_str()));
}

/// What a reader or writer at a place of the definition does; parameters and arguments are those of either language.
fn call<'a>(
    needs: &Needs<'a>,
    placed: &PlacedState<'a>,
    at: &Pointer,
    prefix: &'static str,
    (parameters, arguments): (Option<&'a Value>, Option<&'a Value>),
) -> Call<'a> {
    let language = needs.machine.definition.language_of(placed.state);
    let (name, payload) = payload(language, parameters, arguments);
    Call {
        state: placed.name,
        source: source(placed),
        integration: String::new(),
        sync: false,
        arguments: needs.arguments(language, at.key(name), payload),
        prefix,
    }
}

/// The API of S3 that a resource calls.
fn api(resource: &str) -> Option<&str> {
    match Resource::parse(resource)? {
        Resource::Service(call) if call.service == "s3" => Some(call.action),
        _ => None,
    }
}

fn texts(needs: &mut Needs, call: &Call, argument: &str, absent: Absent) -> Vec<String> {
    needs.texts(call, argument, absent).into_iter().map(|(text, _)| text).collect()
}
