"""Runs the examples' machines in moto, an engine of others, with the program itself behind `lambda:invoke`.

    python moto_runs.py PROGRAM TEMPLATE RUNS FOLDER RUNS

PROGRAM is the examples' binary, built with the feature `lambda`: one process for each function, behind a local Lambda runtime API.
TEMPLATE is the stack in the words of CloudFormation. The RUNS of its machines are the acceptance runs, which tests hold native and
local runs to, so what comes out here has to be the same: status, output, error name and error.

FOLDER has the machines that call services, which are moto's own here. A run of theirs may have a `setup`: calls of services, each as
`[service, operation, arguments]`, that are made before it; what it gives may be left open.

moto needs help, none of which touches what is judged: its JSONata evaluator is Java that it does not ship (`jsonata-python` stands
in), its Lambda takes no event but an object, it copies machines in a way that fails on the second execution, and it waits in real
time.
"""

import copy
import http.server
import itertools
import json
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

import boto3
import jsonata
import moto.stepfunctions.models as machines
import moto.stepfunctions.parser.asl.component.common.retry.retrier_decl as retrier
import moto.stepfunctions.parser.asl.component.state.exec.state_task.lambda_eval_utils as lambda_calls
import moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function as waiting
import moto.stepfunctions.parser.asl.eval.states as states
import moto.stepfunctions.parser.asl.eval.variable_store as variables
import moto.stepfunctions.parser.asl.jsonata.jsonata as evaluator
from moto import mock_aws

ACCOUNT, REGION = "123456789012", "us-east-1"
CLIENT = dict(region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")
CONFIG = {"stepfunctions": {"execute_state_machine": True}}


class Function:
    """A process of the program, behind a runtime API of its own."""

    def __init__(self, program, task):
        self.events, self.answers, self.numbers = queue.Queue(), {}, itertools.count()
        function = self

        class Api(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                number, event = function.events.get()
                self.answer(200, event, {
                    "Lambda-Runtime-Aws-Request-Id": number,
                    "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 30_000),
                    "Lambda-Runtime-Invoked-Function-Arn": arn(task),
                })

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                *_, number, kind = self.path.split("/")
                if number in function.answers:
                    function.answers[number].put((body, kind == "error"))
                self.answer(202, b"", {})

            def answer(self, status, body, headers):
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.process = subprocess.Popen([program], env={
            **os.environ,
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": task,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "STEPWRIGHT_TASK": task,
        })

    def call(self, event):
        number, answer = f"event-{next(self.numbers)}", queue.Queue()
        self.answers[number] = answer
        self.events.put((number, event))
        return answer.get(timeout=30)


def arn(function):
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"


def help_moto(functions):
    def invoke(parameters, region, state_credentials):
        answer, failed = functions[parameters["FunctionName"].split(":")[6]].call(parameters["Payload"])
        failure = {"FunctionError": "Unhandled"} if failed else {}
        return {"ExecutedVersion": "$LATEST", "StatusCode": 200, "Payload": json.loads(answer), **failure}

    def evaluate(expression):
        try:
            return json.loads(json.dumps(jsonata.Jsonata(expression).evaluate(None)))
        except Exception as error:
            raise evaluator.JSONataException("UNKNOWN", str(error))

    def declare(bindings):
        return "".join(f"{name}:={evaluator.to_json_str(value)};" for name, value in bindings.items())

    lambda_calls._invoke_lambda_function = invoke
    machines.StateMachine.__deepcopy__ = lambda machine, memo: copy.copy(machine)
    evaluator._eval_jsonata = evaluate
    states.encode_jsonata_variable_declarations = variables.encode_jsonata_variable_declarations = declare
    waiting.WaitFunction._wait_interval = lambda *_, **__: None
    retrier.time = type("Time", (), {"sleep": staticmethod(lambda _: None)})


def of_type(template, kind):
    return {key: resource["Properties"] for key, resource in template["Resources"].items() if resource["Type"] == kind}


def tasks(template):
    """The tasks that the functions of a stack serve."""
    functions = of_type(template, "AWS::Lambda::Function")
    return {key: function["Environment"]["Variables"]["STEPWRIGHT_TASK"] for key, function in functions.items()}


def definitions(template):
    """The machines of a stack by name, with what the template puts in place of their placeholders."""
    served = tasks(template)
    for machine in of_type(template, "AWS::StepFunctions::StateMachine").values():
        text = json.dumps(machine["Definition"])
        for name, value in machine.get("DefinitionSubstitutions", {}).items():
            function, _ = value["Fn::GetAtt"]
            text = text.replace("${%s}" % name, arn(served[function]))
        yield machine["StateMachineName"], text


def run(client, definition, data, name):
    machine = client.create_state_machine(name=name, definition=definition, roleArn=f"arn:aws:iam::{ACCOUNT}:role/r")
    execution = client.start_execution(stateMachineArn=machine["stateMachineArn"], name=name, input=json.dumps(data))
    while True:
        outcome = client.describe_execution(executionArn=execution["executionArn"])
        if outcome["status"] != "RUNNING":
            return outcome
        time.sleep(0.01)


def differs(outcome, expected):
    if "errorName" in expected:
        got = (outcome["status"], outcome.get("error"), error(outcome.get("cause")))
        want = ("FAILED", expected["errorName"], expected["error"])
    else:
        got = (outcome["status"], value(outcome.get("output", outcome.get("cause"))))
        want = ("SUCCEEDED", expected.get("output", got[1]))
    return None if got == want else f"{got} instead of {want}"


def value(text):
    """A value from its JSON; moto gives texts bare."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text


def error(cause):
    """The error in a cause: its JSON, or that in a function's report."""
    found = value(cause)
    return value(found["errorMessage"]) if isinstance(found, dict) and "errorMessage" in found else found


def main(program, template, runs, folder, service_runs):
    logging.disable()
    template = json.load(open(template))
    functions = {task: Function(program, task) for task in tasks(template).values()}
    help_moto(functions)
    callers = {path.name.removesuffix(".asl.json"): path.read_text() for path in Path(folder).glob("*.asl.json")}
    wrong = []
    with mock_aws(config=CONFIG):
        wrong += run_all(dict(definitions(template)), json.load(open(runs)))
    with mock_aws(config=CONFIG):
        wrong += run_all(callers, json.load(open(service_runs)))
    for function in functions.values():
        function.process.terminate()
    if wrong:
        sys.exit("what moto gives is not what local runs give:\n" + "\n".join(wrong))


def run_all(machines, cases):
    client = boto3.client("stepfunctions", **CLIENT)
    wrong = []
    for case in cases:
        name = case["workflow"].split("::")[-1]
        for number, expected in enumerate(case["runs"]):
            for service, operation, arguments in expected.get("setup", []):
                getattr(boto3.client(service, **CLIENT), operation)(**arguments)
            outcome = run(client, machines[name], expected["input"], f"{name}-{number}")
            if difference := differs(outcome, expected):
                wrong.append(f"{name} with {json.dumps(expected['input'])}: {difference}")
    print(f"{sum(len(case['runs']) for case in cases)} runs of {len(cases)} machines in moto")
    return wrong


main(*sys.argv[1:])
