"""Pre-trained networks as a user has them: frozen and asked once, trained on, pinned, and kept away from the rows that score."""

import hashlib
import json
import shutil
import struct
import unittest

from program import FINDINGS, ROOT, USAGE, ProgramTest

NETWORKS = ROOT / "tests/unit/networks/data"

# Pictures of 4 × 4 with a bar, upright or lying, on noise of a fixed kind.
def bars(rows, offset=0):
    lines = [",".join([f"p{i}" for i in range(16)] + ["bar"])]
    state = 12345 + offset
    for row in range(rows):
        upright, place = row % 2, (row // 2) % 4
        pixels = []
        for y in range(4):
            for x in range(4):
                state = (state * 1103515245 + 12345) % 2**31
                pixels.append(str((200 if (x if upright else y) == place else 0) + state // 2**16 % 50))
        lines.append(",".join(pixels + ["upright" if upright else "lying"]))
    return "\n".join(lines) + "\n"


EXPERIMENT = """edition 1

seeds 1..2

data bars = csv("bars.csv") {
  matching "p[0-9]+": numeric
  bar:                category target
}

source glyphs = torchscript("conv.pt") {
  input      image(4, 4, 1)
  normalise  divide(255), mean(0.5), sd(0.25)
  features at "body"
}

split bars {
  test  "test.csv"
  folds 3 stratified
}

model m = CHAIN

search best over m {
  method   grid(points: 3)
  maximize accuracy
}

evaluate best {
  metrics accuracy
}

save best "out/m.mlpm"
"""
FROZEN = "glyphs -> scale(standard) -> logistic(C in {1.0, 10.0})"


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        if not self.has_networks():
            raise unittest.SkipTest("the module of networks is not built")
        self.write("bars.csv", bars(120))
        self.write("test.csv", bars(60, offset=7))
        shutil.copy(NETWORKS / "conv.pt", self.folder)
        self.cache = str(self.new_folder())

    def experiment(self, chain=FROZEN, *changes):
        text = EXPERIMENT.replace("CHAIN", chain)
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.write("m.mlp", text)

    def run_it(self, **options):
        return self.run_json("m.mlp", MLPC_CACHE=self.cache, **options)

    def accuracy(self, run):
        return [seed["test_scores"]["accuracy"] for seed in run["searches"][0]["seeds"]]

    def test_frozen_source_is_asked_once_for_a_row_in_all_folds_trials_and_runs(self):
        self.experiment()
        first = self.run_it()
        rows = first["pretrained"][0]
        self.assertEqual(rows["encoded_rows"], 180, "every row once, however many folds, trials and seeds")
        without_libtorch = {"MLPC_NETWORKS": "/nowhere"}
        second = self.run_it(folder=self.fresh_copy(), **without_libtorch)
        self.assertEqual(second["pretrained"][0]["encoded_rows"], 0)
        self.assertEqual(second["pretrained"][0]["cached_rows"], 180)
        self.assertEqual(first["journal"], second["journal"], "what the cache says is what the network says")
        uncached = self.run_json("m.mlp", MLPC_CACHE="", folder=self.fresh_copy())
        self.assertEqual(first["journal"], uncached["journal"])
        self.write("test.csv", bars(61, offset=7))
        said = self.mlpc("run", "m.mlp", code={FINDINGS, USAGE}, MLPC_CACHE=self.cache, folder=self.fresh_copy(), **without_libtorch)
        self.assert_says(said, "./setup networks", "/nowhere")
        self.assertEqual(self.run_it(folder=self.fresh_copy())["pretrained"][0]["encoded_rows"], 1)

    def test_threads_do_not_matter(self):
        self.experiment()
        one = self.run_json("m.mlp", "--jobs", 1, MLPC_CACHE="", folder=self.fresh_copy())
        four = self.run_json("m.mlp", "--jobs", 4, MLPC_CACHE="", folder=self.fresh_copy())
        self.assertEqual(one["journal"], four["journal"])

    def test_report_says_where_a_source_comes_from(self):
        self.experiment()
        told = self.mlpc("run", "m.mlp", MLPC_CACHE=self.cache)
        sha256 = hashlib.sha256((self.folder / "conv.pt").read_bytes()).hexdigest()
        self.assert_says(told, "trained is unknown", "licence unknown", f'add `sha256 "{sha256}"`', "180 rows computed")
        self.experiment(FROZEN, ("  input", f'  sha256     "{sha256}"\n  trained on "imagenet"\n  licence    "BSD-3-Clause"\n  input'))
        told = self.mlpc("run", "m.mlp", MLPC_CACHE=self.cache)
        self.assert_says(told, "trained on imagenet, licence BSD-3-Clause", f"{sha256}, as declared")

    def test_another_file_than_the_pinned_one_is_refused(self):
        self.experiment(FROZEN, ("  input", f'  sha256     "{"0" * 64}"\n  input'))
        said = self.mlpc("run", "m.mlp", code=USAGE)
        self.assert_says(said, "0" * 64, hashlib.sha256((self.folder / "conv.pt").read_bytes()).hexdigest(), "m.mlp:1")

    def test_file_that_is_no_network_is_refused(self):
        self.experiment()
        shutil.copy(NETWORKS / "weights_only.pt", self.folder / "conv.pt")
        self.assert_says(self.mlpc("run", "m.mlp", code={FINDINGS, USAGE}), "weights without a network", "torch.jit.script")

    def test_missing_file_is_named(self):
        self.experiment()
        (self.folder / "conv.pt").unlink()
        self.assert_says(self.mlpc("run", "m.mlp", code=USAGE), "no file `conv.pt`")

    def test_leak_by_content_is_found_when_the_files_are_read(self):
        shutil.copy(self.folder / "test.csv", self.folder / "seen.csv")
        self.experiment(FROZEN, ("  input", '  trained on "seen.csv"\n  input'))
        self.assertEqual(self.diagnostics("m.mlp", code=0), [])
        self.assert_says(self.mlpc("run", "m.mlp", code=FINDINGS), "L117", "seen.csv")
        self.experiment(FROZEN, ("  input", '  trained on "seen.csv"\n  input'), ("model m", 'allow L117 because "a test"\n\nmodel m'))
        self.mlpc("run", "m.mlp", MLPC_CACHE=self.cache)

    def test_fine_tuned_network_learns_and_predicts(self):
        self.experiment("fine_tune(glyphs, unfreeze in {0, all}, rate: 0.01, head_rate: 0.01, epochs: 15, warmup: 0, stop_early: none)")
        run = self.run_it()
        self.assertEqual(run["status"], "done")
        self.assertTrue(all(score > 0.9 for score in self.accuracy(run)), self.accuracy(run))
        trials = run["searches"][0]["seeds"][0]["trials"]
        self.assertNotEqual(trials[0]["fold_scores"], trials[1]["fold_scores"], "what is unfrozen is trained")
        self.assertEqual([trial["reuse"] for trial in trials], ["frozen", "fine-tuned"])
        self.assertEqual(run["searches"][0]["transfer"]["comparisons"][0]["gain"]["count"], 6)
        predicted = self.mlpc("predict", "out/m.mlpm", "test.csv").stdout.splitlines()
        self.assertEqual(len(predicted), 61)
        shutil.copy(NETWORKS / "draws_numbers.pt", self.folder / "conv.pt")
        self.assert_says(self.mlpc("predict", "out/m.mlpm", "test.csv", code=USAGE), "it is another file")

    def test_gradual_unfreezing_and_early_stopping_inside_the_fold(self):
        self.experiment("fine_tune(glyphs, unfreeze: all, gradual in {true, false}, epochs: 4, dropout: 0.2, stop_early: 1, batch: 16)")
        self.assertEqual(self.run_it()["status"], "done")

    def test_saved_network_is_used_again_frozen_and_trained_on(self):
        network = """network small {
  image(4, 4, 1)
  rescale(0.004)
  conv(4, kernel: 3) -> batch_norm -> relu -> max_pool(2)
  flatten
  dense(6) -> relu
  train adam(rate: 0.01) {
    epochs 10
    batch  16
  }
}

model m = small
"""
        self.experiment(FROZEN, (f"model m = {FROZEN}\n", network), ("out/m.mlpm", "small.mlpm"))
        self.run_it()
        source = 'source glyphs = saved("small.mlpm")\n'
        text = EXPERIMENT[: EXPERIMENT.index("source glyphs")] + source + EXPERIMENT[EXPERIMENT.index("\nsplit") :]
        text = text.replace("model m = CHAIN", f"model a = {FROZEN}\nmodel b = fine_tune(glyphs, unfreeze: 1, epochs: 3, stop_early: none)")
        text = text.replace("over m", "over a, b").replace("grid(points: 3)", "random(trials: 3)")
        self.write("m.mlp", text)
        run = self.run_it()
        self.assertEqual(run["status"], "done")
        self.assertTrue(all(score > 0.8 for score in self.accuracy(run)), self.accuracy(run))
        self.assertEqual(run["pretrained"][0]["trained_on"], ["`bars` of an earlier run"])
        trials = run["searches"][0]["seeds"][0]["trials"]
        self.assertTrue(all(trial["failure"] in ("", None) for trial in trials))
        self.assertTrue(all(trial["reuse"] == {"a": "frozen", "b": "fine-tuned"}[trial["model"]] for trial in trials))

    def test_weights_for_a_declared_network(self):
        cells = [((7 * i) % 11 - 5) / 10 for i in range(85)]
        header = {"0.weight": ("F32", [5, 16], [0, 320]), "0.bias": ("F32", [5], [320, 340])}
        text = json.dumps({name: dict(zip(("dtype", "shape", "data_offsets"), entry)) for name, entry in header.items()}).encode()
        weights = struct.pack("<Q", len(text)) + text + struct.pack("<85f", *cells)
        (self.folder / "w.safetensors").write_bytes(weights)
        net = 'network net {\n  dense(5)\n  relu\n}\n\n'
        source = 'source glyphs = safetensors("w.safetensors", network: net) {\n  input     numbers(16)\n  normalise divide(255)\n}\n'
        body = EXPERIMENT[: EXPERIMENT.index("source glyphs")] + net + source + EXPERIMENT[EXPERIMENT.index("\nsplit") :]
        for chain in (FROZEN, "fine_tune(glyphs, unfreeze: all, rate: 0.01, head_rate: 0.01, epochs: 10, warmup: 0, stop_early: none)"):
            self.write("m.mlp", body.replace("CHAIN", chain))
            trials = self.run_it(folder=self.fresh_copy())["searches"][0]["seeds"][0]["trials"]
            self.assertTrue(all(trial["failure"] in ("", None) for trial in trials), trials)
        (self.folder / "w.safetensors").write_bytes(weights[:-4])
        self.assert_says(self.mlpc("run", "m.mlp", code=USAGE), "w.safetensors")

    def test_source_inside_of_a_network(self):
        network = """network wide {
  image(4, 4, 1)
  glyphs(unfreeze in {0, 1, 2}, rate_factor: 0.1)
  dense(8) -> relu
  train adamw(rate: 0.01) {
    epochs 3
  }
}

model m = wide
"""
        self.experiment(FROZEN, (f"model m = {FROZEN}\n", network))
        run = self.run_it()
        self.assertEqual(run["status"], "done")
        self.assertEqual([trial["reuse"] for trial in run["searches"][0]["seeds"][0]["trials"]], ["frozen", "fine-tuned", "fine-tuned"])

    def test_lock_has_the_vocabulary_and_the_configuration_of_a_text_encoder(self):
        for name in ("tiny_f32.safetensors", "tokenizer.json", "config.json"):
            shutil.copy(NETWORKS.parent / "text_encoder" / name, self.folder)
        rows = [{"text": f"{('good', 'bad')[row % 2]} film {row}", "kind": ("praise", "blame")[row % 2]} for row in range(24)]
        self.write("bars.jsonl", "\n".join(map(json.dumps, rows)) + "\n")
        data = 'data bars = jsonl("bars.jsonl") {\n  text: text\n  kind: category target\n}\n\nsource tiny = text_encoder("tiny_f32.safetensors")\n'
        text = "edition 1\n\nseed 1\n\n" + data + EXPERIMENT[EXPERIMENT.index("\nsplit") :].replace("CHAIN", "tiny -> logistic(C in {0.1, 1.0})")
        self.write("m.mlp", text.replace('"test.csv"', "25% stratified"))
        self.run_it()
        beside = json.loads((self.folder / "m.lock").read_text())["pretrained"]["tiny"]["beside"]
        self.assertEqual(beside, {name: hashlib.sha256((self.folder / name).read_bytes()).hexdigest() for name in ("config.json", "tokenizer.json")})
        self.write("tokenizer.json", (self.folder / "tokenizer.json").read_text() + "\n")
        self.assert_says(self.mlpc("run", "m.mlp", MLPC_CACHE=self.cache), "R105", "`tokenizer.json` beside it: sha256 " + beside["tokenizer.json"][:12])
        self.assert_says(self.mlpc("run", "m.mlp", "--locked", code=FINDINGS), "R106", "`tokenizer.json`")
