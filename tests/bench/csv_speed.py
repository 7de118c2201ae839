#!/usr/bin/python3
"""The same CSV file read by mlpc and by pandas, in turn, in one run: best wall and CPU time of each, and the ratios.

usage: tests/bench/csv_speed.py build/release/csv_speed [ROUNDS]

pandas is given the types beforehand (float64, category), which is its fastest way, and again none, which is what most write.
"""

import json
import subprocess
import sys
import tempfile
import time

import pandas


def seconds_of(read):
    wall, cpu = time.perf_counter(), time.process_time()
    table = read()
    assert table.shape == (200_000, 31), table.shape
    return time.perf_counter() - wall, time.process_time() - cpu


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        subprocess.run([program, "write", file.name], check=True)
        names = pandas.read_csv(file.name, nrows=1).columns
        types = {name: "float64" if name.startswith("x") else "category" for name in names}
        ways = {
            "pandas, types given": lambda: pandas.read_csv(file.name, dtype=types),
            "pandas, types guessed": lambda: pandas.read_csv(file.name),
        }
        best = {"mlpc": (float("inf"), float("inf"))} | {way: (float("inf"), float("inf")) for way in ways}
        for _ in range(rounds):
            ours = json.loads(subprocess.run([program, "read", file.name, "3"], check=True, capture_output=True).stdout)
            found = {"mlpc": (ours["wall"], ours["cpu"])} | {way: seconds_of(read) for way, read in ways.items()}
            best = {way: tuple(map(min, best[way], found[way])) for way in best}
    wall, cpu = best["mlpc"]
    print(f"pandas {pandas.__version__}")
    for way, (their_wall, their_cpu) in best.items():
        print(f"{way:24} wall {their_wall:.3f} s, CPU {their_cpu:.3f} s; ratio wall {their_wall / wall:.1f}, CPU {their_cpu / cpu:.1f}")


if __name__ == "__main__":
    main()
