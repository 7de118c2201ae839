"""mlpc run: what it prints where, what it leaves, how it ends."""

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
        lines = self.mlpc("run", "small.mlp", "--format", "jsonl").stdout.splitlines()
        self.assertGreater(len(lines), 1, "a line per trial is expected")
        for line in lines:
            self.assertIsInstance(json.loads(line), dict)

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
