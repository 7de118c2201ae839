"""A table of words as a source: locked, pinned, kept in the run store, and its gain over none; it needs no module of networks."""

import hashlib
import json

from program import FINDINGS, OK, USAGE, ProgramTest

WORDS = "good 1 0\nfine 0.9 0.1\nnice 0.8 0\nbad 0 1\npoor 0.1 0.9\nugly 0 0.8\n"
EXPERIMENT = """edition 1

seeds 1..2

data reviews = jsonl("reviews.jsonl") {
  text: text
  kind: category target
}

# What the words mean, more or less.
source words = word_vectors("words.txt") {
  licence "CC0-1.0"                         # public domain
  trained on "a dictionary"
}

split reviews {
  test       25% stratified seed 3
  folds      3   stratified
  duplicates drop
}

model scratch = tfidf -> logistic(C in {0.1, 1.0, 10.0})
model frozen  = words -> logistic(C: 1.0)

search best over scratch, frozen {
  method   grid
  maximize accuracy
}

evaluate best {
  metrics accuracy
}
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        good, bad = ("good", "fine", "nice"), ("bad", "poor", "ugly")
        lines = []
        for row in range(60):
            words = good if row % 2 else bad
            text = f"{words[row % 3]} {words[row // 3 % 3]} thing {row}"
            lines.append(json.dumps({"text": text, "kind": "praise" if row % 2 else "blame"}))
        self.write("reviews.jsonl", "\n".join(lines) + "\n")
        self.write("words.txt", WORDS)
        self.write("m.mlp", EXPERIMENT)
        self.cache = str(self.new_folder())

    def run_it(self, *options, **more):
        return self.mlpc("run", "m.mlp", *options, MLPC_CACHE=self.cache, **more)

    def test_source_that_was_swapped_is_named(self):
        self.run_it()
        locked = json.loads((self.folder / "m.lock").read_text())["pretrained"]["words"]
        sha256 = hashlib.sha256(WORDS.encode()).hexdigest()
        expected = {"source": "word_vectors", "path": "words.txt", "sha256": sha256, "bytes": len(WORDS), "licence": "CC0-1.0"}
        self.assertEqual(locked, expected)
        self.write("words.txt", WORDS + "new 0 0\n")
        self.assert_says(self.run_it(), "R105", "`words`", sha256[:12], f"{len(WORDS)} bytes are locked, {len(WORDS) + 8} are there")
        self.assert_says(self.run_it("--locked", code=FINDINGS), "R106", "`words`")

    def test_fix_pins_it_and_keeps_layout_and_comments(self):
        self.mlpc("fmt", "--check", "m.mlp")
        self.assert_says(self.mlpc("check", "--fix", "m.mlp"), "fixed 1")
        sha256 = hashlib.sha256(WORDS.encode()).hexdigest()
        pinned = (self.folder / "m.mlp").read_text()
        self.mlpc("fmt", "--check", "m.mlp")
        self.assertEqual([word for word in pinned.split() if word not in ("sha256", f'"{sha256}"')], EXPERIMENT.split())
        self.assertNotIn("fixed", self.mlpc("check", "--fix", "m.mlp").text)
        self.write("words.txt", WORDS + "new 0 0\n")
        self.assert_says(self.run_it(code=USAGE), sha256)
        (self.folder / "words.txt").unlink()
        self.write("m.mlp", EXPERIMENT)
        self.mlpc("check", "--fix", "m.mlp")
        self.assertEqual((self.folder / "m.mlp").read_text(), EXPERIMENT, "without the file there is nothing to write")

    def test_fix_makes_a_block_where_there_is_none(self):
        block = EXPERIMENT[EXPERIMENT.index(' {\n  licence') : EXPERIMENT.index("\n\nsplit")]
        for written in ("", " {\n}", " {\n  # to come\n}"):
            with self.subTest(written):
                self.write("m.mlp", EXPERIMENT.replace(block, written))
                self.mlpc("check", "--fix", "m.mlp", code={OK, FINDINGS})
                self.assertEqual("sha256" in (self.folder / "m.mlp").read_text(), self.mlpc("check", "m.mlp", code={OK, FINDINGS}).code == OK)

    def test_run_store_keeps_what_the_report_says_of_it(self):
        told = self.run_it("--format", "json")
        kept = self.mlpc("results", "latest", "--format", "json")
        self.assertEqual(json.loads(kept.stdout)["pretrained"], json.loads(told.stdout)["pretrained"])
        self.assertEqual(json.loads(kept.stdout)["searches"][0]["transfer"], json.loads(told.stdout)["searches"][0]["transfer"])
        self.assert_on_stdout(self.mlpc("results", "latest"), r"words: words.txt \(word_vectors\)", "trained on a dictionary, licence CC0-1.0")

    def test_gain_is_of_the_same_budget_and_paired(self):
        run = json.loads(self.run_it("--format", "json").stdout)
        search = run["searches"][0]
        gain = search["transfer"]
        self.assertEqual([s["reuse"] for s in gain["standings"]], ["frozen", "none"])
        self.assertEqual([s["trials"] for s in gain["standings"]], [2, 6])
        self.assertEqual(gain["compared_trials"], [1, 1])
        differences = []
        for seed in search["seeds"]:
            first = {reuse: next(t for t in seed["trials"] if t["reuse"] == reuse) for reuse in ("frozen", "none")}
            differences += [a - b for a, b in zip(first["frozen"]["fold_scores"], first["none"]["fold_scores"])]
        self.assertAlmostEqual(gain["comparisons"][0]["gain"]["mean"], sum(differences) / len(differences))
        self.assertEqual(gain["comparisons"][0]["gain"]["count"], 6)
        said = self.mlpc("results", "latest")
        self.assert_on_stdout(said, "What transfer gained", r"The frozen source (gained|lost) .* (over|to) training from scratch")
        self.assert_on_stdout(self.mlpc("results", "latest", "--format", "html"), "Trained on, frozen and from scratch", "The frozen source")
