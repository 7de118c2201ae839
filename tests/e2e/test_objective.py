"""Objectives: formulas, and programs that are told the parameters, stopped, continued and killed."""

import json
import math
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from program import EXAMPLES, FINDINGS, INTERRUPTED, ProgramTest, comparable, environment

COMMAND = """edition 1

seeds 1..2

objective train(PARAMETERS) = command("python3", "train.py"TIMEOUT)

search best over train {
  method   METHOD
  CLAUSES
  minimize value
}
"""

# Writes what it was told, and its number, into a file of its own.
HEAD = """import json, os, sys, time
task = json.load(sys.stdin)
p = task["parameters"]
with open("told-%d.json" % os.getpid(), "a") as file:
    file.write(json.dumps(task) + "\\n")
"""


def branin(x, y):
    return (y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


# The only score of a trial, and its parameters by name.
def score(trial):
    return trial["fold_scores"][0]


def parameters_of(trial):
    return {parameter["name"]: parameter["value"] for parameter in trial["params"]}


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state != "Z"


class Tests(ProgramTest):
    def command(self, body, parameters="x in 0.0..1.0", method="random(trials: 4)", timeout="", clauses="", name="objective.mlp"):
        text = COMMAND.replace("PARAMETERS", parameters).replace("TIMEOUT", timeout and f", timeout: {timeout}")
        text = text.replace("METHOD", method).replace("  CLAUSES\n", f"  {clauses}\n" if clauses else "")
        self.write(name, text)
        self.write("train.py", HEAD + body)

    def told(self, folder=None):
        return [json.loads(line) for path in sorted((folder or self.folder).glob("told-*.json")) for line in path.read_text().splitlines()]

    def trials(self, run):
        return [trial for seed in run["searches"][0]["seeds"] for trial in seed["trials"]]

    def failures(self, body, trials=2, **options):
        self.command(body, method=f"random(trials: {trials})", **options)
        run = self.run_json("objective.mlp", "--allow-commands", "--jobs", 2)
        trials_of_seeds = self.trials(run)
        self.assertEqual(len(trials_of_seeds), 2 * trials)
        return [trial["failure"] for trial in trials_of_seeds]

    def test_example_with_a_formula_gives_its_values_on_any_number_of_threads(self):
        shutil.copy(EXAMPLES / "objective_branin.mlp", self.folder)
        runs = [self.run_json("objective_branin.mlp", "--jobs", jobs, folder=self.fresh_copy()) for jobs in (1, 4)]
        self.assertEqual(comparable(runs[0]["searches"]), comparable(runs[1]["searches"]))
        trials = self.trials(runs[0])
        self.assertEqual(len(trials), 500)
        for trial in trials:
            x, y = (float(parameters_of(trial)[name]) for name in "xy")
            self.assertAlmostEqual(score(trial), branin(x, y), delta=1e-9)
        self.assertLess(min(map(score, trials)), 0.41)
        self.assertEqual(runs[0]["verdict"]["finding"], "best point found")

    def test_example_with_a_command(self):
        for name in ("objective_command.mlp", "objective_train.py"):
            shutil.copy(EXAMPLES / name, self.folder)
        run = self.run_json("objective_command.mlp", "--allow-commands", "--jobs", 2)
        self.assertEqual(run["status"], "done")
        self.assertTrue((self.folder / "out/objective_command.html").exists())
        for seed in run["searches"][0]["seeds"]:
            self.assertEqual(len(seed["trials"]), 27)
            self.assertLess(score(seed["trials"][seed["winner"]]), 20)

    def test_no_program_is_started_unless_allowed(self):
        self.command("print(1)")
        self.assert_says(self.mlpc("run", "objective.mlp", code=FINDINGS), r"R104", r"--allow-commands")
        for arguments in (("check",), ("plan",)):
            self.mlpc(*arguments, "objective.mlp")
        self.assertEqual(self.told(), [])

    def test_program_is_told_nested_parameters(self):
        self.command(
            "print(json.dumps({'value': p['n'], 'other': 1}))",
            parameters='opt: sgd(rate in 1e-3..1.0 log, decay: none | l2(by in 0.0..1.0)) | adam | none, n in 1..5, name: "a b"',
            method="random(trials: 40)",
        )
        run = self.run_json("objective.mlp", "--allow-commands", "--jobs", 2)
        told = self.told()
        kinds = set()
        for task in told:
            parameters = task["parameters"]
            self.assertEqual(list(parameters), ["opt", "n", "name"])
            self.assertEqual(parameters["name"], "a b")
            self.assertIsInstance(parameters["n"], int)
            self.assertEqual(task["share"], {"part": 1, "whole": 1})
            self.assertIn(task["seed"], (1, 2))
            kinds.add(next(iter(parameters["opt"])) if isinstance(parameters["opt"], dict) else parameters["opt"])
            if isinstance(parameters["opt"], dict):
                self.assertEqual(list(parameters["opt"]["sgd"]), ["rate", "decay"])
        self.assertEqual(kinds, {"sgd", "adam", None})
        for trial in self.trials(run):
            self.assertEqual(score(trial), float(parameters_of(trial)["n"]))

    def test_failures_keep_the_last_lines_and_lose_no_trial(self):
        cases = {
            "sys.exit('first\\nthe disk is full')": r"exit code 1.*the disk is full",
            "os.kill(os.getpid(), 9)": r"signal 9",
            "print('nothing to see')": r"nothing to see.*number or a JSON object",
            "pass": r"printed no result",
            "print('nan')": r"`value` that is no number",
            "print('inf')": r"`value` that is infinite",
            "print(json.dumps({'value': None}))": r"no number",
            "print('{\"value\": NaN}')": r"no JSON",
            "print(json.dumps({'loss': 1}))": r"reported no `value`",
            "print(json.dumps({'step': 1, 'of': 3, 'value': 1}))": r"ended at step 1 of 3",
        }
        for body, reason in cases.items():
            with self.subTest(body):
                for failure in self.failures(body):
                    self.assertRegex(failure, reason)
        failures = self.failures("print(p['x']) if p['x'] > 0.5 else sys.exit(3)", trials=6)
        self.assertTrue(any(failures) and not all(failures), failures)

    def test_missing_program_is_a_failure_that_names_it(self):
        self.command("print(1)")
        text = (self.folder / "objective.mlp").read_text().replace('"python3", "train.py"', '"./no_such_program --fast"')
        self.write("objective.mlp", text)
        for trial in self.trials(self.run_json("objective.mlp", "--allow-commands")):
            self.assertRegex(trial["failure"], r"no_such_program.*cannot be started")

    def test_time_out_kills_the_whole_group(self):
        body = """import subprocess
child = subprocess.Popen(["sleep", "600"])
open("child-%d" % child.pid, "w").close()
print("waiting", flush=True)
time.sleep(600)
"""
        for failure in self.failures(body, timeout="3s"):
            self.assertRegex(failure, r"no result within 3 s.*waiting")
        children = [int(path.name.split("-")[1]) for path in self.folder.glob("child-*")]
        self.assertEqual(len(children), 4)
        self.assertFalse([pid for pid in children if is_alive(pid)], "a child was left behind")

    def test_constraints_and_goals_that_the_program_reports(self):
        self.command("print(json.dumps({'value': p['x'], 'gap': 1 - p['x']}))", method="random(trials: 20)", clauses="where    gap < 0.5")
        for seed in self.run_json("objective.mlp", "--allow-commands")["searches"][0]["seeds"]:
            self.assertGreater(score(seed["trials"][seed["winner"]]), 0.5)

    STEPS = """print("a log line", flush=True)
for step in range(1, 10):
    print(json.dumps({"step": step, "of": 9, "value": p["x"] + 1 / step}), flush=True)
    time.sleep(0.01)
print(p["x"])
"""

    def test_a_promoted_trial_goes_on_in_the_same_process(self):
        self.command(self.STEPS, method="successive_halving(trials: 9)")
        run = self.run_json("objective.mlp", "--allow-commands", "--jobs", 2)
        self.assertEqual(len(self.told()), 18, "a trial was started more than once")
        for seed in run["searches"][0]["seeds"]:
            winner = seed["trials"][seed["winner"]]
            self.assertAlmostEqual(score(winner), float(parameters_of(winner)["x"]))
            given_up = [trial for trial in seed["trials"] if trial["given_up"]]
            self.assertGreaterEqual(len(given_up), 6)
        again = self.run_json("objective.mlp", "--allow-commands", "--jobs", 1, folder=self.fresh_copy())
        self.assertEqual(comparable(again["searches"]), comparable(run["searches"]))
        for path in self.folder.glob("told-*.json"):
            self.assertFalse(is_alive(int(path.stem.split("-")[1])), "a stopped program was left behind")

    def test_interrupt_kills_the_programs(self):
        self.command("print('begun', flush=True)\ntime.sleep(600)")
        for signals in (1, 2):
            process = subprocess.Popen(
                [self.program, "run", "objective.mlp", "--allow-commands", "--jobs", "2"],
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment(),
                start_new_session=True,
            )
            deadline = time.monotonic() + 60
            while len(self.told()) < 2 * signals:
                self.assertLess(time.monotonic(), deadline, "no program was started")
                time.sleep(0.02)
            for _ in range(signals):
                os.kill(process.pid, signal.SIGINT)
            process.communicate(timeout=30)
            self.assertEqual(process.returncode, INTERRUPTED)
            time.sleep(0.2)
            pids = [int(path.stem.split("-")[1]) for path in self.folder.glob("told-*.json")]
            self.assertFalse([pid for pid in pids if is_alive(pid)], "a program outlived the run")
