"""What people do by accident: a clear message, the right exit code, no crash and nothing half-written."""

import os
import random
import shutil
import subprocess
import unittest

from program import FINDINGS, OK, SMALL, USAGE, ProgramTest

REFUSED = {FINDINGS, USAGE}


class Tests(ProgramTest):
    def refuse(self, *says, name="small.mlp", command="run"):
        result = self.mlpc(command, name, code=REFUSED)
        self.assert_says(result, *says)
        return result

    def test_absent_file(self):
        for command in ("check", "plan", "run", "fmt"):
            with self.subTest(command):
                self.assert_says(self.mlpc(command, "absent.mlp", code=USAGE), r"absent\.mlp")

    def test_directory_in_place_of_a_file(self):
        for command in ("check", "run", "fmt", "describe"):
            with self.subTest(command):
                self.assert_says(self.mlpc(command, ".", code=USAGE), "directory|folder")

    def test_binary_file(self):
        (self.folder / "noise.mlp").write_bytes(random.Random(1).randbytes(20_000))
        self.refuse(r"noise\.mlp", name="noise.mlp", command="check")

    def test_mesh_of_the_other_program(self):
        self.write("mesh.mlp", "<!DOCTYPE MeshLabDocument>\n<MeshLabProject>\n</MeshLabProject>\n")
        self.refuse("MeshLab", name="mesh.mlp", command="check")

    def test_empty_file(self):
        self.write("empty.mlp", "")
        self.mlpc("check", "empty.mlp", code={OK, FINDINGS})
        self.refuse(name="empty.mlp")

    def test_file_of_comments_alone(self):
        self.write("comments.mlp", "# nothing\n" * 3)
        self.refuse(name="comments.mlp")

    def test_byte_order_mark_and_carriage_returns(self):
        self.copy_data("iris.csv")
        (self.folder / "windows.mlp").write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
        self.mlpc("check", "windows.mlp")

    def test_broken_utf8(self):
        (self.folder / "latin.mlp").write_bytes(SMALL.replace("# ", "").replace("iris", "ir\xeds").encode("latin-1"))
        self.refuse("UTF-8", name="latin.mlp", command="check")

    def test_absent_data_is_named_with_its_line(self):
        self.small()
        (self.folder / "iris.csv").unlink()
        self.refuse(r"iris\.csv", r"small\.mlp:5")

    def test_directory_as_data(self):
        self.small()
        (self.folder / "iris.csv").unlink()
        (self.folder / "iris.csv").mkdir()
        self.refuse(r"iris\.csv")

    def test_data_outside_the_project(self):
        self.small(('csv("iris.csv")', 'csv("../../../../etc/passwd")'))
        self.refuse("passwd")

    def test_empty_data(self):
        self.small()
        self.write("iris.csv", "")
        self.refuse(r"iris\.csv")

    def test_header_without_rows(self):
        self.small()
        self.write("iris.csv", "sepal_length,sepal_width,petal_length,petal_width,species\n")
        self.refuse(r"iris\.csv|rows")

    def test_text_in_a_numeric_column(self):
        self.small()
        path = self.folder / "iris.csv"
        path.write_text(path.read_text().replace("4.9,3.0,1.4", "4.9,three,1.4", 1))
        self.refuse("sepal_width", "three", "3")

    def test_ragged_row(self):
        self.small()
        path = self.folder / "iris.csv"
        path.write_text(path.read_text() + "1,2,3\n")
        self.refuse(r"iris\.csv", "152")

    def test_declared_column_that_is_not_there(self):
        self.small(("sepal_width:  numeric", "sepal_wide:   numeric"))
        self.refuse("sepal_wide", "sepal_width")

    def test_column_that_is_not_declared(self):
        self.small(("  petal_width:  numeric\n", ""))
        self.refuse("petal_width", "ignore")

    def test_missing_value_that_was_not_announced(self):
        self.small()
        path = self.folder / "iris.csv"
        path.write_text(path.read_text().replace("4.9,3.0,1.4", "4.9,,1.4", 1))
        self.refuse("sepal_width", "optional")

    def test_more_folds_than_rows(self):
        self.small(("folds 3   stratified", "folds 5000"))
        self.refuse("5000|5_000|folds")

    def test_class_of_one_row_is_no_crash(self):
        self.small()
        path = self.folder / "iris.csv"
        path.write_text(path.read_text() + "1,2,3,4,rare\n")
        self.mlpc("run", "small.mlp", code={OK, *REFUSED})

    def test_target_of_one_class(self):
        self.small()
        path = self.folder / "iris.csv"
        path.write_text("\n".join(path.read_text().splitlines()[:40]) + "\n")
        self.refuse("species", "class")

    def test_huge_numbers(self):
        for old, new in {
            "seeds 1..2": "seeds 1..99999999999999999999",
            "folds 3   stratified": "folds 99999999999999999999",
            "test  20%": "test  99999999999999999999999%",
            "{0.1, 1.0, 10.0}": "{0.1, 1e999}",
            "grid(points: 3)": "grid(points: 99999999999999999999)",
        }.items():
            with self.subTest(new):
                self.small((old, new))
                self.mlpc("check", "small.mlp", code=FINDINGS, timeout=20)

    def test_grid_too_large_to_finish_is_refused_or_planned_at_once(self):
        self.small(("C in {0.1, 1.0, 10.0}", "C in 1e-9..1e9 log"), ("grid(points: 3)", "grid(points: 1_000_000_000)"))
        self.mlpc("plan", "small.mlp", code={OK, FINDINGS}, timeout=20)

    def test_deep_nesting(self):
        self.small(("scale(standard)", "(" * 20_000 + "scale(standard)" + ")" * 20_000))
        self.refuse("deep|nest", command="check")

    def test_very_long_line(self):
        self.small(("C in {0.1, 1.0, 10.0}", "C in {" + ", ".join(f"{i}.5" for i in range(1, 50_000)) + "}"))
        self.mlpc("check", "small.mlp", code={OK, FINDINGS}, timeout=60)

    def test_import_cycle(self):
        self.small(("model logit", 'import "small.mlp"\n\nmodel logit'))
        self.refuse("cycle|itself", command="check")

    def test_absent_import(self):
        self.small(("model logit", 'import "absent.mlp"\n\nmodel logit'))
        self.refuse(r"absent\.mlp", command="check")

    def test_file_where_the_output_folder_should_be(self):
        self.small()
        self.write("out", "in the way\n")
        self.refuse(r"\bout\b")
        self.assertEqual((self.folder / "out").read_text(), "in the way\n")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_read_only_output_folder(self):
        self.small()
        (self.folder / "out").mkdir(mode=0o555)
        self.refuse(r"\bout\b", "permission")

    def test_full_disk(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "mlpc-e2e", disk], capture_output=True, check=False).returncode == 0
        if not mounted:
            self.skipTest("a small file system cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        self.small()
        shutil.copy(self.folder / "iris.csv", disk)
        shutil.copy(self.folder / "small.mlp", disk)
        # Room for nothing but the beginning of an output.
        (disk / "filler").write_bytes(b"x" * 16_000)
        self.refuse("space|full", name="disk/small.mlp")
        self.assertFalse((disk / "out/small.mlpm").exists(), "a file that did not fit was left")
