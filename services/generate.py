#!/usr/bin/env python3
"""Writes what this crate knows of AWS's APIs, from the models in Python's `botocore` package.

    pip install botocore==1.41.5
    python3 services/generate.py                      # the models that the crate contains
    python3 services/generate.py --to DIR rekognition # others, for `ModelFolder`; all without a name

The format is botocore's own, without what nobody here reads: of each operation the result, of each shape its type and its bounds.
A file is named as the service is in `arn:aws:states:::aws-sdk:<service>:<api>`.

The version is pinned because Step Functions checks against models of its own, which are behind: in December 2025 it still refused a
`MemorySize` of Lambda that botocore 1.42 allows.
"""

import argparse
import json
from pathlib import Path

from botocore.loaders import Loader

# Services that state machines call often, whole.
WHOLE = "dynamodb events kms lambda s3 scheduler secretsmanager sns sqs stepfunctions"

# Of the others, what the optimized integrations call, and poll for `.sync`.
PARTS = {
    "athena": "StartQueryExecution StopQueryExecution GetQueryExecution GetQueryResults",
    "batch": "SubmitJob DescribeJobs",
    "bedrock": "CreateModelCustomizationJob GetModelCustomizationJob",
    "bedrock-runtime": "InvokeModel",
    "codebuild": "StartBuild StopBuild BatchDeleteBuilds BatchGetReports BatchGetBuilds StartBuildBatch StopBuildBatch "
    "RetryBuildBatch DeleteBuildBatch BatchGetBuildBatches",
    "databrew": "StartJobRun DescribeJobRun",
    "ecs": "RunTask DescribeTasks",
    "eks": "CreateCluster DeleteCluster DescribeCluster CreateNodegroup DeleteNodegroup DescribeNodegroup "
    "CreateFargateProfile DeleteFargateProfile DescribeFargateProfile",
    "emr": "RunJobFlow TerminateJobFlows DescribeCluster AddJobFlowSteps DescribeStep CancelSteps SetTerminationProtection "
    "ModifyInstanceFleet ModifyInstanceGroups",
    "emr-containers": "CreateVirtualCluster DeleteVirtualCluster DescribeVirtualCluster StartJobRun DescribeJobRun",
    "emr-serverless": "CreateApplication StartApplication StopApplication DeleteApplication GetApplication StartJobRun "
    "CancelJobRun GetJobRun",
    "glue": "StartJobRun GetJobRun",
    "mediaconvert": "CreateJob GetJob",
    "sagemaker": "CreateEndpoint CreateEndpointConfig CreateModel UpdateEndpoint CreateLabelingJob DescribeLabelingJob "
    "CreateTrainingJob DescribeTrainingJob CreateTransformJob DescribeTransformJob CreateHyperParameterTuningJob "
    "DescribeHyperParameterTuningJob CreateProcessingJob DescribeProcessingJob",
}

KEPT = ["type", "required", "enum", "min", "max", "document"]


def pruned(model, names):
    operations = {name: result(model["operations"][name]) for name in sorted(names or model["operations"])}
    open_shapes = [operation["output"]["shape"] for operation in operations.values() if operation]
    shapes = {}
    while open_shapes:
        name = open_shapes.pop()
        if name not in shapes:
            shapes[name] = pruned_shape(model["shapes"][name])
            open_shapes += referred(shapes[name])
    return {"metadata": {"serviceId": model["metadata"]["serviceId"]}, "operations": operations, "shapes": shapes}


def result(operation):
    return {"output": reference(operation["output"])} if "output" in operation else {}


def reference(shape):
    return {"shape": shape["shape"]}


def pruned_shape(shape):
    kept = {key: shape[key] for key in KEPT if key in shape}
    kept |= {key: reference(shape[key]) for key in ("member", "key", "value") if key in shape}
    if shape.get("members"):
        kept["members"] = {name: reference(member) for name, member in shape["members"].items()}
    return kept


def referred(shape):
    return [inner["shape"] for inner in [*shape.get("members", {}).values(), shape.get("member"), shape.get("value")] if inner]


def text(model):
    """One line for each operation and shape, so that changes can be read."""

    def lines(entries):
        return ",\n".join(f"{json.dumps(name)}:{json.dumps(entries[name], separators=(',', ':'))}" for name in sorted(entries))

    metadata, operations, shapes = json.dumps(model["metadata"]), lines(model["operations"]), lines(model["shapes"])
    return f'{{"metadata":{metadata},\n"operations":{{\n{operations}\n}},\n"shapes":{{\n{shapes}\n}}}}\n'


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--to", type=Path, help="the folder to write to")
    arguments.add_argument("service", nargs="*", help="names of botocore")
    options = arguments.parse_args()

    loader = Loader()
    wanted = {name: None for name in WHOLE.split()} | {name: names.split() for name, names in PARTS.items()}
    if options.to:
        wanted = {name: None for name in options.service or loader.list_available_services("service-2")}
    folder = options.to or Path(__file__).parent / "models"
    folder.mkdir(parents=True, exist_ok=True)
    for service, names in wanted.items():
        model = pruned(loader.load_service_model(service, "service-2"), names)
        name = "".join(character for character in model["metadata"]["serviceId"].lower() if character.isalnum())
        (folder / f"{name}.json").write_text(text(model))


if __name__ == "__main__":
    main()
