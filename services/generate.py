#!/usr/bin/env python3
"""Writes what this crate knows of AWS's APIs, from the models in Python's `botocore` package.

    pip install botocore==1.41.5
    python3 services/generate.py            # the models of the crate
    python3 services/generate.py --to DIR   # the same elsewhere, for `ModelFolder`

The format is botocore's own, without what nobody here reads: of an operation what goes in, what comes out and its errors, of a
shape its type, its members and its bounds, and no documentation. Added are what Step Functions and IAM make of it: `metadata`
has the `prefix` of error names and the prefix of `iam` actions, and an operation that Step Functions does not offer is
`unsupported`. Files are compressed, named as the service is in `arn:aws:states:::aws-sdk:<service>:<api>`, and the same on every run.

The version is pinned because Step Functions checks against models of its own, which are behind: in December 2025 it still refused a
`MemorySize` of Lambda that botocore 1.42 allows.
"""

import argparse
import gzip
import json
import re
from pathlib import Path

from botocore.loaders import Loader

# Step Functions' documentation, "AWS SDK service integrations", unsupported actions; those with event streams are found by their shapes.
UNSUPPORTED = {
    "comprehendmedical": ["DetectEntities"],
    "efs": ["CreateTags"],
    "elastictranscoder": ["TestRole"],
    "emr": ["DescribeJobFlows"],
    "iotdeviceadvisor": ["ListTestCases"],
    "lambda": ["InvokeAsync"],
    "mediapackage": ["RotateChannelCredentials"],
    "rdsdata": ["ExecuteSql"],
    "shield": ["DeleteSubscription"],
}

# Step Functions' documentation lists it so, against the rule.
PREFIXES = {"memorydb": "MemoryDB"}

# Where IAM's prefix is not the name in signatures. Source: the Service Authorization Reference.
IAM = {
    "cloudcontrol": "cloudformation",
    "cloudwatch": "cloudwatch",
    "connectparticipant": "connect",
    "ioteventsdata": "iotevents",
    "iotdataplane": "iot",
    "iotjobsdataplane": "iotjobsdata",
    "iotsecuretunneling": "iot",
    "mturk": "mechanicalturk",
    "resourcegroupstaggingapi": "tag",
}

# Structures with exactly one member that botocore does not mark: Smithy's model has them as unions.
UNIONS = {"dynamodb": ["AttributeValue"], "dynamodbstreams": ["AttributeValue"]}

# `retryable` and the like are left to the service; `deprecated` operations are kept, as machines may call them.
KEPT = ["type", "required", "enum", "min", "max", "document", "union", "eventstream"]


def words(name):
    """Where words begin in a name, as the AWS SDK for Java has it: its names are those of Step Functions."""
    name = re.sub(r"[^A-Za-z0-9]+", " ", name)
    name = re.sub(r"([^a-z]{2,})v([0-9]+)", r"\1 v\2 ", name)
    name = re.sub(r"([^A-Z]{2,})V([0-9]+)", r"\1 V\2 ", name)
    name = re.sub(r"(?<=[a-z])(?=[A-Z][a-zA-Z0-9])", " ", name)
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", name)
    return re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", name).split()


def service_name(service_id):
    name = "".join(word.capitalize() for word in words(service_id))
    return name.removeprefix("Amazon").removeprefix("Aws").removesuffix("Service")


def pruned(model):
    metadata = model["metadata"]
    prefix = service_name(metadata["serviceId"])
    name = prefix.lower()
    shapes = {}
    operations = {api: pruned_operation(model["operations"][api]) for api in sorted(model["operations"])}
    for operation in operations.values():
        for side in ("input", "output"):
            if side in operation:
                reach(operation[side]["shape"], model["shapes"], shapes)
    for shape in UNIONS.get(name, []):
        shapes[shape]["union"] = True
    for api, operation in operations.items():
        if api in UNSUPPORTED.get(name, []) or streams_events(operation, shapes):
            operation["unsupported"] = True
        for error in operation.get("errors", []):
            shapes.setdefault(error["shape"], {"type": "structure"})
            code = model["shapes"][error["shape"]].get("error", {}).get("code", error["shape"])
            if code != error["shape"]:
                shapes[error["shape"]]["error"] = {"code": code}
    iam = IAM.get(name) or metadata.get("signingName") or metadata["endpointPrefix"]
    known = {"serviceId": metadata["serviceId"], "prefix": PREFIXES.get(name, prefix), "iam": iam}
    return name, {"metadata": known, "operations": operations, "shapes": {name: shapes[name] for name in sorted(shapes)}}


def pruned_operation(operation):
    kept = {side: reference(operation[side]) for side in ("input", "output") if side in operation}
    errors = [reference(error) for error in operation.get("errors", [])]
    return kept | ({"errors": errors} if errors else {})


def reach(name, model, shapes):
    """Adds a shape and those that it is made of."""
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name not in shapes:
            shapes[name] = pruned_shape(model[name])
            members = shapes[name].get("members", {}).values()
            inner = [*members, *(shapes[name][key] for key in ("member", "key", "value") if key in shapes[name])]
            waiting += [shape["shape"] for shape in inner]


def pruned_shape(shape):
    kept = {key: shape[key] for key in KEPT if key in shape}
    kept |= {key: reference(shape[key]) for key in ("member", "key", "value") if key in shape}
    if shape.get("members"):
        kept["members"] = {name: reference(member) for name, member in shape["members"].items()}
    return kept


def reference(shape):
    """A token that the service's clients make up where it is missing is marked: it need not be given."""
    kept = {"shape": shape["shape"]}
    return kept | ({"idempotencyToken": True} if shape.get("idempotencyToken") else {})


def streams_events(operation, shapes):
    sides = [shapes[operation[side]["shape"]] for side in ("input", "output") if side in operation]
    members = [member["shape"] for side in sides for member in side.get("members", {}).values()]
    return any(shapes[member].get("eventstream") for member in members)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--to", type=Path, help="the folder to write to")
    folder = arguments.parse_args().to or Path(__file__).parent / "models"
    folder.mkdir(parents=True, exist_ok=True)

    loader = Loader(include_default_search_paths=False)
    loader.search_paths.append(loader.BUILTIN_DATA_PATH)
    written = set()
    for service in loader.list_available_services("service-2"):
        name, model = pruned(loader.load_service_model(service, "service-2"))
        # Two of botocore's services are one: it kept an older name.
        if name not in written:
            written.add(name)
            text = json.dumps(model, separators=(",", ":")) + "\n"
            (folder / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    for old in folder.glob("*.json*"):
        if old.name.removesuffix(".gz").removesuffix(".json") not in written or old.suffix != ".gz":
            old.unlink()


if __name__ == "__main__":
    main()
