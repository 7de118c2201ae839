#!/usr/bin/env python3
"""Pipeline searches by mlpc and by Optuna over scikit-learn, alternately, a process each, for several seeds.

usage: search_pipelines.py [-s SEEDS] [-f FIRST] [-t TRIALS] [-p MLPC] NAME...   NAME: search_credit, search_digits, search_mixed (3 seeds from 1
on, 100 trials)

Prints a line a run, then medians: the best score of as many trials; what the peer had found when it had used as much CPU time as mlpc used
for all its trials (none: not one trial was complete); and the ratio of CPU time for the whole.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parents[1]
PYTHON = "/usr/bin/python3"
JOBS = "1"  # of both: with fewer tasks than threads, those that wait for one use time as well


def environment():
    """OpenBLAS 0.3.21 knows no processor of after 2021 and would use its oldest kernels."""
    newer = "avx512f" in Path("/proc/cpuinfo").read_text()
    return {**({"OPENBLAS_CORETYPE": "SkylakeX"} if newer else {}), **os.environ}


def measured(folder, command):
    """CPU seconds of the whole process and the JSON that it printed."""
    usage = subprocess.run([PYTHON, BENCH / "resource_use.py", "out", "err", *command], cwd=folder, env=environment(), capture_output=True, text=True)
    if usage.returncode != 0:
        sys.exit((folder / "err").read_text() or usage.stderr)
    return float(usage.stdout.split()[1]), json.loads((folder / "out").read_text())


def our_run(mlpc, name, table, seed, trials, data):
    text = (BENCH / f"{name}.mlp").read_text()
    with tempfile.TemporaryDirectory(dir=data) as scratch:
        folder = Path(scratch)
        (folder / ".mlpc").mkdir()  # a project of its own, so that no run finds what another one stored
        shutil.copy(data / table, folder)
        (folder / "search.mlp").write_text(re.sub(r"^seed 1$", f"seed {seed}", text, flags=re.M))
        cpu, run = measured(folder, [mlpc, "run", "search.mlp", "--set", f"trials={trials}", "--format", "json", "--jobs", JOBS])
    search = run["searches"][0]["seeds"][0]
    return cpu, next(trial["score"] for trial in search["trials"] if trial["number"] == search["winner"])


def peer_run(name, table, seed, trials, data):
    with tempfile.TemporaryDirectory(dir=data) as scratch:
        folder = Path(scratch)
        shutil.copy(data / table, folder)
        return measured(folder, [PYTHON, BENCH / "peer_search.py", table, JOBS, name.removeprefix("search_"), str(seed), str(trials)])


def found_within(course, seconds):
    found = [best for used, best in course if used <= seconds and best is not None]
    return found[-1] if found else None


def show(score):
    return "none" if score is None else f"{score:.6f}"


def compare(name, options, data):
    table = re.search(r'csv\("([^"]*)"\)', (BENCH / f"{name}.mlp").read_text())[1]
    ours, peers, within, cpus, peer_cpus = [], [], [], [], []
    for seed in range(options.first, options.first + options.seeds):
        cpu, score = our_run(options.mlpc, name, table, seed, options.trials, data)
        peer_cpu, peer = peer_run(name, table, seed, options.trials, data)
        at_equal_cpu = found_within(peer["course"], cpu)
        print(f"{name} seed {seed}: mlpc {score:.6f} in {cpu:.2f} s CPU; peer {peer['best_score']:.6f} in {peer_cpu:.2f} s, {show(at_equal_cpu)} in ours", flush=True)
        ours.append(score)
        cpus.append(cpu)
        peers.append(peer["best_score"])
        peer_cpus.append(peer_cpu)
        within.append(at_equal_cpu)
    ratio = statistics.median(peer_cpus) / statistics.median(cpus)
    print(f"{name} median: mlpc {statistics.median(ours):.6f} in {statistics.median(cpus):.2f} s CPU; peer {statistics.median(peers):.6f} in {statistics.median(peer_cpus):.2f} s")
    print(f"{name} CPU ratio {ratio:.1f} (target 10); at equal CPU time the peer has {show(statistics.median(w if w is not None else 0.0 for w in within) or None)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-s", "--seeds", type=int, default=3)
    parser.add_argument("-f", "--first", type=int, default=1)
    parser.add_argument("-t", "--trials", type=int, default=100)
    parser.add_argument("-p", "--mlpc", default=str(ROOT / "build/release/mlpc"))
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    options.mlpc = str(Path(options.mlpc).resolve())
    data = ROOT / "build/bench"
    subprocess.run([PYTHON, BENCH / "make_data.py", data], check=True)
    for name in options.names:
        compare(name, options, data)


main()
