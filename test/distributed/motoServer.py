"""A server of moto whose Step Functions executes state machines, with what moto 5 lacks for a Distributed Map that sends
events:

- JSON Lines as the input type of an item reader;
- JSONata, as far as paths below $states.input go;
- InvocationType, and an endpoint of its own, for lambda:invoke.

Usage: motoServer.py PORT, with the endpoint of Lambda in LAMBDA_ENDPOINT.
"""

import functools
import json
import os
import sys

import boto3
from moto.core.config import default_user_config
from moto.server import main
from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringJSONata
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader import item_reader_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.eval.resource_output_transformer.transformer import (
    ResourceOutputTransformer,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.reader_config.input_type import (
    InputType,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_lambda,
)


def read_json_lines():
    create_input_type = InputType.__init__
    transformer_for = item_reader_decl.resource_output_transformer_for

    def create(self, input_type):
        if input_type == "JSONL":
            self.input_type_value = input_type
        else:
            create_input_type(self, input_type)

    class Transformer(ResourceOutputTransformer):
        def _eval_body(self, env):
            env.stack.pop()
            lines = env.stack.pop().split("\n")
            env.stack.append([json.loads(line) for line in lines if line])

    InputType.__init__ = create
    item_reader_decl.resource_output_transformer_for = lambda input_type: (
        Transformer() if input_type.input_type_value == "JSONL" else transformer_for(input_type)
    )


def evaluate_paths():
    def evaluate(self, env):
        names = self.expression.strip().split(".")
        if names[:2] != ["$states", "input"]:
            raise ValueError(f"Only paths below $states.input are known: {self.expression}")
        value = env.states.get_input()
        for name in names[2:]:
            value = value[name]
        env.stack.append(value)

    StringJSONata._eval_body = evaluate


def invoke_as_event():
    state_task_service_lambda._SUPPORTED_API_PARAM_BINDINGS["invoke"].add("InvocationType")

    @functools.cache
    def client(region):
        return boto3.client(
            "lambda",
            region_name=region,
            endpoint_url=os.environ["LAMBDA_ENDPOINT"],
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )

    lambda_eval_utils.boto_client_for = lambda region, service, state_credentials=None: client(region)


read_json_lines()
evaluate_paths()
invoke_as_event()
default_user_config["stepfunctions"]["execute_state_machine"] = True
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
