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

    def test_refused_file_leaves_no_run(self):
        self.small(("scale(standard)", "scle(standard)"))
        self.mlpc("run", "small.mlp", code=FINDINGS)
        self.assertNotIn("small.mlp", self.mlpc("results", code={0, USAGE}).stdout)
