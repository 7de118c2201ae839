#!/usr/bin/python3
"""Racing over folds: the same search without a pruner and with each of those that give trials up on the way.

usage: tests/bench/racing.py MLPC [EXPERIMENT.mlp…]

Each experiment runs in a scratch folder, with 10 folds and 40 random trials where it searches at random. Prints per experiment and pruner: how
many of its seeds have the same winning trial, how much worse the winner's validation score is where it is another one, fits done and CPU time
beside those of the search without a pruner.
"""

import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRUNERS = ("race", "wilcoxon", "bound", "median", "hyperband")
EXPERIMENTS = ("breast_cancer", "diabetes", "iris", "penguins", "credit_g", "digits")


def prepared(path, pruner):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"folds \d+", "folds 10", text)
    text = re.sub(r"random\(trials: \d+\)", "random(trials: 40)", text)
    text = re.sub(r"^(report|save) .*\n", "", text, flags=re.M)
    clause = f"  prune {pruner}\n" if pruner else ""
    return re.sub(r"^(  (?:maximize|minimize) )", clause + r"\1", text, count=1, flags=re.M)


def run(mlpc, path, pruner):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".mlpc").mkdir()
        shutil.copytree(ROOT / "examples/data", folder / "data", ignore=shutil.ignore_patterns("spam*", "fashion*"))
        (folder / "e.mlp").write_text(prepared(path, pruner), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([mlpc, "run", "e.mlp", "--format", "json"], cwd=folder, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 3):
            sys.exit(f"{path.name} with {pruner}: {done.stderr}")
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return json.loads(done.stdout), seconds


def winners(search):
    return [next(t for t in seed["trials"] if t["number"] == seed["winner"]) for seed in search["seeds"]]


def main():
    mlpc = str(Path(sys.argv[1]).resolve())
    paths = [Path(p) for p in sys.argv[2:]] or [ROOT / "examples" / f"{name}.mlp" for name in EXPERIMENTS]
    print(f"{'experiment':15} {'pruner':12} {'same winner':>12} {'worse by':>10} {'fits':>14} {'CPU':>6}")
    for path in paths:
        whole, whole_cpu = run(mlpc, path, None)
        search = whole["searches"][0]
        best = winners(search)
        sign = 1 if search["greater_is_better"] else -1
        for pruner in PRUNERS:
            raced, cpu = run(mlpc, path, pruner)
            found = winners(raced["searches"][0])
            same = sum(a["params"] == b["params"] and a["model"] == b["model"] for a, b in zip(best, found))
            worse = statistics.mean(sign * (a["score"] - b["score"]) for a, b in zip(best, found))
            fits = f"{raced['fits_done']}/{whole['fits_done']}"
            print(f"{path.stem:15} {pruner:12} {f'{same}/{len(best)}':>12} {worse:10.5f} {fits:>14} {whole_cpu / cpu:5.1f}x", flush=True)


if __name__ == "__main__":
    main()
