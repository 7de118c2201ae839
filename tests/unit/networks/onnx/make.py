"""Writes the small networks of the tests of ONNX (image.onnx, text.onnx) and what they give (expected.json), calculated with NumPy alone.

apt-get install python3-onnx; /usr/bin/python3 tests/unit/networks/onnx/make.py
"""

import json
import pathlib

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

folder = pathlib.Path(__file__).parent
random = np.random.RandomState(1)


def numbers(*shape):
    return (random.randint(-8, 9, size=shape) / 8).astype(np.float32)


def write(name, nodes, inputs, outputs, tensors):
    graph = helper.make_graph(nodes, name, inputs, outputs, [numpy_helper.from_array(value, key) for key, value in tensors.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7, producer_name="make.py")
    checker.check_model(model)
    save(model, folder / f"{name}.onnx")


def floats(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def codes(name):
    return helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "steps"])


# Two channels of 3 × 4, three maps of 2 × 3, five numbers.
kernel, bias, weight, shift = numbers(3, 2, 2, 2), numbers(3), numbers(18, 5), numbers(5)
write(
    "image",
    [
        helper.make_node("Conv", ["image", "kernel", "bias"], ["sums"], kernel_shape=[2, 2]),
        helper.make_node("Relu", ["sums"], ["maps"]),
        helper.make_node("Flatten", ["maps"], ["flat"]),
        helper.make_node("Gemm", ["flat", "weight", "shift"], ["numbers"]),
    ],
    [floats("image", ["rows", 2, 3, 4])],
    [floats("numbers", ["rows", 5]), floats("maps", ["rows", 3, 2, 3])],
    {"kernel": kernel, "bias": bias, "weight": weight, "shift": shift},
)
rows = numbers(3, 3, 4, 2)  # by row, column, channel, as our columns come
maps = np.zeros((3, 3, 2, 3), np.float32)
for i in range(2):
    for j in range(3):
        maps[:, :, i, j] = np.einsum("nhwc,ochw->no", rows[:, i : i + 2, j : j + 2, :], kernel) + bias
maps = np.maximum(maps, 0)

words, types = numbers(16, 4), numbers(2, 4)
write(
    "text",
    [
        helper.make_node("Gather", ["words", "input_ids"], ["of_words"]),
        helper.make_node("Gather", ["types", "token_type_ids"], ["of_types"]),
        helper.make_node("Add", ["of_words", "of_types"], ["both"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["masks"]),
        helper.make_node("Mul", ["both", "masks"], ["last_hidden_state"]),
    ],
    [codes("input_ids"), codes("attention_mask"), codes("token_type_ids")],
    [floats("last_hidden_state", ["rows", "steps", 4])],
    {"words": words, "types": types, "last": np.array([-1], np.int64)},
)
texts = ["", "the film was good.", "abc a"]
pieces = [[2, 3], [2, 5, 6, 7, 8, 12, 3], [2, 13, 14, 15, 13, 3]]  # in ../text_encoder/tokenizer.json
means = np.array([(words[p] + types[0]).mean(axis=0) for p in pieces])
expected = {
    "rows": rows.reshape(3, -1).tolist(),
    "numbers": (maps.reshape(3, -1) @ weight + shift).tolist(),
    "maps": maps.mean(axis=(2, 3)).tolist(),
    "texts": texts,
    "means": means.tolist(),
    "unit_means": (means / np.linalg.norm(means, axis=1, keepdims=True)).tolist(),
}
(folder / "expected.json").write_text(json.dumps(expected) + "\n")
