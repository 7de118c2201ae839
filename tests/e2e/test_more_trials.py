"""A search that was finished goes on when it is given more trials, and ends in the journal of one that had them from the first."""

import collections
import json

from program import ProgramTest

# Not only numbers, and failures on a part of the space.
EXPERIMENT = """edition 1

param trials = 10

seed 1

objective f(x in -5.0..10.0, rate in 1e-4..1.0 log, kind: a(shift in 0.0..1.0) | b) =
  (x - 1)^2 + abs(log10(rate) + 2) + if(missing(shift), 0.3, shift) + 0 * sqrt(x + 4.5)
"""

SEARCH = """
search {name} over f {{
  method   {call}
  minimize value
}}
"""

# Laid out for a number of trials.
BEGINS_ANEW = {"latin_hypercube"}
# Which trials go on hangs on how many there are; the points do not.
IN_BRACKETS = {"bohb", "dehb", "hyperband", "successive_halving"}


class Tests(ProgramTest):
    # Searches by what they go by, each with `trials` in its method.
    def searches(self):
        names = [line.split()[0] for line in self.mlpc("list", "searchers").stdout.splitlines() if line.strip()]
        calls = {name: f"{name}(trials: trials)" for name in names if name not in {"manual", "grid", "evolution"}}
        calls["evolution"] = "evolution(population: 6, generations: trials)"
        calls["pruned"] = "random(trials: trials)\n  prune    median"
        return calls

    # What was evaluated, by search, and the run as it ended.
    def run_counted(self, *arguments, **options):
        lines = [json.loads(line) for line in self.mlpc("run", "searches.mlp", "--format", "jsonl", *arguments, **options).stdout.splitlines()]
        evaluated = collections.Counter(line["search"] for line in lines if line["event"] == "trial")
        return evaluated, lines[-1]["run"]

    def test_go_on_from_those_of_a_finished_search(self):
        calls = self.searches()
        self.assertGreater(len(calls), 15)
        self.write("searches.mlp", EXPERIMENT + "".join(SEARCH.format(name=f"by_{name}", call=call) for name, call in calls.items()))
        first, _ = self.run_counted()
        rest, continued = self.run_counted("--set", "trials=16")
        whole, at_once = self.run_counted("--set", "trials=16", folder=self.fresh_copy())
        self.assertEqual(continued["journal"], at_once["journal"])
        for name in calls:
            search = f"by_{name}"
            if name in BEGINS_ANEW:
                self.assertEqual(rest[search], whole[search], name)
            elif name in IN_BRACKETS:
                self.assertLess(rest[search], whole[search], name)
            else:
                self.assertEqual(rest[search], whole[search] - first[search], name)

    def changed(self, old, new):
        text = (self.folder / "searches.mlp").read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.write("searches.mlp", text.replace(old, new))

    def test_in_the_file_and_back_and_not_with_another_objective(self):
        self.write("searches.mlp", EXPERIMENT.replace("param trials = 10\n", "") + SEARCH.format(name="best", call="tpe(trials: 20)"))
        self.assertEqual(self.run_counted()[0]["best"], 20)
        self.changed("trials: 20", "trials: 24")
        self.assertEqual(self.run_counted()[0]["best"], 4)
        self.changed("trials: 24", "trials: 20")
        self.assertEqual(self.run_counted()[0]["best"], 0)
        self.changed("x - 1", "x - 2")
        self.assertEqual(self.run_counted()[0]["best"], 20)

    def test_a_param_that_the_objective_names_too_begins_anew(self):
        self.write("searches.mlp", EXPERIMENT.replace("x - 1", "x - trials") + SEARCH.format(name="best", call="random(trials: trials)"))
        self.assertEqual(self.run_counted()[0]["best"], 10)
        self.assertEqual(self.run_counted("--set", "trials=12")[0]["best"], 12)
