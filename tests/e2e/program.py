"""The program as a user drives it: a scratch folder per test, a command, what came out."""

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

OK, FINDINGS, USAGE, GATE_MISSED, INTERRUPTED = 0, 1, 2, 3, 130

# A whole experiment that runs at once; tests change one thing of it.
SMALL = """edition 1

seeds 1..2

data iris = csv("iris.csv") -> drop_duplicates {
  sepal_length: numeric
  sepal_width:  numeric
  petal_length: numeric
  petal_width:  numeric
  species:      category target
}

split iris {
  test  20% stratified seed 7
  folds 3   stratified
}

model logit = scale(standard) -> logistic(C in {0.1, 1.0, 10.0})

search best over logit {
  method   grid(points: 3)
  maximize accuracy
}

evaluate best {
  metrics accuracy, log_loss, confusion
}

report "out/small.html"
save   best "out/small.mlpm"
"""

ESCAPE = re.compile(r"\x1b\[")


@dataclass
class Result:
    command: list
    code: int
    stdout: str
    stderr: str

    @property
    def text(self):
        return self.stdout + self.stderr

    def __str__(self):
        return f"$ {' '.join(self.command)}\nexit code {self.code}\n--- stdout\n{self.stdout[-3000:]}\n--- stderr\n{self.stderr[-3000:]}"


def environment(**changes):
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "CLICOLOR_FORCE"}}
    return {**kept, "LC_ALL": "C.UTF-8", **changes}


class ProgramTest(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.program = os.environ["MLPC"]
        self.folder = self.new_folder()

    def new_folder(self):
        scratch = tempfile.TemporaryDirectory(prefix="mlpc-e2e-")
        self.addCleanup(scratch.cleanup)
        return Path(scratch.name)

    # The inputs of the scratch folder elsewhere, without its run store: nothing there can be taken from an earlier run.
    def fresh_copy(self):
        folder = self.new_folder()
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".mlpc", "out", "*.lock", "*.ledger"))
        return folder

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def copy_data(self, name):
        shutil.copy(EXAMPLES / "data" / name, self.folder / name)

    # SMALL with each (old, new) of `changes` made, beside its data.
    def small(self, *changes, name="small.mlp"):
        text = SMALL
        for old, new in changes:
            self.assertIn(old, text, "the test changes what the small experiment does not hold")
            text = text.replace(old, new)
        self.copy_data("iris.csv")
        self.write(name, text)
        return text

    # Whether networks can be trained: their module stands beside the program.
    def has_networks(self):
        return (Path(self.program).resolve().parent / "libmlpc_networks.so").exists()

    # How many trials the run store holds.
    def kept_trials(self):
        path = self.folder / ".mlpc/runs.db"
        if not path.exists():
            return 0
        try:
            with sqlite3.connect(path) as store:
                return store.execute("SELECT count(*) FROM trials").fetchone()[0]
        except sqlite3.OperationalError:  # the run is just making it
            return 0

    # Runs `mlpc ARGUMENTS…` in the scratch folder (or `folder`) and requires exit code `code` (one of them, where a set).
    def mlpc(self, *arguments, code=OK, stdin="", timeout=300, folder=None, **environment_changes):
        command = [self.program, *map(str, arguments)]
        done = subprocess.run(
            command,
            cwd=folder or self.folder,
            input=stdin.encode(),
            capture_output=True,
            timeout=timeout,
            env=environment(**environment_changes),
            check=False,
        )
        result = Result(["mlpc", *command[1:]], done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        expected = code if isinstance(code, set) else {code}
        self.assertIn(result.code, expected, f"wanted exit code {expected}\n{result}")
        if result.code != OK:
            self.assertNotEqual(result.text.strip(), "", f"it failed without a word\n{result}")
        return result

    def run_json(self, *arguments, **options):
        result = self.mlpc("run", *arguments, "--format", "json", **options)
        return self.parse_json(result)

    def parse_json(self, result):
        try:
            return json.loads(result.stdout)
        except json.JSONDecodeError as problem:
            self.fail(f"stdout is not JSON ({problem})\n{result}")

    def diagnostics(self, name, code=FINDINGS, severity="error"):
        records = self.parse_json(self.mlpc("check", name, "--format", "json", code=code))
        return [record for record in records if record["severity"] == severity]

    # `mlpc check` must find exactly these codes, in order of position.
    def assert_codes(self, name, codes, **options):
        found = self.diagnostics(name, **options)
        self.assertEqual([record["code"] for record in found], codes, json.dumps(found, indent=1)[:3000])
        return found

    def assert_says(self, result, *patterns):
        for pattern in patterns:
            self.assertRegex(result.text, re.compile(pattern, re.IGNORECASE), f"`{pattern}` is not in what it said\n{result}")

    def assert_on_stdout(self, result, *patterns):
        for pattern in patterns:
            self.assertRegex(result.stdout, re.compile(pattern, re.IGNORECASE), f"`{pattern}` is not on stdout\n{result}")

    def csv_rows(self, text):
        return list(csv.DictReader(text.splitlines()))


# A run's JSON without what two runs of the same experiment may differ in: times, names, what was typed, and how many fits were done, for
# whether a model is kept until its training score is asked for hangs on how long it took.
def comparable(value):
    if isinstance(value, dict):
        return {key: comparable(inner) for key, inner in value.items() if not VARIES.search(key)}
    if isinstance(value, list):
        return [comparable(inner) for inner in value]
    return value


VARIES = re.compile(r"^id$|^run_id$|seconds|started|finished|^command$|^jobs$|^version$|^fits_done$")


def interrupt(process):
    os.killpg(process.pid, signal.SIGINT)
