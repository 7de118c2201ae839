"""Every example runs, writes its outputs, beats the dummy, and gives the same bits on one thread and on eight."""

import shutil

from program import EXAMPLES, ProgramTest, comparable

JOBS = (1, 2, 4, 8)


class Tests(ProgramTest):
    def run_example(self, name):
        shutil.copytree(EXAMPLES / "data", self.folder / "data")
        shutil.copy(EXAMPLES / f"{name}.mlp", self.folder)
        folders = {jobs: self.fresh_copy() for jobs in JOBS}
        runs = {jobs: self.run_json(f"{name}.mlp", "--jobs", jobs, folder=folder, timeout=500) for jobs, folder in folders.items()}
        models = {jobs: (folder / f"out/{name}.mlpm").read_bytes() for jobs, folder in folders.items()}
        for jobs, run in runs.items():
            with self.subTest(jobs=jobs):
                self.assertEqual(run["status"], "done")
                self.assertEqual(comparable(run["searches"]), comparable(runs[1]["searches"]), f"--jobs {jobs} differs from --jobs 1")
                self.assertEqual(models[jobs], models[1], f"the model saved by --jobs {jobs} differs")
        self.assert_beats_the_dummy(runs[1])

    def assert_beats_the_dummy(self, run):
        metric = run["metrics"][0]
        metric = metric if isinstance(metric, str) else metric["name"]
        for seed in run["searches"][0]["seeds"]:
            ours, dummy = seed["test_scores"][metric], seed["dummy_scores"][metric]
            better = ours > dummy if run["searches"][0]["greater_is_better"] else ours < dummy
            self.assertTrue(better, f"seed {seed['seed']}: {metric} {ours}, dummy {dummy}")

    def test_iris(self):
        self.run_example("iris")

    def test_penguins(self):
        self.run_example("penguins")

    def test_breast_cancer(self):
        self.run_example("breast_cancer")

    def test_credit_g(self):
        self.run_example("credit_g")

    def test_diabetes(self):
        self.run_example("diabetes")

    def test_digits(self):
        self.run_example("digits")

    def test_every_example_is_tested_here(self):
        for path in EXAMPLES.glob("*.mlp"):
            self.assertTrue(hasattr(self, f"test_{path.stem}"), f"{path.name} has no test in {__file__}")
