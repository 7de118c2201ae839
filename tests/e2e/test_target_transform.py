"""`target transform log`: fitted on the logarithm, everything that a person sees is in the target's own units."""

import math
import random

from program import FINDINGS, USAGE, ProgramTest

HOUSES = """edition 1

seeds 1..2

data houses = csv("houses.csv") {
  price: numeric target TRANSFORM
  area:  numeric
}

split houses {
  test  "new.csv"
  folds 3
}

model linear_price = scale(standard) -> linear()

evaluate linear_price {
  metrics rmse, mae
}

save linear_price "out/price.mlpm"
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        draw = random.Random(2)
        self.rows = [(math.exp(1 + 0.02 * area + draw.gauss(0, 0.1)), area) for area in (draw.uniform(20, 200) for _ in range(120))]
        self.table("houses.csv", self.rows[:90])
        self.table("new.csv", self.rows[90:])

    def table(self, name, rows):
        self.write(name, "price,area\n" + "".join(f"{price},{area}\n" for price, area in rows))

    def run_with(self, transform):
        self.write("houses.mlp", HOUSES.replace(" TRANSFORM", transform))
        run = self.run_json("houses.mlp")
        return run["searches"][0]["seeds"][0]

    def test_is_least_squares_of_the_logarithm_with_errors_in_units_of_the_target(self):
        seed = self.run_with(" transform log")
        logs = [(math.log(price), area) for price, area in self.rows[:90]]
        mean_y = sum(y for y, _ in logs) / 90
        mean_x = sum(x for _, x in logs) / 90
        slope = sum((y - mean_y) * (x - mean_x) for y, x in logs) / sum((x - mean_x) ** 2 for _, x in logs)
        predicted = [math.exp(mean_y + slope * (area - mean_x)) for _, area in self.rows[90:]]
        errors = [p - price for p, (price, _) in zip(predicted, self.rows[90:], strict=True)]
        self.assertAlmostEqual(seed["test_scores"]["rmse"], math.sqrt(sum(e * e for e in errors) / 30), places=6)
        self.assertAlmostEqual(seed["test_scores"]["mae"], sum(map(abs, errors)) / 30, places=6)
        saved = [float(row["prediction"]) for row in self.csv_rows(self.mlpc("predict", "out/price.mlpm", "new.csv").stdout)]
        for ours, theirs in zip(saved, predicted, strict=True):
            self.assertAlmostEqual(ours, theirs, delta=1e-9 * theirs)

    def test_transforms_differ_and_none_is_the_plain_fit(self):
        scores = {name: self.run_with(name)["test_scores"]["rmse"] for name in ("", " transform log", " transform log1p", " transform sqrt")}
        self.assertEqual(len(set(scores.values())), 4)
        self.assertLess(scores[" transform log"], scores[""] / 2)

    def test_values_that_have_no_logarithm_are_found_with_their_rows(self):
        self.table("houses.csv", [(0.0, 50.0), *self.rows[:60], (-3.5, 70.0), *self.rows[60:90]])
        self.write("houses.mlp", HOUSES.replace(" TRANSFORM", " transform log"))
        result = self.mlpc("run", "houses.mlp", code=USAGE)
        self.assertIn("the target `price` is 0 in row 2, -3.5 in row 63, and `transform log` is for numbers above 0", result.text)
        self.assertIn("houses.mlp:6", result.text)

    def test_is_for_numeric_targets(self):
        self.write("houses.mlp", HOUSES.replace("numeric target TRANSFORM", "numeric target transform cube"))
        self.assertIn("error[T101]", self.mlpc("check", "houses.mlp", code=FINDINGS).text)

    def test_the_formatter_keeps_it(self):
        self.write("houses.mlp", HOUSES.replace(" TRANSFORM", "   transform    log"))
        self.mlpc("fmt", "houses.mlp")
        self.assertIn("  price: numeric target transform log\n", (self.folder / "houses.mlp").read_text())
