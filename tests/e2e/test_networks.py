"""A network of a file from its declaration to a saved model: every form of searching it."""

import csv

from program import ProgramTest

MODEL = "model logit = scale(standard) -> logistic(C in {0.1, 1.0, 10.0})"
METHOD = "grid(points: 3)"
NETWORK = """network deep {
  repeat depth in 1..2 each {
    dense(units in 4..8) -> (relu | gelu)
  }
  repeat 0..1 {
    residual(dense(8) -> relu, shortcut: projection) -> batch_norm
  }
  (dropout(rate in 0.1..0.3) | none)
  train (adam(rate in 1e-2..1e-1 log) | sgd(rate: 0.1, momentum in 0.0..0.9)) {
    epochs   in 3..9
    batch    in {16, 32}
    schedule (cosine(warmup: 1) | step(every: 3) | none)
    augment  (noise(0.05) | none)
  }
}

model logit = scale(standard) -> deep"""
BRANCHES = """network sides {
  {petal_length, petal_width} -> repeat(depth in 1..2, dense(4) -> relu)
  matching "sepal_.*"         -> dense(4)
  then                        -> dense(4) -> relu
  train adam(rate in {0.01, 0.05}) {
    epochs 5
    batch  16
  }
}

model logit = scale(standard) -> sides"""


class Tests(ProgramTest):
    def trained(self, network, method):
        if not self.has_networks():
            self.skipTest("networks are not built here")
        self.small((MODEL, network), (METHOD, method))

    def test_plan_shows_what_each_layer_gives(self):
        self.small((MODEL, BRANCHES))
        plan = self.mlpc("plan", "small.mlp")
        self.assert_on_stdout(plan, r"network of logit +gives +parameters", r"dense\(4\) +4 numbers +36\n", "trained by adam")

    def test_a_part_of_the_data_goes_to_each_branch(self):
        self.trained(BRANCHES, "grid")
        run = self.run_json("small.mlp")
        self.assertIn("network sides", run["pipeline"])
        trials = run["searches"][0]["seeds"][0]["trials"]
        depths = {int(param["value"]) for trial in trials for param in trial["params"] if param["name"].endswith(".depth")}
        self.assertEqual(depths, {1, 2})
        self.assertTrue(any("repeat(depth: " in line for line in run["pipeline"]), run["pipeline"])

    def test_everything_that_is_open_gives_the_same_trials_on_any_number_of_threads(self):
        self.trained(NETWORK, "successive_halving(trials: 9, resource: 9)")
        journals = set()
        for jobs in (1, 3):
            run = self.run_json("--jobs", jobs, "small.mlp", folder=self.fresh_copy())
            journals.add(run["journal"])
        self.assertEqual(len(journals), 1, "another order of threads gave other trials")

    def test_a_saved_network_predicts(self):
        self.trained(NETWORK, "random(trials: 4)")
        self.mlpc("run", "small.mlp")
        rows = list(csv.DictReader(self.mlpc("predict", "out/small.mlpm", "iris.csv").stdout.splitlines()))
        with open(self.folder / "iris.csv", encoding="utf-8") as file:
            species = [row["species"] for row in csv.DictReader(file)]
        right = sum(row["prediction"] == truth for row, truth in zip(rows, species))
        self.assertGreater(right / len(species), 0.6)
