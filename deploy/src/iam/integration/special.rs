//! Rights that depend on more than one argument.

use super::{Call, Needs};
use crate::{
    arn::{Arn, Part},
    iam::{
        Text,
        name::{Form, QUEUE},
        needs::{Absent, Named},
    },
};

/// The right to call functions, with whatever version or alias their ARNs have.
pub(in crate::iam) fn invoke(needs: &mut Needs, call: &Call, functions: Vec<Arn>) {
    needs.add(call, "LambdaInvoke", &["lambda:InvokeFunction"], functions.into_iter().map(Text::Arn).collect());
}

/// `FunctionName` is a name, an ARN or what is between them, with a version or alias or without; `Qualifier` is one, too.
pub(super) fn lambda(needs: &mut Needs, call: &Call) {
    let form = Form::Read(function, "the name or the ARN of a function");
    let mut functions = needs.arns(call, Named { argument: "FunctionName", absent: Absent::Required, form });
    let qualifiers = needs.texts(call, "Qualifier", Absent::None);
    if !qualifiers.is_empty() {
        functions = functions
            .iter()
            .flat_map(|arn| qualifiers.iter().map(|(qualifier, _)| qualified(arn, qualifier)))
            .collect();
    }
    invoke(needs, call, functions);
}

/// `NAME`, `NAME:QUALIFIER`, `ACCOUNT:function:NAME` or an ARN.
pub(in crate::iam) fn function(text: &str) -> Option<Vec<Arn>> {
    if let Ok(arn) = text.parse::<Arn>() {
        return arn.resource.starts_with("function:").then(|| vec![arn]);
    }
    let here = Arn::here("lambda", "");
    let arn = match text.split_once(":function:") {
        Some((account, name)) => {
            let account = Part::Given(account.to_owned());
            Arn { account, ..here.with_resource(format!("function:{name}")) }
        }
        None => here.with_resource(format!("function:{}", text.strip_prefix("function:").unwrap_or(text))),
    };
    Some(vec![arn])
}

fn qualified(arn: &Arn, qualifier: &str) -> Arn {
    match arn.resource.matches(':').count() {
        1 => arn.with_resource(format!("{}:{qualifier}", arn.resource)),
        _ => arn.clone(),
    }
}

/// What is published to is a topic, an endpoint or a phone.
pub(super) fn publish(needs: &mut Needs, call: &Call) {
    let arns =
        |needs: &mut Needs, argument| needs.arns(call, Named { argument, absent: Absent::None, form: Form::Arn });
    let topics = [arns(needs, "TopicArn"), arns(needs, "TargetArn")].concat();
    let mut targets: Vec<_> = topics.iter().cloned().map(Text::Arn).collect();
    if call.arguments.has("PhoneNumber") {
        // Phones are no resources.
        targets.push(Text::any());
    }
    needs.add(call, "SnsPublish", &["sns:Publish"], targets);
    use_keys(needs, call, topics.iter().map(|topic| topic.resource.as_str()));
}

pub(super) fn send_message(needs: &mut Needs, call: &Call) {
    let queues = needs.arns(call, Named { argument: "QueueUrl", absent: Absent::Required, form: QUEUE });
    needs.add(call, "SqsSend", &["sqs:SendMessage"], queues.iter().cloned().map(Text::Arn).collect());
    use_keys(needs, call, queues.iter().map(|queue| queue.resource.as_str()));
}

/// Who writes what a customer managed key encrypts makes data keys of it.
pub(in crate::iam) fn use_keys<'n>(needs: &mut Needs, call: &Call, names: impl Iterator<Item = &'n str>) {
    let keys = needs.keys(names);
    needs.add(call, "EncryptionKeys", &["kms:GenerateDataKey", "kms:Decrypt"], keys);
}
