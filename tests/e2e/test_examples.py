"""Every example runs, writes its outputs, beats the dummy, and gives the same bits however it is run."""

import json
import shutil

from program import EXAMPLES, ProgramTest, comparable

# Sharing and memory decide what is computed once, threads decide when: neither may decide a result.
WAYS = (("--jobs", 1), ("--jobs", 2), ("--jobs", 4), ("--jobs", 8), ("--no-share",), ("--memory", "1MB", "--jobs", 2))

# Data that are not in the repository: `./setup data NAME` brings them.
FETCHED = ("spam.jsonl", "fashion_mnist")


# The graph and the fitted states of a saved model, without where it comes from.
def states_of(path):
    whole = path.read_bytes()
    length = int.from_bytes(whole[8:16], "little")
    header = json.loads(whole[16 : 16 + length])
    del header["provenance"]
    return header, whole[16 + length : -64]


class Tests(ProgramTest):
    def run_example(self, name):
        shutil.copytree(EXAMPLES / "data", self.folder / "data", ignore=shutil.ignore_patterns(*FETCHED))
        shutil.copy(EXAMPLES / f"{name}.mlp", self.folder)
        folders = {way: self.fresh_copy() for way in WAYS}
        runs = {way: self.run_json(f"{name}.mlp", *way, folder=folder) for way, folder in folders.items()}
        models = {way: states_of(folder / f"out/{name}.mlpm") for way, folder in folders.items()}
        first = WAYS[0]
        for way, run in runs.items():
            with self.subTest(" ".join(map(str, way))):
                self.assertEqual(run["status"], "done")
                self.assertEqual(comparable(run["searches"]), comparable(runs[first]["searches"]), f"{way} differs from {first}")
                self.assertTrue(models[way] == models[first], f"the model saved by {way} differs")
        self.assert_beats_the_dummy(runs[first])
        self.assertEqual((folders[first] / f"{name}.lock").read_text(), (EXAMPLES / f"{name}.lock").read_text(), "the lock beside the example")
        return {way[0] if len(way) == 1 else way: run["fits_done"] for way, run in runs.items()}

    def assert_beats_the_dummy(self, run):
        metric = run["metrics"][0]["name"]
        for seed in run["searches"][0]["seeds"]:
            ours, dummy = seed["test_scores"][metric], seed["dummy_scores"][metric]
            better = ours > dummy if run["searches"][0]["greater_is_better"] else ours < dummy
            self.assertTrue(better, f"seed {seed['seed']}: {metric} {ours}, dummy {dummy}")

    def test_iris(self):
        self.run_example("iris")

    def test_penguins(self):
        self.run_example("penguins")

    def test_breast_cancer(self):
        fits = self.run_example("breast_cancer")
        self.assertLess(2 * fits["--jobs", 1], fits["--no-share"], "a grid's equal prefixes were not shared")

    def test_credit_g(self):
        self.run_example("credit_g")

    def test_diabetes(self):
        self.run_example("diabetes")

    def test_digits(self):
        self.run_example("digits")

    def test_stacked(self):
        self.run_example("stacked")

    def test_compare(self):
        (self.folder / "data").mkdir()
        shutil.copy(EXAMPLES / "data/diabetes.csv", self.folder / "data")
        shutil.copy(EXAMPLES / "compare.mlp", self.folder)
        shutil.copy(EXAMPLES / "compare.lock", self.folder)
        runs = [self.run_json("compare.mlp", "--locked", "--jobs", jobs) for jobs in (1, 4)]
        self.assertEqual(runs[0]["journal"], runs[1]["journal"])
        self.assertEqual(runs[0]["comparisons"], runs[1]["comparisons"])
        standings = {model["name"]: model["standing"] for model in runs[0]["comparisons"][0]["models"]}
        self.assertEqual(standings["mean"], "worse", standings)
        self.assertEqual(standings["line"], "best", standings)
        self.assert_beats_the_dummy(runs[0])

    def test_objective_branin(self):
        self.run_objective("objective_branin")

    def test_objective_command(self):
        shutil.copy(EXAMPLES / "objective_train.py", self.folder)
        self.run_objective("objective_command", "--allow-commands")

    def run_objective(self, name, *options):
        shutil.copy(EXAMPLES / f"{name}.mlp", self.folder)
        runs = [self.run_json(f"{name}.mlp", "--jobs", jobs, *options, folder=self.fresh_copy()) for jobs in (1, 4)]
        self.assertEqual(runs[0]["journal"], runs[1]["journal"])
        for seed in runs[0]["searches"][0]["seeds"]:
            first = next(t["score"] for t in seed["trials"] if t["score"] is not None)
            best = next(t["score"] for t in seed["trials"] if t["number"] == seed["winner"])
            self.assertLess(best, first)

    def run_on_fetched(self, name, data):
        if not (EXAMPLES / "data" / data).exists():
            self.skipTest(f"examples/data/{data} is not there; ./setup data {name} brings it")
        (self.folder / "data").mkdir()
        (self.folder / "data" / data).symlink_to((EXAMPLES / "data" / data).resolve())
        shutil.copy(EXAMPLES / f"{name}.mlp", self.folder)
        self.assert_beats_the_dummy(self.run_json(f"{name}.mlp", timeout=1500))

    def test_spam(self):
        self.run_on_fetched("spam", "spam.jsonl")

    def test_fashion_mnist(self):
        self.run_on_fetched("fashion_mnist", "fashion_mnist")

    def assert_networks_are_built(self):
        if not self.has_networks():
            self.skipTest("networks are not built here")

    def test_digits_network(self):
        self.assert_networks_are_built()
        (self.folder / "data").mkdir()
        shutil.copy(EXAMPLES / "data/digits.csv.gz", self.folder / "data")
        shutil.copy(EXAMPLES / "digits_network.mlp", self.folder)
        runs = [self.run_json("digits_network.mlp", "--jobs", jobs, folder=self.fresh_copy()) for jobs in (1, 4)]
        self.assertEqual(runs[0]["journal"], runs[1]["journal"])
        self.assert_beats_the_dummy(runs[0])

    def test_transfer_1_pretrain(self):
        self.assert_networks_are_built()
        self.run_on_fetched("transfer_1_pretrain", "fashion_mnist")

    def test_transfer_2_reuse(self):
        self.test_transfer_1_pretrain()
        shutil.copy(EXAMPLES / "transfer_2_reuse.mlp", self.folder)
        self.assert_beats_the_dummy(self.run_json("transfer_2_reuse.mlp", timeout=1500))

    def test_every_example_is_tested_here(self):
        for path in EXAMPLES.glob("*.mlp"):
            self.assertTrue(hasattr(self, f"test_{path.stem}"), f"{path.name} has no test in {__file__}")
