"""Searches that are killed at random moments, with any method, go on to the same journal as ones that never were.

MLPC_KILLS says how many are killed (20); tests/kills.sh takes 200.
"""

import os
import random
import signal
import subprocess
import time

from program import ProgramTest, environment

KILLS = int(os.environ.get("MLPC_KILLS", "20"))

# Trials that share nothing, and a resource that the methods with rungs give out.
EXPERIMENT = """edition 1

seeds 1..2

data iris = csv("iris.csv") -> drop_duplicates {{
  species: category target
  others:  numeric
}}

split iris {{
  test  20% stratified seed 7
  folds 3   stratified
}}

model forest = random_forest(trees: 90, features in 0.3..1.0, depth in 1..8)
model logit  = scale(standard) -> logistic(C in 1e-3..1e3 log)

search best over forest, logit {{
  method   {method}
  batch    {batch}
  maximize accuracy
}}
"""


class Tests(ProgramTest):
    def methods(self):
        names = [line.split()[0] for line in self.mlpc("list", "searchers").stdout.splitlines() if line.strip()]
        return [name for name in names if name not in {"manual", "grid"}]

    def call_of(self, name):
        page = self.mlpc("docs", name).stdout
        return f"{name}(trials: 30)" if "trials" in page else name

    # Whether the run was killed before it ended by itself.
    def start_and_kill(self, chance):
        process = subprocess.Popen(
            [self.program, "run", "search.mlp", "--jobs", "2"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
        while process.poll() is None and self.kept_trials() == 0:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.4))
        process.kill()
        return process.wait() == -signal.SIGKILL

    def test_goes_on_to_the_same_journal(self):
        chance = random.Random(20261122)
        methods = self.methods()
        self.assertGreater(len(methods), 15)
        self.copy_data("iris.csv")
        killed = 0
        for i in range(KILLS):
            method, batch = self.call_of(methods[i % len(methods)]), chance.choice([1, 3])
            self.write("search.mlp", EXPERIMENT.format(method=method, batch=batch))
            whole = self.run_json("search.mlp", folder=self.fresh_copy())
            killed += self.start_and_kill(chance)
            continued = self.run_json("search.mlp")
            self.assertEqual(continued["journal"], whole["journal"], f"{method}, batch {batch}")
        self.assertGreater(killed, 0, "no run was long enough to be killed")
