"""Lags and windows as a user meets them: leaks that only the data show, and a saved model that needs history."""

import csv
import io
import random

from program import FINDINGS, OK, USAGE, ProgramTest

SALES = """edition 1

seeds 1..2

data sales = csv("sales.csv")
  -> lag(units, by: store, steps: [1, 7])
  -> rolling(units, mean, by: store, window: 3) {
  day:   date     time
  store: category
  price: numeric
  units: numeric  target
}

split sales {
  test  from 2024-03-01
  folds forward 3
}

pipeline prep {
  numeric  -> impute(median) -> scale(standard)
  category -> one_hot
}

model linear_units = prep -> ridge(alpha: 1.0)

evaluate linear_units {
  metrics rmse
}

save linear_units "out/units.mlpm"
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        draw = random.Random(4)
        self.rows = []
        for store in ("a", "b"):
            units = 50.0
            for day in range(90):
                month, day_of_month = divmod(day, 30)
                price = round(draw.uniform(1, 3), 2)
                units = round(0.7 * units + 20 - 4 * price + draw.gauss(0, 2), 2)
                if month == 1 and day_of_month == 29:
                    continue  # no 30 February
                self.rows.append({"day": f"2024-{month + 1:02}-{day_of_month + 1:02}", "store": store, "price": price, "units": units})
        draw.shuffle(self.rows)
        self.write("sales.csv", self.as_csv(self.rows))

    def as_csv(self, rows):
        text = io.StringIO()
        writer = csv.DictWriter(text, ["day", "store", "price", "units"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()

    def experiment(self, *changes):
        text = SALES
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.write("sales.mlp", text)

    def predict(self, rows):
        self.write("new.csv", self.as_csv(rows))
        result = self.mlpc("predict", "out/units.mlpm", "new.csv")
        return [float(row["prediction"]) for row in self.csv_rows(result.stdout)]

    def test_a_saved_model_predicts_the_next_row_from_its_history(self):
        self.experiment()
        self.mlpc("run", "sales.mlp")
        everything = self.predict(self.rows)
        newest = max(self.rows, key=lambda row: (row["day"], row["store"]))
        at = self.rows.index(newest)
        unknown = [dict(row, units="") if row is newest else row for row in self.rows]
        self.assertEqual(self.predict(unknown), everything, "its own target plays no part")
        without_history = self.predict([dict(newest, units="")])
        self.assertNotEqual(without_history, [everything[at]])
        two_weeks = [row for row in self.rows if row["store"] == newest["store"] and row["day"] >= "2024-03-10"]
        self.assertEqual(self.predict(two_weeks)[two_weeks.index(newest)], everything[at], "a file with enough history will do")

    def test_a_saved_model_says_which_history_it_needs(self):
        self.experiment()
        self.mlpc("run", "sales.mlp")
        self.write("bare.csv", "day,store,price\n2024-04-01,a,2\n")
        result = self.mlpc("predict", "out/units.mlpm", "bare.csv", code=USAGE)
        self.assertIn("the data has no column `units`, which the model needs", result.text)

    def test_a_model_cannot_be_saved_when_rows_were_dropped_before_looking_back(self):
        self.experiment(('csv("sales.csv")', 'csv("sales.csv") -> filter(price < 2.5)'))
        result = self.mlpc("run", "sales.mlp", code=FINDINGS)
        self.assertIn("error[X133]: `linear_units` cannot be saved", result.text)
        self.experiment(('csv("sales.csv")', 'csv("sales.csv") -> filter(price < 2.5)'), ('save linear_units "out/units.mlpm"\n', ""))
        self.mlpc("run", "sales.mlp", code=OK)

    def test_targets_within_the_gap_are_refused(self):
        self.experiment(("folds forward 3", "folds forward 3 gap 5d"))
        result = self.mlpc("run", "sales.mlp", code=FINDINGS)
        self.assertIn("error[L110]: `lag` is a feature, but it looks at targets that are not known yet", result.text)
        self.assertIn("1 days old, within the gap of 5 days", result.text)
        self.assertIn("error[L110]: `rolling`", result.text)
        self.experiment(("folds forward 3", "folds forward 3 gap 5d"), ("steps: [1, 7]", "steps: 7"), ("window: 3)", "window: 3, skip: 6)"))
        self.mlpc("run", "sales.mlp", code=OK)

    def test_given_folds_that_are_not_in_order_of_time_are_refused(self):
        for row in self.rows:
            row["fold"] = int(row["day"][-1]) % 3
        header = "day,store,price,units,fold\n"
        self.write("sales.csv", header + "".join(",".join(str(row[c]) for c in header.strip().split(",")) + "\n" for row in self.rows))
        self.experiment(("folds forward 3", "folds by fold"), ("  price: numeric\n", "  price: numeric\n  fold:  category\n"))
        result = self.mlpc("run", "sales.mlp", code=FINDINGS)
        self.assertIn("error[L109]", result.text)
        self.assertIn("in fold 1, ", result.text)
        self.assertIn("come after scored rows of the same series", result.text)

    def test_an_exception_from_the_order_of_time_does_not_reach_lags(self):
        self.experiment(("folds forward 3", "folds 3"), ("edition 1\n", 'edition 1\n\nallow L109 because "days are alike"\n'))
        result = self.mlpc("run", "sales.mlp", code=FINDINGS)
        self.assertIn("error[L109]", result.text)
        self.assertIn("`lag` looks back", result.text)

    def test_rows_of_one_time_need_series(self):
        self.experiment(("lag(units, by: store, steps: [1, 7])", "lag(units, steps: [1, 7])"))
        result = self.mlpc("run", "sales.mlp", code=USAGE)
        self.assertIn("two rows have the day 2024-01-01, so that it is not known which one is earlier", result.text)
        self.assertIn("sales.mlp:6", result.text)
