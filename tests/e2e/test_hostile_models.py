"""A saved model is a file from anywhere: models within models that were tampered with are refused, and never end the program."""

import copy
import hashlib
import json
import random
import struct
import unittest

from program import OK, USAGE, ProgramTest

FIXED, DIGEST = 16, 64  # magic, format and length of the header; the checksum at the end
STACKED = """model logit = scale(standard) -> logistic
model tree  = decision_tree(depth: 2)
model logit_or_tree = stack(logit, tree) with logistic()"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        self.small(
            ("model logit = scale(standard) -> logistic(C in {0.1, 1.0, 10.0})", STACKED),
            ("over logit {", "over logit_or_tree {"),
            ("method   grid(points: 3)", "method   manual [{}]"),
            ("seeds 1..2", "seed 1"),
        )
        self.mlpc("run", "small.mlp")
        data = (self.folder / "out/small.mlpm").read_bytes()
        (length,) = struct.unpack("<Q", data[8:FIXED])
        self.fixed, self.states = data[:8], data[FIXED + length : -DIGEST]
        self.header = json.loads(data[FIXED : FIXED + length])

    # Under a right checksum.
    def predict(self, header, states, code):
        text = json.dumps(header).encode()
        data = self.fixed + struct.pack("<Q", len(text)) + text + states
        (self.folder / "hostile.mlpm").write_bytes(data + hashlib.sha256(data).hexdigest().encode())
        return self.mlpc("predict", "hostile.mlpm", "iris.csv", code=code)

    def learners(self, header):
        return next(node for node in header["nodes"] if node.get("learners"))["learners"]

    def test_models_within_models_are_looked_at_before_they_are_built(self):
        self.predict(self.header, self.states, OK)

        def nested(learners):
            inner = copy.deepcopy(learners[0])
            for _ in range(20):
                inner[-1]["component"], inner[-1]["learners"] = "bagging", [copy.deepcopy(inner)]
            learners[0] = inner

        damages = {
            "inputs": lambda learners: learners[0][-1].update(inputs=[len(learners[0])]),
            "first": lambda learners: learners[0][-1].update(inputs=[]),
            "step": lambda learners: learners[0][-1].update(component="scale"),
            "kind": lambda learners: learners[0][0].update(kind="look_back"),
            "empty": lambda learners: learners.__setitem__(0, []),
            "none": lambda learners: learners.clear(),
            "one": lambda learners: learners.pop(),
            "no list": lambda learners: learners.__setitem__(0, "logistic"),
            "other model": lambda learners: learners[0][-1].update(component="knn"),
            "combination": lambda learners: learners[0][-1].update(component="stack"),
            "deep": nested,
        }
        for name, damage in damages.items():
            with self.subTest(name):
                header = copy.deepcopy(self.header)
                damage(self.learners(header))
                self.assert_says(self.predict(header, self.states, USAGE), "cannot load `?hostile.mlpm")

    def test_changed_states_of_models_within_models_end_nothing(self):
        rng = random.Random(1)
        for _ in range(20):
            states = bytearray(self.states)
            for _ in range(rng.randrange(1, 4)):
                states[rng.randrange(len(states))] = rng.randrange(256)
            self.predict(self.header, bytes(states), {OK, USAGE})


if __name__ == "__main__":
    unittest.main()
