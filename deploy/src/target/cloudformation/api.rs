//! The REST API: a method for each route, which starts an execution with the body of the request.

use super::resource::{Resource, tags, write};
use crate::{
    fingerprint::fingerprint,
    id::{Id, Kind},
    plan::{Api, Path, Plan, Route},
    text::{Attribute, Text},
    tree::{Tree, object},
};

pub(super) fn api(api: &Api, plan: &Plan) -> Vec<Resource> {
    let rest = object! { "Name" => &api.name, "Tags" => tags(&plan.tags) };
    let mut resources = vec![Resource::new(&api.id, "AWS::ApiGateway::RestApi", rest)];
    resources.extend(api.paths.iter().map(|path| self::path(path, api)));
    if api.routes.iter().any(|route| route.model.is_some()) {
        let properties = object! { "RestApiId" => rest_id(api), "ValidateRequestBody" => true };
        resources.push(Resource::new(
            &api.id.sibling(Kind::Validator),
            "AWS::ApiGateway::RequestValidator",
            properties,
        ));
    }
    let mut models: Vec<_> = api.routes.iter().filter_map(|route| route.model.as_ref()).collect();
    models.dedup_by_key(|model| &model.id);
    resources.extend(models.into_iter().map(|model| {
        let properties = object! {
            "RestApiId" => rest_id(api),
            "ContentType" => "application/json",
            "Schema" => model.schema.clone(),
        };
        Resource::new(&model.id, "AWS::ApiGateway::Model", properties)
    }));
    resources.extend(api.routes.iter().map(|route| method(route, api)));
    let (deployment, stage) = served(api, plan, &resources);
    resources.extend([deployment, stage]);
    resources
}

fn rest_id(api: &Api) -> Text {
    Text::of(&api.id, Attribute::Id)
}

fn path(path: &Path, api: &Api) -> Resource {
    let parent = path.parent.as_ref();
    let properties = object! {
        "RestApiId" => rest_id(api),
        "ParentId" => parent.map_or_else(|| Text::of(&api.id, Attribute::Root), |id| Text::of(id, Attribute::Id)),
        "PathPart" => &path.part,
    };
    Resource::new(&path.id, "AWS::ApiGateway::Resource", properties)
}

fn method(route: &Route, api: &Api) -> Resource {
    let responses = route.responses.iter().map(|response| {
        object! {
            "StatusCode" => response.status,
            "SelectionPattern" => response.pattern,
            "ResponseTemplates" => response.template.map(|template| object! { "application/json" => template }),
        }
    });
    let integration = object! {
        "Type" => "AWS",
        "IntegrationHttpMethod" => "POST",
        "Uri" => route.uri.clone(),
        "Credentials" => Text::arn_of(&api.role.id),
        // A body of another type would pass unchecked.
        "PassthroughBehavior" => "NEVER",
        "RequestTemplates" => object! { "application/json" => route.request.clone() },
        "IntegrationResponses" => Tree::list(responses),
    };
    let model = route.model.as_ref();
    let properties = object! {
        "RestApiId" => rest_id(api),
        "ResourceId" => Text::of(&route.path, Attribute::Id),
        "HttpMethod" => route.method,
        "AuthorizationType" => route.authorization,
        "RequestValidatorId" => model.map(|_| Text::of(&api.id.sibling(Kind::Validator), Attribute::Id)),
        "RequestModels" => model.map(|model| object! { "application/json" => Text::of(&model.id, Attribute::Id) }),
        "Integration" => integration,
        "MethodResponses" => Tree::list(route.responses.iter().map(|response| object! { "StatusCode" => response.status })),
    };
    Resource::new(&route.id, "AWS::ApiGateway::Method", properties)
}

/// A deployment is a snapshot, so each change of the API makes another one.
fn served(api: &Api, plan: &Plan, resources: &[Resource]) -> (Resource, Resource) {
    let content: Vec<_> = resources.iter().map(|resource| resource.properties.json(&write).to_string()).collect();
    let hash: String = fingerprint(&content.concat()).simple().to_string().chars().take(8).collect();
    let id = Id::new(Kind::Deployment, format!("{}-{hash}", api.name));
    let deployment = Resource {
        depends_on: api.routes.iter().map(|route| route.id.clone()).collect(),
        ..Resource::new(&id, "AWS::ApiGateway::Deployment", object! { "RestApiId" => rest_id(api) })
    };
    let properties = object! {
        "RestApiId" => rest_id(api),
        "DeploymentId" => Text::of(&id, Attribute::Id),
        "StageName" => "live",
        "Tags" => tags(&plan.tags),
    };
    (deployment, Resource::new(&api.id.sibling(Kind::Stage), "AWS::ApiGateway::Stage", properties))
}
