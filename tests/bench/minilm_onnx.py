#!/usr/bin/env python3
"""Writes all-MiniLM-L6-v2, as `./setup data minilm` fetches it, as an ONNX file, for text_encoder_speed to compare with.

apt-get install python3-onnx; /usr/bin/python3 tests/bench/minilm_onnx.py build/minilm.onnx
"""

import json
import pathlib
import struct
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

HEADS = 12
folder = pathlib.Path(__file__).parents[2] / "examples/data/minilm"


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    cells = data[8 + length :]
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__" and entry["dtype"] == "F16":
            begin, end = entry["data_offsets"]
            tensors[name] = np.frombuffer(cells[begin:end], np.float16).reshape(entry["shape"]).astype(np.float32)
    return tensors


weights = read(folder / "model.fp16.safetensors")
nodes, constants = [], {}


def constant(value, name=None):
    name = name or f"constant_{len(constants)}"
    constants[name] = np.asarray(value)
    return name


def node(operator, *inputs, **attributes):
    name = f"{operator}_{len(nodes)}"
    nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
    return name


def real(value):
    return constant(np.float32(value))


def linear(x, name):
    product = node("MatMul", x, constant(np.ascontiguousarray(weights[name + ".weight"].T), name + ".weight"))
    return node("Add", product, constant(weights[name + ".bias"], name + ".bias"))


def layer_norm(x, name):
    centred = node("Sub", x, node("ReduceMean", x, axes=[-1]))
    deviation = node("Sqrt", node("Add", node("ReduceMean", node("Mul", centred, centred), axes=[-1]), real(1e-12)))
    scaled = node("Mul", node("Div", centred, deviation), constant(weights[name + ".weight"], name + ".weight"))
    return node("Add", scaled, constant(weights[name + ".bias"], name + ".bias"))


def gelu(x):
    return node("Mul", node("Mul", x, node("Add", node("Erf", node("Div", x, real(np.sqrt(2)))), real(1))), real(0.5))


def by_head(x, order):
    return node("Transpose", node("Reshape", x, constant(np.array([0, 0, HEADS, -1], np.int64))), perm=order)


def table(name, index):
    return node("Gather", constant(weights[f"embeddings.{name}.weight"], name), index)


steps = node("Shape", "input_ids", start=1, end=2)
positions = node("Slice", constant(weights["embeddings.position_embeddings.weight"], "positions"), constant(np.array([0], np.int64)), steps)
x = node("Add", node("Add", table("word_embeddings", "input_ids"), positions), table("token_type_embeddings", "token_type_ids"))
x = layer_norm(x, "embeddings.LayerNorm")
mask = node("Unsqueeze", node("Cast", "attention_mask", to=TensorProto.FLOAT), constant(np.array([1, 2], np.int64)))
unseen = node("Mul", node("Sub", real(1), mask), real(np.finfo(np.float32).min))
for i in range(6):
    layer = f"encoder.layer.{i}."
    attention = layer + "attention.self."
    scores = node("MatMul", by_head(linear(x, attention + "query"), [0, 2, 1, 3]), by_head(linear(x, attention + "key"), [0, 2, 3, 1]))
    scores = node("Add", node("Div", scores, real(np.sqrt(384 / HEADS))), unseen)
    seen = node("MatMul", node("Softmax", scores, axis=-1), by_head(linear(x, attention + "value"), [0, 2, 1, 3]))
    merged = node("Reshape", node("Transpose", seen, perm=[0, 2, 1, 3]), constant(np.array([0, 0, -1], np.int64)))
    x = layer_norm(node("Add", linear(merged, layer + "attention.output.dense"), x), layer + "attention.output.LayerNorm")
    x = layer_norm(node("Add", linear(gelu(linear(x, layer + "intermediate.dense")), layer + "output.dense"), x), layer + "output.LayerNorm")
nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
graph = helper.make_graph(
    nodes,
    "minilm",
    [helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "steps"]) for name in ("input_ids", "attention_mask", "token_type_ids")],
    [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["rows", "steps", 384])],
    [numpy_helper.from_array(value, name) for name, value in constants.items()],
)
save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8), sys.argv[1])
