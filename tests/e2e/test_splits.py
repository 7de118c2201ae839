"""Every form of split runs, scores as many folds as it says, and keeps groups and time apart; its winner can be saved and predicts."""

import random

from program import FINDINGS, ProgramTest

ROWS = 240


class Tests(ProgramTest):
    def experiment(self, split, columns=""):
        draw = random.Random(3)
        lines = ["x,z,place,day,fold,y"]
        for i in range(ROWS):
            x, z = draw.gauss(0, 1), draw.gauss(0, 1)
            day = f"2024-{1 + i // 28 % 12:02d}-{1 + i % 28:02d}"
            lines.append(f"{x:.6f},{z:.6f},place {i % 12},{day},{i % 4},{'yes' if x + draw.gauss(0, 0.5) > 0 else 'no'}")
        self.write("points.csv", "\n".join(lines) + "\n")
        ignored = [name for name in ("place", "day", "fold") if f"{name}:" not in columns]
        schema = columns + "".join(f"  ignore {name}\n" for name in ignored)
        self.write(
            "points.mlp",
            'edition 1\n\nseeds 1..2\n\ndata points = csv("points.csv") {\n  x, z: numeric\n  y: category target positive "yes"\n'
            f"{schema}}}\n\nsplit points {{\n{split}}}\n\n"
            "model tree = scale(standard) -> decision_tree(depth in 1..3)\n\n"
            "search best over tree {\n  method grid(points: 3)\n  maximize mcc\n}\n\n"
            'evaluate best {\n  metrics accuracy, mcc\n}\n\nsave best "out/points.mlpm"\n',
        )
        run = self.run_json("points.mlp")
        self.assertEqual(len(self.csv_rows(self.mlpc("predict", "out/points.mlpm", "points.csv").stdout)), ROWS)
        self.seeds = run["searches"][0]["seeds"]
        for seed in self.seeds:
            for trial in seed["trials"]:
                self.assertIsNone(trial["failure"])
        self.run = run
        return {len(trial["fold_scores"]) for seed in self.seeds for trial in seed["trials"]}

    def test_folds(self):
        self.assertEqual(self.experiment("  test 20% shuffled\n  folds 4 shuffled\n"), {4})
        self.assertEqual((self.run["data"][0]["train_rows"], self.run["data"][0]["test_rows"]), (192, 48))

    def test_stratified_repeated_folds(self):
        self.assertEqual(self.experiment("  test 25% stratified\n  folds 3 repeat 2 stratified\n"), {6})

    def test_grouped_folds(self):
        self.assertEqual(self.experiment("  test 25% grouped\n  folds 3 grouped\n", "  place: text group\n"), {3})
        self.assertEqual(self.run["data"][0]["test_rows"] % (ROWS // 12), 0, "a group is on both sides")

    def test_leave_one_group(self):
        self.assertEqual(self.experiment("  test 25% grouped\n  folds leave one group\n", "  place: text group\n"), {9})

    def test_forward_in_time(self):
        self.assertEqual(self.experiment("  test from 2024-07-01\n  folds forward 3\n", "  day: date time\n"), {3})
        self.assertEqual(self.run["data"][0]["test_rows"], ROWS - 6 * 28)

    def test_folds_given_by_a_column(self):
        self.assertEqual(self.experiment("  test 20%\n  folds by fold\n", "  fold: category\n"), {4})

    def test_nested(self):
        self.assertEqual(self.experiment("  test none\n  outer 3 stratified\n  folds 3 stratified\n"), {3})
        self.assertEqual([len(seed["outer_scores"]) for seed in self.seeds], [3, 3])
        self.assertEqual(self.seeds[0]["test_scores"], {})

    def test_one_model_as_it_stands_needs_no_folds(self):
        self.experiment("  test 25% stratified\n  outer 3 stratified\n  folds 3\n")
        text = (self.folder / "points.mlp").read_text(encoding="utf-8")
        text = text.replace("  folds 3\n", "").replace("depth in 1..3", "depth: 2").replace(" best", " tree")
        searched = text.index("search tree")
        self.write("points.mlp", text[:searched] + text[text.index("evaluate tree") :])
        for seed in self.run_json("points.mlp")["searches"][0]["seeds"]:
            self.assertGreater(seed["test_scores"]["mcc"], 0.5)
            self.assertEqual(len(seed["outer_scores"]), 3)
            self.assertEqual(seed["trials"][seed["winner"]]["fold_scores"], [])

    def test_ignored_group_is_refused(self):
        with self.assertRaises(AssertionError) as refused:
            self.experiment("  test 20%\n  folds 3\n", "  place: text group\n")
        self.assertIn("L108", str(refused.exception))
        self.assertIn("L108", [record["code"] for record in self.diagnostics("points.mlp", code=FINDINGS)])
