"""docs/reference: its pages are those of the catalog, and the experiment on each of them runs."""

import filecmp
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

from program import ROOT, ProgramTest

REFERENCE = ROOT / "docs" / "reference"
EXPERIMENT = re.compile(r"## A whole experiment\n.*?```mlp\n(.*?)```", re.DOTALL)
SOURCE = re.compile(r"^\| `source` \|", re.MULTILINE)
NEEDS_NETWORKS = re.compile(r"^- needs: libtorch", re.MULTILINE)


class Tests(ProgramTest):
    def test_pages_are_fresh(self):
        self.mlpc("docs", "--write", self.folder)
        made = {path.relative_to(self.folder) for path in self.folder.rglob("*.md")}
        kept = {path.relative_to(REFERENCE) for path in REFERENCE.rglob("*.md")}
        stale = sorted(str(path) for path in made & kept if not filecmp.cmp(self.folder / path, REFERENCE / path, shallow=False))
        self.assertEqual((sorted(map(str, made - kept)), sorted(map(str, kept - made)), stale), ([], [], []), "missing, left over, stale pages: "
                         "run `mlpc docs --write docs/reference` and remove what is left over")

    def run_room(self, room):
        shutil.copy(REFERENCE / "shop.csv", self.folder)
        names = []
        for page in sorted((REFERENCE / room).glob("*.md")):
            text = page.read_text(encoding="utf-8")
            if SOURCE.search(text):
                continue  # a pre-trained network is a file of its own
            if NEEDS_NETWORKS.search(text) and not self.has_networks():
                continue
            found = EXPERIMENT.search(text)
            self.assertIsNotNone(found, f"{page} shows no experiment")
            names.append(f"{page.stem}.mlp")
            self.write(names[-1], found[1])
        if not names and not self.has_networks():
            self.skipTest("this build has no module for networks: ./setup networks")
        self.assertGreater(len(names), 2)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: self.mlpc("run", name, "--jobs", "1"), names))

    def test_experiments_with_steps_run(self):
        self.run_room("steps")

    def test_experiments_with_models_run(self):
        self.run_room("models")

    def test_experiments_with_layers_run(self):
        self.run_room("layers")

    def test_experiments_with_optimisers_run(self):
        self.run_room("optimisers")

    def test_experiments_with_schedules_run(self):
        self.run_room("schedules")

    def test_experiments_with_losses_run(self):
        self.run_room("losses")

    def test_experiments_with_augmentations_run(self):
        self.run_room("augmentations")

    def test_experiments_with_metrics_run(self):
        self.run_room("metrics")

    def test_experiments_with_splits_run(self):
        self.run_room("splits")

    def test_experiments_with_search_methods_run(self):
        self.run_room("search")

    def test_a_folder_that_can_not_be_made_is_named(self):
        self.write("file", "")
        self.assert_says(self.mlpc("docs", "--write", "file/pages", code=1), r"file")
