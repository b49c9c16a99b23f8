//! The REST API: a method for each route, which starts an execution with the body of the request.

use super::{
    block::{Block, address, expression, write},
    role::{role, tags},
};
use crate::{
    fingerprint::fingerprint,
    id::{Id, Kind},
    plan::{Api, Model, Path, Response, Route},
    text::{Attribute, Text},
    tree::{Tree, object},
};

pub(super) fn api(api: &Api) -> Vec<Block> {
    let mut blocks = role(&api.role);
    blocks.push(Block::new(&api.id, object! { "name" => &api.name, "tags" => tags() }));
    blocks.extend(api.paths.iter().map(|path| self::path(path, api)));
    if api.routes.iter().any(|route| route.model.is_some()) {
        let body = object! { "name" => "body", "rest_api_id" => rest(api), "validate_request_body" => true };
        blocks.push(Block::new(&api.id.sibling(Kind::Validator), body));
    }
    let mut models: Vec<_> = api.routes.iter().filter_map(|route| route.model.as_ref()).collect();
    models.dedup_by_key(|model| &model.id);
    blocks.extend(models.into_iter().map(|model| self::model(model, api)));
    blocks.extend(api.routes.iter().flat_map(|route| self::route(route, api)));
    let served = served(api, &blocks);
    blocks.extend(served);
    blocks
}

/// Where the API is served.
pub(super) fn url(api: &Api) -> (String, Tree) {
    let stage = Id::new(Kind::Stage, &api.name);
    let url = expression(format!("{}.invoke_url", address(&stage)));
    ("api_url".to_owned(), object! { "value" => url })
}

fn rest(api: &Api) -> Text {
    Text::of(&api.id, Attribute::Id)
}

fn path(path: &Path, api: &Api) -> Block {
    let parent = path.parent.as_ref();
    let body = object! {
        "rest_api_id" => rest(api),
        "parent_id" => parent.map_or_else(|| Text::of(&api.id, Attribute::Root), |id| Text::of(id, Attribute::Id)),
        "path_part" => &path.part,
    };
    Block::new(&path.id, body)
}

fn model(model: &Model, api: &Api) -> Block {
    let body = object! {
        "rest_api_id" => rest(api),
        "name" => model.id.upper_camel(),
        "content_type" => "application/json",
        "schema" => model.schema.to_string(),
    };
    Block::new(&model.id, body)
}

fn route(route: &Route, api: &Api) -> Vec<Block> {
    let (model, validator) = (route.model.as_ref(), api.id.sibling(Kind::Validator));
    let method = object! {
        "rest_api_id" => rest(api),
        "resource_id" => Text::of(&route.path, Attribute::Id),
        "http_method" => route.method,
        "authorization" => route.authorization,
        "request_validator_id" => model.map(|_| Text::of(&validator, Attribute::Id)),
        "request_models" => model.map(|model| object! { "application/json" => Text::of(&model.id, Attribute::Id) }),
    };
    let integration = object! {
        "rest_api_id" => rest(api),
        "resource_id" => Text::of(&route.path, Attribute::Id),
        "http_method" => http_method(route),
        "type" => "AWS",
        "integration_http_method" => "POST",
        "uri" => route.uri.clone(),
        "credentials" => Text::arn_of(&api.role.id),
        // A body of another type would pass unchecked.
        "passthrough_behavior" => "NEVER",
        "request_templates" => object! { "application/json" => route.request.clone() },
    };
    let mut blocks = vec![
        Block::new(&route.id, method),
        Block { kind: "aws_api_gateway_integration", name: route.id.snake(), body: integration },
    ];
    blocks.extend(route.responses.iter().flat_map(|response| self::response(response, route, api)));
    blocks
}

fn http_method(route: &Route) -> Text {
    expression(format!("{}.http_method", address(&route.id)))
}

fn response(response: &Response, route: &Route, api: &Api) -> [Block; 2] {
    let name = format!("{}_{}", route.id.snake(), response.status);
    let of_method = object! {
        "rest_api_id" => rest(api),
        "resource_id" => Text::of(&route.path, Attribute::Id),
        "http_method" => http_method(route),
        "status_code" => response.status,
    };
    let of_integration = object! {
        "rest_api_id" => rest(api),
        "resource_id" => Text::of(&route.path, Attribute::Id),
        "http_method" => http_method(route),
        "status_code" => expression(format!("aws_api_gateway_method_response.{name}.status_code")),
        "selection_pattern" => response.pattern,
        "response_templates" => response.template.map(|template| object! { "application/json" => template }),
        "depends_on" => [format!("aws_api_gateway_integration.{}", route.id.snake())],
    };
    [
        Block { kind: "aws_api_gateway_method_response", name: name.clone(), body: of_method },
        Block { kind: "aws_api_gateway_integration_response", name, body: of_integration },
    ]
}

/// A deployment is a snapshot, so each change of the API makes another one.
fn served(api: &Api, blocks: &[Block]) -> [Block; 2] {
    let content: String = blocks.iter().map(|block| block.body.json(&write).to_string()).collect();
    let responses = blocks.iter().filter(|block| block.kind == "aws_api_gateway_integration_response");
    let deployment = object! {
        "rest_api_id" => rest(api),
        "triggers" => object! { "redeployment" => fingerprint(&content).to_string() },
        "lifecycle" => [object! { "create_before_destroy" => true }],
        "depends_on" => Tree::list(responses.map(|block| format!("{}.{}", block.kind, block.name))),
    };
    let deployment = Block::new(&Id::new(Kind::Deployment, &api.name), deployment);
    let stage = object! {
        "rest_api_id" => rest(api),
        "deployment_id" => expression(format!("aws_api_gateway_deployment.{}.id", deployment.name)),
        "stage_name" => "live",
        "tags" => tags(),
    };
    [deployment, Block::new(&Id::new(Kind::Stage, &api.name), stage)]
}
