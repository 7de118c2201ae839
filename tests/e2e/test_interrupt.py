"""Ctrl-C: a clean end, word on how to continue, and a continued run that equals one that was never stopped."""

import signal
import subprocess
import time

from program import INTERRUPTED, ProgramTest, comparable, environment, interrupt

# Every trial draws a share of features of its own, so that none can be shared.
LONG = ("model logit = scale(standard) -> logistic(C in {0.1, 1.0, 10.0})", "model logit = random_forest(trees: 300, features in 0.3..1.0)")


class Tests(ProgramTest):
    def long_experiment(self, trials):
        self.small(LONG, ("grid(points: 3)", f"random(trials: {trials})"))

    # Starts a run, and sends it signals as soon as it has kept a trial.
    def start_and_interrupt(self, stop=interrupt):
        process = subprocess.Popen(
            [self.program, "run", "small.mlp", "--jobs", "2"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while self.kept_trials() == 0:
            self.assertIsNone(process.poll(), "the run ended before it could be interrupted: make it longer")
            self.assertLess(time.monotonic(), deadline, "no trial is kept")
            time.sleep(0.02)
        stop(process)
        asked = time.monotonic()
        stdout, stderr = process.communicate(timeout=60)
        return process.returncode, stdout, stderr, time.monotonic() - asked

    def test_ends_soon_with_130_and_says_how_to_continue(self):
        self.long_experiment(trials=2000)
        code, stdout, stderr, seconds = self.start_and_interrupt()
        self.assertEqual(code, INTERRUPTED, stderr)
        self.assertEqual(stdout, "", "an interrupted run reports nothing")
        self.assertLess(seconds, 10)
        self.assertRegex(stderr, r"mlpc run \S*small\.mlp", "it does not say how to continue")

    def test_leaves_no_output_half_written(self):
        self.long_experiment(trials=2000)
        self.start_and_interrupt()
        self.assertEqual([path.name for path in self.folder.glob("out/*")], [])

    def test_is_remembered_as_interrupted(self):
        self.long_experiment(trials=2000)
        self.start_and_interrupt()
        self.assert_on_stdout(self.mlpc("results"), r"interrupted.*small\.mlp|small\.mlp.*interrupted")

    def test_continued_run_equals_an_uninterrupted_one_and_fits_less(self):
        self.long_experiment(trials=30)
        code, _, stderr, _ = self.start_and_interrupt()
        self.assertEqual(code, INTERRUPTED, stderr)
        continued = self.run_json("small.mlp")
        whole = self.run_json("small.mlp", folder=self.fresh_copy())
        self.assertEqual(comparable(continued["searches"]), comparable(whole["searches"]))
        self.assertLess(continued["fits_done"], whole["fits_done"], "nothing of the interrupted run was used")

    def test_killed_run_is_continued_too(self):
        self.long_experiment(trials=30)
        code, _, _, _ = self.start_and_interrupt(stop=subprocess.Popen.kill)
        self.assertEqual(code, -signal.SIGKILL)
        continued = self.run_json("small.mlp")
        whole = self.run_json("small.mlp", folder=self.fresh_copy())
        self.assertEqual(comparable(continued["searches"]), comparable(whole["searches"]))
        self.assertLess(continued["fits_done"], whole["fits_done"], "nothing of the killed run was used")

    def test_finished_run_is_not_continued(self):
        self.small()
        first, second = self.run_json("small.mlp"), self.run_json("small.mlp")
        self.assertEqual(first["fits_done"], second["fits_done"], "a finished run's trials were taken over")

    def test_changed_file_is_not_continued(self):
        self.long_experiment(trials=30)
        self.start_and_interrupt()
        self.small(LONG, ("grid(points: 3)", "random(trials: 2)"), ("seeds 1..2", "seeds 1..1"))
        changed, whole = self.run_json("small.mlp"), self.run_json("small.mlp", folder=self.fresh_copy())
        self.assertEqual(changed["fits_done"], whole["fits_done"], "trials of another experiment were taken over")
