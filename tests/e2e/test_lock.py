"""NAME.lock: written once, compared by every later run, and never in the way of one."""

import json
import sqlite3

from program import FINDINGS, ProgramTest

# Any number of columns, so that one may come or go.
OPEN_SCHEMA = (
    """  sepal_length: numeric
  sepal_width:  numeric
  petal_length: numeric
  petal_width:  numeric
  species:      category target
""",
    """  species:             category target
  matching "[ps].*_.*": numeric
""",
)
SMALLER = (("seeds 1..2", "seed 1"), ('\nreport "out/small.html"\nsave   best "out/small.mlpm"\n', ""))


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        self.small(*SMALLER)

    def lock(self):
        return (self.folder / "small.lock").read_text()

    def alter(self, name, change):
        path = self.folder / name
        lines = path.read_text().splitlines()
        self.write(name, "\n".join(change(lines)) + "\n")

    def test_first_run_writes_it_and_the_second_leaves_it_alone(self):
        self.assert_says(self.mlpc("run", "small.mlp"), "wrote small.lock")
        written = self.lock()
        iris = json.loads(written)["data"]["iris"]
        self.assertEqual((iris["source"], iris["path"], iris["rows"]), ("csv", "iris.csv", 150))
        self.assertEqual(iris["columns"]["species"], "category")
        said = self.mlpc("run", "small.mlp", "--locked")
        self.assertNotIn(".lock", said.text)
        self.assertEqual(self.lock(), written)
        self.assertEqual(sorted(path.name for path in self.folder.glob("*lock*")), ["small.lock"], "nothing half written is left")

    def test_changed_row_is_named_and_accepted_on_request_only(self):
        self.mlpc("run", "small.mlp")
        written = self.lock()
        self.alter("iris.csv", lambda lines: [*lines, "5.1,3.4,1.6,0.3,setosa"])
        said = self.mlpc("run", "small.mlp")
        self.assert_says(said, "R105", "`iris`", "150 rows are locked, 151 are there", "--relock")
        self.assertIn("R105", said.stdout, "the report shows it")
        self.assertEqual(self.lock(), written)
        kept = self.kept_trials()
        self.assert_says(self.mlpc("run", "small.mlp", "--locked", code=FINDINGS), "R106", "151 are there", "--relock")
        self.assertEqual(self.kept_trials(), kept, "nothing is fitted")
        self.assertNotIn("R10", self.mlpc("run", "small.mlp", "--relock").text)
        self.assertEqual(json.loads(self.lock())["data"]["iris"]["rows"], 151)
        self.mlpc("run", "small.mlp", "--locked")

    def test_columns_that_come_and_go_are_named(self):
        self.small(*SMALLER, OPEN_SCHEMA)
        self.mlpc("run", "small.mlp")
        self.alter("iris.csv", lambda lines: [line + (",petal_area" if at == 0 else f",{at}") for at, line in enumerate(lines)])
        self.assert_says(self.mlpc("run", "small.mlp"), "R105", "the column `petal_area` is new")
        self.mlpc("run", "small.mlp", "--relock")
        self.copy_data("iris.csv")
        self.assert_says(self.mlpc("run", "small.mlp", "--locked", code=FINDINGS), "R106", "the column `petal_area` is gone")

    def test_what_the_experiment_itself_declares_is_followed(self):
        self.mlpc("run", "small.mlp")
        self.small(*SMALLER, ("  sepal_width:  numeric\n", ""), ("  species:      category target", "  species:      category target\n  ignore sepal_width"))
        self.assert_says(self.mlpc("run", "small.mlp", "--locked", code=FINDINGS), "R106", "the column `sepal_width` is gone")
        said = self.mlpc("run", "small.mlp")
        self.assertNotIn("R105", said.text)
        self.assertNotIn("sepal_width", json.loads(self.lock())["data"]["iris"]["columns"])
        self.mlpc("run", "small.mlp", "--locked")

    def test_locked_needs_a_lock_that_can_be_read(self):
        self.assert_says(self.mlpc("run", "small.mlp", "--locked", code=FINDINGS), "R107", "small.lock is not there")
        self.assertFalse((self.folder / "small.lock").exists())
        self.write("small.lock", "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n")
        self.assert_says(self.mlpc("run", "small.mlp", "--locked", code=FINDINGS), "R107", "marks of a merge", "--relock")
        self.assert_says(self.mlpc("run", "small.mlp"), "R108", "marks of a merge")
        self.assertIn("<<<<<<<", self.lock())
        self.mlpc("run", "small.mlp", "--relock")
        self.mlpc("run", "small.mlp", "--locked")

    # Beside such a name there is no room for the name of a lock.
    def test_folder_that_takes_no_lock_costs_a_note(self):
        name = "n" * 240
        (self.folder / "small.mlp").rename(self.folder / f"{name}.mlp")
        said = self.mlpc("run", f"{name}.mlp")
        self.assert_says(said, "note: the run goes on without a lock", "cannot write")
        self.assertIn("Verdict", said.stdout)

    def test_rows_of_a_query_are_locked_and_not_the_database(self):
        rows = [line.split(",") for line in (self.folder / "iris.csv").read_text().splitlines()]
        with sqlite3.connect(self.folder / "iris.db") as database:
            database.execute(f"CREATE TABLE iris ({', '.join(rows[0])})")
            database.executemany("INSERT INTO iris VALUES (?, ?, ?, ?, ?)", [[*map(float, row[:4]), row[4]] for row in rows[1:]])
        self.small(*SMALLER, ('csv("iris.csv")', 'sqlite("iris.db", query: "select * from iris")'))
        self.mlpc("run", "small.mlp")
        self.assertEqual(json.loads(self.lock())["data"]["iris"]["arguments"], {"query": "select * from iris"})
        with sqlite3.connect(self.folder / "iris.db") as database:
            database.execute("CREATE TABLE other (x)")
        self.mlpc("run", "small.mlp", "--locked")
        with sqlite3.connect(self.folder / "iris.db") as database:
            database.execute("DELETE FROM iris WHERE rowid = 7")
        self.assert_says(self.mlpc("run", "small.mlp", "--locked", code=FINDINGS), "R106", "149 are there")
