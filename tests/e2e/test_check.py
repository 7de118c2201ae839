"""mlpc check: what it accepts, what it finds, in which form it says so."""

from program import EXAMPLES, FINDINGS, OK, ROOT, USAGE, ProgramTest

TWELVE_MISTAKES = """edition 1

seeds 1..5

data churn = csv("churn.csv") {
  churned: category target positive "yes"
  plan:    categry
  tenure:  numeric in 0..120
  tenure:  numeric
  income:  numeric
  region:  category
}

check churn {
  rows >= 100
  incom >= 0
}

split churn {
  test  20% stratified sed 7
  folds 1 stratified
}

pipeline prep {
  numeric  -> impute(mean) -> scle(standard)
  category -> one_hot(rre: 1%)
}

model logit  = prep -> logistic(C: -1.0)
model forest = prp -> random_forest(trees: 100, depth in 10..2)

search best over logit, forrest {
  method   random(trials: 10)
  maximize mccc
}

evaluate best {
  metrics mcc, accuracy
}
"""
MISTAKEN_LINES = [7, 9, 16, 20, 21, 25, 26, 29, 30, 30, 32, 34]


class Tests(ProgramTest):
    def test_examples_have_no_errors(self):
        for path in sorted(EXAMPLES.glob("*.mlp")):
            with self.subTest(path.name):
                self.mlpc("check", path)

    def test_experiment_in_the_readme_is_right_and_runs(self):
        shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```mlp\n")[1].split("```")[0]
        self.write("penguins.mlp", shown)
        (self.folder / "data").mkdir()
        self.copy_data("penguins.csv")
        (self.folder / "penguins.csv").rename(self.folder / "data/penguins.csv")
        self.mlpc("check", "penguins.mlp")
        self.mlpc("fmt", "--check", "penguins.mlp")
        self.mlpc("run", "penguins.mlp", "--jobs", 2)

    def test_clean_file_says_nothing_on_stdout(self):
        self.small()
        self.assertEqual(self.mlpc("check", "small.mlp").stdout, "")

    def test_needs_no_data_file(self):
        self.small()
        (self.folder / "iris.csv").unlink()
        self.mlpc("check", "small.mlp")

    def test_scaling_before_the_split_is_refused(self):
        self.small(("-> drop_duplicates {", "-> scale(standard) {"))
        result = self.mlpc("check", "small.mlp", code=FINDINGS)
        self.assert_says(result, r"error\[L102\]", r"small\.mlp:5:\d+", r"scale\(standard\)", r"\^")

    def test_target_as_feature_is_refused(self):
        self.small(("model logit =", "pipeline prep {\n  species -> one_hot\n}\n\nmodel logit = prep ->"))
        self.assertIn("L110", [record["code"] for record in self.diagnostics("small.mlp")])

    def test_no_test_partition_is_a_warning(self):
        self.small(("test  20% stratified seed 7", "test  none"), ('evaluate best {\n  metrics accuracy, log_loss, confusion\n}\n\nreport "out/small.html"\n', ""))
        self.assertIn("L101", [record["code"] for record in self.diagnostics("small.mlp", code=OK, severity="warning")])

    def test_twelve_mistakes_give_as_many_diagnostics_in_order(self):
        self.write("twelve.mlp", TWELVE_MISTAKES)
        found = self.diagnostics("twelve.mlp")
        self.assertEqual([record["line"] for record in found], MISTAKEN_LINES, "\n".join(f"{r['line']}: {r['message']}" for r in found))
        self.assertEqual(len(found), 12)

    def test_misspelt_names_are_answered_with_the_nearest(self):
        self.write("twelve.mlp", TWELVE_MISTAKES)
        result = self.mlpc("check", "twelve.mlp", code=FINDINGS)
        for nearest in ("category", "income", "scale", "rare", "prep", "forest", "mcc", "seed"):
            with self.subTest(nearest):
                self.assert_says(result, rf"did you mean `?{nearest}`?")

    def test_two_syntax_errors_are_both_reported(self):
        self.small(("seeds 1..2", "seeds 1..2 )"), ("folds 3   stratified", "folds 3 )"))
        lines = [record["line"] for record in self.diagnostics("small.mlp")]
        self.assertEqual(lines, [3, 15])

    def test_syntax_errors_speak_the_users_terms(self):
        self.small(("model logit = scale", "model logit scale"))
        result = self.mlpc("check", "small.mlp", code=FINDINGS)
        self.assertNotRegex(result.text, r"NEWLINE|LBLOCK|viable|extraneous|mismatched|token", str(result))

    def test_json_records_carry_place_and_text(self):
        self.small(("scale(standard)", "scle(standard)"))
        record = self.diagnostics("small.mlp")[0]
        self.assertEqual((record["line"], record["column"], record["end_column"]), (18, 15, 19), record)
        self.assertTrue(record["file"].endswith("small.mlp"), record)

    def test_sarif_is_version_2_1_0_with_a_result(self):
        self.small(("scale(standard)", "scle(standard)"))
        log = self.parse_json(self.mlpc("check", "small.mlp", "--format", "sarif", code=FINDINGS))
        self.assertEqual(log["version"], "2.1.0")
        region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
        self.assertEqual(region["startLine"], 18, log)

    def test_fix_applies_what_it_offers(self):
        self.small(("scale(standard)", "scle(standard)"), ("maximize accuracy", "maximize acuracy"))
        offered = [record for record in self.diagnostics("small.mlp") if record["fixes"]]
        self.assertEqual(len(offered), 2, "each misspelt name has a machine-applicable fix")
        self.mlpc("check", "--fix", "small.mlp", code={OK, FINDINGS})
        fixed = (self.folder / "small.mlp").read_text()
        self.assertIn("scale(standard)", fixed)
        self.assertIn("maximize accuracy", fixed)
        self.mlpc("check", "small.mlp")

    def test_mistake_in_an_imported_file_names_that_file(self):
        self.small(("model logit =", 'import "steps.mlp"\n\nmodel logit = prep ->'))
        self.write("steps.mlp", "edition 1\n\npipeline prep {\n  numeric -> scle(standard)\n}\n")
        self.assertTrue(self.diagnostics("small.mlp")[0]["file"].endswith("steps.mlp"))

    def test_allowed_leak_passes_with_its_reason(self):
        leaky = ("-> drop_duplicates {", "-> scale(standard) {")
        self.small(leaky, ("split iris {", 'allow L102 because "a demonstration"\n\nsplit iris {'))
        self.mlpc("check", "small.mlp")

    def test_construct_of_a_later_version_is_refused_by_run_by_name(self):
        self.small(("out/small.mlpm", "out/small.onnx"))
        self.assert_says(self.mlpc("run", "small.mlp", code=FINDINGS), "ONNX")

    def test_each_such_construct_is_named_once(self):
        self.small(('save   best "out/small.mlpm"', 'save   best "out/small.onnx"\nsave   best "out/again.onnx"'))
        said = self.mlpc("run", "small.mlp", code=FINDINGS).stderr
        self.assertEqual(said.count("error[X124]"), 1, said)
        self.assertIn("ONNX", said)
        self.mlpc("check", "small.mlp")

    def test_reads_standard_input(self):
        text = self.small(("scale(standard)", "scle(standard)"))
        self.assert_says(self.mlpc("check", "-", stdin=text, code=FINDINGS), "scle", r":18:15")
        self.mlpc("check", "-", stdin=self.small())

    def test_several_files_are_all_checked(self):
        self.small(("scale(standard)", "scle(standard)"), name="first.mlp")
        self.small(("maximize accuracy", "maximize acuracy"), name="second.mlp")
        self.assert_says(self.mlpc("check", "first.mlp", "second.mlp", code=FINDINGS), r"first\.mlp:18", r"second\.mlp:22")

    def test_no_colour_where_nobody_looks(self):
        self.small(("scale(standard)", "scle(standard)"))
        self.assertNotIn("\x1b[", self.mlpc("check", "small.mlp", code=FINDINGS).text)
