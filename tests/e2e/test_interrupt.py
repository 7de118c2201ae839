"""Ctrl-C: a clean end, word on how to continue, and a continued run that equals one that was never stopped."""

import subprocess
import time

from program import INTERRUPTED, ProgramTest, comparable, environment, interrupt

LONG = ("model logit = scale(standard) -> logistic(C in {0.1, 1.0, 10.0})", "model logit = random_forest(trees: 300, depth in 2..20)")


class Tests(ProgramTest):
    def long_experiment(self, trials=40):
        self.small(LONG, ("grid(points: 3)", f"random(trials: {trials})"))

    def start_and_interrupt(self, after, signals=1):
        process = subprocess.Popen(
            [self.program, "run", "small.mlp"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            start_new_session=True,
        )
        time.sleep(after)
        self.assertIsNone(process.poll(), "the run ended before it could be interrupted: make it longer")
        for _ in range(signals):
            interrupt(process)
            time.sleep(0.05)
        asked = time.monotonic()
        stdout, stderr = process.communicate(timeout=60)
        return process.returncode, stdout, stderr, time.monotonic() - asked

    def test_ends_soon_with_130_and_says_how_to_continue(self):
        self.long_experiment(trials=400)
        code, _, stderr, seconds = self.start_and_interrupt(after=1.5)
        self.assertEqual(code, INTERRUPTED, stderr)
        self.assertLess(seconds, 10)
        self.assertRegex(stderr, r"mlpc run \S*small\.mlp", "it does not say how to continue")

    def test_leaves_no_output_half_written(self):
        self.long_experiment(trials=400)
        self.start_and_interrupt(after=1.0)
        self.assertEqual([path.name for path in self.folder.glob("out/*")], [])

    def test_continued_run_equals_an_uninterrupted_one(self):
        self.long_experiment()
        self.start_and_interrupt(after=1.0)
        continued = self.run_json("small.mlp")
        whole = self.run_json("small.mlp", folder=self.fresh_copy())
        self.assertEqual(comparable(continued["searches"]), comparable(whole["searches"]))
