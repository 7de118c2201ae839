"""mlpc plan and --emit: what will run, before it runs."""

import re
import shutil

from program import EXAMPLES, FINDINGS, ProgramTest


class Tests(ProgramTest):
    def fits(self, path):
        result = self.mlpc("plan", path)
        numbers = [int(number.replace(",", "").replace("_", "")) for number in re.findall(r"(\d[\d,_]*) (?:model )?fits?\b", result.stdout)]
        self.assertGreaterEqual(len(numbers), 2, f"the count of fits before and after sharing is not printed\n{result}")
        return numbers[0], numbers[1]

    def test_every_example_has_a_plan(self):
        for path in sorted(EXAMPLES.glob("*.mlp")):
            with self.subTest(path.name):
                self.assertNotEqual(self.mlpc("plan", path).stdout.strip(), "")

    def test_sharing_lowers_the_count_of_fits(self):
        before, after = self.fits(EXAMPLES / "breast_cancer.mlp")
        self.assertLess(after, before)

    def test_names_the_steps_that_will_run(self):
        self.small()
        self.assert_on_stdout(self.mlpc("plan", "small.mlp"), "scale", "logistic")

    def test_says_that_a_race_over_folds_is_one_threads_work(self):
        # (clauses, whether the hint is due)
        cases = [("prune race", True), ("prune median(over: folds)", True), ("prune median", False), ("prune race\n  batch 4", False), ("", False)]
        for clauses, due in cases:
            with self.subTest(clauses):
                self.small(("grid(points: 3)", "random(trials: 4)\n  " + clauses))
                planned = self.mlpc("plan", "small.mlp")
                self.assert_on_stdout(planned, *re.findall(r"prune \w+", clauses))
                self.assertEqual("`batch 4` in the search" in planned.stdout, due, planned)

    def test_does_not_run_anything(self):
        self.small()
        self.mlpc("plan", "small.mlp")
        self.assertFalse((self.folder / "out").exists(), "plan wrote outputs")

    def test_refuses_a_leak_as_check_does(self):
        self.small(("-> drop_duplicates {", "-> scale(standard) {"))
        self.assert_says(self.mlpc("plan", "small.mlp", code=FINDINGS), "L102")

    def test_emit_shows_every_stage(self):
        self.small()
        for stage in ("ast", "plan", "graph"):
            with self.subTest(stage):
                self.assert_on_stdout(self.mlpc(f"--emit={stage}", "small.mlp"), "logistic")

    def test_emit_ast_works_where_names_are_wrong(self):
        self.small(("scale(standard)", "scle(standard)"))
        self.assert_on_stdout(self.mlpc("--emit=ast", "small.mlp"), "scle")

    def test_plan_is_the_same_every_time(self):
        shutil.copytree(EXAMPLES / "data", self.folder / "data")
        shutil.copy(EXAMPLES / "credit_g.mlp", self.folder)
        planned = self.mlpc("plan", "credit_g.mlp").stdout
        self.assertIn("random_forest", planned)
        self.assertEqual(planned, self.mlpc("plan", "credit_g.mlp").stdout)
