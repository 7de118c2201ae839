#!/usr/bin/env python3
"""Writes the tables of the grid benchmarks, the same bytes every time: usage: make_data.py DIRECTORY

grid_569.csv    examples/data/breast_cancer.csv and a column `fold`: 0 to 4, stratified by the diagnosis
grid_20000.csv  20 numeric columns (x_1 … x_20), 10 categorical ones (level_1 … level_10, of 3 to 12 levels), 5 % of all these cells
                missing, a binary target that depends on both kinds and on products of them, and `fold`
wide_20000.csv  40 numeric columns (x_1 … x_40), half of them noise, nothing missing; a binary target `label` that depends on steps,
                products and sums of them, and `fold`
digits_1797.csv examples/data/digits.csv.gz and `fold`
credit_1000.csv examples/data/credit_g.csv and `fold`: 0 to 4, stratified by the class

Tables that are there already are kept unless this script is newer.
"""
import csv
import gzip
import math
import random
import sys
from pathlib import Path

FOLDS = 5
ROWS = 20_000
NUMERIC = 20
WIDE = 40
LEVEL_COUNTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
MISSING = 0.05


def stratified_folds(classes, rng):
    """Rows in random order, dealt to the folds class by class."""
    folds = [0] * len(classes)
    order = list(range(len(classes)))
    rng.shuffle(order)
    order.sort(key=lambda row: classes[row])
    for position, row in enumerate(order):
        folds[row] = position % FOLDS
    return folds


def write(path, header, rows, target):
    folds = stratified_folds([row[target] for row in rows], random.Random(5))
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*header, "fold"])
        writer.writerows([*row, f"f{fold}"] for row, fold in zip(rows, folds))


def normal(rng):
    """Box-Muller over random(), whose values Python keeps the same from version to version."""
    return math.sqrt(-2 * math.log(1 - rng.random())) * math.cos(2 * math.pi * rng.random())


def numeric_cells(rng):
    """Columns in threes share a hidden factor; every third is skewed, and scales differ by powers of ten."""
    factors = [normal(rng) for _ in range(NUMERIC // 3 + 1)]
    z = [0.6 * factors[i // 3] + 0.8 * normal(rng) for i in range(NUMERIC)]
    cells = [10 ** (i % 4 - 1) * (math.exp(z[i]) if i % 3 == 2 else z[i] + i) for i in range(NUMERIC)]
    return z, cells


def chance_of_yes(z, levels):
    score = 0.9 * z[0] - 0.7 * z[4] + 0.5 * z[9] + 0.4 * z[13] - 0.3 * z[18]
    score += 0.8 * z[1] * z[2] + 0.5 * z[6] * (1 if levels[3] < 2 else -1)
    score += sum(0.6 * math.sin(2.3 * level + c) for c, level in enumerate(levels[:6]))
    return 1 / (1 + math.exp(-(score - 0.5)))


def mixed_rows():
    rng = random.Random(20)
    for _ in range(ROWS):
        z, cells = numeric_cells(rng)
        levels = [min(int(count * rng.random() ** 1.5), count - 1) for count in LEVEL_COUNTS]
        target = "yes" if rng.random() < chance_of_yes(z, levels) else "no"
        texts = [f"{cell:.6g}" for cell in cells] + [f"v{level}" for level in levels]
        yield [text if rng.random() >= MISSING else "" for text in texts] + [target]


def wide_rows():
    rng = random.Random(40)
    for _ in range(ROWS):
        factors = [normal(rng) for _ in range(WIDE // 5)]
        z = [0.5 * factors[i // 5] + 0.87 * normal(rng) for i in range(WIDE)]
        score = 0.8 * z[0] - 0.6 * z[5] + 0.5 * z[10] + 0.4 * z[15]
        score += z[1] * z[6] + (0.9 if z[11] > 0.3 else -0.4) * (1 if z[16] > -0.2 else -1) + 0.7 * math.sin(2 * z[2])
        score += 0.6 * abs(z[7]) - (1.2 if z[3] > 0.5 and z[12] < 0.8 else 0) + 0.5 * z[4] * z[8] * (1 if z[9] > 0 else 0.2)
        cells = [math.exp(z[i]) if i % 4 == 3 else z[i] for i in range(WIDE)]
        yield [f"{cell:.6g}" for cell in cells] + ["yes" if rng.random() < 1 / (1 + math.exp(-2 * score)) else "no"]


def is_fresh(path):
    return path.exists() and path.stat().st_mtime > Path(__file__).stat().st_mtime


def main():
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    if all(is_fresh(directory / name) for name in ("grid_569.csv", "grid_20000.csv", "wide_20000.csv", "digits_1797.csv", "credit_1000.csv")):
        return
    source = Path(__file__).resolve().parents[2] / "examples/data/breast_cancer.csv"
    for name, table, target in (("grid_569.csv", source, "diagnosis"), ("credit_1000.csv", source.with_name("credit_g.csv"), "class")):
        with table.open(newline="") as file:
            header, *rows = csv.reader(file)
        write(directory / name, header, rows, header.index(target))

    header = [f"x_{i + 1}" for i in range(NUMERIC)] + [f"level_{i + 1}" for i in range(len(LEVEL_COUNTS))] + ["bought"]
    write(directory / "grid_20000.csv", header, list(mixed_rows()), len(header) - 1)
    header = [f"x_{i + 1}" for i in range(WIDE)] + ["label"]
    write(directory / "wide_20000.csv", header, list(wide_rows()), len(header) - 1)
    with gzip.open(source.with_name("digits.csv.gz"), "rt", newline="") as file:
        header, *rows = csv.reader(file)
    write(directory / "digits_1797.csv", header, rows, header.index("digit"))


main()
