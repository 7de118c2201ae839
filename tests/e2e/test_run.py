"""mlpc run: what it prints where, what it leaves, how it ends."""

import gzip
import json
import os
import pty
import subprocess

from program import ESCAPE, FINDINGS, GATE_MISSED, OK, SMALL, USAGE, ProgramTest, comparable, environment


class Tests(ProgramTest):
    def test_text_report_goes_to_stdout(self):
        self.small()
        self.assert_on_stdout(self.mlpc("run", "small.mlp"), "accuracy", "logit", "dummy")

    def test_progress_is_silent_where_stderr_is_no_terminal(self):
        self.small()
        self.assertNotRegex(self.mlpc("run", "small.mlp").stderr, r"\r|ETA|eta")

    def test_json_is_all_there_is_on_stdout(self):
        self.small()
        self.assertEqual(self.run_json("small.mlp")["status"], "done")

    def test_jsonl_is_one_object_a_line(self):
        self.small()
        *trials, last = map(json.loads, self.mlpc("run", "small.mlp", "--format", "jsonl").stdout.splitlines())
        self.assertEqual([(trial["event"], trial["seed"], trial["number"]) for trial in trials], [("trial", seed, n) for seed in (1, 2) for n in range(3)])
        self.assertEqual(last["event"], "run")
        kept = [trial["fold_scores"] for seed in last["run"]["searches"][0]["seeds"] for trial in seed["trials"]]
        self.assertEqual([trial["fold_scores"] for trial in trials], kept)

    def test_report_and_model_are_written_beside_the_file(self):
        self.small(name="deep/er/small.mlp")
        (self.folder / "iris.csv").rename(self.folder / "deep/er/iris.csv")
        self.mlpc("run", "deep/er/small.mlp")
        for name in ("small.html", "small.mlpm"):
            self.assertTrue((self.folder / "deep/er/out" / name).stat().st_size > 0, name)

    def test_report_is_one_self_contained_page(self):
        self.small()
        self.mlpc("run", "small.mlp")
        page = (self.folder / "out/small.html").read_text(encoding="utf-8")
        self.assertIn("<!doctype html", page.lower())
        self.assertNotRegex(page, r"""(src|href)=["']?https?:""", "the page loads something from elsewhere")
        for word in ("logit", "accuracy", "dummy"):
            self.assertIn(word, page)

    def test_out_moves_what_is_written(self):
        self.small()
        self.mlpc("run", "small.mlp", "--out", "elsewhere")
        written = [path.name for path in (self.folder / "elsewhere").rglob("*")]
        self.assertIn("small.html", written)
        self.assertIn("small.mlpm", written)
        self.assertFalse((self.folder / "out").exists(), "outputs beside the file although --out says elsewhere")

    def test_set_overrides_a_param_and_is_recorded(self):
        self.small(("model logit", "param strength = 1.0\n\nmodel logit"), ("C in {0.1, 1.0, 10.0}", "C: strength"))
        run = self.run_json("small.mlp", "--set", "strength=0.001")
        self.assertIn("strength", json.dumps(run["overrides"]))
        self.assertNotEqual(comparable(run)["searches"], comparable(self.run_json("small.mlp"))["searches"])

    def test_set_of_an_unknown_param_is_refused_by_name(self):
        self.small(("model logit", "param strength = 1.0\n\nmodel logit"), ("C in {0.1, 1.0, 10.0}", "C: strength"))
        self.assert_says(self.mlpc("run", "small.mlp", "--set", "strenght=1", code={FINDINGS, USAGE}), "strenght", "strength")

    def test_missed_gate_is_exit_code_3_and_the_report_is_written(self):
        self.small(("metrics accuracy, log_loss, confusion", "metrics accuracy, log_loss, confusion\n  gate    accuracy > 1.5"))
        self.assert_says(self.mlpc("run", "small.mlp", code=GATE_MISSED), "gate", r"accuracy > 1\.5")
        self.assertTrue((self.folder / "out/small.html").exists())

    def test_passed_gate_is_exit_code_0(self):
        self.small(("metrics accuracy, log_loss, confusion", "metrics accuracy, log_loss, confusion\n  gate    accuracy >= 0.5"))
        self.mlpc("run", "small.mlp", code=OK)

    def test_failed_check_stops_the_run_with_rule_count_and_rows(self):
        self.small(("split iris", "check iris {\n  petal_length < 5\n}\n\nsplit iris"))
        self.assert_says(self.mlpc("run", "small.mlp", code={FINDINGS, USAGE}), r"petal_length < 5", r"\b45\b", r"row")
        self.assertFalse((self.folder / "out/small.mlpm").exists())

    def test_warning_check_lets_the_run_go_on(self):
        self.small(("split iris", "check iris {\n  petal_length < 5 else warn\n}\n\nsplit iris"))
        self.assert_says(self.mlpc("run", "small.mlp"), r"petal_length < 5")

    def test_leak_is_refused_before_anything_runs(self):
        self.small(("-> drop_duplicates {", "-> scale(standard) {"))
        self.assert_says(self.mlpc("run", "small.mlp", code=FINDINGS), "L102")
        self.assertFalse((self.folder / "out").exists())

    def test_failing_trial_is_that_trials_alone(self):
        self.small(("logistic(C in {0.1, 1.0, 10.0})", "knn(k in {3, 5000})"))
        trials = self.run_json("small.mlp")["searches"][0]["seeds"][0]["trials"]
        failures = [trial["failure"] for trial in trials if trial["failure"]]
        self.assertEqual((len(failures), len(trials)), (1, 2))
        self.assertRegex(failures[0], r"small\.mlp:18", "the reason does not name the step's line")

    def test_report_tells_the_chain_of_the_winner(self):
        self.small(("model logit = scale(standard)", "pipeline prep {\n  numeric -> (scale(standard) | none)\n}\n\nmodel logit = prep"))
        run = self.run_json("small.mlp")
        best = {param["name"]: param["value"] for param in self.winner(run)["params"]}
        first = "numeric -> scale(standard)" if best["logit.prep.scale"] == "scale(standard)" else "numeric"
        self.assertEqual(run["pipeline"], [first, f"logistic(C: {float(best['logit.C']):.4g})"])
        self.assertIn(run["pipeline"][1], (self.folder / "out/small.html").read_text(encoding="utf-8"))

    def winner(self, run):
        seed = run["searches"][0]["seeds"][0]
        return max(seed["trials"], key=lambda trial: (sum(trial["fold_scores"]), -trial["number"]))

    def test_duplicates_across_the_split_stop_the_run(self):
        for policy, code in (("error", FINDINGS), ("drop", OK), ("group", OK)):
            with self.subTest(policy):
                self.small(("-> drop_duplicates ", ""), ("folds 3   stratified", f"folds 3   stratified\n  duplicates {policy}"))
                path = self.folder / "iris.csv"
                path.write_text(path.read_text() + path.read_text().split("\n", 1)[1])
                result = self.mlpc("run", "small.mlp", code=code)
                self.assertEqual("error[L107]" in result.stderr, policy == "error", str(result))
        self.small(("-> drop_duplicates ", ""))
        path.write_text(path.read_text() + path.read_text().split("\n", 1)[1])
        self.assert_says(self.mlpc("run", "small.mlp", code=FINDINGS), r"error\[L107\]: \d+ rows of `iris`", "duplicates drop")

    def test_feature_that_gives_the_target_away_stops_the_run_unless_allowed(self):
        tell = ("  species: ", "  told: category\n  species: ")
        both = ("model logit = scale(standard)", "pipeline prep {\n  numeric -> scale(standard)\n  category -> one_hot\n}\n\nmodel logit = prep")
        for allowed in ("", 'allow L111 because "a demonstration, ticket 42"\n\n'):
            self.small(tell, both, ("split iris", allowed + "split iris"))
            path = self.folder / "iris.csv"
            rows = path.read_text().splitlines()
            path.write_text("\n".join([rows[0] + ",told", *(f"{row},is {row.rsplit(',', 1)[1]}" for row in rows[1:])]) + "\n")
            if allowed:
                self.assert_on_stdout(self.mlpc("run", "small.mlp"), "L111", "ticket 42")
            else:
                self.assert_says(self.mlpc("run", "small.mlp", code=FINDINGS), r"error\[L111\]", "told")

    def test_data_are_read_in_every_dress(self):
        self.small()
        plain = self.run_json("small.mlp", folder=self.fresh_copy())["searches"]
        text = (self.folder / "iris.csv").read_text()
        dresses = {
            "windows.csv": b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
            "quoted.csv": "".join(",".join(f'"{cell}"' for cell in row.split(",")) + "\n" for row in text.splitlines()).encode(),
            "packed.csv.gz": gzip.compress(text.encode()),
            "tabs.tsv": text.replace(",", "\t").encode(),
        }
        for name, content in dresses.items():
            with self.subTest(name):
                (self.folder / name).write_bytes(content)
                self.small(('csv("iris.csv")', f'{"tsv" if name.endswith("tsv") else "csv"}("{name}")'))
                self.assertEqual(comparable(self.run_json("small.mlp"))["searches"], comparable(plain))

    def test_nested_outer_folds_need_no_test_partition(self):
        self.small(("test  20% stratified seed 7\n  folds 3   stratified", "test  none\n  outer 3 stratified\n  folds 3 stratified"))
        self.assertEqual(self.run_json("small.mlp")["status"], "done")

    def test_same_file_gives_the_same_results_twice(self):
        self.small()
        first = self.run_json("small.mlp", folder=self.fresh_copy())
        second = self.run_json("small.mlp", folder=self.fresh_copy())
        self.assertEqual(comparable(first)["searches"], comparable(second)["searches"])

    def test_same_file_in_another_folder_gives_the_same_results(self):
        self.small()
        first = self.run_json("small.mlp", folder=self.fresh_copy())
        self.small(name="moved/other.mlp")
        (self.folder / "iris.csv").rename(self.folder / "moved/iris.csv")
        self.assertEqual(comparable(self.run_json("moved/other.mlp"))["searches"], comparable(first)["searches"])

    def test_another_seed_gives_other_results(self):
        self.small()
        first = self.run_json("small.mlp")
        self.small(("seeds 1..2", "seeds 11..12"))
        self.assertNotEqual(comparable(self.run_json("small.mlp"))["searches"], comparable(first)["searches"])

    def test_added_model_leaves_the_others_scores_alone(self):
        self.small()
        alone = self.run_json("small.mlp", folder=self.fresh_copy())["searches"][0]["seeds"][0]["trials"]
        self.small(("search best over logit", "model near = knn(k: 3)\n\nsearch best over logit, near"))
        together = self.run_json("small.mlp")["searches"][0]["seeds"][0]["trials"]
        scores = [trial["fold_scores"] for trial in together if trial["model"] == "logit"]
        self.assertEqual(sorted(scores), sorted(trial["fold_scores"] for trial in alone))

    def on_terminal(self, **changes):
        main, side = pty.openpty()
        process = subprocess.Popen(
            [self.program, "run", "small.mlp"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=side, env=environment(TERM="xterm-256color", **changes)
        )
        os.close(side)
        shown = b""
        while True:
            try:
                chunk = os.read(main, 4096)
            except OSError:  # how Linux says that the other side is closed
                break
            if not chunk:
                break
            shown += chunk
        os.close(main)
        self.assertEqual(process.wait(), OK, shown.decode(errors="replace"))
        return shown.decode(errors="replace")

    def test_terminal_is_coloured(self):
        self.small(("split iris", "check iris {\n  petal_length < 5 else warn\n}\n\nsplit iris"))
        self.assertRegex(self.on_terminal(), r"\x1b\[[0-9;]*m")

    def test_no_color_is_obeyed_on_a_terminal(self):
        self.small(("split iris", "check iris {\n  petal_length < 5 else warn\n}\n\nsplit iris"))
        self.assertNotRegex(self.on_terminal(NO_COLOR="1"), r"\x1b\[[0-9;]*m")

    def test_progress_with_remaining_time_is_shown_on_a_terminal(self):
        self.small(("logistic(C in {0.1, 1.0, 10.0})", "random_forest(trees: 300, depth in 2..20)"), ("grid(points: 3)", "random(trials: 30)"))
        self.assertRegex(self.on_terminal(), r"(?i)\beta\b|left|remaining")

    def test_output_into_a_closed_pipe_is_no_crash(self):
        self.small()
        command = f'"{self.program}" run small.mlp | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}'
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, capture_output=True, text=True, env=environment(), check=False)
        self.assertIn(int(done.stdout), {OK, 1, 141}, done.stderr)

    def test_second_run_in_the_same_folder_gives_the_same_results(self):
        self.small()
        self.assertEqual(comparable(self.run_json("small.mlp"))["searches"], comparable(self.run_json("small.mlp"))["searches"])

    def test_unknown_format_is_a_usage_error(self):
        self.small()
        self.mlpc("run", "small.mlp", "--format", "xml", code=USAGE)

    def test_negative_jobs_are_a_usage_error(self):
        self.small()
        self.mlpc("run", "small.mlp", "--jobs", "-1", code=USAGE)

    def test_small_memory_budget_changes_no_result(self):
        self.small()
        plenty = self.run_json("small.mlp", folder=self.fresh_copy())
        scarce = self.run_json("small.mlp", "--memory", "1MB", folder=self.fresh_copy())
        self.assertEqual(comparable(scarce)["searches"], comparable(plenty)["searches"])

    def test_text_has_no_escape_codes_in_a_pipe(self):
        self.small()
        self.assertIsNone(ESCAPE.search(self.mlpc("run", "small.mlp").text))

    def test_model_alone_can_be_evaluated(self):
        text = SMALL.split("search best")[0].replace("C in {0.1, 1.0, 10.0}", "C: 1.0")
        self.copy_data("iris.csv")
        self.write("alone.mlp", text + "evaluate logit {\n  metrics accuracy\n}\n")
        self.assertEqual(self.run_json("alone.mlp")["status"], "done")
