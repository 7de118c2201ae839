"""mlpc results: what the run store remembers."""

from program import FINDINGS, GATE_MISSED, USAGE, ProgramTest, comparable


class Tests(ProgramTest):
    def test_lists_runs_newest_first(self):
        self.small()
        self.mlpc("run", "small.mlp")
        self.small(name="other.mlp")
        self.mlpc("run", "other.mlp")
        listed = self.mlpc("results").stdout
        self.assertLess(listed.index("other.mlp"), listed.index("small.mlp"), listed)

    def test_shows_one_run_as_run_did(self):
        self.small()
        run = self.run_json("small.mlp")
        shown = self.parse_json(self.mlpc("results", run["id"], "--format", "json"))
        self.assertEqual(comparable(shown), comparable(run))
        self.assertEqual(comparable(self.parse_json(self.mlpc("results", "latest", "--format", "json"))), comparable(run))

    def test_unambiguous_beginning_of_an_id_is_enough(self):
        self.small()
        run = self.run_json("small.mlp")
        self.assert_on_stdout(self.mlpc("results", run["id"][:-2]), "accuracy")

    def test_unknown_run_is_a_usage_error(self):
        self.small()
        self.mlpc("run", "small.mlp")
        self.assert_says(self.mlpc("results", "no-such-run", code=USAGE), "no-such-run")

    def test_without_a_store_it_says_that_nothing_ran(self):
        self.assert_says(self.mlpc("results", code={0, USAGE}), "no runs")

    def test_run_with_a_missed_gate_is_remembered(self):
        self.small(("metrics accuracy, log_loss, confusion", "metrics accuracy, log_loss, confusion\n  gate    accuracy > 1.5"))
        self.mlpc("run", "small.mlp", code=GATE_MISSED)
        self.assert_on_stdout(self.mlpc("results"), r"small\.mlp")

    def test_store_lies_at_the_root_of_the_project(self):
        (self.folder / ".git").mkdir()
        self.small(name="deep/er/small.mlp")
        (self.folder / "iris.csv").rename(self.folder / "deep/er/iris.csv")
        self.mlpc("run", "small.mlp", folder=self.folder / "deep/er")
        self.assertTrue((self.folder / ".mlpc/runs.db").exists())
        self.assertFalse((self.folder / "deep/er/.mlpc").exists())
        for folder in (self.folder, self.folder / "deep"):
            self.assert_on_stdout(self.mlpc("results", folder=folder), r"small\.mlp")

    def test_html_of_a_run_is_a_page(self):
        self.small()
        self.mlpc("run", "small.mlp")
        self.assertIn("<!doctype html", self.mlpc("results", "latest", "--format", "html").stdout.lower())

    def test_failed_run_is_remembered_as_failed(self):
        self.small(("logistic(C in {0.1, 1.0, 10.0})", "knn(k in {5000, 6000})"))
        self.mlpc("run", "small.mlp", code={FINDINGS, USAGE})
        self.assert_on_stdout(self.mlpc("results"), r"small\.mlp.*failed|failed.*small\.mlp")

    def test_refused_file_leaves_no_run(self):
        self.small(("scale(standard)", "scle(standard)"))
        self.mlpc("run", "small.mlp", code=FINDINGS)
        self.assertNotIn("small.mlp", self.mlpc("results", code={0, USAGE}).stdout)
