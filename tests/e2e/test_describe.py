"""mlpc describe and new: from a data file to a working experiment."""

import gzip
import shutil

from program import EXAMPLES, FINDINGS, USAGE, ProgramTest


class Tests(ProgramTest):
    def test_shows_every_column_with_its_missing_cells(self):
        result = self.mlpc("describe", EXAMPLES / "data/penguins.csv")
        self.assert_on_stdout(result, "344 rows", r"bill_length_mm +numeric +0\.6 %", r"sex +category +3\.2 %", "Gentoo")

    def test_ends_in_a_schema_block_to_paste(self):
        result = self.mlpc("describe", EXAMPLES / "data/penguins.csv")
        self.assert_on_stdout(result, r"(?m)^  species, island: +category$", r"(?m)^  bill_length_mm, bill_depth_mm: +numeric +optional$")

    def test_reads_compressed_files(self):
        self.copy_data("iris.csv")
        (self.folder / "iris.csv.gz").write_bytes(gzip.compress((self.folder / "iris.csv").read_bytes()))
        plain = self.mlpc("describe", "iris.csv").stdout
        self.assertIn("sepal_length", plain)
        self.assertEqual(self.mlpc("describe", "iris.csv.gz").stdout.replace("iris.csv.gz", "iris.csv"), plain)

    def test_column_names_that_are_no_names_are_quoted(self):
        self.write("odd.csv", "Passenger Id,fare\n1,2.5\n2,3.5\n")
        self.assert_on_stdout(self.mlpc("describe", "odd.csv"), "`Passenger Id`")

    def test_absent_file_is_a_usage_error(self):
        self.assert_says(self.mlpc("describe", "absent.csv", code=USAGE), r"absent\.csv")

    def test_new_writes_a_file_that_checks_formats_and_runs(self):
        self.copy_data("iris.csv")
        self.mlpc("new", "flowers", "--from", "iris.csv")
        self.mlpc("check", "flowers.mlp")
        self.mlpc("fmt", "--check", "flowers.mlp")
        self.assertEqual(self.run_json("flowers.mlp")["status"], "done")

    def test_new_works_for_every_example_set(self):
        for path in sorted((EXAMPLES / "data").glob("*.csv*")):
            with self.subTest(path.name):
                shutil.copy(path, self.folder)
                name = path.name.split(".")[0]
                self.mlpc("new", name, "--from", path.name)
                self.mlpc("check", f"{name}.mlp")
                self.mlpc("fmt", "--check", f"{name}.mlp")

    def test_new_does_not_overwrite(self):
        self.copy_data("iris.csv")
        self.write("flowers.mlp", "# mine\n")
        self.assert_says(self.mlpc("new", "flowers", "--from", "iris.csv", code={FINDINGS, USAGE}), r"flowers\.mlp")
        self.assertEqual((self.folder / "flowers.mlp").read_text(), "# mine\n")

    def test_new_from_an_absent_file_writes_nothing(self):
        self.mlpc("new", "flowers", "--from", "absent.csv", code=USAGE)
        self.assertFalse((self.folder / "flowers.mlp").exists())
