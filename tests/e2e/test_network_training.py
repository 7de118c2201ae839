"""What a run tells of networks that it trains: epochs in every report and in the store, the same ones on any number of threads."""

import os
import pty
import signal
import sqlite3
import subprocess
import time

from program import ESCAPE, OK, ProgramTest, comparable, environment

NETWORK = """network small {
  dense(units in {4, 8}) -> relu
  train adam(rate: 0.02) {
    epochs 20
    batch  16
    stop early 2
  }
}

model logit = scale(standard) -> small"""
MODEL = "model logit = scale(standard) -> logistic(C in {0.1, 1.0, 10.0})"


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        if not self.has_networks():
            self.skipTest("networks are not built here")

    def network(self, *changes):
        self.small((MODEL, NETWORK), *changes)

    def trainings(self, run):
        return [training for seed in run["searches"][0]["seeds"] for trial in seed["trials"] for training in trial["trainings"]]

    def test_every_epoch_of_every_fit_is_in_the_json(self):
        self.network()
        run = self.run_json("small.mlp")
        trainings = self.trainings(run)
        self.assertEqual(len(trainings), 2 * 2 * 3, "seeds, trials, folds")
        for training in trainings:
            self.assertEqual([epoch["epoch"] for epoch in training["epochs"]], list(range(1, len(training["epochs"]) + 1)))
            self.assertEqual(training["planned"], 20)
            least = min(epoch["held_loss"] for epoch in training["epochs"])
            self.assertEqual(training["epochs"][training["best"] - 1]["held_loss"], least)
            self.assertLessEqual(len(training["epochs"]) - training["best"], 2, "it went on for longer than it was to wait")

    def test_without_rows_held_back_all_epochs_are_run(self):
        self.network(("    stop early 2\n", ""))
        for training in self.trainings(self.run_json("small.mlp")):
            self.assertEqual(len(training["epochs"]), 20)
            self.assertIsNone(training["epochs"][0]["held_loss"])

    def test_text_says_where_the_winner_stopped(self):
        self.network()
        self.assert_on_stdout(self.mlpc("run", "small.mlp"), r"seed 1: (stopped after \d+ of 20|trained for all 20) epochs, best at \d+")

    def test_page_draws_the_losses(self):
        self.network()
        self.mlpc("run", "small.mlp")
        page = (self.folder / "out/small.html").read_text(encoding="utf-8")
        self.assertIn("loss held", page)
        self.assertIn("loss train", page)

    def test_store_has_the_epochs(self):
        self.network()
        run = self.run_json("small.mlp")
        with sqlite3.connect(self.folder / ".mlpc/runs.db") as store:
            kept = store.execute("SELECT train_loss FROM epochs JOIN trials USING (trial_id) ORDER BY seed, number, fold, execution, epoch").fetchall()
            winners = store.execute("SELECT train_loss FROM winner_epochs ORDER BY seed, epoch").fetchall()
        self.assertEqual([loss for (loss,) in kept], [epoch["train_loss"] for training in self.trainings(run) for epoch in training["epochs"]])
        self.assertEqual([loss for (loss,) in winners], [e["train_loss"] for seed in run["searches"][0]["seeds"] for e in seed["training"]["epochs"]])

    def test_the_number_of_threads_changes_nothing(self):
        self.network()
        first = comparable(self.run_json("small.mlp", "--jobs", "1"))
        self.assertEqual(first, comparable(self.run_json("small.mlp", "--jobs", "4", folder=self.fresh_copy())))

    def test_a_trial_that_goes_on_is_the_trial_that_was_run_at_once(self):
        one = ("units in {4, 8}", "units: 4")
        self.network(one, ("grid(points: 3)", "hyperband(eta: 3)"), ("epochs 20", "epochs 9"))
        trials = self.run_json("small.mlp")["searches"][0]["seeds"][0]["trials"]
        went_on = [trial for trial in trials if trial["rungs"] and trial["share"]["part"] == trial["share"]["whole"]]
        self.network(one, ("grid(points: 3)", "random(trials: 1)"), ("epochs 20", "epochs 9"))
        at_once = self.run_json("small.mlp", folder=self.fresh_copy())["searches"][0]["seeds"][0]["trials"][0]
        self.assertTrue(went_on)
        for trial in went_on:
            self.assertEqual(trial["fold_scores"], at_once["fold_scores"])
            self.assertEqual(comparable(trial["trainings"]), comparable(at_once["trainings"]))

    def test_a_training_that_was_killed_goes_on_where_it_was(self):
        long = (("units in {4, 8}", "units: 8"), ("seeds 1..2", "seed 1"), ("epochs 20", "epochs 6000"), ("    stop early 2\n", ""))
        self.network(*long, ("folds 3   stratified", "folds 2   stratified"))
        whole = self.run_json("small.mlp", folder=self.fresh_copy())
        process = subprocess.Popen([self.program, "run", "small.mlp"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
        checkpoints = self.folder / ".mlpc/checkpoints"
        while process.poll() is None and not list(checkpoints.glob("*.fit")):
            time.sleep(0.01)
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL, "it ended before anything of it was kept")
        result = self.mlpc("run", "small.mlp", "--format", "json")
        self.assertRegex(result.stderr, r"[12] fits? went on from where a run before was stopped")
        self.assertEqual(comparable(self.parse_json(result)), comparable(whole))
        self.assertFalse(checkpoints.exists(), "what is kept of fits outlives the run that they belong to")

    def test_saved_network_predicts_what_the_run_scored(self):
        self.network()
        self.mlpc("run", "small.mlp")
        rows = self.csv_rows(self.mlpc("predict", "out/small.mlpm", "iris.csv").stdout)
        truth = self.csv_rows((self.folder / "iris.csv").read_text(encoding="utf-8"))
        right = sum(row["prediction"] == true["species"] for row, true in zip(rows, truth, strict=True))
        self.assertGreater(right, 0.7 * len(truth))

    def test_a_network_beyond_its_limit_fails_alone(self):
        method = "  method   grid(points: 3)"
        self.network(("{4, 8}", "{8, 4}"), ("    batch  16", "    batch  16\n    most parameters 50"), (method, method + "\n  failures 1\n  batch    1"))
        trials = self.run_json("small.mlp")["searches"][0]["seeds"][0]["trials"]
        # Four columns, three classes: 8 units have 67 parameters, 4 have 35.
        self.assertEqual([trial["failure"] is None for trial in trials], [False, True])
        self.assertIn("would have 67 parameters", trials[0]["failure"])

    def test_terminal_follows_the_epochs(self):
        self.network(("epochs 20", "epochs 200"), ("    stop early 2\n", ""))
        main, side = pty.openpty()
        command = [self.program, "run", "small.mlp"]
        process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=side, env=environment(TERM="xterm-256color"))
        os.close(side)
        shown = b""
        while True:
            try:
                chunk = os.read(main, 4096)
            except OSError:  # how Linux says that the other side is closed
                break
            shown += chunk
        os.close(main)
        self.assertEqual(process.wait(), OK)
        self.assertRegex(ESCAPE.sub("", shown.decode(errors="replace")), r"epoch \d+ of 200, loss")
