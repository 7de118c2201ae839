"""mlpc predict: the saved model gives the run's own predictions back, and takes no harm from what it is given."""

import csv
import io
import math

from program import EXAMPLES, USAGE, ProgramTest

FEATURES = ["sepal_length", "sepal_width", "petal_length", "petal_width"]


class Tests(ProgramTest):
    # Every fifth flower is in held.csv, the test partition of the run; so the run's own test predictions can be counted.
    def train(self):
        read = csv.DictReader((EXAMPLES / "data/iris.csv").read_text(encoding="utf-8").splitlines())
        rows = [dict(row) for row in dict.fromkeys(tuple(row.items()) for row in read)]  # one flower was recorded twice
        self.held = rows[::5]
        held_text, rest_text = self.as_csv(self.held), self.as_csv([row for i, row in enumerate(rows) if i % 5])
        self.small(('test  20% stratified seed 7', 'test  "held.csv"'), ("-> drop_duplicates ", ""), ("seeds 1..2", "seed 42"))
        self.write("iris.csv", rest_text)
        self.write("held.csv", held_text)
        return self.run_json("small.mlp")

    def as_csv(self, rows, columns=(*FEATURES, "species")):
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()

    def predict(self, name, **options):
        return self.csv_rows(self.mlpc("predict", "out/small.mlpm", name, **options).stdout)

    def test_gives_the_runs_own_confusion_back(self):
        run = self.train()
        predicted = [row["prediction"] for row in self.predict("held.csv")]
        classes = run["data"][0]["classes"]
        counted = [[0] * len(classes) for _ in classes]
        for row, guess in zip(self.held, predicted, strict=True):
            counted[classes.index(row["species"])][classes.index(guess)] += 1
        self.assertEqual(run["searches"][0]["seeds"][0]["confusion"], counted)

    def test_gives_the_runs_own_probabilities_back(self):
        run = self.train()
        rows = self.predict("held.csv")
        losses = [-math.log(float(row[f"p({truth['species']})"])) for row, truth in zip(rows, self.held, strict=True)]
        self.assertAlmostEqual(run["searches"][0]["seeds"][0]["test_scores"]["log_loss"], sum(losses) / len(losses), delta=1e-12)

    def test_needs_no_target_column(self):
        self.train()
        self.write("bare.csv", self.as_csv(self.held, FEATURES))
        self.assertEqual(self.predict("bare.csv"), self.predict("held.csv"))

    def test_order_of_columns_does_not_matter(self):
        self.train()
        self.write("turned.csv", self.as_csv(self.held, FEATURES[::-1]))
        self.assertEqual(self.predict("turned.csv"), self.predict("held.csv"))

    def test_a_row_alone_is_predicted_as_among_others(self):
        self.train()
        self.write("one.csv", self.as_csv(self.held[7:8]))
        self.assertEqual(self.predict("one.csv")[0], self.predict("held.csv")[7])

    def test_absent_column_is_named(self):
        self.train()
        self.write("less.csv", self.as_csv(self.held, FEATURES[:-1]))
        self.assert_says(self.mlpc("predict", "out/small.mlpm", "less.csv", code=USAGE), "petal_width")

    def test_text_where_a_number_belongs_is_named_by_row_and_column(self):
        self.train()
        self.write("bad.csv", self.as_csv([*self.held[:2], {**self.held[2], "petal_width": "wide"}]))
        self.assert_says(self.mlpc("predict", "out/small.mlpm", "bad.csv", code=USAGE), "petal_width", "row 4|line 4|bad.csv:4", "wide")

    def test_damaged_model_is_refused(self):
        self.train()
        path = self.folder / "out/small.mlpm"
        whole = path.read_bytes()
        for name, content in {
            "one bit": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
            "cut short": whole[: len(whole) // 2],
            "empty": b"",
            "text": b"not a model\n" * 100,
            "grown": whole + b"x",
        }.items():
            with self.subTest(name):
                path.write_bytes(content)
                self.assert_says(self.mlpc("predict", path, "held.csv", code=USAGE), r"small\.mlpm")

    def test_absent_files_are_usage_errors(self):
        self.train()
        self.assert_says(self.mlpc("predict", "absent.mlpm", "held.csv", code=USAGE), r"absent\.mlpm")
        self.assert_says(self.mlpc("predict", "out/small.mlpm", "absent.csv", code=USAGE), r"absent\.csv")
