"""mlpc fmt: one canonical format, comments kept, nothing touched that it should not."""

from program import EXAMPLES, FINDINGS, SMALL, USAGE, ProgramTest

MESSY = SMALL.replace("  sepal_length: numeric", "sepal_length :   numeric   # the leaf below").replace("seeds 1..2", "# why two\nseeds 1 .. 2")


class Tests(ProgramTest):
    def test_examples_are_in_the_canonical_format(self):
        for path in sorted(EXAMPLES.glob("*.mlp")):
            with self.subTest(path.name):
                self.mlpc("fmt", "--check", path)

    def test_check_finds_a_messy_file_and_leaves_it(self):
        path = self.write("messy.mlp", MESSY)
        self.assert_says(self.mlpc("fmt", "--check", path, code=FINDINGS), r"messy\.mlp")
        self.assertEqual(path.read_text(), MESSY)

    def test_diff_prints_a_unified_diff_and_leaves_the_file(self):
        path = self.write("messy.mlp", MESSY)
        result = self.mlpc("fmt", "--diff", path, code=FINDINGS)
        self.assert_on_stdout(result, r"(?m)^--- ", r"(?m)^\+\+\+ ", r"(?m)^@@ ", r"(?m)^-seeds 1 \.\. 2$", r"(?m)^\+seeds 1\.\.2$")
        self.assertEqual(path.read_text(), MESSY)

    def test_diff_of_a_tidy_file_is_empty(self):
        path = self.write("tidy.mlp", SMALL)
        self.assertEqual(self.mlpc("fmt", "--diff", path).stdout, "")

    def test_formats_in_place_and_once_is_enough(self):
        path = self.write("messy.mlp", MESSY)
        self.mlpc("fmt", path)
        once = path.read_text()
        self.assertNotEqual(once, MESSY)
        self.mlpc("fmt", path)
        self.assertEqual(path.read_text(), once)
        self.mlpc("fmt", "--check", path)

    def test_comments_survive_beside_what_they_explain(self):
        formatted = self.mlpc("fmt", "-", stdin=MESSY).stdout
        self.assertRegex(formatted, r"# why two\nseeds 1\.\.2")
        self.assertRegex(formatted, r"sepal_length: numeric +# the leaf below")

    def test_standard_input_goes_to_standard_output(self):
        self.assertEqual(self.mlpc("fmt", "-", stdin=SMALL).stdout, SMALL)

    def test_file_with_a_syntax_error_is_left_alone(self):
        broken = SMALL.replace("seeds 1..2", "seeds )(")
        path = self.write("broken.mlp", broken)
        self.mlpc("fmt", path, code=FINDINGS)
        self.assertEqual(path.read_text(), broken)

    def test_meaning_is_kept(self):
        self.small()
        before = self.mlpc("plan", "small.mlp").stdout
        self.assertIn("logistic", before)
        self.write("small.mlp", self.mlpc("fmt", "-", stdin=MESSY).stdout)
        self.assertEqual(self.mlpc("plan", "small.mlp").stdout, before)

    def test_absent_file_is_a_usage_error(self):
        self.assert_says(self.mlpc("fmt", "absent.mlp", code=USAGE), r"absent\.mlp")
