"""python policies.py FILE...   What parliament says of policies: unknown actions, resources that an action does not know.

Prints the findings; exits with 1 if there are any.
"""

import sys

from parliament import analyze_policy_string

# What parliament's copy of the service authorization reference has wrong or not at all.
EXCEPT = {
    # Any one of the kinds of resources is enough, and parliament wants all.
    ("RESOURCE_MISMATCH", "batch:SubmitJob"),
    ("RESOURCE_MISMATCH", "bedrock:InvokeModel"),
    ("RESOURCE_MISMATCH", "states:DescribeExecution"),
    # The documentation has the machine's ARN and these conditions.
    ("RESOURCE_MISMATCH", "states:InvokeHTTPEndpoint"),
    ("UNKNOWN_CONDITION_FOR_ACTION", "states:InvokeHTTPEndpoint"),
    # Phones are no resources.
    ("RESOURCE_STAR", "sns:Publish"),
}

# Conditions that compare an ARN as a text: it may be a pattern.
USABLE = {"MISMATCHED_TYPE_BUT_USABLE"}


def excepted(finding):
    if finding.issue in USABLE:
        return True
    details = finding.detail if isinstance(finding.detail, list) else [finding.detail]
    actions = [detail["action"] if isinstance(detail, dict) else str(detail).split()[-1] for detail in details]
    return all((finding.issue, action) in EXCEPT for action in actions)


def main(paths):
    failed = False
    for path in paths:
        with open(path, encoding="utf-8") as file:
            findings = analyze_policy_string(file.read()).findings
        for finding in findings:
            if not excepted(finding):
                failed = True
                print(f"{path}: {finding.issue} {finding.detail} {finding.location}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
