"""A program that `objective_command.mlp` tunes: a line is fitted by stochastic gradient descent, epoch by epoch.

It reads one JSON object from standard input and prints a JSON object a line: one for each epoch, so that a search can give it up
early, and one at the end.
"""

import json
import random
import sys

EPOCHS = 27

task = json.load(sys.stdin)
parameters = task["parameters"]
decay = parameters["decay"]  # "none" is null, "l2(strength …)" is {"l2": {"strength": …}}
strength = decay["l2"]["strength"] if decay else 0.0

generator = random.Random(task["seed"])


def draw(count):
    rows = []
    for _ in range(count):
        x = [generator.uniform(-1, 1) for _ in range(5)]
        rows.append((x, 3 * x[0] - 2 * x[1] + generator.gauss(0, 0.5)))
    return rows


def error(rows, weights):
    return sum((y - sum(w * v for w, v in zip(weights, x))) ** 2 for x, y in rows) / len(rows)


train, validation = draw(40), draw(200)
weights = [0.0] * 5
for epoch in range(1, EPOCHS + 1):
    for start in range(0, len(train), parameters["batch"]):
        rows = train[start : start + parameters["batch"]]
        gradient = [strength * w for w in weights]
        for x, y in rows:
            miss = sum(w * v for w, v in zip(weights, x)) - y
            gradient = [g + miss * v / len(rows) for g, v in zip(gradient, x)]
        weights = [w - parameters["rate"] * g for w, g in zip(weights, gradient)]
    print(json.dumps({"step": epoch, "of": EPOCHS, "value": error(validation, weights)}), flush=True)

print(json.dumps({"value": error(validation, weights), "largest_weight": max(map(abs, weights))}))
