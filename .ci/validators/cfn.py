"""python cfn.py FILE...   What cfn-lint says of state machines, each as the definition of a CloudFormation resource.

Prints the errors; exits with 1 if there are any.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# cfn-lint's schema of a state machine knows that most fields may hold JSONata, but allows only numbers in these, where
# the States Language allows expressions.
EXPRESSION_ALLOWED = {
    "HeartbeatSeconds",
    "MaxConcurrency",
    "TimeoutSeconds",
    "ToleratedFailureCount",
    "ToleratedFailurePercentage",
}
EXPRESSION_REFUSED = re.compile(r"'\{%.*%\}' is not of type '(number|integer)'", re.DOTALL)

PLACEHOLDER = re.compile(r"\$\{(\w+)\}")

# Where the definition lies in the template.
DEFINITION = ["Resources", "Machine", "Properties", "Definition"]


def template(machine):
    properties = {"RoleArn": "arn:aws:iam::123456789012:role/machine", "Definition": machine}
    # What deployment fills in, such as the ARNs of activities.
    if placeholders := set(PLACEHOLDER.findall(json.dumps(machine))):
        properties["DefinitionSubstitutions"] = {name: "arn:aws:x" for name in sorted(placeholders)}
    resource = {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Machine": resource}}


def lint(templates):
    command = ["cfn-lint", "--format", "json", "--regions", "us-east-1", "--", *map(str, templates)]
    run = subprocess.run(command, capture_output=True, text=True)
    if not run.stdout.strip():
        sys.exit(f"cfn-lint did not report: {run.stderr}")
    return json.loads(run.stdout)


def is_false_alarm(rule, path, message):
    return (
        rule == "E3601"
        and path[2 : len(DEFINITION)] == DEFINITION[2:]
        and path[-1] in EXPRESSION_ALLOWED
        and EXPRESSION_REFUSED.fullmatch(message) is not None
    )


def main(files):
    with tempfile.TemporaryDirectory() as directory:
        templates = {Path(directory, f"{number}.json"): file for number, file in enumerate(files)}
        for path, file in templates.items():
            path.write_text(json.dumps(template(json.loads(Path(file).read_text()))))
        found = lint(templates)
    errors = 0
    for match in found:
        rule, message = match["Rule"]["Id"], match["Message"]
        path = match["Location"].get("Path") or []
        if match["Level"] == "Error" and not is_false_alarm(rule, path, message):
            errors += 1
            pointer = "/" + "/".join(map(str, path[len(DEFINITION) :]))
            print(f"{templates[Path(match['Filename'])]}: cfn-lint: {pointer}: {rule}: {message}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
