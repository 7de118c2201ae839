#!/usr/bin/python3
"""hyperband beside random search at equal epochs: networks of one to three layers on digits, ten seeds.

usage: tests/bench/networks/digits_depth.py MLPC [SEEDS]

hyperband runs its four brackets over 27 epochs once (a trial that goes on is continued); random gets as many whole trials as that makes
epochs. Prints per method: epochs trained, the median over the seeds of the best validation accuracy and of its test accuracy, and how often
hyperband's is the better one.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
EXPERIMENT = """edition 1

seeds 1..{seeds}

data digits = csv("digits.csv.gz") {{
  digit:  category target
  others: numeric
}}

split digits {{
  test  25% stratified seed 1
  folds 3   stratified seed 1
}}

network deep {{
  rescale(0.0625)
  repeat 1..3 {{
    dense(units in 8..128 log) -> (relu | tanh) -> (dropout(rate in 0.05..0.5) | none)
  }}
  train adam(rate in 1e-4..1e-1 log) {{
    epochs 27
    batch  in {{16, 32, 64, 128}}
  }}
}}

search best over deep {{
  method   {method}
  maximize accuracy
}}

evaluate best {{
  metrics accuracy
}}
"""


def run(mlpc, seeds, method):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "digits.csv.gz").write_bytes((ROOT / "examples/data/digits.csv.gz").read_bytes())
        (folder / "e.mlp").write_text(EXPERIMENT.format(seeds=seeds, method=method), encoding="utf-8")
        done = subprocess.run([mlpc, "run", "e.mlp", "--format", "json"], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return json.loads(done.stdout)


def epochs_of(seed):
    return sum(len(fit["epochs"]) for trial in seed["trials"] for fit in trial["trainings"]) / 3


def best_of(seed):
    winner = next(trial for trial in seed["trials"] if trial["number"] == seed["winner"])
    return winner["score"], seed["test_scores"]["accuracy"] if isinstance(seed["test_scores"], dict) else seed["test_scores"][0]["value"]


def main():
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    found = {}
    for method in ("hyperband(resource: 27)", "random(trials: 13)"):
        report = run(sys.argv[1], seeds, method)
        replicates = report["searches"][0]["seeds"]
        found[method] = [best_of(seed) for seed in replicates]
        print(json.dumps({"method": method, "epochs": statistics.median(epochs_of(seed) for seed in replicates),
                          "trials": len(replicates[0]["trials"]),
                          "validation": statistics.median(v for v, _ in found[method]),
                          "test": statistics.median(t for _, t in found[method]),
                          "wall": report["wall_seconds"], "cpu": report["cpu_seconds"]}))
    ours, theirs = found.values()
    print(json.dumps({"hyperband better": sum(a[0] > b[0] for a, b in zip(ours, theirs)), "equal": sum(a[0] == b[0] for a, b in zip(ours, theirs)),
                      "of": len(ours)}))


if __name__ == "__main__":
    main()
