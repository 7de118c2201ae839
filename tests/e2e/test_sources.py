"""Data from elsewhere: the same experiment on the same rows in other formats, and what a run leaves of a server's address."""

import csv
import gzip
import json
import sqlite3
import struct

from program import EXAMPLES, FINDINGS, ProgramTest

PASSWORD = "open-sesame"


def iris_rows():
    with open(EXAMPLES / "data/iris.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(inner) for key, inner in value.items() if "seconds" not in key}
    return [without_times(inner) for inner in value] if isinstance(value, list) else value


class Tests(ProgramTest):
    # The leaderboard of the small experiment, read from another source.
    def scores_from(self, source, *changes):
        self.small(('csv("iris.csv")', source), *changes)
        report = self.run_json("small.mlp", folder=self.fresh_copy())
        self.assertEqual(report["status"], "done")
        return without_times(report["searches"])

    def test_the_same_rows_score_the_same_in_every_format(self):
        rows = iris_rows()
        wanted = self.scores_from('csv("iris.csv")')
        numbers = [{k: v if k == "species" else float(v) for k, v in row.items()} for row in rows]
        self.write("iris.jsonl", "".join(json.dumps(row) + "\n" for row in numbers))
        (self.folder / "iris.jsonl.gz").write_bytes(gzip.compress((self.folder / "iris.jsonl").read_bytes()))
        names = list(rows[0])
        levels = sorted({row["species"] for row in rows})
        header = [f"@attribute {n} {'{' + ','.join(levels) + '}' if n == 'species' else 'numeric'}" for n in names]
        body = [",".join(row[n] for n in names) for row in rows]
        self.write("iris.arff", "\n".join(["@relation iris", *header, "@data", *body]) + "\n")
        with sqlite3.connect(self.folder / "iris.db") as database:
            database.execute(f"create table iris ({', '.join(n + (' text' if n == 'species' else ' real') for n in names)})")
            database.executemany(f"insert into iris values ({', '.join('?' * len(names))})", [[row[n] for n in names] for row in rows])
        database.close()
        for source in ('jsonl("iris.jsonl")', 'jsonl("iris.jsonl.gz")', 'arff("iris.arff")', 'sqlite("iris.db", query: "select * from iris")'):
            with self.subTest(source):
                self.assertEqual(self.scores_from(source), wanted)

    def test_images_of_idx_files_with_a_test_file(self):
        for name, count in (("train", 60), ("t10k", 20)):
            pixels = bytes((i * 7 + (i // 4) % 2 * 100 + (3 if name == "t10k" else 0)) % 256 for i in range(count * 4))
            (self.folder / f"{name}-images-idx3-ubyte").write_bytes(struct.pack(">IIII", 0x803, count, 2, 2) + pixels)
            labels = struct.pack(">II", 0x801, count) + bytes(i % 2 for i in range(count))
            (self.folder / f"{name}-labels-idx1-ubyte").write_bytes(labels)
        self.write(
            "images.mlp",
            """edition 1

seeds 1..2

data images = idx("train-images-idx3-ubyte") {
  label:               category target
  matching "pixel_.*": numeric in 0..255
}

split images {
  test  "t10k-images-idx3-ubyte"
  folds 3 stratified
}

allow L107 because "made-up images repeat"
allow L111 because "made-up images tell their label"

model tree = decision_tree(depth in 1..3)

search best over tree {
  method   grid(points: 3)
  maximize accuracy
}

evaluate best {
  metrics accuracy
}
""",
        )
        report = self.run_json("images.mlp")
        self.assertEqual((report["data"][0]["train_rows"], report["data"][0]["test_rows"]), (60, 20))

    def test_describe_and_new_read_other_formats(self):
        self.write("iris.jsonl", "".join(json.dumps(row) + "\n" for row in iris_rows()))
        self.assert_on_stdout(self.mlpc("describe", "iris.jsonl"), "150 rows", r"species +category")
        self.mlpc("new", "flowers", "--from", "iris.jsonl")
        self.assertIn('jsonl("iris.jsonl")', (self.folder / "flowers.mlp").read_text())
        self.assertEqual(self.run_json("flowers.mlp")["status"], "done")

    def test_a_servers_password_is_not_printed_or_stored(self):
        self.small(('csv("iris.csv")', 'postgres(query: "select * from iris", url: env("FLOWERS"))'))
        address = f"postgresql://ann:{PASSWORD}@127.0.0.1:1/flowers"
        result = self.mlpc("run", "small.mlp", code=set(range(1, 70)), FLOWERS=address)
        self.assertIn("127.0.0.1", result.text)
        self.assertNotIn(PASSWORD, result.text)
        self.small(('csv("iris.csv")', f'postgres("{address}", query: "select * from iris")'))
        for command in (("check",), ("run",), ("check", "--format", "json"), ("check", "--format", "sarif")):
            result = self.mlpc(*command, "small.mlp", code=FINDINGS)
            self.assertIn("D117", result.text)
            self.assertNotIn(PASSWORD, result.text)
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name != "small.mlp":
                self.assertNotIn(PASSWORD.encode(), path.read_bytes(), path)

    def test_parquet_without_its_library_says_how_to_get_it(self):
        self.small(('csv("iris.csv")', 'parquet("iris.csv")'))
        result = self.mlpc("run", "small.mlp", code=set(range(1, 70)), MLPC_DUCKDB="/nowhere/libduckdb.so")
        self.assertIn("./setup duckdb", result.text)
