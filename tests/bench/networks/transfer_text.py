#!/usr/bin/python3
"""Transfer to few texts: is a mail spam, from 50, 200 and 1,000 training mails of SpamAssassin.

usage: tests/bench/networks/transfer_text.py MLPC ENCODER_FOLDER [ROWS=DRAWS…]     50=5 200=5 1000=2 where nothing is given

tf-idf before a logistic regression, the frozen MiniLM encoder before one, and the encoder fine-tuned, on the same draws of the training mails;
accuracy on 400 other mails. Fine-tuning takes about the same number of steps whatever the number of mails, and rows held back inside of the
training mails end it earlier. The file with the frozen encoder is run twice for the first draw: the second run finds the embeddings in the
cache.
"""

import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STUDENT_95 = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776}  # by the number of draws
BATCH, STEPS = 16, 190  # as 3 epochs of 1,000 mails
EXPERIMENT = """edition 1

seeds {seed}

data mails = jsonl("train.jsonl") {{
  kind:  category target positive "spam"
  text:  text
  ignore fold
}}

source minilm = text_encoder("encoder/{weights}", length: 128) {{
  trained on "1 billion pairs of sentences"
  licence    "Apache-2.0"
}}

split mails {{
  test "test.jsonl"
}}

pipeline words {{
  text -> tfidf(sublinear: true)
}}

model tf_idf = words -> logistic(C: 100.0)
model frozen = minilm -> logistic(C: 10.0)
model tuned  = fine_tune(minilm, unfreeze: 2, rate: 1e-4, epochs: {epochs}, batch: {batch}, stop_early: {patience})

evaluate {model} {{
  metrics accuracy
}}
"""


def run(mlpc, folder, model, seed, rows, weights):
    epochs = math.ceil(STEPS * BATCH / rows)
    (folder / "e.mlp").write_text(EXPERIMENT.format(seed=seed, model=model, weights=weights, epochs=epochs, batch=BATCH,
                                                             patience=max(2, epochs // 5)), encoding="utf-8")
    begun = time.perf_counter()
    done = subprocess.run([mlpc, "run", "e.mlp", "--format", "json"], cwd=folder, capture_output=True, text=True, check=False,
                          env={**os.environ, "MLPC_CACHE": str(folder / f"cache{rows}")})
    wall = time.perf_counter() - begun
    if not done.stdout:
        sys.exit(done.stderr)
    report = json.loads(done.stdout)
    scores = report["searches"][0]["seeds"][0]["test_scores"]
    asked = [(p["encoded_rows"], p["cached_rows"]) for p in report["pretrained"]]
    return (scores["accuracy"] if isinstance(scores, dict) else scores[0]["value"]), wall, asked


def main():
    mlpc, encoder = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    sizes = [[int(n) for n in size.split("=")] for size in sys.argv[3:] or ["50=5", "200=5", "1000=2"]]
    mails = [line for line in (ROOT / "examples/data/spam.jsonl").read_text(encoding="utf-8").splitlines() if line]
    random.Random(1).shuffle(mails)
    test, rest = mails[:400], mails[400:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".mlpc").mkdir()
        shutil.copytree(encoder, folder / "encoder")
        weights = next(p.name for p in sorted((folder / "encoder").iterdir()) if p.suffix == ".safetensors")
        (folder / "test.jsonl").write_text("\n".join(test) + "\n", encoding="utf-8")
        for rows, draws in sizes:
            for model in ("tf_idf", "frozen", "tuned"):
                values = []
                for seed in range(1, draws + 1):
                    few = random.Random(seed).sample(rest, rows)
                    (folder / "train.jsonl").write_text("\n".join(few) + "\n", encoding="utf-8")
                    value, first, asked = run(mlpc, folder, model, seed, rows, weights)
                    values.append(value)
                    if model == "frozen" and seed == 1:
                        again, second, asked_again = run(mlpc, folder, model, seed, rows, weights)
                        assert again == value
                        print(json.dumps({"rows": rows, "first_seconds": first, "second_seconds": second, "ratio": first / second,
                                          "encoded, cached": asked, "again": asked_again}), flush=True)
                half = STUDENT_95[draws] * statistics.stdev(values) / math.sqrt(len(values))
                print(json.dumps({"rows": rows, "model": model, "draws": draws, "accuracy": round(statistics.mean(values), 4),
                                  "half_interval": round(half, 4)}), flush=True)


if __name__ == "__main__":
    main()
