"""compare: models beside each other on the same folds, from the file to every report, as scipy computes it."""

import json
import math
import sqlite3
import unittest

from program import FINDINGS, ProgramTest, comparable

try:
    from scipy import stats
except ImportError:
    stats = None

EXPERIMENT = """edition 1

seeds 1..2

data penguins = csv("penguins.csv") {
  species:           category target
  island:            category
  bill_length_mm:    numeric optional
  bill_depth_mm:     numeric optional
  flipper_length_mm: numeric optional
  ignore             body_mass_g, sex, year
}

split penguins {
  test  20% stratified seed 7
  folds 5   stratified
}

pipeline prep {
  numeric  -> impute(mean) -> scale(standard)
  category -> one_hot
}

model zero  = dummy
model logit = prep -> logistic(C: 1.0)
model near  = prep -> knn(k in 1..15)

search best over near {
  method   random(trials: 4)
  maximize mcc
}

compare zero, near, logit
"""
SEARCH = """search best over near {
  method   random(trials: 4)
  maximize mcc
}

"""


class Tests(ProgramTest):
    def experiment(self, *changes):
        text = EXPERIMENT
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.copy_data("penguins.csv")
        self.write("c.mlp", text)

    # By name, with one comparison in the run.
    def models(self, run):
        (comparison,) = run["comparisons"]
        return comparison, {model["name"]: model for model in comparison["models"]}

    def test_says_which_cannot_be_told_from_the_best(self):
        self.experiment()
        run = self.run_json("c.mlp")
        comparison, models = self.models(run)
        self.assertEqual(comparison["metric"], "mcc")
        self.assertEqual(comparison["folds"], "validation")
        self.assertEqual(models["zero"]["standing"], "worse")
        self.assertEqual({models[name]["standing"] for name in ("near", "logit")}, {"best", "not told from the best"})
        self.assertEqual((models["zero"]["trials"], models["near"]["trials"]), (1, 4))
        said = " ".join(comparison["sentences"])
        self.assertIn("cannot be told from it", said)
        self.assertIn("zero is worse", said)
        self.assertIn("near is the best of 4 trials", said)
        # The scores are those of the trials; no test rows were opened.
        search = next(s for s in run["searches"] if s["name"] == "best")
        for seed, scores in zip(search["seeds"], models["near"]["fold_scores"]):
            winner = next(t for t in seed["trials"] if t["number"] == seed["winner"])
            self.assertEqual(scores, winner["fold_scores"])
            self.assertEqual(seed["test_scores"], {})
        text = self.mlpc("results", "latest").stdout
        self.assertIn("Comparison by mcc", text)
        self.assertNotIn("Leaderboard of zero", text)
        page = self.mlpc("results", "latest", "--format", "html").stdout
        self.assertIn("<h2>Comparison by mcc</h2>", page)
        self.assertEqual(comparable(self.parse_json(self.mlpc("results", "latest", "--format", "json"))), comparable(run))

    @unittest.skipIf(stats is None, "scipy is not installed")
    def test_is_the_corrected_t_test_of_scipy(self):
        self.experiment()
        comparison, models = self.models(self.run_json("c.mlp", "--jobs", 2))
        best = comparison["models"][0]
        others = comparison["models"][1:]
        p_values = []
        for other in others:
            pairs = zip(sum(best["fold_scores"], []), sum(other["fold_scores"], []))
            differences = [a - b for a, b in pairs]
            n = len(differences)
            mean = math.fsum(differences) / n
            variance = math.fsum((d - mean) ** 2 for d in differences) / (n - 1)
            error = math.sqrt(variance * (1 / n + comparison["scored_per_fitted"]))
            p_values.append(2 * stats.t.sf(abs(mean / error), n - 1))
            half = stats.t.ppf(0.975, n - 1) * error
            self.assertAlmostEqual(other["behind"]["mean"], mean, 12)
            self.assertAlmostEqual(other["behind"]["high"], mean + half, 9)
            self.assertAlmostEqual(other["p_value"], p_values[-1], 9)
        low, high = sorted(p_values)
        adjusted = [min(1, 2 * low), max(min(1, 2 * low), high)]
        self.assertEqual([round(p, 9) for p in sorted(o["adjusted_p_value"] for o in others)], [round(p, 9) for p in adjusted])

    def test_plain_models_need_no_search(self):
        self.experiment(("compare zero, near, logit", 'compare zero, logit\n\nreport "c.json"'), (SEARCH, ""))
        run = self.run_json("c.mlp")
        self.assertEqual(run["verdict"]["finding"], "models compared")
        self.assertEqual(run["warnings"], [])
        self.assertEqual(json.loads((self.folder / "c.json").read_text())["comparisons"], run["comparisons"])
        self.assert_on_stdout(self.mlpc("results"), "mcc .* validation")

    def test_evaluate_names_the_metric_of_plain_models(self):
        self.experiment(("compare zero, near, logit", "compare zero, logit\n\nevaluate logit {\n  metrics accuracy, mcc\n}"))
        self.assertEqual(self.models(self.run_json("c.mlp"))[0]["metric"], "accuracy")

    def test_outer_folds_choose_nothing(self):
        self.experiment(("  folds 5   stratified", "  outer 3   stratified\n  folds 2   stratified"), ("test  20% stratified seed 7", "test  none"))
        run = self.run_json("c.mlp")
        comparison, models = self.models(run)
        self.assertEqual(comparison["folds"], "outer")
        self.assertEqual([len(seed) for seed in models["near"]["fold_scores"]], [3, 3])
        self.assertIn("outer folds have chosen nothing", " ".join(comparison["sentences"]))
        (best,) = [search for search in run["searches"] if not search["only_compared"]]
        self.assertEqual((best["held_out"], best["held_out_metric"]), ("outer folds", "mcc"))
        self.assertEqual([seed["outer_scores"] for seed in best["seeds"]], models["near"]["fold_scores"])
        self.assertNotEqual(run["verdict"]["finding"], "selection score only")
        self.assertEqual(run["journal"], self.run_json("c.mlp", "--jobs", 4, folder=self.fresh_copy())["journal"])

    def test_outer_folds_are_enough_for_plain_models(self):
        self.experiment(("  folds 5   stratified", "  outer 3   stratified"), (SEARCH, ""), ("compare zero, near, logit", "compare zero, logit"))
        comparison, models = self.models(self.run_json("c.mlp"))
        self.assertEqual([len(seed) for seed in models["logit"]["fold_scores"]], [3, 3])
        self.assertEqual(models["zero"]["standing"], "worse")

    def test_is_the_same_on_any_number_of_threads_and_after_a_stop(self):
        self.experiment()
        run = self.run_json("c.mlp", "--jobs", 1)
        other = self.run_json("c.mlp", "--jobs", 4, folder=self.fresh_copy())
        self.assertEqual(other["comparisons"], run["comparisons"])
        self.assertEqual(other["journal"], run["journal"])
        # Half of the trials are kept, as after a run that was stopped.
        with sqlite3.connect(self.folder / ".mlpc/runs.db") as store:
            store.execute("PRAGMA foreign_keys = ON")
            store.execute("DELETE FROM trials WHERE number > 1 OR search = 'logit'")
            store.execute("UPDATE runs SET status = 'interrupted'")
        again = self.run_json("c.mlp", "--jobs", 2)
        self.assertEqual(again["comparisons"], run["comparisons"])
        self.assertEqual(again["journal"], run["journal"])

    def test_a_model_that_fails_is_named(self):
        self.experiment(("knn(k in 1..15)", "knn(k in {4000, 5000})"))
        comparison, models = self.models(self.run_json("c.mlp"))
        self.assertEqual(models["near"]["standing"], "no score")
        self.assertIn("near has no score, and is not compared", " ".join(comparison["sentences"]))

    def test_plan_shows_for_what_each_name_stands(self):
        self.experiment()
        self.assert_on_stdout(self.mlpc("plan", "c.mlp"), r"compare +zero: %\d+, near: best of %\d+ in best, logit: %\d+; by mcc on the validation folds")
        self.assert_on_stdout(self.mlpc("--emit=plan", "c.mlp"), r"compare +zero: %\d+")

    def test_one_model_is_refused(self):
        self.experiment(("compare zero, near, logit", "compare logit"))
        self.assert_codes("c.mlp", ["X180"])
