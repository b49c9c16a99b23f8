"""python stack.py DIRECTORY   What others say of a stack in the words of every target.

The directory has a folder for each format of the command `stack`. Prints what is wrong; exits with 1 if anything is.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

import cfn
import yaml
from jsonschema import Draft202012Validator

# The translator reads the region through boto3.
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform

HERE = Path(__file__).parent

CRDS = HERE / "crds"

# What the provider hashicorp/aws 6.25.0 takes: by the type of a block its required arguments and all of them, those of blocks
# within it too. Read from the provider's bindings, the npm package @cdktf/provider-aws 21.22.1.
ARGUMENTS = json.loads((HERE / "terraform.json").read_text())

# What every block takes.
OF_ALL = {"depends_on", "lifecycle"}

# Kinds of other controllers, whose definitions are not here.
UNCHECKED = {"Function", "LogGroup", "Role"}


def cfn_lint(file):
    """Errors and warnings of cfn-lint, but for its false alarms about definitions."""
    for match in cfn.lint([file]):
        rule, message = match["Rule"]["Id"], match["Message"]
        path = match["Location"].get("Path") or []
        is_told = match["Level"] in ("Error", "Warning")
        if is_told and not cfn.is_false_alarm(rule, path, message):
            yield f"/{'/'.join(map(str, path))}: {rule}: {message}"


def cloudformation(directory):
    return cfn_lint(directory / "template.json")


class NoNetwork:
    """Only asked for managed policies that are given by name."""

    def get_paginator(self, _):
        raise RuntimeError("a policy is given by its name")


def sam(directory):
    """The template itself, and what the service makes of it once the code is loaded up."""
    yield from cfn_lint(directory / "template.json")
    template = json.loads((directory / "template.json").read_text())
    for resource in template["Resources"].values():
        if "CodeUri" in resource.get("Properties", {}):
            resource["Properties"]["CodeUri"] = "s3://code/bootstrap.zip"
    try:
        transformed = transform(template, {}, ManagedPolicyLoader(NoNetwork()))
    except InvalidDocumentException as error:
        yield from (cause.message for cause in error.causes)
        return
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "transformed.json"
        file.write_text(json.dumps(transformed))
        yield from cfn_lint(file)


def terraform(directory):
    """What can be said without the provider: it knows the arguments, and everything that is named is there."""
    module = json.loads((directory / "main.tf.json").read_text())
    blocks = {f"{kind}.{name}": body for kind, named in module["resource"].items() for name, body in named.items()}
    known = set(blocks) | {f"data.{kind}.{name}" for kind, named in module["data"].items() for name in named}
    known |= {f"local.{name}" for name in module["locals"]}
    known |= {f"local.{name}.{member}" for name, members in module["locals"].items() for member in members}
    for name, body in blocks.items():
        known_to_provider = ARGUMENTS.get(name.split(".")[0])
        if known_to_provider is None:
            yield f"{name}: the provider's arguments are not listed"
            continue
        missing = set(known_to_provider["required"]) - set(body)
        yield from (f"{name}: {argument} is missing" for argument in sorted(missing))
        yield from unknown_arguments(name, body, known_to_provider["arguments"])
    for place, text in texts(module):
        for expression in re.findall(r"(?<!\$)\$\{(.*)\}", text):
            # What stands in quotes names nothing.
            code = re.sub(r'"[^"]*"', "", expression)
            for name in re.findall(r"\b(?:data\.\w+\.\w+|local\.\w+(?:\.\w+)?|aws_\w+\.\w+)", code):
                if name not in known:
                    yield f"{place}: there is no {name}"
    for name, body in blocks.items():
        yield from (f"{name}: there is no {other}" for other in body.get("depends_on", []) if other not in known)
    for name, machine in module["resource"]["aws_sfn_state_machine"].items():
        file, variables = re.fullmatch(
            r'\$\{templatefile\("\$\{path\.module\}/(.+?)", \{(.*)\}\)\}', machine["definition"]
        ).groups()
        text = (directory / file).read_text()
        given = set(re.findall(r"(\w+) = ", variables))
        named = set(re.findall(r"(?<!\$)\$\{(\w+)\}", text))
        if given != named:
            yield f"{name}: {file} has the placeholders {sorted(named)}, but is given {sorted(given)}"
        json.loads(text)


def unknown_arguments(place, body, arguments):
    for block in body if isinstance(body, list) else [body]:
        for name, value in block.items():
            if name not in arguments and name not in OF_ALL:
                yield f"{place}: there is no argument {name}"
            elif arguments.get(name):
                yield from unknown_arguments(f"{place}/{name}", value, arguments[name])


def texts(value, place=""):
    if isinstance(value, dict):
        for key, member in value.items():
            yield from texts(member, f"{place}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, f"{place}/{index}")
    elif isinstance(value, str):
        yield place, value


def closed(schema):
    """A structural schema of Kubernetes as a JSON Schema that refuses unknown fields, as a strict server does."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(value) for key, value in schema.items() if not key.startswith("x-kubernetes-")}
    if schema.get("type") == "object" and "properties" in schema:
        schema.setdefault("additionalProperties", False)
    return schema


def definitions():
    for file in CRDS.glob("*.yaml"):
        definition = yaml.safe_load(file.read_text())["spec"]
        for version in definition["versions"]:
            schema = closed(version["schema"]["openAPIV3Schema"])
            schema["properties"]["metadata"] = {"type": "object"}
            yield (f"{definition['group']}/{version['name']}", definition["names"]["kind"]), schema


def kubernetes(directory):
    schemas = dict(definitions())
    for manifest in yaml.safe_load_all((directory / "manifests.yaml").read_text()):
        kind, name = manifest["kind"], manifest["metadata"]["name"]
        schema = schemas.get((manifest["apiVersion"], kind))
        if schema is None and kind not in UNCHECKED:
            yield f"{kind} {name}: no definition of this kind"
        for error in Draft202012Validator(schema or {}).iter_errors(manifest):
            yield f"{kind} {name}: /{'/'.join(map(str, error.absolute_path))}: {error.message}"
        if kind == "StateMachine":
            json.loads(manifest["spec"]["definition"])


def meshery(directory):
    """Meshery deploys the manifests: kind, version and name of a component, and all of its configuration."""
    design = yaml.safe_load((directory / "design.yaml").read_text())
    manifests = []
    for component in design["components"]:
        configuration = component["configuration"]
        metadata = {key: value for key, value in configuration["metadata"].items() if value}
        manifests.append(
            {
                "apiVersion": component["component"]["version"],
                "kind": component["component"]["kind"],
                "metadata": {"name": component["displayName"], **metadata},
                "spec": configuration["spec"],
            }
        )
    if manifests != list(yaml.safe_load_all((directory.parent / "kubernetes/manifests.yaml").read_text())):
        yield "the components are not the manifests for Kubernetes"
    if len({component["id"] for component in design["components"]}) != len(manifests):
        yield "two components have one id"


def main(directory):
    errors = 0
    for target in (cloudformation, sam, terraform, kubernetes, meshery):
        for error in target(directory / target.__name__):
            errors += 1
            print(f"{target.__name__}: {error}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
