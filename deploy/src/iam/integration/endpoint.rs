//! Calls of HTTP endpoints.

use super::{Call, Needs};
use crate::{
    arn::{Arn, Part, partition_of},
    iam::{
        Text,
        name::Form,
        needs::{Absent, Named},
        rights::condition,
    },
};

/// API Gateway asks IAM only about signed calls. The resource is `API/STAGE/METHOD/PATH`.
pub(super) fn api_gateway(needs: &mut Needs, call: &Call) {
    if call.arguments.text("AuthType").is_none_or(|kind| kind == "NO_AUTH") && !is_open(call, "AuthType") {
        return;
    }
    let form = Form::Read(api, "the host of an API, `API.execute-api.REGION.amazonaws.com`");
    let apis = needs.arns(call, Named { argument: "ApiEndpoint", absent: Absent::Required, form });
    let methods = needs.texts(call, "Method", Absent::Required);
    let stages = needs.texts(call, "Stage", Absent::Default("$default"));
    let paths = needs.texts(call, "Path", Absent::Default("/"));
    let mut resources = Vec::new();
    for api in &apis {
        for (stage, _) in &stages {
            for (method, _) in &methods {
                for (path, _) in &paths {
                    let path = path.trim_start_matches('/');
                    resources.push(api.with_resource(format!("{}/{stage}/{method}/{path}", api.resource)).into());
                }
            }
        }
    }
    needs.add(call, "ApiInvoke", &["execute-api:Invoke"], resources);
}

/// Whether an argument is there, but only an execution can tell it.
fn is_open(call: &Call, argument: &str) -> bool {
    call.arguments.has(argument) && call.arguments.text(argument).is_none()
}

fn api(host: &str) -> Option<Vec<Arn>> {
    let (api, rest) = host.split_once(".execute-api.")?;
    let region = rest.split('.').next()?;
    let partition = partition_of(region);
    let arn: Arn = format!("arn:{partition}:execute-api:{region}:*:{api}").parse().ok()?;
    Some(vec![Arn { account: Part::Open, ..arn }])
}

/// The machine may call the endpoint with the method, and look up what the connection authorizes with.
///
/// The resource is the machine, as in the documentation's policies, though the service authorization reference knows none.
pub(super) fn http(needs: &mut Needs, call: &Call) {
    let texts = |texts: Vec<(String, _)>| texts.into_iter().map(|(text, _)| Text::Literal(text)).collect::<Vec<_>>();
    let endpoints = texts(needs.texts(call, "ApiEndpoint", Absent::Required));
    let methods = texts(needs.texts(call, "Method", Absent::Required));
    let mut only = condition("StringLike", "states:HTTPEndpoint", endpoints);
    only.extend(condition("StringEquals", "states:HTTPMethod", methods));
    let machine = Arn::here("states", format!("stateMachine:{}", needs.machine.name));
    needs.add_if(call, "HttpInvoke", &["states:InvokeHTTPEndpoint"], vec![machine.into()], only);

    let argument = ["InvocationConfig.ConnectionArn", "Authentication.ConnectionArn"]
        .into_iter()
        .find(|argument| call.arguments.has(argument))
        .unwrap_or("InvocationConfig.ConnectionArn");
    let connections = needs.arns(call, Named { argument, absent: Absent::Required, form: Form::Arn });
    let secrets = connections.iter().filter_map(secret).map(Text::Arn).collect();
    let connections = connections.into_iter().map(Text::Arn).collect();
    needs.add(call, "HttpConnection", &["events:RetrieveConnectionCredentials"], connections);
    needs.add(call, "HttpSecret", &["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], secrets);
}

/// The secret that EventBridge keeps for a connection: the ARN of a connection is `connection/NAME/ID`.
fn secret(connection: &Arn) -> Option<Arn> {
    let name = connection.resource.strip_prefix("connection/")?.split('/').next()?;
    let service = "secretsmanager".to_owned();
    Some(Arn { service, ..connection.with_resource(format!("secret:events!connection/{name}/*")) })
}
